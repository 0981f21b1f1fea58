"""Who learns, who chooses, who is tested: stratified splits that never part a patient."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tfcore.data.dataset import SPLITS, Dataset, Sample, named_split
from tfcore.data.duplicates import grouped
from tfcore.data.sources.stored import content, json_of
from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.plain import json_text
from tfcore.tables import bare, write_table
from tfcore.words import counted, shown

Groups = Iterable[Iterable[Sample]]


def split(dataset: Dataset, ratios: Sequence[float] = (0.8, 0.1, 0.1), seed: int = 0, together: Groups = ()) -> Dataset:
    """The samples with a split each, every class in the same shares; former splits are forgotten.

    Where patients are known, or ``together`` names groups (an audit's equal pictures), a patient and a group stay on
    one side, and the shares are met as closely as that allows. Unannotated pictures get no split.

    >>> split(data, (0.6, 0.2, 0.2), seed=1).part("val").counts()                          # doctest: +SKIP
    """
    shares = _checked(ratios)
    chosen = _learnable(dataset)
    units = _units(chosen, together)
    rng = np.random.default_rng(seed)
    sides = _sides(chosen, units, shares, rng)
    return _assigned(dataset, {sample.identity: SPLITS[side] for sample, side in zip(chosen, sides, strict=True)})


def k_folds(dataset: Dataset, k: int = 5, seed: int = 0, together: Groups = ()) -> list[Dataset]:
    """k datasets, in each another part of the samples is ``val`` and the rest ``train``.

    Samples that are ``test`` already stay it in all of them.
    """
    tested = [sample for sample in dataset if sample.split == "test"]
    chosen = [sample for sample in _learnable(dataset) if sample.split != "test"]
    if not 2 <= k <= len(chosen):
        raise HeatlensError(f"k = {k} is not a number of folds for {len(chosen)} pictures; choose 2 to {len(chosen)}.")
    shares = np.full(k, 1 / k)
    rng = np.random.default_rng(seed)
    units = _units(chosen, together)
    sides = _sides(chosen, units, shares, rng)
    folds = []
    for fold in range(k):
        names = {sample.identity: "test" for sample in tested}
        names |= {one.identity: "val" if side == fold else "train" for one, side in zip(chosen, sides, strict=True)}
        folds.append(_assigned(dataset, names))
    return folds


def save_split(dataset: Dataset, path: str | Path, overwrite: bool = False) -> Path:
    """Write which sample is on which side: a table (``.csv``) or JSON (``.json``), paths relative to the root."""
    path = Path(path)
    rows = [
        {
            "path": _spelt(sample, dataset.root),
            "frame": sample.frame,
            "label": sample.label,
            "patient": sample.patient,
            "split": sample.split,
        }
        for sample in dataset
    ]
    if path.suffix.lower() != ".json":
        return write_table(path, list(rows[0]) if rows else ["path"], rows, overwrite)
    return write_whole(path, json_text({"heatlens": "split", "samples": rows}, indent=1), overwrite)


def load_split(dataset: Dataset, path: str | Path) -> Dataset:
    """The samples on the sides that :func:`save_split` wrote; both must name the same pictures."""
    path = Path(path)
    saved: dict[tuple[str, int | None], str | None] = {}
    for name, frame, side in _saved(path):
        if saved.setdefault((name, frame), side) != side:
            raise HeatlensError(f"{path} places {shown(name)} on two sides; split the data anew.")
    keys = {sample.identity: (_spelt(sample, dataset.root), sample.frame) for sample in dataset}
    unknown, gone = set(keys.values()) - saved.keys(), saved.keys() - set(keys.values())
    for names, fault in ((unknown, "does not place"), (gone, "places, but the data lacks,")):
        if names:
            first = min(name for name, _ in names)
            raise HeatlensError(f"{path} {fault} {len(names)} pictures, first {shown(first)}; split the data anew.")
    return _assigned(dataset, {identity: saved[key] for identity, key in keys.items()})


def _saved(path: Path) -> list[tuple[str, int | None, str | None]]:
    """Path, frame and side of every row of a saved split."""
    try:
        if path.suffix.lower() == ".json":
            rows = json_of(path)["samples"]
        else:
            rows = list(csv.DictReader(io.StringIO(content(path).decode("utf-8-sig"), newline=""), strict=True))
        if not all(isinstance(row["path"], str) for row in rows):
            raise TypeError
        frames = [None if row["frame"] in (None, "") else int(str(row["frame"])) for row in rows]
        sides = [named_split(row["split"] or "") for row in rows]
        return [(bare(row["path"]), frame, side) for row, frame, side in zip(rows, frames, sides, strict=True)]
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise HeatlensError(f"{path} is not a saved split; make it anew.") from error


def _checked(ratios: Sequence[float]) -> np.ndarray:
    shares = np.array(ratios, float)
    if len(shares) not in (2, 3) or not (shares >= 0).all() or shares[0] <= 0 or not np.isclose(shares.sum(), 1):
        raise HeatlensError(
            f"ratios = {tuple(ratios)} are not shares of train, val and test that add up to 1; for example "
            "0.8, 0.1, 0.1."
        )
    return shares


def _learnable(dataset: Dataset) -> list[Sample]:
    """Samples that somebody labelled; with masks instead of labels, all."""
    chosen = [sample for sample in dataset if sample.label is not None]
    if not chosen:
        chosen = [sample for sample in dataset if sample.mask is not None or sample.outlines]
    if not chosen:
        raise HeatlensError(f"{dataset.root} has no labelled pictures; sort them into class folders or name a table.")
    return chosen


def _units(samples: Sequence[Sample], together: Groups) -> list[list[int]]:
    """Indices of samples that must not be parted: by patient, by group, and by both in a chain."""
    place = {sample.identity: index for index, sample in enumerate(samples)}
    by_patient = defaultdict(list)
    for index, sample in enumerate(samples):
        if sample.patient is not None:
            by_patient[sample.patient].append(index)
    groups = [[place[one.identity] for one in group if one.identity in place] for group in together]
    bound = (*by_patient.values(), *groups)
    units = grouped((group[0], other) for group in bound for other in group[1:])
    single = set(range(len(samples))).difference(*units)
    return sorted([*units, *([index] for index in single)])


def _sides(
    samples: Sequence[Sample], units: list[list[int]], shares: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """A side for every sample, each class apart: shares rounded by the largest remainder, ties to the last side."""
    if any(len(unit) > 1 for unit in units):
        return _by_unit(samples, units, shares, rng)
    sides = np.empty(len(samples), int)
    for label, members in _by_label(samples).items():
        wanted = _rounded(shares, len(members), label)
        sides[rng.permutation(members)] = np.repeat(np.arange(len(shares)), wanted)
    return sides


def _rounded(shares: np.ndarray, count: int, label: str | None) -> np.ndarray:
    used = int((shares > 0).sum())
    if count < used:
        raise HeatlensError(
            f"{label or 'The data'} has {counted(count, 'picture')}, too few for {used} parts; add pictures, "
            "leave the class out or use fewer parts."
        )
    exact = shares * count
    wanted = np.floor(exact + 1e-9).astype(int)
    # Rounded, so that 134.5 and 134.5 tie although one is computed as 134.50000000000003.
    rest = np.round(exact - wanted, 6)
    order = sorted(range(len(shares)), key=lambda side: (-rest[side], -side))
    wanted[order[: count - wanted.sum()]] += 1
    # No part that was asked for stays without the class.
    for side in np.flatnonzero((wanted == 0) & (shares > 0)):
        wanted[wanted.argmax()] -= 1
        wanted[side] += 1
    return wanted


def _by_unit(
    samples: Sequence[Sample], units: list[list[int]], shares: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """A side for every sample, patients whole: the largest first, each to where its classes are missing most."""
    used = np.flatnonzero(shares > 0)
    if len(units) < len(used):
        raise HeatlensError(
            f"{counted(len(units), 'patient')} cannot be split into {len(used)} parts; use fewer parts."
        )
    labels = {label: index for index, label in enumerate(_by_label(samples))}
    content = np.zeros((len(units), len(labels)))
    for row, unit in enumerate(units):
        for index in unit:
            content[row, labels[samples[index].label]] += 1
    wanted = shares[:, np.newaxis] * content.sum(axis=0)
    filled = np.zeros_like(wanted)
    sides = np.empty(len(samples), int)
    shuffled = rng.permutation(len(units))
    order = shuffled[np.argsort(-content[shuffled].sum(axis=1), kind="stable")]
    # Rare classes count as much as frequent ones.
    weight = 1 / np.maximum(content.sum(axis=0), 1)
    empty = set(used.tolist())
    for place, row in enumerate(order):
        # The last patients go where there is none yet.
        open_sides = sorted(empty) if len(empty) >= len(order) - place else used.tolist()
        cost = [_excess(filled, wanted, content[row], side, weight) for side in open_sides]
        side = open_sides[int(np.argmin(cost))]
        filled[side] += content[row]
        empty.discard(side)
        sides[units[row]] = side
    return sides


def _excess(filled: np.ndarray, wanted: np.ndarray, more: np.ndarray, side: int, weight: np.ndarray) -> float:
    """How much worse (or better, when negative) a side fits its shares with these samples, relative to its size."""
    before, after = filled[side] - wanted[side], filled[side] + more - wanted[side]
    return float(((after**2 - before**2) * weight**2).sum() / (wanted[side] * weight).sum())


def _by_label(samples: Sequence[Sample]) -> dict[str | None, list[int]]:
    found = defaultdict(list)
    for index, sample in enumerate(samples):
        found[sample.label].append(index)
    return dict(found)


def _assigned(dataset: Dataset, sides: Mapping[tuple[Path, int | None], str | None]) -> Dataset:
    placed = dataset.with_samples(replace(sample, split=sides.get(sample.identity)) for sample in dataset)
    lacking = []
    for name in placed.splits:
        part = placed.part(name)
        if any(sample.label is not None for sample in part):
            counted = Counter(sample.label for sample in part)
            lacking += [f"{name} has no pictures of {label}." for label in placed.classes if not counted[label]]
    return replace(placed, notes=(*placed.notes, *lacking))


def _spelt(sample: Sample, root: Path) -> str:
    # Bytes of a name that are no text are spelt out, since no table can hold them.
    return sample.below(root).encode("utf-8", "backslashreplace").decode("utf-8")
