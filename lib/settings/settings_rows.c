/* The rows. A new setting is a member in settings.h and a row here. */
#include "settings/settings_rows.h"

#include "base/unit.h"
#include "settings/settings.h"
#include <string.h>

#define AT(type, member) .at = offsetof(struct type, member)
#define CHARS(type, member) .at = offsetof(struct type, member), .size = sizeof((struct type *)0)->member

/* Members of an unnamed struct in struct settings, from that struct's start. */
#define IN(part, member) .at = offsetof(struct settings, part.member) - offsetof(struct settings, part)
#define IN_CHARS(part, member) IN(part, member), .size = sizeof((struct settings *)0)->part.member

static const struct settings_row node_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, IN_CHARS(node, name), .standard = "airseam", .help = "name of this node, in envelopes and metrics"},
    {"nation", SETTINGS_NATION, .required = true, IN_CHARS(node, nation), .standard = "US", .help = "nation that runs it, ISO 3166-1 alpha-2"},
};

static const struct settings_row clock_rows[] = {
    {"kind", SETTINGS_CHOICE, IN(clock, kind), .choices = "wall|scenario", .standard = "wall",
     .help = "wall: the computer's clock; scenario: epoch and rate as a simulator announces them"},
    {"listen", SETTINGS_ENDPOINT, IN(clock, listen), .standard = "udp://127.0.0.1:8599", .help = "where the simulator's beacon is heard (scenario)"},
};

static const struct settings_row sensors_rows[] = {
    {"files", SETTINGS_NAMES, IN(sensors, files), .help = "CSV files of sites, relative to this file",
     .example = "[sensors/us.csv, sensors/ca.csv, sensors/mx.csv]"},
};

static const struct settings_row tracker_rows[] = {
    {"tracks", SETTINGS_COUNT, IN(tracker, tracks), .least = 1, .most = 1000000, .standard = "32768", .help = "room for so many tracks (start only)"},
    {"plots", SETTINGS_COUNT, IN(tracker, plots), .least = 1, .most = 4000000, .standard = "65536",
     .help = "room for so many plots that wait for their sector (start only)"},
    {"sensors", SETTINGS_COUNT, IN(tracker, sensors), .least = 1, .most = 65536, .standard = "1024", .help = "room for so many sensors (start only)"},
    {"coast_max_s", SETTINGS_NUMBER, IN(tracker, coast_max_s), .least = 5, .most = 600, .standard = "60",
     .help = "a track without a plot for so long is dropped (start only)"},
    {"registration", SETTINGS_FLAG, IN(tracker, registration), .standard = "true",
     .help = "find each sensor's range, gain, azimuth and time bias from common targets, and take it out (start only)"},
    {"sigma_maps", SETTINGS_FLAG, IN(tracker, sigma_maps), .standard = "true",
     .help = "weigh plots by the noise seen of their sensor at their range, not by what it states or what is nominal (start only)"},
    {"height_estimation", SETTINGS_FLAG, IN(tracker, height_estimation), .standard = "true",
     .help = "the height of an aircraft that tells none comes out of its ranges from several radars (start only)"},
    {"retro_merge", SETTINGS_FLAG, IN(tracker, retro_merge), .standard = "true",
     .help = "two tracks of one aircraft, side by side or one after the other, become one under the older number (start only)"},
    {"plans", SETTINGS_COUNT, IN(tracker, plans), .least = 0, .most = 1000000, .standard = "16384", .help = "room for so many flight plans; 0: they are passed over (start only)"},
    {"identity", SETTINGS_FLAG, IN(tracker, identity), .standard = "true", .help = "use codes, addresses and callsigns in association (start only)"},
};

static const struct settings_row http_rows[] = {
    {"listen", SETTINGS_ENDPOINT, IN(http, listen), .standard = "tcp://127.0.0.1:8080", .help = "web server: the page, /metrics, /health, /data/aircraft.json; or none. Beyond this machine with accounts alone"},
    {"nation", SETTINGS_NATION, IN_CHARS(http, nation), .standard = "US", .help = "nation of those who read it, where there are no accounts"},
    {"coverage", SETTINGS_TEXT, IN_CHARS(http, coverage), .standard = "airseam coverage --serve --quiet",
     .help = "program, and what it is told, that works out the page's coverage: a name without / is looked for beside airseamd, then in PATH; none: no coverage"},
};

static const struct settings_row control_rows[] = {
    {"socket", SETTINGS_TEXT, IN_CHARS(control, socket), .standard = "airseamd.sock", .help = "UNIX socket for airseam ctl; \"\": none"},
};

#define PEM(member, what) {#member, SETTINGS_TEXT, IN_CHARS(handoff, member), .help = what}
static const struct settings_row handoff_rows[] = {
    {"centres", SETTINGS_NAMES, IN(handoff, centres), .help = "files of centres and agreements, read one behind the other, relative to this file (start only); none: no handoffs",
     .example = "[centres.yaml]"},
    {"here", SETTINGS_SET, IN(handoff, here), .choices = "US|CA|MX", .example = "[US, CA, MX]", .help = "nations whose centres this node has; none named: all (start only)"},
    {"log", SETTINGS_TEXT, IN_CHARS(handoff, log), .help = "where every step is written, for airseam handoffs; \"\": nowhere (start only)"},
    {"journal", SETTINGS_TEXT, IN_CHARS(handoff, journal), .help = "what survives a restart, synced before a message leaves; \"\": none (start only)"},
    {"listen", SETTINGS_ENDPOINT, IN(handoff, listen), .standard = "none", .help = "where peers connect, by mutual TLS (start only)"},
    PEM(certificate, "PEM file of this node, with its name (start only)"),
    PEM(key, "PEM file of its private key (start only)"),
    PEM(authority, "PEM file of whoever signed the nodes' certificates (start only)"),
    {"keepalive_s", SETTINGS_NUMBER, IN(handoff, keepalive_s), .least = 0.1, .most = 60, .standard = "2", .help = "a link without a word for three times so long is down"},
};

#define PEER(member) AT(settings_peer, member)
static const struct settings_row peer_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_peer, name), .help = "name in its certificate"},
    {"nation", SETTINGS_NATION, .required = true, CHARS(settings_peer, nation), .help = "whose centres it has"},
    {"connect", SETTINGS_ENDPOINT, PEER(connect), .help = "where it listens; none: it connects to us"},
};

#define GATEWAY(member) AT(settings_gateway, member)
static const struct settings_row gateway_rows[] = {
    {"local", SETTINGS_TEXT, .required = true, CHARS(settings_gateway, local), .help = "code of the centre of this node that it knows"},
    {"remote", SETTINGS_TEXT, .required = true, CHARS(settings_gateway, remote), .help = "code of the centre that speaks OLDI"},
    {"listen", SETTINGS_ENDPOINT, GATEWAY(listen), .help = "tcp: where it connects (FMTP has port 8500)"},
    {"connect", SETTINGS_ENDPOINT, GATEWAY(connect), .help = "tcp: or where it listens"},
    {"ti_s", SETTINGS_NUMBER, GATEWAY(ti_s), .least = 1, .most = 600, .standard = "30", .help = "FMTP: identification takes no longer"},
    {"ts_s", SETTINGS_NUMBER, GATEWAY(ts_s), .least = 1, .most = 600, .standard = "15", .help = "FMTP: something is said in so long"},
    {"tr_s", SETTINGS_NUMBER, GATEWAY(tr_s), .least = 1, .most = 600, .standard = "40", .help = "FMTP: nothing heard for so long ends the association"},
};

static const struct settings_row tape_rows[] = {
    {"directory", SETTINGS_TEXT, IN_CHARS(tape, directory), .help = "where tapes are written, one per run; \"\": none"},
    {"snapshot_period_s", SETTINGS_NUMBER, IN(tape, snapshot_period_s), .least = 0, .most = 86400, .standard = "300",
     .help = "time between snapshots of the picture; 0: none"},
    {"sync_period_s", SETTINGS_NUMBER, IN(tape, sync_period_s), .least = 0.1, .most = 60, .standard = "1", .help = "what is older lies on the disk"},
    {"buffer_bytes", SETTINGS_COUNT, IN(tape, buffer_bytes), .least = 1 << 20, .most = 1 << 30, .standard = "67108864",
     .help = "what may wait for the disk; beyond it frames are lost, loudly"},
};

static const struct settings_row process_rows[] = {
    {"log_level", SETTINGS_CHOICE, IN(process, level), .choices = "error|warning|info|debug", .standard = "info", .help = "least severity that is logged"},
    {"notice_period_s", SETTINGS_NUMBER, IN(process, notice_period_s), .least = 0, .most = 3600, .standard = "30",
     .help = "a notice of one kind and source is logged once in so long; the others are counted"},
    {"user", SETTINGS_TEXT, IN_CHARS(process, user), .help = "when started as root: the user to become (start only)"},
};

#define FEED(member) AT(settings_feed, member)
static const struct settings_row feed_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_feed, name), .help = "unique name"},
    {"listen", SETTINGS_ENDPOINT, FEED(listen), .help = "udp: datagrams to this address or multicast group; tcp: who connects may send"},
    {"connect", SETTINGS_ENDPOINT, FEED(connect), .help = "tcp: connect there and read; tried again when it ends"},
    {"format", SETTINGS_CHOICE, FEED(format), .choices = "asterix|csv|pb|final|cd2", .standard = "asterix",
     .help = "ASTERIX blocks, plots CSV, protobuf plot envelopes, EUROCONTROL FINAL records, or a CD-2 line of the one radar in sources"},
    {"enabled", SETTINGS_FLAG, FEED(enabled), .standard = "true", .help = "false: heard but passed over until enabled on the control socket"},
    {"editions", SETTINGS_EDITIONS_MAP, FEED(editions), .help = "edition by category, or by SAC/SIC/category: {\"021\": \"0.23\", \"20/1/048\": \"1.31\"}"},
    {"from", SETTINGS_NAMES, FEED(from), .help = "addresses that may send; none named: any"},
    {"sources", SETTINGS_IDS, FEED(sources), .help = "SAC/SIC that may come by this feed; none named: any"},
    {"clock_tolerance_s", SETTINGS_NUMBER, FEED(clock_tolerance_s), .least = 0.1, .most = 3600, .standard = "10",
     .help = "a sensor whose time differs from arrival by more has a wrong clock"},
};

#define OUTPUT(member) AT(settings_output, member)
static const struct settings_row output_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_output, name), .help = "unique name"},
    {"kind", SETTINGS_CHOICE, .required = true, OUTPUT(kind), .choices = "cat062|track_stream",
     .help = "ASTERIX 062 with 063 and 065 in datagrams; protobuf track stream over TCP"},
    {"to", SETTINGS_ENDPOINT, OUTPUT(to), .help = "cat062: address or multicast group that gets the datagrams"},
    {"listen", SETTINGS_ENDPOINT, OUTPUT(listen), .help = "track_stream: who connects here gets the stream"},
    {"nation", SETTINGS_NATION, .required = true, CHARS(settings_output, nation), .help = "nation of those who receive: decides what they may see"},
    {"own", SETTINGS_FLAG, OUTPUT(own), .standard = "false",
     .help = "only tracks that sensors of this node's own nation support now: for other nodes, which would otherwise get back what they sent"},
    {"period_s", SETTINGS_NUMBER, OUTPUT(period_s), .least = 0, .most = 60, .standard = "4", .help = "all tracks once in so long; 0: each track when it changes"},
    {"sac", SETTINGS_COUNT, OUTPUT(sac), .least = 0, .most = 255, .standard = "0", .help = "system area code of this node in what it sends"},
    {"sic", SETTINGS_COUNT, OUTPUT(sic), .least = 0, .most = 255, .standard = "1", .help = "system identification code of this node in what it sends"},
    {"sensors_period_s", SETTINGS_NUMBER, OUTPUT(sensors_period_s), .least = 0, .most = 600, .standard = "10", .help = "CAT063 sensor status; 0: none"},
    {"status_period_s", SETTINGS_NUMBER, OUTPUT(status_period_s), .least = 0, .most = 600, .standard = "1", .help = "CAT065 service status; 0: none"},
    {"queue_bytes", SETTINGS_COUNT, OUTPUT(queue_bytes), .least = 4096, .most = 1 << 30, .standard = "4194304",
     .help = "what may wait for one consumer; a slower one loses its own frames"},
};

#define CLASS(member) AT(settings_class, member)
static const struct settings_row class_rows[] = {
    {"class", SETTINGS_CHOICE, .required = true, CLASS(class), .choices = "pending|unknown|assumed|friendly|neutral|suspect|hostile",
     .help = "what a track is of which all that follows holds"},
    {"plan", SETTINGS_CHOICE, CLASS(plan), .choices = "any|with|without", .standard = "any", .help = "a flight plan belongs to it"},
    {"transponder", SETTINGS_CHOICE, CLASS(transponder), .choices = "any|answers|silent|never", .standard = "any", .help = "silent: it answered before"},
    {"flight_type", SETTINGS_TEXT, CHARS(settings_class, flight_type), .help = "of the plan: S scheduled, N not, G general, M military, X other; \"\": any"},
    {"callsign", SETTINGS_TEXT, CHARS(settings_class, callsign), .help = "what it begins with, as the transponder or the plan says it; \"\": any"},
    {"codes", SETTINGS_CODES, CLASS(codes), .standard = "any", .help = "Mode 3/A"},
    {"addresses", SETTINGS_ADDRESSES, CLASS(addresses), .standard = "any", .help = "24 bits"},
    {"age_below_s", SETTINGS_NUMBER, CLASS(age_below_s), .least = 0, .most = 86400, .standard = "0", .help = "since its first plot; 0: any"},
};

#define SITE(member) AT(settings_site, member)
static const struct settings_row site_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_site, name), .help = "name for people"},
    {"nation", SETTINGS_NATION, .required = true, CHARS(settings_site, nation), .help = "nation that owns it"},
    {"sac", SETTINGS_COUNT, .required = true, SITE(sac), .most = 255, .help = "system area code"},
    {"sic", SETTINGS_COUNT, .required = true, SITE(sic), .most = 255, .help = "system identification code"},
    {"kind", SETTINGS_CHOICE, SITE(kind), .choices = "psr|ssr|combined|mode_s|mode_s_combined|psr_3d|adsb|mlat|tracker", .standard = "combined",
     .help = "what it hears"},
    {"lat_deg", SETTINGS_NUMBER, .required = true, SITE(lat_rad), .least = -90, .most = 90, .help = "WGS-84 latitude of the antenna"},
    {"lon_deg", SETTINGS_NUMBER, .required = true, SITE(lon_rad), .least = -180, .most = 180, .help = "WGS-84 longitude"},
    {"hae_m", SETTINGS_NUMBER, .required = true, SITE(hae_m), .least = -500, .most = 25000, .help = "height of the antenna above the ellipsoid"},
    {"period_s", SETTINGS_NUMBER, SITE(period_s), .least = 0, .most = 60, .standard = "0", .help = "nominal rotation; 0: unknown"},
    {"range_max_nm", SETTINGS_NUMBER, SITE(range_max_m), .least = 0, .most = 540, .standard = "0", .help = "instrumented range; 0: as usual for its kind"},
    {"sigma_range_m", SETTINGS_NUMBER, SITE(sigma_range_m), .least = 0, .most = 10000, .standard = "0", .help = "1 sigma; 0: as usual"},
    {"sigma_azimuth_deg", SETTINGS_NUMBER, SITE(sigma_azimuth_rad), .least = 0, .most = 10, .standard = "0", .help = "1 sigma; 0: as usual"},
    {"detection", SETTINGS_NUMBER, SITE(detection), .least = 0, .most = 1, .standard = "0", .help = "probability of detection per scan; 0: as usual"},
    {"type", SETTINGS_TEXT, CHARS(settings_site, type), .help = "model, for people"},
    {"primary_range_nm", SETTINGS_NUMBER, SITE(primary_range_m), .least = 0, .most = 540, .standard = "0", .help = "of echoes where there are replies too; 0: as usual"},
    {"sigma_primary_range_m", SETTINGS_NUMBER, SITE(sigma_primary_range_m), .least = 0, .most = 10000, .standard = "0", .help = "of echoes, likewise"},
    {"sigma_primary_azimuth_deg", SETTINGS_NUMBER, SITE(sigma_primary_azimuth_rad), .least = 0, .most = 10, .standard = "0", .help = "of echoes, likewise"},
    {"detection_primary", SETTINGS_NUMBER, SITE(detection_primary), .least = 0, .most = 1, .standard = "0", .help = "of echoes, likewise"},
    {"sigma_height_m", SETTINGS_NUMBER, SITE(sigma_height_m), .least = 0, .most = 10000, .standard = "0", .help = "of a height finder; 0: as usual"},
    {"false_plots", SETTINGS_NUMBER, SITE(false_plots), .least = 0, .most = 10000, .standard = "0", .help = "expected per scan; 0: as usual"},
    {"latency_s", SETTINGS_NUMBER, SITE(latency_s), .least = 0, .most = 60, .standard = "0", .help = "expected from measurement to arrival; 0: as usual"},
    {"refraction", SETTINGS_CHOICE, SITE(refraction), .choices = "straight|four_thirds|exponential", .standard = "straight", .help = "how its rays run"},
    {"bias_range_m", SETTINGS_NUMBER, SITE(bias_range_m), .least = -10000, .most = 10000, .standard = "0", .help = "known error: what it says minus what is"},
    {"bias_azimuth_deg", SETTINGS_NUMBER, SITE(bias_azimuth_rad), .least = -10, .most = 10, .standard = "0", .help = "known error of azimuth"},
    {"bias_time_s", SETTINGS_NUMBER, SITE(bias_time_s), .least = -60, .most = 60, .standard = "0", .help = "known error of its time stamps"},
};

#define RELEASE(member) AT(settings_release, member)
#define NATIONS "unknown|US|CA|MX|other"
static const struct settings_row release_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_release, name), .help = "unique name"},
    {"to", SETTINGS_SET, RELEASE(to), .choices = NATIONS, .help = "viewers from whom it is withheld; none named: every nation but this node's own"},
    {"classes", SETTINGS_SET, RELEASE(classes), .choices = "primary|anonymous|civil|military", .help = "of tracks like these; none named: of all"},
    {"of", SETTINGS_SET, RELEASE(of), .choices = NATIONS, .help = "of tracks with an address of these nations; none named: of all"},
    {"seen_by", SETTINGS_SET, RELEASE(seen_by), .choices = NATIONS, .help = "of tracks that only these nations' sensors support now; none named: of all"},
    {"area", SETTINGS_TEXT, CHARS(settings_release, area), .help = "of tracks there: \"circle LAT_DEG LON_DEG RADIUS_NM\" or \"box SOUTH WEST NORTH EAST\" in degrees; \"\": everywhere"},
    {"withhold", SETTINGS_SET, RELEASE(withhold), .choices = "track|callsign|codes|address|level|velocity|accuracy|sensors|plan|class", .help = "what they do not see"},
    {"delay_s", SETTINGS_NUMBER, RELEASE(delay_s), .least = 0, .most = 86400, .standard = "0", .help = "and the rest so much later"},
    {"sensors", SETTINGS_FLAG, RELEASE(sensors), .standard = "false", .help = "true: the rule is of the sensors of seen_by: neither where they stand nor how they are"},
};

#define ACCOUNT(member) AT(settings_account, member)
static const struct settings_row account_rows[] = {
    {"name", SETTINGS_IDENT, .required = true, CHARS(settings_account, name), .help = "unique name"},
    {"nation", SETTINGS_NATION, .required = true, CHARS(settings_account, nation), .help = "decides what they may see"},
    {"token_sha256", SETTINGS_TEXT, .required = true, CHARS(settings_account, token_sha256),
     .help = "SHA-256 of the token in hexadecimal, as printf %s TOKEN | sha256sum prints it; tokens of 128 random bits or more"},
    {"may", SETTINGS_SET, ACCOUNT(may), .choices = "operate|handoff|time", .help = "switch sensors; command handoffs; move a replay's time. Seeing needs nothing more"},
    {"position", SETTINGS_TEXT, CHARS(settings_account, position), .help = "centre for which they hand over; \"\": any"},
};

static const char feeds_example[] =
    "  - name: local\n"
    "    listen: udp://127.0.0.1:8600\n"
    "    format: asterix\n";
static const char outputs_example[] =
    "  - name: centre\n"
    "    kind: cat062\n"
    "    to: udp://127.0.0.1:8700\n"
    "    nation: US\n"
    "    period_s: 4\n"
    "  - name: stream\n"
    "    kind: track_stream\n"
    "    listen: tcp://127.0.0.1:8701\n"
    "    nation: US\n";

#define ROWS(table) .rows = table, .count = sizeof table / sizeof table[0]
#define LIST(member, counter, room) .list = true, .at = offsetof(struct settings, member), .stride = sizeof((struct settings *)0)->member[0], \
    .count_at = offsetof(struct settings, counter), .capacity = room

static const struct settings_section sections[] = {
    {"node", ROWS(node_rows), .at = offsetof(struct settings, node), .help = "Who this node is."},
    {"clock", ROWS(clock_rows), .at = offsetof(struct settings, clock), .help = "The one clock of the picture."},
    {"sensors", ROWS(sensors_rows), .at = offsetof(struct settings, sensors), .help = "Files of sensors; single ones can stand under sites."},
    {"tracker", ROWS(tracker_rows), .at = offsetof(struct settings, tracker), .help = "The picture's capacities and limits."},
    {"http", ROWS(http_rows), .at = offsetof(struct settings, http), .help = "Web server."},
    {"control", ROWS(control_rows), .at = offsetof(struct settings, control), .help = "Control socket."},
    {"tape", ROWS(tape_rows), .at = offsetof(struct settings, tape), .help = "Recording of every input that can change the picture."},
    {"process", ROWS(process_rows), .at = offsetof(struct settings, process), .help = "Log lines and rights."},
    {"handoff", ROWS(handoff_rows), .at = offsetof(struct settings, handoff), .help = "Who is responsible for which aircraft, and how it is handed over."},
    {"peers", ROWS(peer_rows), LIST(peer, peers, SETTINGS_PEERS), .help = "Nodes of other nations, to which aircraft are handed over."},
    {"gateways", ROWS(gateway_rows), LIST(gateway, gateways, SETTINGS_GATEWAYS), .help = "Centres that speak OLDI over FMTP (start only)."},
    {"feeds", ROWS(feed_rows), LIST(feed, feeds, SETTINGS_FEEDS), .example = feeds_example, .help = "Where radar data comes from."},
    {"outputs", ROWS(output_rows), LIST(output, outputs, SETTINGS_OUTPUTS), .example = outputs_example, .help = "Where the picture goes."},
    {"release", ROWS(release_rows), LIST(release, releases, SETTINGS_RELEASES),
     .help = "What other nations do not see. Without rules everything is shared; each rule is an exception, its conditions hold together, rules add up."},
    {"accounts", ROWS(account_rows), LIST(account, accounts, SETTINGS_ACCOUNTS),
     .help = "Who may sign in at the web server. Without accounts whoever reaches it may do everything, and it listens on this machine alone."},
    {"classes", ROWS(class_rows), LIST(class, classes, SETTINGS_CLASSES), .help = "Identification: the first rule that holds gives a track its class, "
     "unknown where none does. No rules: silent ones suspect; with a plan assumed, and friendly in the blocks of the armed forces; 1200 neutral; pending for two minutes."},
    {"sites", ROWS(site_rows), LIST(site, sites, SETTINGS_SITES), .help = "Sensors that stand in no file; the keys are the columns of sensor files."},
};

const struct settings_section *settings_rows_section(unsigned index)
{
    return index < sizeof sections / sizeof sections[0] ? &sections[index] : NULL;
}

const struct settings_row *settings_rows_find(const struct settings_section *section, const char *key, size_t size)
{
    for (unsigned i = 0; i < section->count; i++) {
        const struct settings_row *row = &section->rows[i];

        if (strlen(row->key) == size && memcmp(row->key, key, size) == 0) {
            return row;
        }
    }
    return NULL;
}

double settings_rows_unit(const char *key)
{
    static const struct {
        const char *suffix;
        double si;
    } units[] = {{"nm", UNIT_NM}, {"deg", UNIT_DEG}, {"ft", UNIT_FT}, {"kt", UNIT_KT}};
    const char *last = strrchr(key, '_');

    for (size_t i = 0; last && i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(last + 1, units[i].suffix) == 0) {
            return units[i].si;
        }
    }
    return 1.0;
}
