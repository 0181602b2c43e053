/* Groups first, then the user, then a look whether the way back is closed. */
#include "daemon/priv.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

bool priv_drop(const char *user, const char **why)
{
    const struct passwd *p;

    if (user[0] == '\0' || geteuid() != 0) {
        return true;
    }
    p = getpwnam(user);
    if (!p) {
        *why = "there is no such user";
        return false;
    }
    if (initgroups(user, p->pw_gid) != 0 || setgid(p->pw_gid) != 0 || setuid(p->pw_uid) != 0) {
        *why = strerror(errno);
        return false;
    }
    if (p->pw_uid != 0 && setuid(0) == 0) {
        *why = "the rights could be taken back";
        return false;
    }
    return true;
}
