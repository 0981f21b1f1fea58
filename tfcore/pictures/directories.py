"""The skeleton of a TIFF: where its pages are described, and of how many values each description says it has."""

from __future__ import annotations

from collections.abc import Iterator

from tfcore.pictures.frames import MOST


class Directories:
    """Iterating gives the place of every page's description, each once: the last may lead back to an earlier one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._little = data.startswith(b"II")
        self._large = self._number(2, 2) == 43

    def __iter__(self) -> Iterator[int]:
        offset = 8 if self._large else 4
        at = self._number(offset, offset)
        seen: set[int] = set()
        while 0 < at < len(self._data) and at not in seen and len(seen) < MOST:
            seen.add(at)
            yield at
            start, entry, count = self._entries(at)
            at = self._number(start + entry * count, offset)

    def counts(self, at: int) -> Iterator[tuple[int, int]]:
        """Each tag of the description there, and how many values it says it has."""
        start, entry, count = self._entries(at)
        for place in range(start, min(start + entry * count, len(self._data)), entry):
            yield self._number(place, 2), self._number(place + 4, 8 if self._large else 4)

    def _entries(self, at: int) -> tuple[int, int, int]:
        """Where the entries begin, how long one is, and how many there are."""
        length, entry = (8, 20) if self._large else (2, 12)
        return at + length, entry, self._number(at, length)

    def _number(self, at: int, length: int) -> int:
        return int.from_bytes(self._data[at : at + length], "little" if self._little else "big")
