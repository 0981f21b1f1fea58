"""Files by the names that tables use for them: paths, bare names, names without an ending."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from pathlib import Path

from tfcore.data.phantom import MASKS
from tfcore.pictures import find


class Lookup:
    """Finds what a table means by a file name, below one folder (which is searched once, and only when needed)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, name: str, label: str | None = None) -> Path | None:
        """The file, or ``None`` where there is none or the name could mean several."""
        # Tables written on Windows.
        given = Path(name.strip().replace("\\", "/"))
        direct = self._root / given
        if direct.is_file():
            return direct
        named = self._by_name.get(given.name.casefold(), [])
        if len(named) > 1 and label is not None:
            named = [path for path in named if path.parent.name.casefold() == label.casefold()]
        return named[0] if len(named) == 1 else None

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        found = defaultdict(list)
        for path in find([self._root]):
            if MASKS not in path.relative_to(self._root).parts[:-1]:
                found[path.name.casefold()].append(path)
                found[path.stem.casefold()].append(path)
        return dict(found)
