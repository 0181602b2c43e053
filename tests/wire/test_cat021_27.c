#include "vector.h"
#include "wire/categories.h"

START_TEST(every_item_of_a_target_report_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF FF FF FF FF FF 06 "                                         /* FSPEC */
        "14 02 "                                                        /* 010 */
        "2B 4B 55 87 88 "                                               /* 040 */
        "0ABC "                                                         /* 161 */
        "07 "                                                           /* 015 */
        "546000 "                                                       /* 071 */
        "200000 C00000 "                                                /* 130 */
        "10000000 E0000000 "                                            /* 131 */
        "546080 "                                                       /* 072 */
        "81F4 "                                                         /* 150 */
        "01C2 "                                                         /* 151 */
        "A1B2C3 "                                                       /* 080 */
        "546000 "                                                       /* 073 */
        "60000000 "                                                     /* 074 */
        "546000 "                                                       /* 075 */
        "90000000 "                                                     /* 076 */
        "FFFE "                                                         /* 140 */
        "B1 D3 33 79 35 07 0B 03 12 "                                   /* 090 */
        "12 "                                                           /* 210 */
        "0F11 "                                                         /* 070 */
        "FC18 "                                                         /* 230 */
        "0578 "                                                         /* 145 */
        "4000 "                                                         /* 152 */
        "AB "                                                           /* 200 */
        "7FFF "                                                         /* 155 */
        "8002 "                                                         /* 157 */
        "0800 C000 "                                                    /* 160 */
        "03E0 "                                                         /* 165 */
        "546000 "                                                       /* 077 */
        "042C720C4CE0 "                                                 /* 170 */
        "05 "                                                           /* 020 */
        "F0 0032 0168 FF60 0F "                                         /* 220 */
        "C578 "                                                         /* 146 */
        "A578 "                                                         /* 148 */
        "C0 80 01 45 0064 200000 C00000 7A 000E10 0064 "                /* 110 */
        "04 "                                                           /* 016 */
        "CA "                                                           /* 008 */
        "2B B0 "                                                        /* 271 */
        "C0 "                                                           /* 132 */
        "01 1122334455667740 "                                          /* 250 */
        "E2 FFFEA5234567 "                                              /* 260 */
        "09 "                                                           /* 400 */
        "FF FF FF C0 0102030405060708090A0B0C0D0E0F1011121314151617 "   /* 295 */
        "02 CC "                                                        /* RE */
        "01";                                                           /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "040/ATP", 1, NULL }, { "040/ARC", 1, NULL }, { "040/RC", 0, NULL }, { "040/RAB", 1, NULL },
        { "040/DCR", 0, NULL }, { "040/GBS", 1, NULL }, { "040/SIM", 0, NULL }, { "040/TST", 0, NULL }, { "040/SAA", 1, NULL },
        { "040/CL", 1, NULL }, { "040/LLC", 1, NULL }, { "040/IPC", 0, NULL }, { "040/NOGO", 1, NULL }, { "040/CPR", 0, NULL },
        { "040/LDPJ", 1, NULL }, { "040/RCF", 0, NULL }, { "040/TBC/EP", 1, NULL }, { "040/TBC/VAL", 3, NULL }, { "040/MBC/EP", 1, NULL },
        { "040/MBC/VAL", 4, NULL }, { "161/TRNUM", 2748, NULL }, { "015", 7, NULL }, { "071", 43200, NULL }, { "130/LAT", 45, NULL },
        { "130/LON", -90, NULL }, { "131/LAT", 45, NULL }, { "131/LON", -90, NULL }, { "072", 43201, NULL }, { "150/IM", 1, NULL },
        { "150/MACH", 0.5, NULL }, { "151/RE", 0, NULL }, { "151/TAS", 450, NULL }, { "080", 0, "0xa1b2c3" }, { "073", 43200, NULL },
        { "074/FSI", 1, NULL }, { "074/TOMRP", 0.5, NULL }, { "075", 43200, NULL }, { "076/FSI", 2, NULL }, { "076/TOMRP", 0.25, NULL },
        { "140", -12.5, NULL }, { "090/NUCRNACV", 5, NULL }, { "090/NUCPNIC", 8, NULL }, { "090/NICBARO", 1, NULL }, { "090/SIL", 2, NULL },
        { "090/NACP", 9, NULL }, { "090/SILS", 1, NULL }, { "090/SDA", 2, NULL }, { "090/GVA", 1, NULL }, { "090/PIC", 7, NULL },
        { "090/SRC", 1, NULL }, { "090/VALSTATE/EP", 1, NULL }, { "090/VALSTATE/VAL", 2, NULL }, { "090/VD", 1, NULL }, { "090/VQ", 0, NULL },
        { "090/VALDISTP1", 384, NULL }, { "090/VALDISTP2", 5, NULL }, { "090/VALDISTQUALP1", 128, NULL }, { "090/VALDISTQUALP2", 9, NULL },
        { "210/VNS", 0, NULL }, { "210/VN", 2, NULL }, { "210/LTT", 2, NULL }, { "070/MODE3A", 0, "7421" }, { "230", -10, NULL },
        { "145", 350, NULL }, { "152", 90, NULL }, { "200/ICF", 1, NULL }, { "200/LNAV", 0, NULL }, { "200/ME", 1, NULL }, { "200/PS", 2, NULL },
        { "200/SS", 3, NULL }, { "155/RE", 0, NULL }, { "155/BVR", -6.25, NULL }, { "157/RE", 1, NULL }, { "157/GVR", 12.5, NULL },
        { "160/RE", 0, NULL }, { "160/GS", 0.125, NULL }, { "160/TA", 270, NULL }, { "165/TAR", -1, NULL }, { "077", 43200, NULL },
        { "170", 0, "AB12CD3" }, { "020", 5, NULL }, { "220/WS", 50, NULL }, { "220/WD", 360, NULL }, { "220/TMP", -40, NULL },
        { "220/TRB", 15, NULL }, { "146/SAS", 1, NULL }, { "146/S", 2, NULL }, { "146/ALT", 35000, NULL }, { "148/MV", 1, NULL },
        { "148/AH", 0, NULL }, { "148/AM", 1, NULL }, { "148/ALT", 35000, NULL }, { "110/TIS/NAV", 1, NULL }, { "110/TIS/NVB", 0, NULL },
        { "110/TID/TCA", 0, NULL }, { "110/TID/NC", 1, NULL }, { "110/TID/TCPN", 5, NULL }, { "110/TID/ALT", 1000, NULL },
        { "110/TID/LAT", 45, NULL }, { "110/TID/LON", -90, NULL }, { "110/TID/PT", 7, NULL }, { "110/TID/TD", 2, NULL }, { "110/TID/TRA", 1, NULL },
        { "110/TID/TOA", 0, NULL }, { "110/TID/TOV", 3600, NULL }, { "110/TID/TTR", 1, NULL }, { "016", 2, NULL }, { "008/RA", 1, NULL },
        { "008/TC", 2, NULL }, { "008/TS", 0, NULL }, { "008/ARV", 1, NULL }, { "008/CDTIA", 0, NULL }, { "008/NOTTCAS", 1, NULL },
        { "008/SA", 0, NULL }, { "271/POA", 1, NULL }, { "271/CDTIS", 0, NULL }, { "271/B2LOW", 1, NULL }, { "271/RAS", 0, NULL },
        { "271/IDENT", 1, NULL }, { "271/LW", 11, NULL }, { "132", -64, NULL }, { "250", 0, "0x1122334455667740" }, { "260/TYP", 28, NULL },
        { "260/STYP", 2, NULL }, { "260/ARA", 0, "0x3fff" }, { "260/RAC", 10, NULL }, { "260/RAT", 1, NULL }, { "260/MTE", 0, NULL },
        { "260/TTI", 1, NULL }, { "260/TID", 0, "0x1234567" }, { "400", 9, NULL }, { "295/AOS", 1 / 10.0, NULL }, { "295/TRD", 2 / 10.0, NULL },
        { "295/M3A", 3 / 10.0, NULL }, { "295/QI", 4 / 10.0, NULL }, { "295/TI1", 5 / 10.0, NULL }, { "295/MAM", 6 / 10.0, NULL },
        { "295/GH", 7 / 10.0, NULL }, { "295/FL", 8 / 10.0, NULL }, { "295/SAL", 9 / 10.0, NULL }, { "295/FSA", 10 / 10.0, NULL },
        { "295/AS", 11 / 10.0, NULL }, { "295/TAS", 12 / 10.0, NULL }, { "295/MH", 13 / 10.0, NULL }, { "295/BVR", 14 / 10.0, NULL },
        { "295/GVR", 15 / 10.0, NULL }, { "295/GV", 16 / 10.0, NULL }, { "295/TAR", 17 / 10.0, NULL }, { "295/TI2", 18 / 10.0, NULL },
        { "295/TS", 19 / 10.0, NULL }, { "295/MET", 20 / 10.0, NULL }, { "295/ROA", 21 / 10.0, NULL }, { "295/ARA", 22 / 10.0, NULL },
        { "295/SCC", 23 / 10.0, NULL },
    };

    vector_check(&cat021_27, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat021_27, "020", 24, "line obstacle");
    vector_label(&cat021_27, "210/VN", 3, "DO-260C");
    vector_label(&cat021_27, "200/PS", 6, "downed aircraft");
}
END_TEST

Suite *test_cat021_27_suite(void)
{
    Suite *suite = suite_create("cat021_27");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, every_item_of_a_target_report_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
