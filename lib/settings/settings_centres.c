/* The rows of the centres file. */
#include "settings/settings_centres.h"

#include "settings/settings_rows.h"
#include "settings/settings_value.h"
#include <stddef.h>
#include <stdlib.h>

#define CENTRE(member) .at = offsetof(struct settings_centre, member)
#define CENTRE_CHARS(member) CENTRE(member), .size = sizeof((struct settings_centre *)0)->member
static const struct settings_row centre_rows[] = {
    {"code", SETTINGS_IDENT, .required = true, CENTRE_CHARS(code), .help = "location indicator of four letters; the name of its area"},
    {"name", SETTINGS_TEXT, CENTRE_CHARS(name), .help = "for people"},
    {"nation", SETTINGS_NATION, .required = true, CENTRE_CHARS(nation), .help = "whose centre it is"},
    {"language", SETTINGS_TEXT, CENTRE_CHARS(language), .standard = "en", .help = "spoken on the telephone there, ISO 639-1"},
};

static const struct settings_row sector_rows[] = {
    {"name", SETTINGS_TEXT, .required = true, .at = offsetof(struct settings_sector, name), .size = 8, .help = "of a layer of every centre's airspace"},
    {"floor_ft", SETTINGS_NUMBER, .required = true, .at = offsetof(struct settings_sector, floor_m), .least = -2000, .most = 100000,
     .help = "pressure altitude from which it counts; the next row's floor is its ceiling"},
};

#define PAIR(member) .at = offsetof(struct settings_agreement, member)
static const struct settings_row agreement_rows[] = {
    {"from", SETTINGS_TEXT, PAIR(from), .size = 5, .help = "centre or nation that hands over; \"\": any"},
    {"to", SETTINGS_TEXT, PAIR(to), .size = 5, .help = "centre or nation that receives; \"\": any"},
    {"both_ways", SETTINGS_FLAG, PAIR(both_ways), .standard = "true", .help = "the other way round too"},
    {"mode", SETTINGS_CHOICE, PAIR(mode), .choices = "automatic|manual|ends", .standard = "automatic",
     .help = "by message, by telephone, or not at all: responsibility ends at the boundary"},
    {"estimate_lead_s", SETTINGS_NUMBER, PAIR(estimate_lead_s), .least = 0, .most = 7200, .standard = "900", .help = "estimate so long before the boundary"},
    {"initiate_lead_s", SETTINGS_NUMBER, PAIR(initiate_lead_s), .least = 0, .most = 3600, .standard = "180", .help = "offer (or telephone) so long before,"},
    {"initiate_distance_nm", SETTINGS_NUMBER, PAIR(initiate_distance_m), .least = 0, .most = 300, .standard = "0", .help = "or so far before, what comes first; 0: time alone"},
    {"display_lead_s", SETTINGS_NUMBER, PAIR(display_lead_s), .least = 0, .most = 7200, .standard = "600", .help = "the receiver sees the estimate so long before"},
    {"acknowledge_s", SETTINGS_NUMBER, PAIR(acknowledge_s), .least = 0.1, .most = 600, .standard = "10", .help = "without a logical answer people are told after"},
    {"accept_s", SETTINGS_NUMBER, PAIR(accept_s), .least = 1, .most = 3600, .standard = "60", .help = "without acceptance people are told after"},
    {"entry_s", SETTINGS_NUMBER, PAIR(entry_s), .least = 0, .most = 3600, .standard = "60", .help = "until an aircraft that nobody announced is identified"},
    {"floor_ft", SETTINGS_NUMBER, PAIR(floor_m), .least = -2000, .most = 100000, .standard = "-2000", .help = "levels for which messages are agreed; others by telephone"},
    {"ceiling_ft", SETTINGS_NUMBER, PAIR(ceiling_m), .least = -2000, .most = 100000, .standard = "100000", .help = "likewise"},
};

#define PART(part, member) .at = offsetof(struct settings_centres, part.member) - offsetof(struct settings_centres, part)
static const struct settings_row controller_rows[] = {
    {"kind", SETTINGS_CHOICE, PART(controllers, kind), .choices = "rule|simulated|person", .standard = "simulated",
     .help = "who decides on offers: accepted at once, a model, or people"},
    {"median_s", SETTINGS_NUMBER, PART(controllers, median_s), .least = 0, .most = 600, .standard = "6", .help = "of the time to accept, log-normal (a model)"},
    {"spread", SETTINGS_NUMBER, PART(controllers, spread), .least = 0, .most = 3, .standard = "0.6", .help = "sigma of its logarithm"},
    {"workload", SETTINGS_NUMBER, PART(controllers, workload), .least = 0, .most = 10, .standard = "0.15", .help = "longer by this share for each other standing offer"},
    {"refuses", SETTINGS_NUMBER, PART(controllers, refuses), .least = 0, .most = 1, .standard = "0", .help = "share of offers refused"},
};

static const struct settings_row telephone_rows[] = {
    {"calls", SETTINGS_FLAG, PART(telephone, calls), .standard = "true", .help = "simulate calls; false: people call, and type it in"},
    {"answer_least_s", SETTINGS_NUMBER, PART(telephone, answer_least_s), .least = 0, .most = 600, .standard = "4", .help = "ringing, uniform between both (a model)"},
    {"answer_most_s", SETTINGS_NUMBER, PART(telephone, answer_most_s), .least = 0, .most = 600, .standard = "15", .help = "likewise"},
    {"turns_least", SETTINGS_COUNT, PART(telephone, turns_least), .least = 1, .most = 100, .standard = "4", .help = "transmissions of a call, uniform between both"},
    {"turns_most", SETTINGS_COUNT, PART(telephone, turns_most), .least = 1, .most = 100, .standard = "8", .help = "likewise"},
    {"lines", SETTINGS_COUNT, PART(telephone, lines), .least = 1, .most = 8, .standard = "4", .help = "calls between two centres at one time"},
    {"turn_s", SETTINGS_NUMBER, PART(telephone, turn_s), .least = 0.1, .most = 60, .standard = "4.6", .help = "a transmission and the silence behind it"},
    {"language_factor", SETTINGS_NUMBER, PART(telephone, language), .least = 1, .most = 10, .standard = "1.5", .help = "longer so many times between two languages"},
};

static const struct settings_row dialogue_rows[] = {
    {"forecast_period_s", SETTINGS_NUMBER, PART(dialogue, forecast_period_s), .least = 1, .most = 120, .standard = "10", .help = "each aircraft is predicted once in so long"},
    {"horizon_s", SETTINGS_NUMBER, PART(dialogue, horizon_s), .least = 60, .most = 7200, .standard = "1500", .help = "how far ahead"},
    {"update_period_s", SETTINGS_NUMBER, PART(dialogue, update_period_s), .least = 1, .most = 120, .standard = "12", .help = "of track updates while an offer stands"},
    {"change_s", SETTINGS_NUMBER, PART(dialogue, change_s), .least = 1, .most = 600, .standard = "30", .help = "an estimate that moves by more is said"},
    {"clip_s", SETTINGS_NUMBER, PART(dialogue, clip_s), .least = 0, .most = 600, .standard = "90", .help = "airspace cut for less is not handed over"},
    {"margin_nm", SETTINGS_NUMBER, PART(dialogue, margin_m), .least = 0, .most = 50, .standard = "5", .help = "nearer to another node's airspace entries wait"},
    {"hold_s", SETTINGS_NUMBER, PART(dialogue, hold_s), .least = 1, .most = 3600, .standard = "120", .help = "a transfer is kept so long behind the boundary"},
    {"seed", SETTINGS_COUNT, PART(dialogue, seed), .least = 0, .most = 4294967295.0, .standard = "1", .help = "of simulated controllers and calls"},
};

#define ROWS(table) .rows = table, .count = sizeof table / sizeof table[0]
#define LIST(member, counter, room) .list = true, .at = offsetof(struct settings_centres, member), .stride = sizeof((struct settings_centres *)0)->member[0], \
    .count_at = offsetof(struct settings_centres, counter), .capacity = room
static const struct settings_section sections[] = {
    {"centres", ROWS(centre_rows), LIST(centre, centres, SETTINGS_CENTRES), .help = "Area control centres."},
    {"sectors", ROWS(sector_rows), LIST(sector, sectors, SETTINGS_SECTORS), .help = "Layers of every centre's airspace, lowest first."},
    {"agreements", ROWS(agreement_rows), LIST(agreement, agreements, SETTINGS_AGREEMENTS), .help = "What two centres have agreed; the last that fits a pair holds."},
    {"controllers", ROWS(controller_rows), .at = offsetof(struct settings_centres, controllers), .help = "Who decides on offers."},
    {"telephone", ROWS(telephone_rows), .at = offsetof(struct settings_centres, telephone), .help = "The model of a call between two centres."},
    {"dialogue", ROWS(dialogue_rows), .at = offsetof(struct settings_centres, dialogue), .help = "Prediction and dialogue."},
};

static const struct settings_section *section_at(unsigned index)
{
    return index < sizeof sections / sizeof sections[0] ? &sections[index] : NULL;
}

struct settings_centres *settings_centres_new(void)
{
    struct settings_centres *c = calloc(1, sizeof *c);

    for (unsigned i = 0; c && section_at(i); i++) {
        for (unsigned r = 0; r < section_at(i)->count && !section_at(i)->list; r++) {
            settings_value_default(&section_at(i)->rows[r], (char *)c + section_at(i)->at);
        }
    }
    return c;
}

void settings_centres_free(struct settings_centres *c)
{
    free(c);
}

unsigned settings_centres_parse(struct settings_centres *c, const char *file, struct text yaml, struct text_out *errors)
{
    return settings_parse_rows(c, section_at, file, yaml, errors);
}

void settings_centres_print_man(struct text_out *out)
{
    for (unsigned i = 0; section_at(i); i++) {
        text_put(out, ".It Sy %s\n%s\n.Bl -tag -width 3n -compact\n", section_at(i)->key, section_at(i)->help);
        for (unsigned r = 0; r < section_at(i)->count; r++) {
            const struct settings_row *row = &section_at(i)->rows[r];

            text_put(out, ".It Cm %s\n%s%s%s\n", row->key, row->help, row->standard ? "; default " : "", row->standard ? row->standard : "");
        }
        text_put(out, ".El\n");
    }
}
