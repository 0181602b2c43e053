/* policy: the settings' rules of release, as picture/release takes them. */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "picture/release.h"
#include "settings/settings.h"

/* What settings alone cannot see: is every area one? Each that is not is a line in *errors. */
bool policy_check(const struct settings *s, const char *file, struct text_out *errors);
/* Puts the settings' rules, node and sensors in force. */
void policy_set(struct release *r, const struct settings *s);

#endif
