"""What readers of a study are shown beside a picture: computed before, kept in arrays that name nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, written_whole
from tfcore.marks import MEMBER, version
from tfcore.results import Box, Heat
from tfcore.review.order import Sight
from tfcore.review.study import Arm, Case, Study, folder_of


@dataclass(frozen=True)
class Beside:
    """The heat, and probabilities by class with the interval that many passes gave, as far as the arm has them."""

    heat: Heat | None = None
    classes: tuple[str, ...] = ()
    probabilities: np.ndarray | None = None
    # (C, 2)
    intervals: np.ndarray | None = None
    # The same on the other slices of the volume, by their numbers.
    slices: Mapping[int, Beside] = field(default_factory=dict)


def place(path: Path, case: int, arm: int) -> Path:
    """The file for a case and an arm; its name tells a reader who looks nothing."""
    return folder_of(path) / "shown" / f"{case + 1:04}-{arm + 1}.npz"


def key(study: Study, case: Case, arm: Arm) -> str:
    """Of what it was made: another picture, model or arm has another."""
    made: list[object] = [case.sha256, study.model_sha256, arm.text, study.passes, study.insert, study.seed]
    made += [case.slices] * bool(case.slices)
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()


def keep(shown: Beside, file: Path, made_of: str) -> None:
    """Write it; the method, the model and the picture stay unnamed."""
    arrays = {MEMBER: np.array(version()), "key": np.array(made_of)}
    if (heat := shown.heat) is not None:
        box = heat.box
        arrays |= {"map": heat.map.astype(np.float32), "box": np.array([box.x, box.y, box.width, box.height])}
        arrays |= {"flags": np.array([heat.signed, heat.degenerate])}
        found = {at: one.heat for at, one in shown.slices.items() if one.heat is not None}
        # Pages of one file may differ in size.
        arrays |= _stacked({at: one for at, one in found.items() if one.map.shape == heat.map.shape})
    if shown.probabilities is not None:
        arrays |= {"classes": np.array(shown.classes), "probabilities": shown.probabilities}
    if shown.intervals is not None:
        arrays |= {"intervals": shown.intervals}
    if said := {at: one for at, one in shown.slices.items() if one.probabilities is not None}:
        arrays |= {"said": np.array(list(said))}
        arrays |= {"said_probabilities": _all(each.probabilities for each in said.values())}
        if shown.intervals is not None:
            arrays |= {"said_intervals": _all(each.intervals for each in said.values())}
    make_folder(file.parent)
    with written_whole(file) as temporary, temporary.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)


def lacks(path: Path, study: Study) -> bool:
    """Whether files are missing; what is in those that are there is looked at when it is needed."""
    arms = [number for number, arm in enumerate(study.arms) if arm != Arm()]
    return not all(place(path, case, arm).exists() for case in range(len(study.cases)) for arm in arms)


def is_kept(path: Path, study: Study, sight: Sight) -> bool:
    """Whether there is what the reader is to see, made of what the study names."""
    return study.arms[sight.arm] == Arm() or _arrays(path, study, sight) is not None


def beside(path: Path, study: Study, sight: Sight) -> Beside:
    """What is shown with a case."""
    if study.arms[sight.arm] == Arm():
        return Beside()
    arrays = _arrays(path, study, sight)
    if arrays is None:
        raise HeatlensError(
            f"What is shown with case {sight.case + 1} is missing or is of another study; prepare the study again "
            f"(heatlens study prepare {path.name})."
        )
    heat = None
    if "map" in arrays:
        signed, degenerate = map(bool, arrays["flags"])
        heat = Heat(
            path=study.cases[sight.case].picture,
            model="",
            method="",
            layer="",
            params={},
            classes=("the answer",),
            probabilities=np.ones(1),
            logits=np.zeros(1),
            target=0,
            map=arrays["map"],
            native=arrays["map"],
            signed=signed,
            degenerate=degenerate,
            box=Box(*map(float, arrays["box"])),
            seconds=0.0,
            hashes={},
        )
    classes = tuple(map(str, arrays.get("classes", ())))
    heats = {} if heat is None or "slices" not in arrays else dict(_unstacked(heat, arrays))
    said = {int(at): place for place, at in enumerate(arrays.get("said", ()))}
    others = {at: Beside(heats.get(at), classes, *_answer(arrays, said.get(at))) for at in sorted({*heats, *said})}
    return Beside(heat, classes, arrays.get("probabilities"), arrays.get("intervals"), others)


def _answer(arrays: Mapping[str, np.ndarray], place: int | None) -> tuple[np.ndarray | None, np.ndarray | None]:
    """What the network answers on another slice; of older studies only what it answers on the case is kept."""
    if "said" not in arrays:
        return arrays.get("probabilities"), arrays.get("intervals")
    said, between = arrays["said_probabilities"], arrays.get("said_intervals")
    return (None, None) if place is None else (said[place], None if between is None else between[place])


def _all(values: Iterable[np.ndarray | None]) -> np.ndarray:
    return np.stack([np.asarray(each, np.float32) for each in values])


def _stacked(heats: Mapping[int, Heat]) -> dict[str, np.ndarray]:
    """Half as many bytes as the case itself: of each the highest value apart, so that small ones are not lost."""
    if not heats:
        return {}
    maps = np.stack([heat.map for heat in heats.values()]).astype(np.float32)
    peaks = np.maximum(np.abs(maps).max((1, 2)), np.finfo(np.float32).tiny)
    boxes = [(heat.box.x, heat.box.y, heat.box.width, heat.box.height) for heat in heats.values()]
    return {
        "slices": np.array(list(heats)),
        "slice_maps": (maps / peaks[:, None, None]).astype(np.float16),
        "slice_peaks": peaks,
        "slice_boxes": np.array(boxes),
        "slice_degenerate": np.array([heat.degenerate for heat in heats.values()]),
    }


def _unstacked(heat: Heat, arrays: Mapping[str, np.ndarray]) -> Iterator[tuple[int, Heat]]:
    names = ("slices", "slice_maps", "slice_peaks", "slice_boxes", "slice_degenerate")
    for at, map, peak, box, degenerate in zip(*(arrays[name] for name in names), strict=True):
        values = map.astype(np.float32) * peak
        yield int(at), replace(heat, map=values, native=values, degenerate=bool(degenerate), box=Box(*box.tolist()))


def _arrays(path: Path, study: Study, sight: Sight) -> dict[str, np.ndarray] | None:
    case, arm = study.cases[sight.case], study.arms[sight.arm]
    try:
        with np.load(place(path, sight.case, sight.arm), allow_pickle=False) as stored:
            arrays = dict(stored)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    return arrays if str(arrays.get("key", "")) == key(study, case, arm) else None
