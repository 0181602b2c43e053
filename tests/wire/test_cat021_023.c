#include "vector.h"
#include "wire/categories.h"

START_TEST(every_item_of_a_target_report_reads_as_edition_0_23_says)
{
    static const char hex[] =
        "FF FF FF F9 06 "                                  /* FSPEC */
        "14 02 "                                           /* 010 */
        "56 30 "                                           /* 040 */
        "546000 "                                          /* 030 */
        "200000 C00000 "                                   /* 130 */
        "A1B2C3 "                                          /* 080 */
        "FFFE "                                            /* 140 */
        "9C 0D "                                           /* 090 */
        "19 "                                              /* 210 */
        "FC18 "                                            /* 230 */
        "0578 "                                            /* 145 */
        "0800 "                                            /* 150 */
        "01C2 "                                            /* 151 */
        "4000 "                                            /* 152 */
        "FFFF "                                            /* 155 */
        "0002 "                                            /* 157 */
        "0800 C000 "                                       /* 160 */
        "81 F8 "                                           /* 165 */
        "042C720C4CE0 "                                    /* 170 */
        "02 "                                              /* 095 */
        "80 "                                              /* 032 */
        "05 "                                              /* 200 */
        "0A "                                              /* 020 */
        "F0 0032 0168 FF60 0F "                            /* 220 */
        "C578 "                                            /* 146 */
        "A578 "                                            /* 148 */
        "C0 80 01 45 0064 200000 C00000 7A 000E10 0064 "   /* 110 */
        "02 CC "                                           /* RE */
        "01";                                              /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "040/DCR", 0, NULL }, { "040/GBS", 1, NULL }, { "040/SIM", 0, NULL }, { "040/TST", 1, NULL },
        { "040/RAB", 0, NULL }, { "040/SAA", 1, NULL }, { "040/SPI", 1, NULL }, { "040/ATP", 1, NULL }, { "040/ARC", 2, NULL },
        { "030", 43200, NULL }, { "130/LAT", 45, NULL }, { "130/LON", -90, NULL }, { "080", 0, "0xa1b2c3" }, { "140", -12.5, NULL },
        { "090/AC", 2, NULL }, { "090/MN", 1, NULL }, { "090/DC", 3, NULL }, { "090/PA", -3, NULL }, { "210/DTI", 1, NULL }, { "210/MDS", 1, NULL },
        { "210/UAT", 0, NULL }, { "210/VDL", 0, NULL }, { "210/OTR", 1, NULL }, { "230", -10, NULL }, { "145", 350, NULL }, { "150/IM", 0, NULL },
        { "150/IAS", 0.125, NULL }, { "151", 450, NULL }, { "152", 90, NULL }, { "155", -6.25, NULL }, { "157", 12.5, NULL },
        { "160/GS", 0.125, NULL }, { "160/TA", 270, NULL }, { "165/TI", 2, NULL }, { "165/ROT", -1, NULL }, { "170", 0, "AB12CD3" },
        { "095", 2, NULL }, { "032", 0.5, NULL }, { "200", 5, NULL }, { "020", 10, NULL }, { "220/WS", 50, NULL }, { "220/WD", 360, NULL },
        { "220/TMP", -40, NULL }, { "220/TRB", 15, NULL }, { "146/SAS", 1, NULL }, { "146/SRC", 2, NULL }, { "146/ALT", 35000, NULL },
        { "148/MV", 1, NULL }, { "148/AM", 1, NULL }, { "148/ALT", 35000, NULL }, { "110/TIS/NAV", 1, NULL }, { "110/TIS/NVB", 0, NULL },
        { "110/TID/TCA", 0, NULL }, { "110/TID/NC", 1, NULL }, { "110/TID/TCPN", 5, NULL }, { "110/TID/ALT", 1000, NULL },
        { "110/TID/LAT", 45, NULL }, { "110/TID/LON", -90, NULL }, { "110/TID/PT", 7, NULL }, { "110/TID/TD", 2, NULL }, { "110/TID/TRA", 1, NULL },
        { "110/TID/TOA", 0, NULL }, { "110/TID/TOV", 3600, NULL }, { "110/TID/TTR", 1, NULL },
    };

    vector_check(&cat021_023, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat021_023, "020", 0, "");
    vector_label(&cat021_023, "020", 1, "light (to 7000 kg)");
    vector_label(&cat021_023, "040/ATP", 1, "ICAO");
}
END_TEST

Suite *test_cat021_023_suite(void)
{
    Suite *suite = suite_create("cat021_023");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, every_item_of_a_target_report_reads_as_edition_0_23_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
