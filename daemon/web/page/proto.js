// Reading and writing the messages of proto/web.proto: protocol buffers by a table (schema.js) instead of generated code. Pure.
import { MESSAGES } from './schema.js';

class Reader {
    constructor(bytes, at, end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }
    // An unsigned number; beyond 2^53 it is rounded, which none of our numbers is.
    number() {
        const b = this.bytes;
        let octet = b[this.at++];
        if (octet < 128) return octet;
        let value = octet & 127, scale = 128;
        do {
            if (this.at >= this.end) throw new RangeError('proto: truncated');
            octet = b[this.at++];
            value += (octet & 127) * scale;
            scale *= 128;
        } while (octet & 128);
        return value;
    }
    span() {
        const length = this.number(), from = this.at;
        if (from + length > this.end) throw new RangeError('proto: truncated');
        this.at += length;
        return [from, this.at];
    }
    skip(wire) {
        if (wire === 0) this.number();
        else if (wire === 1) this.at += 8;
        else if (wire === 2) this.span();
        else if (wire === 5) this.at += 4;
        else throw new TypeError('proto: unknown wire type ' + wire);
    }
}

const zigzag = n => n % 2 ? -(n + 1) / 2 : n / 2;
const utf8 = new TextDecoder();

const SCALARS = {
    uint: n => n,
    sint: zigzag,
    bool: n => n !== 0,
};

function packed(r, scalar) {
    const [from, end] = r.span(), list = [], read = new Reader(r.bytes, from, end);
    while (read.at < end) list.push(scalar(read.number()));
    return list;
}

function fresh(fields) {
    const message = {};
    for (const field of fields) message[field.name] = field.repeated ? [] : field.initial;
    return message;
}

function readField(r, field, wire, message) {
    const { type, name, repeated } = field;
    if (SCALARS[type]) {
        if (wire === 2) message[name].push(...packed(r, SCALARS[type]));
        else if (repeated) message[name].push(SCALARS[type](r.number()));
        else message[name] = SCALARS[type](r.number());
        return;
    }
    const [from, end] = r.span();
    const value = type === 'string' ? utf8.decode(r.bytes.subarray(from, end))
        : type === 'bytes' ? r.bytes.slice(from, end) : readMessage(new Reader(r.bytes, from, end), type);
    if (repeated) message[name].push(value);
    else message[name] = value;
}

// The columns of a large table would not fit on the stack as arguments of push.
function readColumn(r, field, message) {
    const list = packed(r, SCALARS[field.type]);
    message[field.name] = message[field.name].length ? message[field.name].concat(list) : list;
}

function readMessage(r, type) {
    const { fields, byNumber } = MESSAGES[type], message = fresh(fields);
    while (r.at < r.end) {
        const tag = r.number(), wire = tag & 7, field = byNumber.get(tag >>> 3);
        if (!field) r.skip(wire);
        else if (wire === 2 && field.repeated && SCALARS[field.type]) readColumn(r, field, message);
        else readField(r, field, wire, message);
    }
    if (r.at > r.end) throw new RangeError('proto: truncated');
    return message;
}

// Absent fields are 0, '', false, null or empty.
export function decode(type, bytes) {
    return readMessage(new Reader(bytes, 0, bytes.length), type);
}

function putNumber(out, value) {
    while (value > 127) {
        out.push(value % 128 | 128);
        value = Math.floor(value / 128);
    }
    out.push(value);
}

const wireNumber = (type, value) => type === 'sint' ? (value < 0 ? -2 * value - 1 : 2 * value) : Number(value);
const utf8Bytes = new TextEncoder();

function putSpan(out, number, bytes) {
    putNumber(out, number * 8 + 2);
    putNumber(out, bytes.length);
    for (const octet of bytes) out.push(octet);
}

function octetsOf(type, value) {
    return type === 'string' ? utf8Bytes.encode(value) : type === 'bytes' ? value : encodeList(type, value);
}

function encodeList(type, message) {
    const out = [];
    for (const { number, name, type: kind, repeated } of MESSAGES[type].fields) {
        const value = message[name];
        if (value === undefined || value === null) continue;
        if (SCALARS[kind] && repeated) {
            const column = [];
            for (const v of value) putNumber(column, wireNumber(kind, v));
            if (column.length) putSpan(out, number, column);
        } else if (SCALARS[kind]) {
            if (!value) continue;
            putNumber(out, number * 8);
            putNumber(out, wireNumber(kind, value));
        } else {
            for (const v of repeated ? value : [value]) {
                if (v.length !== 0 || repeated) putSpan(out, number, octetsOf(kind, v));
            }
        }
    }
    return out;
}

// Fields that are missing, 0, '' or false are left out, as proto3 has it.
export function encode(type, message) {
    return Uint8Array.from(encodeList(type, message));
}

// A number column: from differences to what they stand for.
export function sums(differences) {
    let sum = 0;
    return differences.map(d => sum += d);
}
