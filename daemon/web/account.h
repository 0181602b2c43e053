/* account: who a request or a connection comes from, by its token (RFC 6750, or a cookie that a sign-in has set), and what they may.
 *
 * Without accounts in the settings whoever reaches the server is the node's own operator: it then listens on this machine alone, and answers to no other
 * name than this machine's, so that a page of another site cannot look in under a borrowed one (DNS rebinding). */
#ifndef DAEMON_WEB_ACCOUNT_H
#define DAEMON_WEB_ACCOUNT_H

#include "settings/settings.h"
#include <event2/http.h>

enum account_right { ACCOUNT_OPERATE = 1, ACCOUNT_HANDOFF = 2, ACCOUNT_TIME = 4 }; /* the settings' bits */

struct account {
    bool known;   /* false: nobody: sees nothing */
    char name[SETTINGS_NAME], nation[3], position[SETTINGS_NAME];
    unsigned rights;
    char token_sha256[65];
};

/* The account with that token; not known where there is none. Without accounts: the operator. */
struct account account_of_token(const struct settings *s, const char *token);
/* By the request's "Authorization: Bearer TOKEN", or its cookie. */
struct account account_of_request(const struct settings *s, struct evhttp_request *r);
/* Is it still in the settings, as it was? */
bool account_holds(const struct settings *s, const struct account *a);
/* Is the request to a name of this machine, or are there accounts? */
bool account_host(const struct settings *s, struct evhttp_request *r);
/* The cookie that a sign-in sets, or, token "", takes away; false: no token can be like that. */
bool account_cookie(const char *token, char *out, size_t size);

#endif
