/* cat021_24: category 021, edition 2.4 of 2015-06-15: ADS-B Target Reports. What sets it apart from the other 2.x editions; the rows: cat021.inc. */
#include "wire/asterix_rows.h"
#include "wire/categories.h"

#define DESCRIPTOR_PARTS 3
#define DESCRIPTOR_MORE
#define LIST_LOOKUP { SPARE(1) }, { ENUM("LLC", 1, "|failed") }
#define QUALITY_PARTS 4
#define QUALITY_MORE { SPARE(3) }, { FX }
#define MILITARY { ENUM("ME", 1, "none|military emergency") }
#define VERSIONS "DO-260|DO-260A|DO-260B"
#define LENGTH_WIDTH { RAW("LW", 4) }, { SPARE(3) }, { FX }
#define SELECTED "ISA"
#define SELECTED_NAME "Intermediate State Selected Altitude Age"

#include "wire/cat021.inc"

const struct asterix_category cat021_24 = {
    .number = 21, .edition = "2.4", .name = "ADS-B Target Reports",
    .items = items, .item_count = 49, .frn_count = 49, .slot_count = 78,
    .uap_count = 1,
};
