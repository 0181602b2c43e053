/* cat002: category 002, edition 1.2 of 2024-03-15: Transmission of Monoradar Service Messages. Rows in FRN order; columns: asterix_rows.h. */
#include "wire/asterix_rows.h"
#include "wire/categories.h"

static const struct asterix_item items[] = {
    FIXED("010", 2, "Data Source Identifier", SAC_SIC),
    FIXED("000", 1, "Message Type",
        { ENUM("", 8,
            "1=north marker|sector crossing|south marker|8=blind zone filtering on|blind zone filtering off") }),
    FIXED("020", 1, "Sector Number", { U("", 8, 360, 256, DEG) }),
    FIXED("030", 3, "Time of Day", { U("", 24, 1, 128, S) }),
    FIXED("041", 2, "Antenna Rotation Speed", { U("", 16, 1, 128, S) }),
    REPETITIVE_FX("050", 1, "Station Configuration Status",
        { RAW("", 7) },
        { FX }),
    REPETITIVE_FX("060", 1, "Station Processing Mode",
        { RAW("", 7) },
        { FX }),
    REPETITIVE("070", 2, "Plot Count Values",
        { ENUM("A",      1, "antenna 1|antenna 2") },
        { ENUM("IDENT",  5, "1=primary|SSR|combined") },
        { U("COUNTER",  10, 1, 1, NONE) }),
    FIXED("100", 8, "Dynamic Window Type 1",
        { U("RS", 16, 1, 128, NM) },
        { U("RE", 16, 1, 128, NM) },
        { U("TS", 16, 360, 1u << 16, DEG) },
        { U("TE", 16, 360, 1u << 16, DEG) }),
    FIXED("090", 2, "Collimation Error",
        { S("RE",  8, 1, 128, NM) },
        { S("AE",  8, 360, 1u << 14, DEG) }),
    REPETITIVE_FX("080", 1, "Warning/Error Conditions",
        { RAW("", 7) },
        { FX }),
    ABSENT,
    EXPLICIT("SP", "Special Purpose Field"),
    RANDOM,
};

const struct asterix_category cat002 = {
    .number = 2, .edition = "1.2", .name = "Transmission of Monoradar Service Messages",
    .items = items, .item_count = 14, .frn_count = 14, .slot_count = 14,
    .uap_count = 1,
};
