"""What a few pictures gave, on disk as soon as it is known: an evaluation that was ended goes on where it was.

A part is known by everything that its numbers come from (:func:`key`): model, pictures and masks by their content,
parameters and version. So a finished part is never taken for another, and a run that goes on gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.data.dataset import Sample
from tfcore.evaluate.metric import Curve, Outcome, read
from tfcore.files import at_home, written_whole
from tfcore.marks import MEMBER, version
from tfcore.pictures.content import hashes
from tfcore.plain import json_text
from tfcore.told import Told

# Method, layer, metric.
Cell = tuple[str, str, str]
# Of some pictures by their names.
Of = tuple[Cell, list[tuple[str, Outcome]]]


@dataclass(frozen=True)
class Answer:
    """What a model says of a picture, and what the picture is labelled with in the model's own words."""

    model: str
    picture: str
    label: str | None
    predicted: str
    # None where the network gives no probabilities.
    probability: float | None
    patient: str | None = None

    @property
    def right(self) -> bool | None:
        """Whether the answer is the label, where there is one."""
        return None if self.label is None else self.label == self.predicted


@dataclass(eq=False)
class Part:
    """The outcomes of some pictures by one model, in the order of ``answers``."""

    answers: list[Answer] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    cells: dict[Cell, list[Outcome]] = field(default_factory=dict)

    def outcomes(self) -> Iterator[Of]:
        """By cell, each with the name of its picture."""
        for cell, outcomes in self.cells.items():
            yield cell, [(answer.picture, outcome) for answer, outcome in zip(self.answers, outcomes, strict=True)]

    def packed(self, folder: Path) -> bytes:
        """As an .npz that needs no pickle, the same bytes for the same part; its pictures as found from the folder."""
        cells = list(self.cells)
        reasons: dict[str, int] = {}
        values = np.full((len(cells), len(self.answers)), np.nan)
        why = np.full(values.shape, -1, np.int32)
        # By length and kind of numbers: one array of all that are alike is soon written and read, thousands are not.
        curves: dict[tuple[int, str], list[tuple[tuple[int, int], np.ndarray]]] = {}
        for place, outcomes in enumerate(self.cells.values()):
            for index, outcome in enumerate(outcomes):
                number, reason, curve = read(outcome)
                if number is None:
                    why[place, index] = reasons.setdefault(reason, len(reasons))
                else:
                    values[place, index] = number
                if curve is not None:
                    points = np.stack([curve.x, curve.y])
                    curves.setdefault((points.shape[1], points.dtype.str), []).append(((place, index), points))
        about = {
            "cells": cells,
            "reasons": list(reasons),
            "answers": [asdict(answer) | {"picture": Path(answer.picture)} for answer in self.answers],
            "unread": self.unread,
            "curves": len(curves),
        }
        stream = io.BytesIO()
        told = at_home(json_text(Told(folder)(about)))
        arrays = {MEMBER: np.array(version()), "about": np.array(told), "values": values, "why": why}
        for number, alike in enumerate(curves.values()):
            arrays[f"of_{number}"], arrays[f"points_{number}"] = map(np.array, zip(*alike, strict=True))
        np.savez(stream, allow_pickle=False, **arrays)
        return stream.getvalue()

    @classmethod
    def unpacked(cls, file: Any, folder: Path, samples: Iterable[Sample]) -> Part:
        """What :meth:`packed` packed of these samples, by their own names."""
        with np.load(file, allow_pickle=False) as stored:
            about, values, why = json.loads(str(stored["about"])), stored["values"], stored["why"]
            curves = {
                tuple(of): points
                for number in range(about["curves"])
                for of, points in zip(stored[f"of_{number}"].tolist(), stored[f"points_{number}"], strict=True)
            }
        told = Told(folder)
        names = {told.place(sample.name): sample.name for sample in samples}
        answers = [answer | {"picture": names[answer["picture"]]} for answer in about["answers"]]
        part = cls([Answer(**answer) for answer in answers], about["unread"])
        for place, cell in enumerate(about["cells"]):
            outcomes: list[Outcome] = []
            for index, number in enumerate(values[place].tolist()):
                curve = curves.get((place, index))
                if math.isnan(number):
                    outcomes.append(about["reasons"][why[place, index]])
                else:
                    outcomes.append(number if curve is None else Curve(curve[0], curve[1], number))
            part.cells[tuple(cell)] = outcomes
        return part


class Parts:
    """A folder of parts; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def __contains__(self, key: str) -> bool:
        return self._folder is not None and (self._folder / f"{key}.npz").is_file()

    def get(self, key: str, samples: Iterable[Sample]) -> Part | None:
        """The part of these samples, if it is there and whole."""
        if key not in self:
            return None
        assert self._folder is not None
        try:
            return Part.unpacked(self._folder / f"{key}.npz", self._folder.parent, samples)
        except (OSError, ValueError, KeyError, TypeError, IndexError, zipfile.BadZipFile):
            return None

    def keep(self, key: str, part: Part) -> None:
        """Write the part whole."""
        if self._folder is not None:
            with written_whole(self._folder / f"{key}.npz") as temporary:
                temporary.write_bytes(part.packed(self._folder.parent))


def key(asked: Mapping[str, Any], samples: Sequence[Sample]) -> str:
    """The name of a part: a hash of what was asked and of the pictures with all that is known about them."""
    said = {"version": version(), **asked, "samples": [_told(sample) for sample in samples]}
    return hashlib.sha256(at_home(json_text(said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _told(sample: Sample) -> dict[str, Any]:
    facts = {name: getattr(sample, name) for name in sample.__dataclass_fields__}
    masks = [path for path in (sample.mask, *sample.more_masks) if path is not None]
    files = [[*hashes(path)] for path in (sample.path, *masks)]
    return {**{name: str(value) for name, value in facts.items()}, "hashes": files}
