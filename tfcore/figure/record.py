"""What stands in the record beside a figure, whichever version wrote it."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.figure.display import Display
from tfcore.figure.inside import CARRIERS, carried
from tfcore.marks import PROGRAM
from tfcore.pictures.address import file_of
from tfcore.results import Insert, Outline

# Of what a figure's record says of the page, what ``export`` takes.
_SETTINGS = ("dpi", "columns", "title", "width_mm", "text_size", "layout", "composition", "keep_identity")

# Files of figures that carry their record.
_FIGURES = (".png", ".tif", ".tiff", ".svg", ".pdf")

# What the text of a record raises that is none.
_WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


@dataclass(frozen=True)
class Line:
    """A row of a figure: which picture, explained how, by which network, and what that said."""

    picture: str
    model: str
    method: str
    layer: str | None = None
    # None: the predicted class.
    target: int | str | None = None
    params: dict[str, Any] = field(default_factory=dict)
    region: str | None = None
    # What is black and white; None: as the file says.
    window: tuple[float, float] | None = None
    picture_hash: str = ""
    model_hash: str | None = None
    # How the model's card said that pictures are prepared; empty where the record does not tell.
    fed: dict[str, str] = field(default_factory=dict)
    # Index and size of the batch it was in.
    batch: tuple[int, int] = (0, 1)
    # Methods with their layers that came out of the same pass; None where no record tells.
    beside: tuple[tuple[str, str], ...] | None = None
    probabilities: list[float] = field(default_factory=list)
    classes: tuple[str, ...] = ()
    # Passes with dropout on, their seed and the rate put in, where their answer stands in the title.
    passes: tuple[int, int, Insert] | None = None
    # The models that were asked as one, whose answer stands there in place of one model's.
    members: tuple[str, ...] = ()
    verdict: bool = False
    # What a network that segments draws over it: its classes by pixels, those that are drawn, the threshold; ``all``
    # of them where no record says which.
    mask: dict[str, Any] = field(default_factory=dict)
    # How the map was made, where no method makes it.
    made: dict[str, Any] = field(default_factory=dict)
    # What the picture is said to show.
    label: str | None = None
    # What was drawn on the picture.
    regions: tuple[Outline, ...] = ()

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> Line:
        picture, model, passes = item["picture"], item["model"], item.get("passes") or {}
        batch = item.get("batch", {"index": 0, "size": 1})
        made = dict(item.get("made") or {})
        low, high = map(float, picture.get("window", (0, 0)))
        window = (low, high) if "window" in picture else None
        if "of" in made:
            made["of"] = [tuple(map(int, (number, target, *place))) for number, target, *place in made["of"]]
        return cls(
            picture=str(picture["path"]),
            picture_hash=str(picture["sha256"]),
            window=window,
            # Of what several models made the first one.
            model=str([*made.get("members", ()), model["source"]][0]),
            model_hash=model["hashes"].get("model"),
            fed=dict(item.get("fed") or {}),
            method=str(item["method"]),
            layer=item.get("layer") or None,
            target=int(item["target"]["index"]),
            params={name: value for name, value in item["params"].items() if name not in ("layer", "target")},
            region=item.get("region"),
            batch=(int(batch["index"]), int(batch["size"])),
            beside=tuple((str(method), str(layer)) for method, layer in item["beside"]) if "beside" in item else None,
            probabilities=[float(value) for value in item["probabilities"]],
            classes=tuple(map(str, item.get("classes", ()))),
            passes=(int(passes["passes"]), int(passes["seed"]), passes["inserted_dropout"])
            if "passes" in passes
            else None,
            members=tuple(map(str, passes.get("members", ()))),
            verdict=bool(item.get("verdict")),
            mask=dict(item.get("mask") or {}),
            made=made,
            label=item.get("label"),
            regions=tuple(
                Outline(tuple((float(x), float(y)) for x, y in each["points"]), str(each["words"]))
                for each in item.get("regions", ())
            ),
        )

    @property
    def weights(self) -> dict[str, str | None]:
        """Of every model that made the map its hash."""
        several = zip(self.made.get("members", ()), self.made.get("hashes", ()), strict=False)
        return dict(several) or {self.model: self.model_hash}

    def placed(self, place: Callable[[str], str]) -> Line:
        """With what else it names than its picture and its model where that lies now."""
        kind, _, file = (self.region or "").partition("=")

        def placed(told: dict[str, Any]) -> dict[str, Any]:
            return told | ({"members": list(map(place, told["members"]))} if "members" in told else {})

        return replace(
            self,
            region=f"{kind}={place(file)}" if kind == "mask" else self.region,
            members=tuple(map(place, self.members)),
            made=placed(self.made),
            mask=placed(self.mask),
        )


class Record:
    """The .json that lies beside a figure, or what a figure (PNG, TIFF, SVG) carries itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            # A pipe or a device of that name would never come to its end.
            if path.exists() and not path.is_file():
                raise ValueError(path)
            self._take(json.loads(carried(path)))
        except OSError as error:
            raise HeatlensError(f"{path} cannot be read; check its name, and whether you may read it.") from error
        except _WRONG as error:
            raise HeatlensError(f"{path} is not the record of a figure; choose the .json beside one.") from error

    @classmethod
    def read(cls, found: Any, place: str = "session") -> Record:
        """A record that lies in something else, on addresses as they are."""
        made = cls.__new__(cls)
        made.path = Path(place)
        try:
            made._take(found)
        except _WRONG as error:
            raise HeatlensError(f"The {place} holds no record of a figure.") from error
        return made

    def _take(self, found: Mapping[str, Any]) -> None:
        self.display = Display.recorded(found["display"])
        self.lines = [Line.of(item) for item in found.get("items", ())]
        figure = found.get("figure", {})
        # A DICOM file holds no names, and has the one it has.
        own = self.path.name if self.path.suffix.lower() == ".dcm" else ""
        self.names = [Path(name).name for name in figure.get("files") or [figure.get("file", own)]]
        # Of a figure of several pages the names that these were made from.
        self.asked = [Path(name).name for name in figure.get("asked") or self.names]
        self.settings = {name: figure[name] for name in _SETTINGS if name in figure}
        # What it is where it is no figure, and how that was made (tfcore.figure.unseen).
        self.kind, self.how = str(figure.get("kind", "")), dict(figure.get("how", {}))
        self.versions = {PROGRAM: found.get("version"), **found.get("packages", {})}

    @classmethod
    def of_figure(cls, figure: Path) -> Record:
        """Of the figure or of its record, whichever of the two was named."""
        beside = record_of(figure)
        whole = figure.with_name(f"{re.sub(r'-[0-9]+$', '', figure.stem)}.json")
        if not beside.is_file() and whole.is_file() and figure.name in (found := cls(whole)).names:
            # One of the pages of a figure.
            return found
        if not beside.is_file():
            return cls(figure if figure.suffix.lower() in CARRIERS else beside)
        found = cls(beside)
        carries = figure.suffix.lower() in _FIGURES and figure.is_file()
        return found._saved_as(figure) if carries else found

    def _saved_as(self, figure: Path) -> Record:
        """Of a figure that was saved once more in another format, beside which lies what was written last: its own
        record, with the places that only the other tells.
        """
        if figure.name in self.names:
            return self
        own = type(self)(figure)
        if list(map(_what, own.lines)) == list(map(_what, self.lines)):
            own.path, own.lines = self.path, self.lines
        return own

    def place(self, written: str) -> str:
        """A file that the record names, or a picture in it, from where we are; a word such as ``demo`` stays."""
        path = self.path.parent / written
        return str(path) if os.path.lexists(file_of(path)) else written

    def placed(self, line: Line) -> Line:
        """With what else it names than its picture and its model, from where we are."""
        return line.placed(self.place)


def _what(line: Line) -> tuple[Any, ...]:
    return line.picture_hash, line.model_hash, line.method, line.layer, line.target, line.params


def record_of(file: Path) -> Path:
    """Where the record of a file lies; that of a packed volume loses both parts of its ending."""
    return file.with_name(file.name.removesuffix(".gz")).with_suffix(".json")
