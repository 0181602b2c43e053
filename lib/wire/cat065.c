/* cat065: category 065, edition 1.6 of 2023-03-21: SDPS Service Status Reports. Rows in FRN order; columns: asterix_rows.h. */
#include "wire/asterix_rows.h"
#include "wire/categories.h"

static const struct asterix_item items[] = {
    FIXED("010", 2, "Data Source Identifier", SAC_SIC),
    FIXED("000", 1, "Message Type", { ENUM("", 8, "1=SDPS status|end of batch|service status") }),
    FIXED("015", 1, "Service Identification", { RAW("", 8) }),
    FIXED("030", 3, "Time of Message", { U("", 24, 1, 128, S) }),
    FIXED("020", 1, "Batch Number", { U("", 8, 1, 1, NONE) }),
    FIXED("040", 1, "SDPS Configuration and Status",
        { ENUM("NOGO",  2, "operational|degraded|not connected|unknown") },
        { ENUM("OVL",   1, "|overload") },
        { ENUM("TSV",   1, "|invalid") },
        { ENUM("PSS",   2, "not applicable|SDPS-1|SDPS-2|SDPS-3") },
        { RAW("STTN",   1) },
        { SPARE(1) }),
    FIXED("050", 1, "Service Status Report",
        { ENUM("", 8,
            "1=degradation|degradation ended|main radar out|interrupted by operator|interrupted by contingency|"
            "ready after contingency|ended by operator|user main radar failed|restarted by operator|"
            "main radar operational|main radar degraded|interrupted, neighbour disconnected|continuity restarted|"
            "on backup radar|on main radar|main and backup radar failed") }),
    ABSENT,
    ABSENT,
    ABSENT,
    ABSENT,
    ABSENT,
    EXPLICIT("RE", "Reserved Expansion Field"),
    EXPLICIT("SP", "Special Purpose Field"),
};

const struct asterix_category cat065 = {
    .number = 65, .edition = "1.6", .name = "SDPS Service Status Reports",
    .items = items, .item_count = 14, .frn_count = 14, .slot_count = 14,
    .uap_count = 1,
};
