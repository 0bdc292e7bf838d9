#!/usr/bin/env python3
"""Writes adobe-gb1.bin and adobe-cns1.bin: which character each glyph of Adobe's Chinese collections stands for.

Source: Adobe's CMap resources (https://github.com/adobe-type-tools/cmap-resources, BSD 3-clause, see cmap-resources.txt)
as Debian's package `poppler-data` ships them. Run: apt-get download poppler-data, dpkg -x it, and give its folder cMap:

    data/collections.py usr/share/poppler/cMap

Written are, big end first: the number of glyphs (two bytes); two bytes a glyph, 0 where 16 bits do not hold it or nothing
is known; then, for characters beyond 16 bits, two bytes of the glyph and four of the character.
"""
import pathlib
import re
import struct
import sys

HERE = pathlib.Path(__file__).parent


def sections(path, kind):
    text = path.read_text("latin-1")
    for body in re.findall(rf"begin{kind}\b(.*?)end{kind}\b", text, re.S):
        yield from (line.split() for line in body.strip().splitlines())


def number(token):
    return int(token.strip("<>"), 16)


def character(token):
    text = bytes.fromhex(token.strip("<>")).decode("utf-16-be", "surrogatepass")
    return ord(text) if len(text) == 1 else None


def glyphs(folder, name, encoding):
    found = {}
    # Glyph to character, as Adobe says it for readers.
    told = folder / name / f"{name}-UCS2"
    for first, text in sections(told, "bfchar"):
        found[number(first)] = character(text)
    for first, last, text in sections(told, "bfrange"):
        for step in range(number(last) - number(first) + 1):
            found[number(first) + step] = character(text) + step
    # What that leaves out, or knows by a private character only, by the characters of the newest encoding; the lowest.
    lowest = {}
    for row in sections(folder / name / encoding, "cidchar"):
        lowest.setdefault(int(row[1]), number(row[0]))
    for first, last, cid in sections(folder / name / encoding, "cidrange"):
        for step in range(number(last) - number(first) + 1):
            point = number(first) + step
            at = int(cid) + step
            lowest[at] = min(point, lowest.get(at, point))
    for cid, point in lowest.items():
        if not is_public(found.get(cid)):
            found[cid] = point
    return {cid: point for cid, point in found.items() if is_public(point) and cid > 0}


def is_public(point):
    return point is not None and not 0xE000 <= point <= 0xF8FF and point < 0xF0000 and point not in (0, 0xFFFD)


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, encoding, file in [
        ("Adobe-GB1", "UniGB-UTF32-H", "adobe-gb1.bin"),
        ("Adobe-CNS1", "UniCNS-UTF32-H", "adobe-cns1.bin"),
    ]:
        found = glyphs(folder, name, encoding)
        count = max(found) + 1
        near = [found.get(cid, 0) for cid in range(count)]
        out = struct.pack(">H", count)
        out += b"".join(struct.pack(">H", point if point < 0x10000 else 0) for point in near)
        out += b"".join(struct.pack(">HI", cid, point) for cid, point in enumerate(near) if point >= 0x10000)
        (HERE / file).write_bytes(out)
        print(file, count, "glyphs,", sum(1 for point in near if point), "known,", len(out), "bytes")


main()
