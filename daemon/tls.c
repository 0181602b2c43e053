#include "daemon/tls.h"

#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tls {
    SSL_CTX *context;
};

static bool failed(const char *what, char *why, size_t why_size)
{
    unsigned long code = ERR_get_error();

    snprintf(why, why_size, "%s: %s", what, code ? ERR_reason_error_string(code) : "unknown error");
    ERR_clear_error();
    return false;
}

static bool load(SSL_CTX *c, const char *certificate, const char *key, const char *authority, char *why, size_t why_size)
{
    if (SSL_CTX_set_min_proto_version(c, TLS1_3_VERSION) != 1)
        return failed("TLS 1.3", why, why_size);
    if (SSL_CTX_use_certificate_chain_file(c, certificate) != 1)
        return failed(certificate, why, why_size);
    if (SSL_CTX_use_PrivateKey_file(c, key, SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(c) != 1)
        return failed(key, why, why_size);
    if (SSL_CTX_load_verify_locations(c, authority, NULL) != 1)
        return failed(authority, why, why_size);
    SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(c, 0);
    return true;
}

struct tls *tls_new(const char *certificate, const char *key, const char *authority, char *why, size_t why_size)
{
    struct tls *t = calloc(1, sizeof *t);

    snprintf(why, why_size, "memory is short");
    if (!t || !(t->context = SSL_CTX_new(TLS_method())) || !load(t->context, certificate, key, authority, why, why_size)) {
        tls_free(t);
        return NULL;
    }
    return t;
}

void tls_free(struct tls *t)
{
    if (t)
        SSL_CTX_free(t->context);
    free(t);
}

static struct bufferevent *open_over(struct tls *t, struct event_base *base, int fd, enum bufferevent_ssl_state state)
{
    SSL *ssl = SSL_new(t->context);
    struct bufferevent *b = ssl ? bufferevent_openssl_socket_new(base, fd, ssl, state, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS) : NULL;

    if (ssl && !b)
        SSL_free(ssl);
    if (b)
        bufferevent_openssl_set_allow_dirty_shutdown(b, 1); /* messages are framed: a stream that ends early loses nothing unseen */
    return b;
}

struct bufferevent *tls_accept(struct tls *t, struct event_base *base, int fd)
{
    return open_over(t, base, fd, BUFFEREVENT_SSL_ACCEPTING);
}

struct bufferevent *tls_connect(struct tls *t, struct event_base *base, int fd)
{
    return open_over(t, base, fd, BUFFEREVENT_SSL_CONNECTING);
}

bool tls_name(struct bufferevent *connection, char *out, size_t size)
{
    SSL *ssl = bufferevent_openssl_get_ssl(connection);
    X509 *shown = ssl ? SSL_get1_peer_certificate(ssl) : NULL;
    int length = shown ? X509_NAME_get_text_by_NID(X509_get_subject_name(shown), NID_commonName, out, (int)size) : -1;

    X509_free(shown);
    return length > 0 && (size_t)length < size && strlen(out) == (size_t)length;
}

void tls_error(struct bufferevent *connection, char *out, size_t size)
{
    unsigned long code = bufferevent_get_openssl_error(connection);

    snprintf(out, size, "%s", code ? ERR_reason_error_string(code) : evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()));
    ERR_clear_error();
}
