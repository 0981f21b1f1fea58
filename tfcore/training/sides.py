"""The pictures of a run: read, checked, balanced, and on their sides."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tfcore.data import reading
from tfcore.data.audit import Alike, audit
from tfcore.data.balance import down_sample, fewer_empty, over_sample
from tfcore.data.dataset import SPLITS, Dataset, LeftOut, Sample, without
from tfcore.data.marked import marked
from tfcore.data.open import open_data
from tfcore.data.splits import k_folds, load_split, split
from tfcore.errors import HeatlensError
from tfcore.files import sha256
from tfcore.pictures.address import file_of
from tfcore.registry import function
from tfcore.training.plan import Plan
from tfcore.training.settings import is_file, shares
from tfcore.words import counted

# Odd masks that are told one by one.
_SAID = 3

Tick = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Sides:
    """The data with a split each, and what was found out about them on the way."""

    data: Dataset
    facts: dict[str, int]
    notes: tuple[str, ...]

    def part(self, name: str, plan: Plan) -> Dataset:
        """One side; training pictures of rare classes repeated where the plan says so."""
        if name == "train" and plan["balance"] == "over":
            return over_sample(self.data, plan.seed).part(name)
        if name == "train" and plan.spec.family == "segmentation" and plan["empty"] < 1:
            return fewer_empty(self.data.part(name), plan["empty"], plan.seed)
        return self.data.part(name)


@dataclass(frozen=True, eq=False)
class Cleaned:
    """Data that can be split: pairs that look alike, and groups that must stay together."""

    data: Dataset
    dropped: int
    alike: tuple[Alike, ...]
    groups: tuple[tuple[Sample, ...], ...]


def opened(source: Dataset | str | Path, plan: Plan, how: Mapping[str, Any] | None = None) -> Dataset:
    """The labelled pictures of a source, after what the recipe does to them before the split."""
    data = source if isinstance(source, Dataset) else _read(source, plan, how or {})
    if plan.spec.family == "segmentation":
        return _with_masks(data, plan)
    labelled = data.labelled()
    if len(labelled) < len(data):
        count = len(data) - len(labelled)
        labelled = labelled.with_samples(labelled, f"{count} unannotated pictures are left out.")
    _check_classes(labelled)
    prepared: Dataset = function(plan.spec)(labelled)
    return prepared


def cleaned(data: Dataset, plan: Plan, tick: Tick) -> Cleaned:
    """The data without broken pictures and, where the plan says so, without copies."""
    if plan.spec.family == "segmentation":
        data = _readable(data, tick)
    if data.kind == "brats":
        # Slices beside each other are alike, and a patient stays on one side anyway.
        return Cleaned(data, 0, (), ())
    found = audit(data, progress=lambda done, total: tick(done, total, "looking for duplicates"))
    dropped = found.redundant if plan.drop_duplicates else ()
    kept = without(data, [*(left.sample for left in found.broken), *dropped])
    if found.broken:
        kept = kept.with_samples(kept, f"{len(found.broken)} broken pictures are left out.")
    if plan.spec.family == "classification":
        _check_classes(kept, found.broken)
    # Nearly equal pictures that stay are bound to one side, but only where duplicates were to be dealt with.
    return Cleaned(kept, len(dropped), found.alike, found.groups if plan.drop_duplicates else ())


def _readable(data: Dataset, tick: Tick) -> Dataset:
    """Without pictures whose masks cannot be used, and without volumes of which that is true of any slice, or of which
    a channel cannot be read.
    """
    values = None if data.mask_values is None else dict(data.mask_values)
    odd: dict[Path, str] = {}
    last = None
    for number, one in enumerate(data, start=1):
        if one.path not in odd:
            try:
                reading.mask(one, values)
                if data.kind == "brats" and one.path != last:
                    # With one slice all channels are read.
                    reading.picture(one)
                    last = one.path
            except HeatlensError as why:
                odd[one.path] = str(why)
        tick(number, len(data), "looking at the masks")
    kept = [one for one in data if one.path not in odd]
    if odd and not kept:
        raise HeatlensError(f"None of the masks of {data.root} can be used; the first: {next(iter(odd.values()))}")
    what = "case" if data.kind == "brats" else "picture"
    notes = [f"{sentence} The {what} is left out." for sentence in list(odd.values())[:_SAID]]
    if len(odd) > _SAID:
        notes.append(f"{len(odd) - _SAID} more are left out for what is odd about their masks.")
    return data.with_samples(kept, *notes) if odd else data


def placed(clean: Cleaned, plan: Plan) -> Sides:
    """Every picture on its side: as the data say, or by the plan's shares; the same for the same data and plan."""
    return _sides(_split(clean, plan), clean, plan)


def folds(clean: Cleaned, plan: Plan, count: int) -> list[Sides]:
    """As many ways of parting the data: each tests on another fold and validates on a share of the rest."""
    data = _cut(clean.data.merged(), plan)
    train, val, _ = shares(plan["split"])
    rest = (train / (train + val), val / (train + val), 0)
    found = []
    for fold in k_folds(data, count, plan.seed, clean.groups):
        learnt = split(fold.part("train"), rest, plan.seed, clean.groups)
        tested = [replace(sample, split="test") for sample in fold.part("val")]
        found.append(_sides(data.with_samples([*learnt, *tested]), clean, plan))
    return found


def leaks(data: Dataset, alike: Iterable[Alike]) -> int:
    """Pairs of equal or nearly equal pictures that lie on two sides."""
    side = {sample.identity: sample.split for sample in data}
    sides = [(side.get(pair.first.identity), side.get(pair.second.identity)) for pair in alike]
    return sum(None not in pair and pair[0] != pair[1] for pair in sides)


def data_hash(data: Dataset, tick: Tick) -> str:
    """A hash of what is learnt from: every file's content, with its label and patient."""
    contents: dict[Path, str] = {}
    digest = hashlib.sha256()
    for number, sample in enumerate(data, start=1):
        file = file_of(sample.path)
        if file not in contents and file.is_file():
            contents[file] = sha256(file)
        # The file, and which of its pictures where the path is an address.
        place = sample.path.name.removeprefix(file.name)
        facts = (contents.get(file, file.name) + place, sample.frame, sample.label, sample.patient)
        digest.update(repr(facts).encode())
        tick(number, len(data), "hashing the data")
    return digest.hexdigest()


def _with_masks(data: Dataset, plan: Plan) -> Dataset:
    masked = data.masked
    if not len(masked):
        raise HeatlensError(f"{data.root} has no masks or outlines, and {plan.recipe} learns from these; add some.")
    if len(masked) < len(data):
        masked = masked.with_samples(masked, f"{len(data) - len(masked)} pictures without a mask are left out.")
    prepared: Dataset = function(plan.spec)(masked)
    return prepared if data.kind == "brats" else marked(prepared, plan["marked"])


def _read(source: str | Path, plan: Plan, how: Mapping[str, Any]) -> Dataset:
    """The data, with the recipe's own reading settings where they are of that kind."""
    data = open_data(source, **how)
    names = plan.spec.reading.get(data.kind)
    return data if names is None else open_data(source, **{**{name: plan[name] for name in names}, **how})


def _sides(data: Dataset, clean: Cleaned, plan: Plan) -> Sides:
    _check_sides(data)
    leaking = leaks(data, clean.alike)
    notes = list(dict.fromkeys(data.notes))
    if plan.spec.family == "segmentation":
        notes += _check_marks(data)
    if leaking:
        notes.append(
            f"{counted(leaking, 'pair')} of equal or nearly equal pictures lie on two sides, which flatters "
            "the figures; train with --drop-duplicates."
        )
    return Sides(data, {"leaks": leaking, "dropped duplicates": clean.dropped}, tuple(notes))


def _split(clean: Cleaned, plan: Plan) -> Dataset:
    data, given = clean.data, clean.data.splits
    if is_file(plan["split"]):
        return load_split(_cut(data.merged(), plan), plan["split"])
    if plan["merge"] or set(given) != set(SPLITS):
        data = data.merged()
        if given:
            data = data.with_samples(data, f"The splits that came with the data ({', '.join(given)}) are merged.")
        return split(_cut(data, plan), shares(plan["split"]), plan.seed, clean.groups)
    return _cut(data, plan)


def _cut(data: Dataset, plan: Plan) -> Dataset:
    """Every class as small as the smallest, where the plan says so."""
    return down_sample(data, plan.seed) if plan["balance"] == "down" else data


def _check_classes(data: Dataset, broken: Iterable[LeftOut] = ()) -> None:
    counts = data.counts()
    if len(counts) < 2:
        named = ", ".join(counts) or "no class"
        why = "; ".join(note.rstrip(".") for note in data.notes)
        raise HeatlensError(
            f"{data.root} has {named}; a network needs two classes or more to tell apart{f' ({why})' if why else ''}."
        )
    for name, count in counts.items():
        if not count:
            first = next((one.sentence for one in broken if one.sample.label == name), None)
            if first is not None:
                raise HeatlensError(f"No picture of the class {name} of {data.root} can be read; the first: {first}")
            raise HeatlensError(f"The class {name} of {data.root} has no pictures; add some, or take the class away.")


def _check_marks(data: Dataset) -> list[str]:
    """A sentence for every side in which nothing is marked; from such pictures nothing can be learnt."""
    values = None if data.mask_values is None else dict(data.mask_values)
    empty = [name for name in SPLITS if not any(reading.mask(one, values).any() for one in data.part(name))]
    if "train" in empty:
        raise HeatlensError(
            f"Nothing is marked in any training picture of {data.root}, so there is nothing to learn; add some with "
            "something in their masks, or use another --seed."
        )
    said = "Nothing is marked in any {} picture: its Dice tells only whether nothing was drawn there."
    return [said.format(name) for name in empty]


def _check_sides(data: Dataset) -> None:
    for name in SPLITS:
        if name not in data.splits:
            raise HeatlensError(f"{data.root} has too few pictures for a {name} part; add some or change --split.")
    learnt = data.part("train").counts()
    for name in ("val", "test"):
        for label, count in data.part(name).counts().items():
            if count and not learnt[label]:
                raise HeatlensError(
                    f"{data.root} has pictures of {label} in {name} but none in train, so the class cannot be learnt; "
                    "add some or use another --seed."
                )
