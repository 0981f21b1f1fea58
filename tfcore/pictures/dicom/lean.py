"""The few tags by which thousands of files are sorted into series, taken from their bytes in a twentieth of pydicom's
time. What is written in any unusual way it leaves to pydicom.
"""

from __future__ import annotations

from struct import error, unpack_from
from typing import Any

from pydicom.datadict import tag_for_keyword
from pydicom.uid import UID, ImplicitVRLittleEndian, UID_dictionary

# As much of a file as its tags hardly ever go beyond.
MOST = 1 << 16
# Values with four bytes for their length; all others have two.
_LONG = {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
_NUMBER = {b"US": "<H", b"UL": "<I"}
_ITEM, _ITEM_ENDS, _SEQUENCE_ENDS = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_OPEN = 0xFFFFFFFF
_SYNTAX, _PIXELS = 0x00020010, 0x7FE00000
# Frames with places of their own.
_GROUPS = (0x52009229, 0x52009230)


def sorting_tags(start: bytes, keywords: list[str]) -> tuple[dict[str, Any], UID, int] | None:
    """The tags that stand before the pixels, how these are encoded, and where they begin."""
    wanted = {tag_for_keyword(name): name for name in keywords} | {_SYNTAX: "TransferSyntaxUID"}
    try:
        return _Walk(start, wanted).tags()
    # Cut short, or not what it seems to be.
    except (error, UnicodeDecodeError, RecursionError):
        return None


class _Walk:
    def __init__(self, start: bytes, wanted: dict[int | None, str]) -> None:
        self._bytes, self._wanted = start, wanted
        self._implicit = False

    def tags(self) -> tuple[dict[str, Any], UID, int] | None:
        found: dict[str, Any] = {}
        at, syntax = 132, UID("")
        while True:
            tag, kind, value, length = self._element(at)
            if tag >> 16 != 2 and not syntax:
                syntax = UID(found.pop("TransferSyntaxUID", ""))
                if syntax not in UID_dictionary or syntax.is_deflated or not syntax.is_little_endian:
                    return None
                self._implicit = syntax == ImplicitVRLittleEndian
                continue
            if tag >= _PIXELS:
                return found, syntax, at
            if tag in _GROUPS or (not self._implicit and not kind.isalpha()):
                return None
            if tag in self._wanted and length != _OPEN:
                found[self._wanted[tag]] = self._read(kind, tag, value, length)
            at = value + length if length != _OPEN else self._past(value)

    def _element(self, at: int) -> tuple[int, bytes, int, int]:
        """The tag there, its kind, and where its value begins and how long it is."""
        group, element, kind, short = unpack_from("<HH2sH", self._bytes, at)
        if self._implicit or group == 0xFFFE:
            return group << 16 | element, b"", at + 8, unpack_from("<I", self._bytes, at + 4)[0]
        if kind in _LONG:
            return group << 16 | element, kind, at + 12, unpack_from("<I", self._bytes, at + 8)[0]
        return group << 16 | element, kind, at + 8, short

    def _past(self, at: int) -> int:
        """Where what follows a sequence or an item of open length begins."""
        while True:
            tag, _, value, length = self._element(at)
            if tag in (_ITEM_ENDS, _SEQUENCE_ENDS):
                return value
            at = value + length if length != _OPEN else self._past(value)

    def _read(self, kind: bytes, tag: int, value: int, length: int) -> Any:
        if kind in _NUMBER or (self._implicit and tag >> 16 == 0x0028 and length == 2):
            return unpack_from(_NUMBER.get(kind, "<H"), self._bytes, value)[0]
        parts = self._bytes[value : value + length].decode("ascii").rstrip("\0 ").split("\\")
        return parts if len(parts) > 1 else parts[0].strip()
