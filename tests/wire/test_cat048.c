#include "vector.h"
#include "wire/categories.h"

START_TEST(every_item_of_a_target_report_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF FF FF FE "                              /* FSPEC */
        "14 81 "                                    /* 010 */
        "546000 "                                   /* 140 */
        "A5 4C "                                    /* 020 */
        "6400 4000 "                                /* 040 */
        "4F11 "                                     /* 070 */
        "0578 "                                     /* 090 */
        "FE 0A 03 B0 14 A6 FE 05 "                  /* 130 */
        "A1B2C3 "                                   /* 220 */
        "042C720C4CE0 "                             /* 240 */
        "02 11223344556677 40 8899AABBCCDDEE 50 "   /* 250 */
        "0ABC "                                     /* 161 */
        "FF80 0100 "                                /* 042 */
        "0800 C000 "                                /* 200 */
        "CB A0 "                                    /* 170 */
        "40 20 10 08 "                              /* 210 */
        "03 20 "                                    /* 030 */
        "0801 "                                     /* 080 */
        "8123 0801 "                                /* 100 */
        "3FFC "                                     /* 110 */
        "C0 83FB 01 012C 03E8 0AF0 "                /* 120 */
        "36 EA "                                    /* 230 */
        "01020304050607 "                           /* 260 */
        "35 "                                       /* 055 */
        "8053 "                                     /* 050 */
        "11 "                                       /* 065 */
        "0802 "                                     /* 060 */
        "03 AABB "                                  /* SP */
        "02 CC";                                    /* RE */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "010/SIC", 129, NULL }, { "140", 43200, NULL }, { "020/TYP", 5, NULL }, { "020/SIM", 0, NULL },
        { "020/RDP", 0, NULL }, { "020/SPI", 1, NULL }, { "020/RAB", 0, NULL }, { "020/TST", 0, NULL }, { "020/ERR", 1, NULL },
        { "020/XPP", 0, NULL }, { "020/ME", 0, NULL }, { "020/MI", 1, NULL }, { "020/FOEFRI", 2, NULL }, { "040/RHO", 100, NULL },
        { "040/THETA", 90, NULL }, { "070/V", 0, NULL }, { "070/G", 1, NULL }, { "070/L", 0, NULL }, { "070/MODE3A", 0, "7421" },
        { "090/V", 0, NULL }, { "090/G", 0, NULL }, { "090/FL", 350, NULL }, { "130/SRL", 0.439453125, NULL }, { "130/SRR", 3, NULL },
        { "130/SAM", -80, NULL }, { "130/PRL", 0.87890625, NULL }, { "130/PAM", -90, NULL }, { "130/RPD", -0.0078125, NULL },
        { "130/APD", 0.10986328125, NULL }, { "220", 0, "0xa1b2c3" }, { "240", 0, "AB12CD3" }, { "250[0]/MBDATA", 0, "0x11223344556677" },
        { "250[0]/BDS1", 4, NULL }, { "250[0]/BDS2", 0, NULL }, { "250[1]/MBDATA", 0, "0x8899aabbccddee" }, { "250[1]/BDS1", 5, NULL },
        { "161/TRN", 2748, NULL }, { "042/X", -1, NULL }, { "042/Y", 2, NULL }, { "200/GSP", 0.125, NULL }, { "200/HDG", 270, NULL },
        { "170/CNF", 1, NULL }, { "170/RAD", 2, NULL }, { "170/DOU", 0, NULL }, { "170/MAH", 1, NULL }, { "170/CDM", 1, NULL },
        { "170/TRE", 1, NULL }, { "170/GHO", 0, NULL }, { "170/SUP", 1, NULL }, { "170/TCC", 0, NULL }, { "210/SIGX", 0.5, NULL },
        { "210/SIGY", 0.25, NULL }, { "210/SIGV", 0.0009765625, NULL }, { "210/SIGH", 0.703125, NULL }, { "030[0]", 1, NULL },
        { "030[1]", 16, NULL }, { "080/QA4", 1, NULL }, { "080/QA2", 0, NULL }, { "080/QD1", 1, NULL }, { "100/V", 1, NULL }, { "100/G", 0, NULL },
        { "100/MODEC", 0, "0x123" }, { "100/QC1", 1, NULL }, { "100/QA1", 0, NULL }, { "100/QD4", 1, NULL }, { "110/3DH", -100, NULL },
        { "120/CAL/D", 1, NULL }, { "120/CAL/CAL", -5, NULL }, { "120/RDS[0]/DOP", 300, NULL }, { "120/RDS[0]/AMB", 1000, NULL },
        { "120/RDS[0]/FRQ", 2800, NULL }, { "230/COM", 1, NULL }, { "230/STAT", 5, NULL }, { "230/SI", 1, NULL }, { "230/MSSC", 1, NULL },
        { "230/ARC", 1, NULL }, { "230/AIC", 1, NULL }, { "230/B1A", 0, NULL }, { "230/B1B", 10, NULL }, { "260", 0, "0x01020304050607" },
        { "055/V", 0, NULL }, { "055/G", 0, NULL }, { "055/L", 1, NULL }, { "055/MODE1", 21, NULL }, { "050/V", 1, NULL },
        { "050/MODE2", 0, "0123" }, { "065/QA4", 1, NULL }, { "065/QB2", 0, NULL }, { "065/QB1", 1, NULL }, { "060/QA4", 1, NULL },
        { "060/QD2", 1, NULL }, { "060/QD1", 0, NULL },
    };

    vector_check(&cat048, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(the_later_parts_of_the_descriptor_read_as_edition_1_32_says)
{
    static const char hex[] =
        "20 "                  /* FSPEC */
        "01 01 E9 CB 75 D0";   /* 020 */
    static const struct vector_row rows[] = {
        { "020/ADSB/EP", 1, NULL }, { "020/ADSB/VAL", 1, NULL }, { "020/SCN/EP", 1, NULL }, { "020/SCN/VAL", 0, NULL }, { "020/PAI/EP", 1, NULL },
        { "020/PAI/VAL", 0, NULL }, { "020/ACASXV/EP", 1, NULL }, { "020/ACASXV/VAL", 9, NULL }, { "020/POXPR/EP", 0, NULL },
        { "020/POXPR/VAL", 1, NULL }, { "020/POACT/EP", 0, NULL }, { "020/POACT/VAL", 1, NULL }, { "020/DTFXPR/EP", 1, NULL },
        { "020/DTFXPR/VAL", 1, NULL }, { "020/DTFACT/EP", 0, NULL }, { "020/DTFACT/VAL", 1, NULL }, { "020/IRMXPR/EP", 1, NULL },
        { "020/IRMXPR/VAL", 1, NULL }, { "020/IRMACT/EP", 0, NULL }, { "020/IRMACT/VAL", 1, NULL },
    };

    vector_check(&cat048, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat048, "020/TYP", 7, "roll-call + PSR");
    vector_label(&cat048, "030", 37, "duplicate Mode 5 PIN");
    vector_label(&cat048, "230/STAT", 6, "");
    vector_label(&cat048, "230/STAT", 7, "unknown");
    vector_label(&cat048, "070/G", 0, "");
}
END_TEST

Suite *test_cat048_suite(void)
{
    Suite *suite = suite_create("cat048");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, every_item_of_a_target_report_reads_as_the_standard_says);
    tcase_add_test(vectors, the_later_parts_of_the_descriptor_read_as_edition_1_32_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
