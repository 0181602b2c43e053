/*
 * asterix_json: a record as JSON, by its rows.
 *
 * {"010":{"SAC":20,"SIC":129},"140":28800.5,"070":{"V":0,"MODE3A":"7000"},"250":[{"MBDATA":"c0...","BDS1":4,"BDS2":0}],"130":{"SRL":0.8}}
 * Numbers in the standard's own unit, enumerations as integers, octal codes and characters as text, rows wider than 53 bits and RE/SP as hexadecimal text,
 * repetitions as arrays, a group's members as an object of their own.
 */
#ifndef WIRE_ASTERIX_JSON_H
#define WIRE_ASTERIX_JSON_H

#include <jansson.h>

#include "wire/asterix.h"

/* The items: a new reference, or NULL without memory. */
json_t *asterix_json_items(const struct asterix_record *record);
/* {"cat":48,"edition":"1.32","offset":OFFSET,"items":{...}}: a new reference, or NULL without memory. */
json_t *asterix_json_record(const struct asterix_record *record, size_t offset);

#endif
