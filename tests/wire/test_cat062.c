#include "vector.h"
#include "wire/categories.h"

START_TEST(every_item_of_a_system_track_reads_as_the_standard_says)
{
    static const char hex[] =
        "BF FF FF FF 06 "                                                 /* FSPEC */
        "14 01 "                                                          /* 010 */
        "04 "                                                             /* 015 */
        "546000 "                                                         /* 070 */
        "00800000 FF000000 "                                              /* 105 */
        "0000C9 FFFFFF "                                                  /* 100 */
        "FFD8 0028 "                                                      /* 185 */
        "04 FC "                                                          /* 210 */
        "2F11 "                                                           /* 060 */
        "40 042C720C4CE0 "                                                /* 245 */
        "FF FF FF FE "                                                    /* 380 */
        "A1B2C3 "                                                         /* ADR */
        "042C720C4CE0 "                                                   /* ID */
        "4000 "                                                           /* MHG */
        "0800 "                                                           /* IAS */
        "01C2 "                                                           /* TAS */
        "C578 "                                                           /* SAL */
        "A578 "                                                           /* FSS */
        "80 "                                                             /* TIS */
        "01 45 0064 200000 C00000 7A 000E10 0064 "                        /* TID */
        "34 EA "                                                          /* COM */
        "9E 05 "                                                          /* SAB */
        "01020304050607 "                                                 /* ACS */
        "FFFF "                                                           /* BVR */
        "0002 "                                                           /* GVR */
        "FC18 "                                                           /* RAN */
        "40 F8 "                                                          /* TAR */
        "C000 "                                                           /* TAN */
        "0800 "                                                           /* GS */
        "02 "                                                             /* VUN */
        "D0 0032 0168 FF60 0F "                                           /* MET */
        "0A "                                                             /* EMC */
        "200000 C00000 "                                                  /* POS */
        "FFFE "                                                           /* GAL */
        "07 "                                                             /* PUN */
        "01 1122334455667740 "                                            /* BDSDATA */
        "00FA "                                                           /* IAR */
        "0064 "                                                           /* MAC */
        "0854 "                                                           /* BPS */
        "1234 "                                                           /* 040 */
        "A9 53 AD 95 6D 4B 80 "                                           /* 080 */
        "FF E0 04 08 0C 10 0014 18 1C 20 24 28 "                          /* 290 */
        "6E "                                                             /* 200 */
        "FF FF FF FF E0 0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F "/* 295 */
        "0578 "                                                           /* 136 */
        "FFFE "                                                           /* 130 */
        "8578 "                                                           /* 135 */
        "FFFF "                                                           /* 220 */
        "FF FF F0 "                                                       /* 390 */
        "14 01 "                                                          /* TAG */
        "41424331323320 "                                                 /* CS */
        "40BC614E "                                                       /* IFI */
        "46 "                                                             /* FCT */
        "42373338 "                                                       /* TAC */
        "4D "                                                             /* WTC */
        "4C45424C "                                                       /* DEP */
        "45474C4C "                                                       /* DST */
        "323552 "                                                         /* RDS */
        "0578 "                                                           /* CFL */
        "01 02 "                                                          /* CTL */
        "01 3A173B20 "                                                    /* TOD */
        "413132202020 "                                                   /* AST */
        "60 "                                                             /* STS */
        "4241524E314120 "                                                 /* STD */
        "53544152314220 "                                                 /* STA */
        "1F11 "                                                           /* PEM */
        "41424331323420 "                                                 /* PEC */
        "47 41 3C "                                                       /* 270 */
        "03 "                                                             /* 300 */
        "FE "                                                             /* 110 */
        "A5 "                                                             /* SUM */
        "1234 07 09 "                                                     /* PMN */
        "200000 C00000 "                                                  /* POS */
        "7FFC "                                                           /* GA */
        "0F11 "                                                           /* EM1 */
        "80 "                                                             /* TOS */
        "15 "                                                             /* XP */
        "0053 "                                                           /* 120 */
        "010005 020006 "                                                  /* 510 */
        "FF 80 00140028 FFFE 00010002 04 08 0408 0204 02 "                /* 500 */
        "FC "                                                             /* 340 */
        "14 81 "                                                          /* SID */
        "6400 4000 "                                                      /* POS */
        "FFFC "                                                           /* HEIGHT */
        "4578 "                                                           /* MDC */
        "AF11 "                                                           /* MDA */
        "A8 "                                                             /* TYP */
        "02 CC "                                                          /* RE */
        "01";                                                             /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "015", 4, NULL }, { "070", 43200, NULL }, { "105/LAT", 45, NULL }, { "105/LON", -90, NULL },
        { "100/X", 100.5, NULL }, { "100/Y", -0.5, NULL }, { "185/VX", -10, NULL }, { "185/VY", 10, NULL }, { "210/AX", 1, NULL },
        { "210/AY", -1, NULL }, { "060/V", 0, NULL }, { "060/G", 0, NULL }, { "060/CH", 1, NULL }, { "060/MODE3A", 0, "7421" },
        { "245/STI", 1, NULL }, { "245/CHR", 0, "AB12CD3" }, { "380/ADR", 0, "0xa1b2c3" }, { "380/ID", 0, "AB12CD3" }, { "380/MHG", 90, NULL },
        { "380/IAS/IM", 0, NULL }, { "380/IAS/IAS", 0.125, NULL }, { "380/TAS", 450, NULL }, { "380/SAL/SAS", 1, NULL }, { "380/SAL/SRC", 2, NULL },
        { "380/SAL/ALT", 35000, NULL }, { "380/FSS/MV", 1, NULL }, { "380/FSS/AH", 0, NULL }, { "380/FSS/AM", 1, NULL },
        { "380/FSS/ALT", 35000, NULL }, { "380/TIS/NAV", 1, NULL }, { "380/TIS/NVB", 0, NULL }, { "380/TID/TCA", 0, NULL },
        { "380/TID/NC", 1, NULL }, { "380/TID/TCPN", 5, NULL }, { "380/TID/ALT", 1000, NULL }, { "380/TID/LAT", 45, NULL },
        { "380/TID/LON", -90, NULL }, { "380/TID/PT", 7, NULL }, { "380/TID/TD", 2, NULL }, { "380/TID/TRA", 1, NULL }, { "380/TID/TOA", 0, NULL },
        { "380/TID/TOV", 3600, NULL }, { "380/TID/TTR", 1, NULL }, { "380/COM/COM", 1, NULL }, { "380/COM/STAT", 5, NULL },
        { "380/COM/SSC", 1, NULL }, { "380/COM/ARC", 1, NULL }, { "380/COM/AIC", 1, NULL }, { "380/COM/B1A", 0, NULL }, { "380/COM/B1B", 10, NULL },
        { "380/SAB/AC", 2, NULL }, { "380/SAB/MN", 1, NULL }, { "380/SAB/DC", 3, NULL }, { "380/SAB/GBS", 1, NULL }, { "380/SAB/STAT", 5, NULL },
        { "380/ACS", 0, "0x01020304050607" }, { "380/BVR", -6.25, NULL }, { "380/GVR", 12.5, NULL }, { "380/RAN", -10, NULL },
        { "380/TAR/TI", 1, NULL }, { "380/TAR/ROT", -1, NULL }, { "380/TAN", 270, NULL }, { "380/GS", 0.125, NULL }, { "380/VUN", 2, NULL },
        { "380/MET/WS", 1, NULL }, { "380/MET/WD", 1, NULL }, { "380/MET/TMP", 0, NULL }, { "380/MET/TRB", 1, NULL }, { "380/MET/WSD", 50, NULL },
        { "380/MET/WDD", 360, NULL }, { "380/MET/TMPD", -40, NULL }, { "380/MET/TRBD", 15, NULL }, { "380/EMC", 10, NULL },
        { "380/POS/LAT", 45, NULL }, { "380/POS/LON", -90, NULL }, { "380/GAL", -12.5, NULL }, { "380/PUN/PUN", 7, NULL },
        { "380/BDSDATA[0]", 0, "0x1122334455667740" }, { "380/IAR", 250, NULL }, { "380/MAC", 0.8, NULL }, { "380/BPS/BPS", 213.2, NULL },
        { "040", 4660, NULL }, { "080/MON", 1, NULL }, { "080/SPI", 0, NULL }, { "080/MRH", 1, NULL }, { "080/SRC", 2, NULL },
        { "080/CNF", 0, NULL }, { "080/SIM", 0, NULL }, { "080/TSE", 1, NULL }, { "080/TSB", 0, NULL }, { "080/FPC", 1, NULL },
        { "080/AFF", 0, NULL }, { "080/STP", 0, NULL }, { "080/KOS", 1, NULL }, { "080/AMA", 1, NULL }, { "080/MD4", 1, NULL },
        { "080/ME", 0, NULL }, { "080/MI", 1, NULL }, { "080/MD5", 2, NULL }, { "080/CST", 1, NULL }, { "080/PSR", 0, NULL },
        { "080/SSR", 0, NULL }, { "080/MDS", 1, NULL }, { "080/ADS", 0, NULL }, { "080/SUC", 1, NULL }, { "080/AAC", 0, NULL },
        { "080/SDS", 1, NULL }, { "080/EMS", 5, NULL }, { "080/PFT", 1, NULL }, { "080/FPLT", 0, NULL }, { "080/DUPT", 0, NULL },
        { "080/DUPF", 1, NULL }, { "080/DUPM", 0, NULL }, { "080/SFC", 0, NULL }, { "080/IDD", 1, NULL }, { "080/IEC", 0, NULL },
        { "080/MLAT", 1, NULL }, { "080/M5I", 1, NULL }, { "290/TRK", 1.0, NULL }, { "290/PSR", 2.0, NULL }, { "290/SSR", 3.0, NULL },
        { "290/MDS", 4.0, NULL }, { "290/ADS", 5.0, NULL }, { "290/ES", 6.0, NULL }, { "290/VDL", 7.0, NULL }, { "290/UAT", 8.0, NULL },
        { "290/LOP", 9.0, NULL }, { "290/MLT", 10.0, NULL }, { "200/TRANS", 1, NULL }, { "200/LONG", 2, NULL }, { "200/VERT", 3, NULL },
        { "200/ADF", 1, NULL }, { "295/MFL", 0.25, NULL }, { "295/MD1", 0.5, NULL }, { "295/MD2", 0.75, NULL }, { "295/MDA", 1.0, NULL },
        { "295/MD4", 1.25, NULL }, { "295/MD5", 1.5, NULL }, { "295/MHG", 1.75, NULL }, { "295/IAS", 2.0, NULL }, { "295/TAS", 2.25, NULL },
        { "295/SAL", 2.5, NULL }, { "295/FSS", 2.75, NULL }, { "295/TID", 3.0, NULL }, { "295/COM", 3.25, NULL }, { "295/SAB", 3.5, NULL },
        { "295/ACS", 3.75, NULL }, { "295/BVR", 4.0, NULL }, { "295/GVR", 4.25, NULL }, { "295/RAN", 4.5, NULL }, { "295/TAR", 4.75, NULL },
        { "295/TAN", 5.0, NULL }, { "295/GSP", 5.25, NULL }, { "295/VUN", 5.5, NULL }, { "295/MET", 5.75, NULL }, { "295/EMC", 6.0, NULL },
        { "295/POS", 6.25, NULL }, { "295/GAL", 6.5, NULL }, { "295/PUN", 6.75, NULL }, { "295/MB", 7.0, NULL }, { "295/IAR", 7.25, NULL },
        { "295/MAC", 7.5, NULL }, { "295/BPS", 7.75, NULL }, { "136", 350, NULL }, { "130", -12.5, NULL }, { "135/QNH", 1, NULL },
        { "135/CTB", 350, NULL }, { "220", -6.25, NULL }, { "390/TAG/SAC", 20, NULL }, { "390/TAG/SIC", 1, NULL }, { "390/CS", 0, "ABC123" },
        { "390/IFI/TYP", 1, NULL }, { "390/IFI/NBR", 12345678, NULL }, { "390/FCT/GATOAT", 1, NULL }, { "390/FCT/FR1FR2", 0, NULL },
        { "390/FCT/RVSM", 1, NULL }, { "390/FCT/HPR", 1, NULL }, { "390/TAC", 0, "B738" }, { "390/WTC", 0, "M" }, { "390/DEP", 0, "LEBL" },
        { "390/DST", 0, "EGLL" }, { "390/RDS/NU1", 0, "2" }, { "390/RDS/NU2", 0, "5" }, { "390/RDS/LTR", 0, "R" }, { "390/CFL", 350, NULL },
        { "390/CTL/CENTRE", 1, NULL }, { "390/CTL/POSITION", 2, NULL }, { "390/TOD/TYP", 7, NULL }, { "390/TOD/DAY", 1, NULL },
        { "390/TOD/HOR", 23, NULL }, { "390/TOD/MIN", 59, NULL }, { "390/TOD/AVS", 0, NULL }, { "390/TOD/SEC", 32, NULL }, { "390/AST", 0, "A12" },
        { "390/STS/EMP", 1, NULL }, { "390/STS/AVL", 2, NULL }, { "390/STD", 0, "BARN1A" }, { "390/STA", 0, "STAR1B" }, { "390/PEM/VA", 1, NULL },
        { "390/PEM/MODE3A", 0, "7421" }, { "390/PEC", 0, "ABC124" }, { "270/LENGTH", 35, NULL }, { "270/ORIENTATION", 90, NULL },
        { "270/WIDTH", 30, NULL }, { "300", 3, NULL }, { "110/SUM/M5", 1, NULL }, { "110/SUM/ID", 0, NULL }, { "110/SUM/DA", 1, NULL },
        { "110/SUM/M1", 0, NULL }, { "110/SUM/M2", 0, NULL }, { "110/SUM/M3", 1, NULL }, { "110/SUM/MC", 0, NULL }, { "110/SUM/X", 1, NULL },
        { "110/PMN/PIN", 0, "0x1234" }, { "110/PMN/NAT", 7, NULL }, { "110/PMN/MIS", 9, NULL }, { "110/POS/LAT", 45, NULL },
        { "110/POS/LON", -90, NULL }, { "110/GA/RES", 1, NULL }, { "110/GA/GA", -100, NULL }, { "110/EM1/EM1", 0, "7421" }, { "110/TOS", -1, NULL },
        { "110/XP/X5", 1, NULL }, { "110/XP/XC", 0, NULL }, { "110/XP/X3", 1, NULL }, { "110/XP/X2", 0, NULL }, { "110/XP/X1", 1, NULL },
        { "120/MODE2", 0, "0123" }, { "510[0]/IDENT", 1, NULL }, { "510[0]/TRACK", 2, NULL }, { "510[1]/IDENT", 2, NULL },
        { "510[1]/TRACK", 3, NULL }, { "500/APC/X", 10, NULL }, { "500/APC/Y", 20, NULL }, { "500/COV", -1, NULL },
        { "500/APW/LAT", 5.364418029785156e-06, NULL }, { "500/APW/LON", 1.0728836059570312e-05, NULL }, { "500/AGA", 25, NULL },
        { "500/ABA", 2, NULL }, { "500/ATV/X", 1, NULL }, { "500/ATV/Y", 2, NULL }, { "500/AA/X", 0.5, NULL }, { "500/AA/Y", 1, NULL },
        { "500/ARC", 12.5, NULL }, { "340/SID/SAC", 20, NULL }, { "340/SID/SIC", 129, NULL }, { "340/POS/RHO", 100, NULL },
        { "340/POS/THETA", 90, NULL }, { "340/HEIGHT", -100, NULL }, { "340/MDC/V", 0, NULL }, { "340/MDC/G", 1, NULL },
        { "340/MDC/LMC", 350, NULL }, { "340/MDA/V", 1, NULL }, { "340/MDA/G", 0, NULL }, { "340/MDA/L", 1, NULL }, { "340/MDA/MODE3A", 0, "7421" },
        { "340/TYP/TYP", 5, NULL }, { "340/TYP/SIM", 0, NULL }, { "340/TYP/RAB", 1, NULL }, { "340/TYP/TST", 0, NULL },
    };

    vector_check(&cat062, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat062, "080/SRC", 7, "multilateration");
    vector_label(&cat062, "380/EMC", 24, "reserved");
    vector_label(&cat062, "390/TOD/TYP", 13, "actual on-block");
    vector_label(&cat062, "300", 16, "follow me");
}
END_TEST

Suite *test_cat062_suite(void)
{
    Suite *suite = suite_create("cat062");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, every_item_of_a_system_track_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
