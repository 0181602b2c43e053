/* Replays every file of a corpus folder through a fuzz target, so that what libFuzzer once found is tried again by any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(size ? size : 1); /* exactly as long as the input, so that a sanitizer sees one octet too many */
    if (!data || fread(data, 1, size, file) != size)
        exit(EXIT_FAILURE);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    struct dirent **names;
    int n = argc == 2 ? scandir(argv[1], &names, visible, alphasort) : -1;
    if (n <= 0) {
        printf("not ok - %s holds no corpus\n", argc == 2 ? argv[1] : "no folder given:");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < n; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], names[i]->d_name);
        fprintf(stderr, "%s\n", path); /* the last name in the log is the one that broke it */
        replay(path);
        free(names[i]);
    }
    free(names);
    printf("ok - %s: %d inputs survived\n", argv[1], n);
    return EXIT_SUCCESS;
}
