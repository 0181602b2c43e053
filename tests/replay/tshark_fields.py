"""Every field of every record of a recording, as `airseam dump` says it, against what tshark says of the same octets.

    tshark_fields.py AIRSEAM RECORDING [CAT=EDITION]

The recording goes through `airseam convert` into a pcap; tshark must find nothing malformed in it. Then each record is put into a packet of its own, so that
tshark's table has one line for each line of the dump, and all fields that the dump names are compared. Prints one line of the test protocol per claim.
"""
import collections
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

PORT = "udp.port==8600,asterix"
PCAP_HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)  # raw IP

# What the two name differently.
RENAMED = {
    (21, "150/IAS"): "150_AS", (21, "150/MACH"): "150_AS",
    (62, "380/IAS/MACH"): "380_IAS_IAS",
    (62, "380/BDSDATA"): "380_MB",
    (20, "250/BDSDATA"): "250_MBDATA",
}
# What tshark 4.0 reads wrongly: the second part of an extended item whose first part ends in a spare bit, one bit off.
MISREAD = {(19, "553/REFTR3"), (19, "553/REFTR4")}
# Items of FX-chained octets: tshark shows the first and passes over the others.
FIRST_ONLY = {(1, "030"), (1, "130"), (1, "210"), (2, "050"), (2, "060"), (2, "080"), (20, "030"), (48, "030")}
# Rows whose unit depends on the bit before them: tshark shows them raw.
RAW = {"150/IAS": 1 << 14, "150/MACH": 1000, "380/IAS/IAS": 1 << 14, "380/IAS/MACH": 1000}
# Rows that the standards give in two's complement and tshark 4.0 reads as unsigned (those of fewer than whole octets unless the bits before them are set,
# too): how far off it is below zero.
UNSIGNED = {(1, "090/HGT"): 4096, (20, "090/FL"): 4096, (48, "090/FL"): 4096, (34, "120/HGT"): 65536}
OCTAL = ("MODE3A", "MODE2", "EM1")


def fields_of_tshark():
    out = subprocess.run(["tshark", "-G", "fields"], capture_output=True, text=True, check=True).stdout
    return {m.group(1) for m in re.finditer(r"^F\t[^\t]*\t(asterix\.\S+)", out, re.M)}


def flatten(items):
    """(path, [values]) of one record: members joined by '/', repetitions gathered, a group's bits left as a dictionary."""
    flat = collections.OrderedDict()

    def add(path, value):
        if isinstance(value, dict) and not set(value) <= {"EP", "VAL"}:
            for name, member in value.items():
                add(f"{path}/{name}", member)
        elif isinstance(value, list):
            for element in value:
                add(path, element)
        else:
            flat.setdefault(path, []).append(value)

    for name, value in items.items():
        add(name, value)
    return flat


def split(pcap, records):
    """One raw IP packet for each record; their offsets are those in the file. A record reaches to the next one or to the end of its block."""
    with open(pcap, "rb") as file:
        data = file.read()
    starts = [r["offset"] for r in records] + [len(data) + 1]
    skip = {r["offset"] for r in records if is_track(r)}
    at, following, out = 24, iter(starts), [PCAP_HEAD]
    record = next(following)
    while at < len(data):
        size = struct.unpack_from("<I", data, at + 8)[0]
        payload = at + 16 + 14 + 20 + 8
        end_of_packet = at + 16 + size
        while payload < end_of_packet:
            category, length = data[payload], struct.unpack_from(">H", data, payload + 1)[0]
            end = payload + length
            while record < end:
                begin, record = record, next(following)
                if begin in skip:
                    continue
                octets = data[begin:min(record, end)]
                block = struct.pack(">BH", category, len(octets) + 3) + octets
                udp = struct.pack(">HHHH", 8600, 8600, len(block) + 8, 0)
                ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28 + len(block), 0, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
                packet = ip + udp + block
                out.append(struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet)
            payload = end
        at = end_of_packet
    return b"".join(out)


def is_track(record):
    """Of category 001."""
    return record["cat"] == 1 and record["items"].get("020", {}).get("TYP") == 1


def malformed(pcap, preferences):
    """The first packet that tshark calls malformed or comments on, or nothing."""
    command = ["tshark", "-r", pcap, "-d", PORT, *preferences, "-Y", "_ws.malformed || _ws.expert"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.partition("\n")[0]


def name_in_tshark(known, prefix, category, path):
    """tshark's field for our path, or None."""
    base = prefix + RENAMED.get((category, path), path.replace("/", "_"))
    if base + "_VALUE" in known:
        return base + "_VALUE"
    children = [f for f in known if f.startswith(base + "_")]
    if path.count("/") == 0 and len(children) == 1:
        return children[0]
    return base if base in known and not children else None


def same_text(ours, theirs):
    """Characters: a code outside the alphabet is '?' in the dump, and a blank or an escape in tshark."""
    theirs = re.sub(r"\\.", "?", theirs)
    if "?" not in ours:
        return ours == theirs.rstrip()
    return all(a in ("?", b) for a, b in zip(ours.ljust(8), theirs.ljust(8)))


def same(category, path, ours, theirs):
    member = path.rpartition("/")[2]
    if isinstance(ours, str) and member not in OCTAL and re.fullmatch(r"0x[0-9a-f]+|\d+", theirs) and re.fullmatch(r"([0-9a-f]{2})+|[0-9a-f]{7}", ours):
        return int(ours, 16) == int(theirs, 0)
    if isinstance(ours, str) and member not in OCTAL:
        return same_text(ours, theirs)
    if not theirs:
        return False
    if isinstance(ours, dict):
        return int(theirs, 0) == ours["EP"] << (6 if member in ("TBC", "MBC") else 1) | ours["VAL"]
    if member in OCTAL:
        return int(ours, 8) == int(theirs)  # in decimal when printed as a field
    value = float(int(theirs, 0)) if re.fullmatch(r"0x[0-9a-f]+|-?\d+", theirs) else float(theirs)
    value /= RAW.get(path, 1)
    off = UNSIGNED.get((category, path), 0) if ours < 0 else 0
    return min(abs(value - ours), abs(value - off - ours)) <= 1e-9 * max(1.0, abs(ours))


def compare(records, fields, preferences, pcap, state):
    """One category at a time: tshark's table line by line against the dump's."""
    columns = sorted(set(fields.values()))
    command = ["tshark", "-r", pcap, "-d", PORT, *preferences, "-T", "fields", "-E", "separator=|", "-e", "asterix.category"]
    for name in columns:
        command += ["-e", name]
    tshark = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    lines = 0
    for record, line in zip(records, tshark.stdout):
        lines += 1
        cells = dict(zip(["category", *columns], line.rstrip("\n").split("|")))
        if cells["category"] != str(record["cat"]):
            state["differ"]["category"].append((record["offset"], record["cat"], cells["category"]))
            continue
        for path, ours in flatten(record["items"]).items():
            name = fields.get((record["cat"], path))
            if not name:
                continue
            theirs = cells[name].split(",")
            if (record["cat"], path) in FIRST_ONLY:
                ours = ours[:1]
            state["compared"] += len(ours)
            if len(theirs) != len(ours) or not all(same(record["cat"], path, a, b) for a, b in zip(ours, theirs)):
                state["differ"][f"{record['cat']:03d}/{path}"].append((record["offset"], ours, cells[name]))
    tshark.stdout.close()
    tshark.wait()
    return lines


def main(airseam, recording, edition=None):
    name = os.path.basename(recording)
    editions = ["--edition", edition] if edition else []
    preferences, version = [], {}
    if edition:
        category, text = edition.split("=")
        preferences = ["-o", f"asterix.i{category}_version:Version {text}"]
        version[int(category)] = "_V" + text.replace(".", "_")
    known = fields_of_tshark()
    with tempfile.TemporaryDirectory() as folder:
        whole, single = os.path.join(folder, "whole.pcap"), os.path.join(folder, "single.pcap")
        subprocess.run([airseam, "convert", "--date", "2023-05-02", *editions, recording, whole], check=True, stderr=subprocess.DEVNULL)
        dump = subprocess.run([airseam, "dump", *editions, whole], capture_output=True, text=True, check=False).stdout
        records = [r for r in map(json.loads, dump.splitlines()) if "items" in r]
        tracks = sum(is_track(r) for r in records)
        if tracks:
            print(f"# {name}: {tracks} tracks of category 001 left out: tshark reads them by the layout of plots")
        with open(single, "wb") as out:
            out.write(split(whole, records))
        records = [r for r in records if not is_track(r)]
        bad = malformed(single if tracks else whole, preferences)
        print(f"{'not ok' if bad else 'ok'} - tshark finds nothing malformed in {name}" + (f": {bad}" if bad else ""))
        fields, missing = {}, set()
        for r in records:
            for path in flatten(r["items"]):
                if path in ("RE", "SP") or (r["cat"], path) in MISREAD or (r["cat"], path) in fields or (r["cat"], path) in missing:
                    continue
                found = name_in_tshark(known, f"asterix.{r['cat']:03d}{version.get(r['cat'], '')}_", r["cat"], path)
                if found:
                    fields[r["cat"], path] = found
                else:
                    missing.add((r["cat"], path))
        state = {"compared": 0, "differ": collections.defaultdict(list)}
        lines = compare(records, fields, preferences, single, state)
        missing = sorted(f"{c:03d}/{p}" for c, p in missing)
        print(f"{'ok' if lines == len(records) and records else 'not ok'} - tshark sees the {len(records)} records of {name}" + (f": {lines}" if lines != len(records) else ""))
        print(f"# {name}: {state['compared']} values of {len(fields)} fields compared" + (f"; tshark has no {', '.join(missing)}" if missing else ""))
        print(f"{'not ok' if state['differ'] else 'ok'} - tshark and dump agree on every value of {name}")
        for path, differences in sorted(state["differ"].items()):
            offset, ours, theirs = differences[0]
            print(f"#   {path}: {len(differences)} differ, first at octet {offset}: dump {ours}, tshark {theirs!r}")


if __name__ == "__main__":
    main(*sys.argv[1:])
