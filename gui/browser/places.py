"""Which slice of each listed volume is looked at: what the list calls by its file, everybody else by its address."""

from __future__ import annotations

from collections.abc import Mapping


class Places:
    """A tile is what is listed; its address is the slice that was last looked at, or the tile's own."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        self._tiles: dict[str, str] = {}

    def put(self, tile: str, address: str) -> None:
        """From now on this slice is meant by the tile."""
        self._now[tile] = address
        self._tiles[address] = tile

    def address(self, tile: str) -> str:
        return self._now.get(tile, tile)

    def tile(self, address: str) -> str:
        """The tile of an address that was ever looked at; anything else is a tile itself."""
        return self._tiles.get(address, address)

    def all(self) -> dict[str, str]:
        """By tile, for the next session."""
        return dict(self._now)

    def recall(self, places: Mapping[str, str]) -> None:
        for tile, address in places.items():
            self.put(tile, address)
