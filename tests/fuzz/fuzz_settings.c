// Settings as YAML, and behind a NUL octet sensors as CSV: whatever the text, it is taken or refused with a place; what is taken prints to text that is taken again.
#include "settings/settings.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char room[1 << 16], printed[1 << 20];
    struct text_out errors = text_out_init(room, sizeof room), out = text_out_init(printed, sizeof printed);
    struct settings *s = settings_new(), *again = settings_new();
    const uint8_t *nul = memchr(data, 0, size);
    size_t yaml = nul ? (size_t)(nul - data) : size;
    unsigned wrong = settings_parse(s, "yaml", (struct text){(const char *)data, yaml}, &errors);

    if (nul)
        wrong += settings_parse_sites(s, "csv", (struct text){(const char *)nul + 1, size - yaml - 1}, &errors);
    if ((wrong > 0) != (room[0] != '\0'))
        abort(); // a refusal without a word, or a word without a refusal
    if (wrong == 0 && settings_check(s, "all", &errors) == 0) {
        settings_print(s, &out);
        if (!out.cut && settings_parse(again, "printed", (struct text){printed, strlen(printed)}, &errors) != 0)
            abort();
    }
    settings_free(s);
    settings_free(again);
    return 0;
}
