/* cat023: category 023, edition 1.3 of 2021-09-27: CNS/ATM Ground Station and Service Status Reports. Rows in FRN order; columns: asterix_rows.h. */
#include "wire/asterix_rows.h"
#include "wire/categories.h"

static const struct asterix_item items[] = {
    FIXED("010", 2, "Data Source Identifier", SAC_SIC),
    FIXED("000", 1, "Report Type", { ENUM("", 8, "1=ground station status|service status|service statistics") }),
    FIXED("015", 1, "Service Type and Identification",
        { RAW("SID",    4) },
        { ENUM("STYP",  4,
            "1=ADS-B VDL 4|ADS-B 1090 ES|ADS-B UAT|TIS-B VDL 4|TIS-B 1090 ES|TIS-B UAT|FIS-B VDL 4|GRAS VDL 4|MLT") }),
    FIXED("070", 3, "Time of Day", { U("", 24, 1, 128, S) }),
    EXTENDED("100", 1, 2, "Ground Station Status",
        { ENUM("NOGO",  1, "released|not for operational use") },
        { ENUM("ODP",   1, "normal|overload") },
        { ENUM("OXT",   1, "normal|overload") },
        { ENUM("MSC",   1, "not connected or unknown|connected") },
        { ENUM("TSV",   1, "valid|invalid") },
        { ENUM("SPO",   1, "none|possible spoofing") },
        { ENUM("RN",    1, "|restarted") },
        { FX },
        { U("GSSP",     7, 1, 1, S) },
        { FX }),
    EXTENDED("101", 2, 2, "Service Configuration",
        { U("RP",     8, 1, 2, S) },
        { ENUM("SC",  3,
            "no information|NRA|reserved|reserved|reserved|reserved|reserved|reserved") },
        { SPARE(4) },
        { FX },
        { U("SSRP",   7, 1, 1, S) },
        { FX }),
    FIXED("200", 1, "Operational Range", { U("", 8, 1, 1, NM) }),
    EXTENDED("110", 1, 1, "Service Status",
        { SPARE(4) },
        { ENUM("STAT",  3, "unknown|failed|disabled|degraded|normal|initialising") },
        { FX }),
    REPETITIVE("120", 6, "Service Statistics",
        { ENUM("TYPE",  8,
            "unknown messages|too old messages|failed conversions|messages received|messages transmitted|"
            "20=TIS-B management|basic|high dynamic|full position|basic ground|TCP|UTC time|data|high resolution|"
            "airborne target|ground target|ground vehicle|two-slot TCP") },
        { ENUM("REF",   1, "from midnight|from last report") },
        { SPARE(7) },
        { U("CV",    32, 1, 1, NONE) }),
    ABSENT,
    ABSENT,
    ABSENT,
    EXPLICIT("RE", "Reserved Expansion Field"),
    EXPLICIT("SP", "Special Purpose Field"),
};

const struct asterix_category cat023 = {
    .number = 23, .edition = "1.3", .name = "CNS/ATM Ground Station and Service Status Reports",
    .items = items, .item_count = 14, .frn_count = 14, .slot_count = 14,
    .uap_count = 1,
};
