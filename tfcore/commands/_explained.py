"""What ``heatlens explain`` says of its results, picture by picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import Document
from tfcore.commands._words import say

if TYPE_CHECKING:
    from tfcore.explain.files import Explained


class Results:
    """One JSON document written piece by piece, or a line per picture; a count of both sorts at the end."""

    def __init__(self, as_json: bool) -> None:
        self._document = Document() if as_json else None
        self._done = 0
        self._left = 0
        self._volumes: list[Path] = []
        # Of words in pixels, once.
        self._warned = False

    def explained(self, found: Explained, files: list[Path]) -> None:
        from tfcore.explain.completeness import warning
        from tfcore.figure.save import WITH_RECORD
        from tfcore.figure.words import BURNED_IN

        self._done += 1
        if found.picture.burned_in and not self._warned and {file.suffix for file in files} & set(WITH_RECORD):
            self._warned = True
            say(f"{found.path.name}: {BURNED_IN}")
        if (shift := found.heats[0].shift) and shift.words:
            say(f"{found.path.name}: {shift.words}")
        for heat in found.heats:
            if said := warning(heat.params, heat.facts):
                say(f"{found.path.name}, {heat.method}: {said}")
            if heat.verdict is not None:
                say(f"{found.path.name}, {heat.method}, {heat.place}: {heat.verdict.words}")
        if self._document is None:
            for file in files:
                print(file)
        else:
            self._document.add({"path": found.path, "files": files, "heats": list(_heats(found))})

    def volumes(self, gathering: Sequence[Any]) -> None:
        """Files that hold the heat of many slices, and of how many."""
        for gathered in gathering:
            for path, slices in gathered.save().items():
                say(f"{path}: heat of {slices}")
                if self._document is None:
                    print(path)
                self._volumes.append(path)
            for problem in gathered.problems:
                say(problem)

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


def _heats(found: Explained) -> Iterator[dict[str, Any]]:
    from tfcore.figure.display import nearly_flat

    for heat in found.heats:
        yield {
            "weights": heat.weights,
            "method": heat.method,
            "layer": heat.layer,
            "params": heat.params,
            "prediction": heat.classes[int(heat.probabilities.argmax())],
            "probabilities": dict(zip(heat.classes, map(float, heat.probabilities), strict=True)),
            "target": heat.classes[heat.target],
            "region": heat.region or None,
            "degenerate": heat.degenerate,
            "nearly_flat": nearly_flat(heat),
            "seconds": heat.seconds,
            "facts": heat.facts,
            **({} if heat.shift is None else {"shift": heat.shift.as_dict()}),
            **({} if heat.verdict is None else {"verdict": heat.verdict.as_dict()}),
        }
