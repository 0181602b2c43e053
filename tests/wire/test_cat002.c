#include "vector.h"
#include "wire/categories.h"

START_TEST(a_service_message_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF F4 "                 /* FSPEC */
        "1A 02 "                 /* 010 */
        "01 "                    /* 000 */
        "40 "                    /* 020 */
        "546000 "                /* 030 */
        "0280 "                  /* 041 */
        "0E "                    /* 050 */
        "03 04 "                 /* 060 */
        "02 8405 0FFF "          /* 070 */
        "0000 8000 4000 C000 "   /* 100 */
        "FF 02 "                 /* 090 */
        "06 "                    /* 080 */
        "03 0102";               /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 26, NULL }, { "010/SIC", 2, NULL }, { "000", 1, NULL }, { "020", 90, NULL }, { "030", 43200, NULL }, { "041", 5, NULL },
        { "050[0]", 7, NULL }, { "060[0]", 1, NULL }, { "060[1]", 2, NULL }, { "070[0]/A", 1, NULL }, { "070[0]/IDENT", 1, NULL },
        { "070[0]/COUNTER", 5, NULL }, { "070[1]/A", 0, NULL }, { "070[1]/IDENT", 3, NULL }, { "070[1]/COUNTER", 1023, NULL },
        { "100/RS", 0, NULL }, { "100/RE", 256, NULL }, { "100/TS", 90, NULL }, { "100/TE", 270, NULL }, { "090/RE", -0.0078125, NULL },
        { "090/AE", 0.0439453125, NULL }, { "080", 3, NULL },
    };

    vector_check(&cat002, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat002, "000", 0, "");
    vector_label(&cat002, "000", 1, "north marker");
    vector_label(&cat002, "000", 8, "blind zone filtering on");
    vector_label(&cat002, "000", 9, "blind zone filtering off");
}
END_TEST

Suite *test_cat002_suite(void)
{
    Suite *suite = suite_create("cat002");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_service_message_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
