// Named areas as rings for drawing, from the form that lib/geo/area.h describes (config/areas/*.area).

class Reader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }
    octet() {
        if (this.at >= this.bytes.length) throw new RangeError('area: truncated');
        return this.bytes[this.at++];
    }
    number() {
        let value = 0, scale = 1;
        for (let octet = 128; octet & 128; scale *= 128) {
            octet = this.octet();
            value += (octet & 127) * scale;
        }
        return value;
    }
    difference() {
        const code = this.number();
        return code % 2 ? -(code + 1) / 2 : code / 2;
    }
    name() {
        const length = this.octet();
        let name = '';
        for (let i = 0; i < length; i++) name += String.fromCharCode(this.octet());
        return name;
    }
}

// [{name, rings: [Float64Array of lon, lat, lon, lat, …]}]; degrees. A ring closes itself.
export function areas(bytes) {
    const r = new Reader(bytes);
    if (String.fromCharCode(r.octet(), r.octet(), r.octet(), r.octet()) !== 'AREA') throw new TypeError('area: not areas');
    if (r.octet() !== 1) throw new TypeError('area: another version');
    const list = [];
    for (let n = r.octet(); n > 0; n--) {
        const area = { name: r.name(), rings: [] };
        for (let rings = r.number(); rings > 0; rings--) {
            const corners = r.number(), ring = new Float64Array(2 * corners);
            let lat = 0, lon = 0;
            for (let i = 0; i < corners; i++) {
                lat += r.difference();
                lon += r.difference();
                ring[2 * i] = lon / 1e4;
                ring[2 * i + 1] = lat / 1e4;
            }
            area.rings.push(ring);
        }
        list.push(area);
    }
    return list;
}
