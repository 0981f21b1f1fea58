"""What ``heatlens explain`` says of its results, picture by picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.commands._lists import Document
from tfcore.commands._words import say

if TYPE_CHECKING:
    from tfcore.jobs.part import Row


class Results:
    """One JSON document written piece by piece, or a line per picture; a count of both sorts at the end."""

    def __init__(self, as_json: bool) -> None:
        self._document = Document() if as_json else None
        self._done = 0
        self._left = 0
        self._volumes: list[str] = []
        # Of words in pixels, once.
        self._warned = False

    def take(self, row: Row) -> None:
        """A picture's row, the last with what was made of all of them."""
        path = Path(row["path"])
        if "error" in row:
            self.left(path, row["error"])
        else:
            self._explained(path, row)
        for file, slices in row.get("volumes", ()):
            say(f"{file}: heat of {slices}")
            if self._document is None:
                print(file)
            self._volumes.append(file)
        for problem in row.get("problems", ()):
            say(problem)

    def _explained(self, path: Path, row: Row) -> None:
        self._done += 1
        if "burned_in" in row and not self._warned:
            self._warned = True
            say(f"{path.name}: {row['burned_in']}")
        for note in row.get("notes", ()):
            say(f"{path.name}{note}")
        if self._document is None:
            for file in row["files"]:
                print(file)
        else:
            from tfcore.jobs.explain_pictures import heats_told

            self._document.add({"path": path, "files": row["files"], "heats": heats_told(row)})

    def left(self, path: Path, sentence: str) -> None:
        self._left += 1
        say(sentence)
        if self._document is not None:
            self._document.add({"path": path, "error": sentence})

    def close(self) -> None:
        """Make the document whole, if there is one on its way."""
        if self._document is not None and self._done + self._left:
            volumes = {"volumes": self._volumes} if self._volumes else {}
            self._document.end(explained=self._done, left_out=self._left, **volumes)

    def end(self) -> int:
        self.close()
        say(f"{self._done} explained, {self._left} left out")
        return 0 if self._done else 2
