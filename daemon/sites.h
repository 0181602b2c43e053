/* sites: from a row of the settings to a sensor of the picture. */
#ifndef DAEMON_SITES_H
#define DAEMON_SITES_H

#include "sensor/site.h"
#include "settings/settings.h"

/* What is usual for the kind, with what the settings say instead. */
struct site sites_from_settings(const struct settings_site *s);

#endif
