#include "vector.h"
#include "wire/categories.h"

START_TEST(every_item_of_a_target_report_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF FF FF FE "                             /* FSPEC */
        "14 02 "                                   /* 010 */
        "43 53 80 "                                /* 020 */
        "546000 "                                  /* 140 */
        "00800000 FF000000 "                       /* 041 */
        "0000C9 FFFFFF "                           /* 042 */
        "0FFF "                                    /* 161 */
        "B5 80 "                                   /* 170 */
        "4F11 "                                    /* 070 */
        "FFD8 0028 "                               /* 202 */
        "0578 "                                    /* 090 */
        "8123 0801 "                               /* 100 */
        "A1B2C3 "                                  /* 220 */
        "80 042C720C4CE0 "                         /* 245 */
        "0064 "                                    /* 110 */
        "FFFF "                                    /* 105 */
        "04 FC "                                   /* 210 */
        "10 "                                      /* 300 */
        "83 "                                      /* 310 */
        "E0 0004 0008 0001 0028 0014 0002 0003 "   /* 500 */
        "02 81 01 "                                /* 400 */
        "01 11223344556677 40 "                    /* 250 */
        "35 EA "                                   /* 230 */
        "01020304050607 "                          /* 260 */
        "1E "                                      /* 030 */
        "35 "                                      /* 055 */
        "8053 "                                    /* 050 */
        "02 CC "                                   /* RE */
        "01";                                      /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "020/SSR", 0, NULL }, { "020/MS", 1, NULL }, { "020/HF", 0, NULL }, { "020/VDL4", 0, NULL },
        { "020/UAT", 0, NULL }, { "020/DME", 0, NULL }, { "020/OT", 1, NULL }, { "020/RAB", 0, NULL }, { "020/SPI", 1, NULL },
        { "020/CHN", 0, NULL }, { "020/GBS", 1, NULL }, { "020/CRT", 0, NULL }, { "020/SIM", 0, NULL }, { "020/TST", 1, NULL },
        { "020/CF", 2, NULL }, { "140", 43200, NULL }, { "041/LAT", 45, NULL }, { "041/LON", -90, NULL }, { "042/X", 100.5, NULL },
        { "042/Y", -0.5, NULL }, { "161/TRN", 4095, NULL }, { "170/CNF", 1, NULL }, { "170/TRE", 0, NULL }, { "170/CST", 1, NULL },
        { "170/CDM", 2, NULL }, { "170/MAH", 1, NULL }, { "170/STH", 0, NULL }, { "170/GHO", 1, NULL }, { "070/G", 1, NULL },
        { "070/MODE3A", 0, "7421" }, { "202/VX", -10, NULL }, { "202/VY", 10, NULL }, { "090/FL", 350, NULL }, { "100/V", 1, NULL },
        { "100/MODEC", 0, "0x123" }, { "100/QC1", 1, NULL }, { "100/QD4", 1, NULL }, { "220", 0, "0xa1b2c3" }, { "245/STI", 2, NULL },
        { "245/CHR", 0, "AB12CD3" }, { "110", 625, NULL }, { "105", -6.25, NULL }, { "210/AX", 1, NULL }, { "210/AY", -1, NULL },
        { "300", 16, NULL }, { "310/TRB", 1, NULL }, { "310/MSG", 3, NULL }, { "500/DOP/X", 1, NULL }, { "500/DOP/Y", 2, NULL },
        { "500/DOP/XY", 0.25, NULL }, { "500/SDP/X", 10, NULL }, { "500/SDP/Y", 5, NULL }, { "500/SDP/XY", 0.5, NULL }, { "500/SDH", 1.5, NULL },
        { "400[0]/BIT1", 1, NULL }, { "400[0]/BIT2", 0, NULL }, { "400[0]/BIT8", 1, NULL }, { "400[1]/BIT1", 0, NULL }, { "400[1]/BIT8", 1, NULL },
        { "250/BDSDATA", 0, "0x11223344556677" }, { "250/BDS1", 4, NULL }, { "230/COM", 1, NULL }, { "230/STAT", 5, NULL },
        { "230/CASEVN", 1, NULL }, { "230/MSSC", 1, NULL }, { "230/B1A", 0, NULL }, { "230/B1B", 10, NULL }, { "260", 0, "0x01020304050607" },
        { "030", 15, NULL }, { "055/L", 1, NULL }, { "055/MODE1", 21, NULL }, { "050/V", 1, NULL }, { "050/MODE2", 0, "0123" },
    };

    vector_check(&cat020, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat020, "030", 2, "");
    vector_label(&cat020, "030", 3, "split plot");
    vector_label(&cat020, "030", 10, "phantom SSR plot");
    vector_label(&cat020, "030", 18, "undecodable altitude");
    vector_label(&cat020, "300", 16, "follow me");
}
END_TEST

Suite *test_cat020_suite(void)
{
    Suite *suite = suite_create("cat020");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, every_item_of_a_target_report_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
