// Any octets as one datagram: every record is counted, every fault moves the cursor on, and the end is reached.
#include <stdlib.h>

#include "wire/asterix_block.h"
#include "wire/asterix_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct asterix_editions editions;
    struct asterix_block block;
    struct asterix_record record;
    struct asterix_fault fault;
    size_t before = 0;
    char line[200];
    int code;

    asterix_block_editions(&editions);
    asterix_block_open(&block, &editions, data, size);
    while ((code = asterix_block_next(&block, &record, &fault)) != 0) {
        if (block.at <= before && code > 0) abort(); // a record has octets
        before = block.at;
        if (code < 0) {
            if (fault.code != code || fault.offset > size || fault.lost > size) abort();
            asterix_fault_print(&fault, line, sizeof line);
        } else {
            json_decref(asterix_json_items(&record));
        }
    }
    if (block.at != size) abort();
    return 0;
}
