"""Data sets of every kind, odd in every way: no picture gets the label of another, no patient is another's."""

from __future__ import annotations

import json
import random
from functools import partial
from pathlib import Path

import numpy as np

from tests.fuzz import data_sources
from tests.fuzz.case import Case
from tests.fuzz.data_parts import CLASSES, PATIENTS, Made, damaged, stated
from tfcore.data import audit, load_split, open_data, save_split, split
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.labels import labels
from tfcore.data.phantom import write
from tfcore.data.phantom.folder import MOST
from tfcore.data.reading import mask, picture
from tfcore.data.sources.lookup import real_path
from tfcore.errors import HeatlensError
from tfcore.words import plain

_SOURCES = ("folders", "folders", "table", "table", "table", "coco", "coco", "volumes", "videos")
# Pictures that are read of a data set.
_READ = 12


def case(random: random.Random, folder: Path) -> Case:
    """A data set written to ``folder``, opened, looked at and split as a user would."""
    root = folder / random.choice(["data", "Daten é", "data\nset"])
    root.mkdir(parents=True)
    if random.random() < 0.02:
        n, size = random.choice([-1, 0, 3, MOST + 1, 99999999999999, 10**30]), random.choice([32, 1024])
        return Case(f"phantom n={n}", partial(_no_phantoms, root / "out", n, size))
    name = random.choice(_SOURCES)
    made: Made = getattr(data_sources, name)(random, root)
    return Case(
        f"{name} {made.source.name!r} {made.options}", partial(_opened, made, folder, random.randrange(1 << 30))
    )


def _no_phantoms(out: Path, n: int, size: int) -> None:
    try:
        write(out, n=n, size=size)
    finally:
        assert not out.exists()


def _opened(made: Made, folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    try:
        data = open_data(made.source, **made.options)
    except HeatlensError as error:
        settings = (f"{name} =" for name in made.options)
        _check_names(error, made.source.name, folder.name, *settings, "kind =", "settings of")
        raise
    assert all("\0" not in note for note in data.notes)
    assert len({plain(name) for name in data.classes}) == len(data.classes), f"one class twice: {data.classes}"
    assert {sample.label for sample in data} - {None} <= set(data.classes)
    assert not {sample.path for sample in data} & made.torn or made.loose or data.kind != "table", (
        "a contradiction was decided"
    )
    identities = [(real_path(sample.path), sample.frame) for sample in data]
    assert len(set(identities)) == len(identities), "a picture counts twice"
    data.described()
    data.targets()
    for sample in draw.sample(data.samples, min(_READ, len(data))):
        _read(sample, data, made)
    _split(data, folder, draw)
    _audit(data)
    if data.kind == "table":
        _labels(made, data)


def _check_names(error: HeatlensError, *names: str) -> None:
    """A sentence says which file or setting it is about."""
    assert any(name.replace("\n", "\\n") in str(error) for name in names), f"names no file: {error}"


def _read(sample: Sample, data: Dataset, made: Made) -> None:
    try:
        shown = picture(sample).array
    except HeatlensError as error:
        _check_names(error, sample.path.name, *(["nii"] if data.kind == "brats" else []))
        return
    assert np.isfinite(shown).all()
    # A table that is not read leaves folders of patients, which are no classes.
    expected = data.kind in ("table", "coco") or (made.source.is_dir() and not made.listed)
    if data.kind != "brats" and shown.ndim == 3 and not made.loose and expected:
        label, patient = stated(shown)
        said, person = sample.label, sample.patient
        assert said is None or plain(said) == plain(CLASSES[label]), f"{sample} shows {CLASSES[label]}"
        # Of class/picture the folder below the class need not be a patient.
        if person is not None and data.kind not in ("videos", "patient folders", "split folders"):
            assert plain(person) == plain(PATIENTS[patient]), f"{sample} is of {PATIENTS[patient]}"
    if sample.mask is None and not sample.outlines:
        return
    try:
        inside = mask(sample, data.mask_values)
    except HeatlensError as error:
        _check_names(error, *(path.name for path in (sample.path, sample.mask) if path))
        return
    assert inside.dtype == np.uint8
    assert inside.shape == shown.shape[:2]


def _split(data: Dataset, folder: Path, draw: random.Random) -> None:
    try:
        parted = split(data, (0.6, 0.2, 0.2), seed=draw.randrange(99))
    except HeatlensError:
        return
    sides: dict[str, set[str | None]] = {}
    for sample in parted:
        if sample.patient is not None and sample.split is not None:
            sides.setdefault(plain(sample.patient), set()).add(sample.split)
    assert all(len(side) == 1 for side in sides.values()), f"a patient on two sides: {sides}"
    path = save_split(parted, folder / draw.choice(["split.csv", "split.json"]))
    again = load_split(data, path)
    assert [sample.split for sample in again] == [sample.split for sample in parted]
    path.write_bytes(damaged(draw, path.read_bytes()))
    try:
        load_split(data, path)
    except HeatlensError as error:
        _check_names(error, path.name)


def _audit(data: Dataset) -> None:
    report = audit(data.with_samples(data.samples[:_READ]))
    json.dumps(report.as_dict(), allow_nan=False)


def _labels(made: Made, data: Dataset) -> None:
    """The other way to read a table gives the same labels."""
    paths = [sample.path for sample in data]
    classes = CLASSES
    labels(paths, classes=classes)
    if made.source.is_file() and not made.options:
        found = labels(paths, made.source, classes).of
        known = {sample.path: sample.label for sample in data if sample.label is not None}
        for path, label in found.items():
            other = known[Path(path)]
            assert plain(label) == plain(other), f"two readers, two labels of {path}: {label} and {other}"
