/* account: tokens are long and random, so that one plain hash of them may lie in the settings. */
#include "daemon/web/account.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COOKIE "airseam="
#define TOKEN_MAX 256
#define TOKEN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="

static void digest(const char *token, char out[65])
{
    unsigned char sum[SHA256_DIGEST_LENGTH];

    SHA256((const unsigned char *)token, strlen(token), sum);
    for (unsigned i = 0; i < sizeof sum; i++) {
        snprintf(out + 2 * (size_t)i, 3, "%02x", sum[i]);
    }
}

static struct account taken(const struct settings_account *a)
{
    struct account out = {.known = true, .rights = a->may};

    memcpy(out.name, a->name, sizeof out.name);
    memcpy(out.nation, a->nation, sizeof out.nation);
    memcpy(out.position, a->position, sizeof out.position);
    memcpy(out.token_sha256, a->token_sha256, sizeof out.token_sha256);
    return out;
}

struct account account_of_token(const struct settings *s, const char *token)
{
    struct account operator = {.known = true, .rights = ACCOUNT_OPERATE | ACCOUNT_HANDOFF | ACCOUNT_TIME}, nobody = {.known = false}, found = nobody;
    char sum[65];

    if (s->accounts == 0) {
        memcpy(operator.nation, s->http.nation, sizeof operator.nation);
        return operator;
    }
    digest(token, sum);
    for (uint32_t i = 0; i < s->accounts; i++) {
        if (CRYPTO_memcmp(s->account[i].token_sha256, sum, 64) == 0) {
            found = taken(&s->account[i]);
        }
    }
    return token[0] ? found : nobody;
}

/* The value of this project's cookie among others, as far as the room goes. */
static void find_cookie(const char *cookies, char *out, size_t size)
{
    for (const char *at = cookies; at; at = strchr(at, ';')) {
        at += strspn(at, "; ");
        if (strncmp(at, COOKIE, strlen(COOKIE)) == 0) {
            const char *value = at + strlen(COOKIE);

            snprintf(out, size, "%.*s", (int)strcspn(value, "; "), value);
            return;
        }
    }
}

struct account account_of_request(const struct settings *s, struct evhttp_request *r)
{
    struct evkeyvalq *headers = evhttp_request_get_input_headers(r);
    const char *authorization = evhttp_find_header(headers, "Authorization");
    char token[TOKEN_MAX] = "";

    if (authorization && strncasecmp(authorization, "Bearer ", 7) == 0) {
        snprintf(token, sizeof token, "%s", authorization + 7 + strspn(authorization + 7, " "));
    } else {
        find_cookie(evhttp_find_header(headers, "Cookie"), token, sizeof token);
    }
    return account_of_token(s, token);
}

bool account_holds(const struct settings *s, const struct account *a)
{
    if (s->accounts == 0 || !a->known) {
        return a->known == (a->name[0] == '\0' && s->accounts == 0);
    }
    for (uint32_t i = 0; i < s->accounts; i++) {
        struct account now = taken(&s->account[i]);

        if (strcmp(now.name, a->name) == 0) {
            return strcmp(now.token_sha256, a->token_sha256) == 0 && strcmp(now.nation, a->nation) == 0 && now.rights == a->rights;
        }
    }
    return false;
}

bool account_host(const struct settings *s, struct evhttp_request *r)
{
    const char *host = evhttp_request_get_host(r); /* without its port */

    return s->accounts > 0 || !host || strncmp(host, "127.", 4) == 0 || strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 || strcmp(host, "[::1]") == 0;
}

bool account_cookie(const char *token, char *out, size_t size)
{
    if (strlen(token) >= TOKEN_MAX || strspn(token, TOKEN_CHARACTERS) != strlen(token)) {
        return false;
    }
    snprintf(out, size, COOKIE "%s; Path=/; HttpOnly; SameSite=Strict%s", token, token[0] ? "" : "; Max-Age=0");
    return true;
}
