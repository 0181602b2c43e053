/* cat021_27: category 021, edition 2.7 of 2025-07-02: ADS-B Target Reports. What sets it apart from the other 2.x editions; the rows: cat021.inc. */
#include "wire/asterix_rows.h"
#include "wire/categories.h"

#define DESCRIPTOR_PARTS 5
#define DESCRIPTOR_MORE                                                             \
    , { ENUM("TBC/EP", 1, "not populated|populated") },                             \
    { U("TBC/VAL", 6, 1, 1, NONE) },                                                \
    { FX },                                                                         \
    { ENUM("MBC/EP", 1, "not populated|populated") },                               \
    { U("MBC/VAL", 6, 1, 1, NONE) },                                                \
    { FX }
#define LIST_LOOKUP { SPARE(1) }, { ENUM("LLC", 1, "|failed") }
#define QUALITY_PARTS 9
#define QUALITY_MORE                                                                \
    { ENUM("SRC", 1, "from FTC and NIC supplements|received directly"), RECENT },   \
    { SPARE(2) },                                                                   \
    { FX },                                                                         \
    { SPARE(2) },                                                                   \
    { ENUM("VALSTATE/EP", 1, "not populated|populated"), RECENT },                  \
    { ENUM("VALSTATE/VAL", 2, "not performed|performed|passed|failed"), RECENT },   \
    { ENUM("VD", 1, "not available|available"), RECENT },                           \
    { ENUM("VQ", 1, "not available|available"), RECENT },                           \
    { FX },                                                                         \
    { U("VALDISTP1", 7, 128, 1, M), RECENT },                                       \
    { FX },                                                                         \
    { U("VALDISTP2", 7, 1, 1, M), RECENT },                                         \
    { FX },                                                                         \
    { U("VALDISTQUALP1", 7, 128, 1, M), RECENT },                                   \
    { FX },                                                                         \
    { U("VALDISTQUALP2", 7, 1, 1, M), RECENT },                                     \
    { FX }
#define MILITARY { ENUM("ME", 1, "none|military emergency") }
#define VERSIONS "DO-260|DO-260A|DO-260B|DO-260C"
#define LENGTH_WIDTH { RAW("LW", 4) }, { SPARE(3) }, { FX }
#define SELECTED "SAL"
#define SELECTED_NAME "Selected Altitude Age"

#include "wire/cat021.inc"

const struct asterix_category cat021_27 = {
    .number = 21, .edition = "2.7", .name = "ADS-B Target Reports",
    .items = items, .item_count = 49, .frn_count = 49, .slot_count = 78,
    .uap_count = 1,
};
