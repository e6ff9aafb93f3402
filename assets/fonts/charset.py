#!/usr/bin/env python3
"""Print the code points of the embedded fonts, one U+XXXX a line.

GB2312, the 8,105 characters of the Table of General Standard Chinese
Characters (property kTGH of Unihan, Debian package unicode-data), and the
ranges below: punctuation, kana, arrows, shapes, enclosed numbers, full-width
forms and the signs the program draws. Rare characters outside come from the
computer's own fonts.
"""
import bz2
import re

UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"

RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1: middle dot, multiplication sign, degree
    (0x0100, 0x017F),  # Latin Extended-A: brand names
    (0x01CD, 0x01DC),  # pinyin vowels with a caron
    (0x02C6, 0x02DD),  # spacing accents
    (0x0391, 0x03C9),  # Greek
    (0x0401, 0x0451),  # Cyrillic
    (0x2010, 0x2027),  # dashes, quotes, bullet, ellipsis
    (0x2030, 0x203E),  # per mille, prime, reference mark
    (0x20A9, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letterlike: degree C, numero, trade mark
    (0x2150, 0x2189),  # fractions, roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics: minus, not equal, at most, at least
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x259F),  # box drawing, blocks
    (0x25A0, 0x25FF),  # shapes
    (0x2600, 0x266F),  # stars, warning sign
    (0x2702, 0x27BF),  # ticks, crosses
    (0x2E80, 0x2EF3),  # radicals
    (0x3000, 0x303F),  # CJK punctuation
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x3220, 0x3243),  # parenthesised Han
    (0x3280, 0x32B0),  # circled Han
    (0x3300, 0x33FF),  # squared units
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF01, 0xFFEF),  # full-width forms, yen sign
    (0xFFFD, 0xFFFD),  # what an unreadable byte becomes
]


def gb2312():
    for hi in range(0xA1, 0xF8):
        for lo in range(0xA1, 0xFF):
            try:
                yield ord(bytes([hi, lo]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def standard():
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            m = re.match(r"U\+([0-9A-F]+)\tkTGH\t2013:", line)
            if m:
                yield int(m.group(1), 16)


points = set(gb2312())
tgh = set(standard())
assert len(tgh) == 8105, len(tgh)
points |= tgh
for first, last in RANGES:
    points.update(range(first, last + 1))
print("\n".join("U+%04X" % p for p in sorted(points)))
