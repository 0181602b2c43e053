#include "vector.h"
#include "wire/categories.h"

START_TEST(a_service_message_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF FE "                 /* FSPEC */
        "14 81 "                 /* 010 */
        "02 "                    /* 000 */
        "546000 "                /* 030 */
        "08 "                    /* 020 */
        "0200 "                  /* 041 */
        "9C 4A E8 30 4C80 "      /* 050 */
        "9C 54 B8 E0 30 "        /* 060 */
        "01 A7FF "               /* 070 */
        "0000 8000 0000 8000 "   /* 100 */
        "09 "                    /* 110 */
        "FFFB 200000 C00000 "    /* 120 */
        "80 7F "                 /* 090 */
        "02 11 "                 /* RE */
        "01";                    /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "000", 2, NULL }, { "030", 43200, NULL }, { "020", 11.25, NULL }, { "041", 4, NULL },
        { "050/COM/NOGO", 0, NULL }, { "050/COM/RDPC", 1, NULL }, { "050/COM/RDPR", 0, NULL }, { "050/COM/OVLRDP", 0, NULL },
        { "050/COM/OVLXMT", 1, NULL }, { "050/COM/MSC", 0, NULL }, { "050/COM/TSV", 1, NULL }, { "050/PSR/ANT", 1, NULL },
        { "050/PSR/CHAB", 3, NULL }, { "050/PSR/OVL", 0, NULL }, { "050/PSR/MSC", 1, NULL }, { "050/SSR/ANT", 0, NULL },
        { "050/SSR/CHAB", 1, NULL }, { "050/SSR/OVL", 1, NULL }, { "050/SSR/MSC", 0, NULL }, { "050/MDS/ANT", 0, NULL },
        { "050/MDS/CHAB", 2, NULL }, { "050/MDS/OVLSUR", 0, NULL }, { "050/MDS/MSC", 1, NULL }, { "050/MDS/SCF", 1, NULL },
        { "050/MDS/DLF", 0, NULL }, { "050/MDS/OVLSCF", 0, NULL }, { "050/MDS/OVLDLF", 1, NULL }, { "060/COM/REDRDP", 5, NULL },
        { "060/COM/REDXMT", 2, NULL }, { "060/PSR/POL", 1, NULL }, { "060/PSR/REDRAD", 3, NULL }, { "060/PSR/STC", 2, NULL },
        { "060/SSR/REDRAD", 7, NULL }, { "060/MDS/REDRAD", 1, NULL }, { "060/MDS/CLU", 1, NULL }, { "070[0]/TYP", 20, NULL },
        { "070[0]/COUNT", 2047, NULL }, { "100/RHOST", 0, NULL }, { "100/RHOEND", 128, NULL }, { "100/THETAST", 0, NULL },
        { "100/THETAEND", 180, NULL }, { "110", 9, NULL }, { "120/HGT", -5, NULL }, { "120/LAT", 45, NULL }, { "120/LON", -90, NULL },
        { "090/RNG", -1, NULL }, { "090/AZM", 2.79052734375, NULL },
    };

    vector_check(&cat034, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat034, "000", 7, "Mode S jamming strobe");
    vector_label(&cat034, "070/TYP", 20, "Mode S FRUIT");
    vector_label(&cat034, "110", 9, "PSR + enhanced, all SSR");
}
END_TEST

Suite *test_cat034_suite(void)
{
    Suite *suite = suite_create("cat034");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_service_message_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
