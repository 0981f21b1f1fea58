"""What is wrong with a data set before anything is trained on it: copies, leaks, patients on two sides, shortcuts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tfcore.data.dataset import SPLITS, Dataset, LeftOut, Sample
from tfcore.data.duplicates import Pair, grouped, pairs
from tfcore.data.looks import Look, look
from tfcore.data.shortcuts import Shortcut, shortcuts
from tfcore.data.threads import Progress, threads
from tfcore.errors import HeatlensError
from tfcore.words import counted

# The largest class has that many times the pictures of the smallest.
IMBALANCED = 3.0


@dataclass(frozen=True)
class Alike:
    """Two equal or nearly equal pictures; ``correlation`` is 1 for equal pixels."""

    first: Sample
    second: Sample
    correlation: float
    exact: bool

    @property
    def across(self) -> bool:
        """Whether they lie in two different splits: what is tested has been learnt."""
        return None not in (self.first.split, self.second.split) and self.first.split != self.second.split

    @property
    def torn(self) -> bool:
        return None not in (self.first.label, self.second.label) and self.first.label != self.second.label


@dataclass(frozen=True)
class AuditReport:
    """Findings; every list is empty where there is nothing to find."""

    source: str
    pictures: int
    counts: dict[str, int]
    split_counts: dict[str, dict[str, int]]
    unannotated: int
    broken: tuple[LeftOut, ...]
    alike: tuple[Alike, ...]
    groups: tuple[tuple[Sample, ...], ...]
    redundant: tuple[Sample, ...]
    patients_across: dict[str, tuple[str, ...]]
    shortcuts: tuple[Shortcut, ...]
    notes: tuple[str, ...] = ()

    @property
    def leaks(self) -> int:
        """Pairs of equal or nearly equal pictures on two sides."""
        return sum(pair.across for pair in self.alike)

    @property
    def label_conflicts(self) -> tuple[Alike, ...]:
        """Equal or nearly equal pictures with different labels."""
        return tuple(pair for pair in self.alike if pair.torn)

    @property
    def imbalance(self) -> float | None:
        """Pictures of the largest class for one of the smallest."""
        least = min(self.counts.values(), default=0)
        return max(self.counts.values()) / least if least else None

    def sentences(self) -> list[str]:
        return list(_sentences(self))

    def as_dict(self, place: Callable[[str], Any] = str) -> dict[str, Any]:
        """Plain data for JSON; files as ``place`` says them."""
        return {
            "source": place(self.source),
            "pictures": self.pictures,
            "classes": self.counts,
            "splits": self.split_counts,
            "unannotated": self.unannotated,
            "imbalance": self.imbalance,
            "broken": [{"path": place(one.sample.name), "sentence": one.sentence} for one in self.broken],
            "redundant": [place(one.name) for one in self.redundant],
            "leaks": self.leaks,
            "label_conflicts": len(self.label_conflicts),
            "alike": [
                {
                    "first": place(pair.first.name),
                    "second": place(pair.second.name),
                    "correlation": round(pair.correlation, 5),
                    "exact": pair.exact,
                    "across": pair.across,
                    "splits": [pair.first.split, pair.second.split],
                    "labels": [pair.first.label, pair.second.label],
                }
                for pair in self.alike
            ],
            "patients_across": {patient: list(sides) for patient, sides in self.patients_across.items()},
            "shortcuts": [
                {"fact": one.fact, "accuracy": one.accuracy, "majority": one.majority, "flagged": one.flagged}
                for one in self.shortcuts
            ],
            "notes": list(self.notes),
            "findings": self.sentences(),
        }


def audit(
    dataset: Dataset, progress: Progress | None = None, seen: Iterable[Look | LeftOut] | None = None
) -> AuditReport:
    """Read every picture once and say what would spoil a training or a test on them; ``seen`` was read elsewhere.

    >>> report = audit(data)                                      # doctest: +SKIP
    >>> clean = without(data, report.redundant)                                     # doctest: +SKIP
    """
    if not len(dataset):
        raise HeatlensError(f"{dataset.root} holds no pictures to audit; name a folder or table that does.")
    looks: list[Look] = []
    broken: list[LeftOut] = []
    for number, one in enumerate(looked(dataset) if seen is None else seen, 1):
        if isinstance(one, Look):
            looks.append(one)
        else:
            broken.append(one)
        if progress is not None:
            progress(number, len(dataset))
    found = pairs(looks)
    groups = [tuple(looks[number].sample for number in group) for group in grouped(found)]
    alike = [
        Alike(looks[pair.first].sample, looks[pair.second].sample, pair.correlation, _equal(looks, pair))
        for pair in found
    ]
    return AuditReport(
        source=str(dataset.root),
        pictures=len(dataset),
        counts=dataset.counts() if any(dataset.counts().values()) else {},
        split_counts={name: dataset.part(name).counts() for name in dataset.splits},
        unannotated=sum(sample.label is None for sample in dataset),
        broken=tuple(broken),
        # Leaks first, since they are what a reader must act on.
        alike=tuple(sorted(alike, key=lambda pair: (not pair.across, not pair.torn))),
        groups=tuple(groups),
        redundant=_redundant(looks, found),
        patients_across=_patients_across(dataset),
        shortcuts=_shortcuts(looks, found),
        notes=dataset.notes,
    )


def looked(samples: Iterable[Sample]) -> Iterator[Look | LeftOut]:
    """Each of them read once, in their order."""

    def attempt(sample: Sample) -> Look | LeftOut:
        try:
            return look(sample)
        except HeatlensError as error:
            return LeftOut(sample, str(error))

    with threads() as pool:
        yield from pool.map(attempt, samples)


def _equal(looks: list[Look], pair: Pair) -> bool:
    return looks[pair.first].pixels == looks[pair.second].pixels


def _redundant(looks: list[Look], found: list[Pair]) -> tuple[Sample, ...]:
    """Exact copies but for one of each: the one farthest from learning stays, so that no test shrinks."""
    gone: list[Sample] = []
    for group in grouped([pair for pair in found if _equal(looks, pair)]):
        same = [looks[number].sample for number in group]
        kept = max(same, key=lambda one: SPLITS.index(one.split) if one.split else -1)
        gone += [one for one in same if one is not kept]
    return tuple(gone)


def _patients_across(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    sides: dict[str, set[str]] = defaultdict(set)
    for sample in dataset:
        if sample.patient is not None and sample.split is not None:
            sides[sample.patient].add(sample.split)
    return {
        patient: tuple(name for name in SPLITS if name in found) for patient, found in sides.items() if len(found) > 1
    }


def _shortcuts(looks: list[Look], found: list[Pair]) -> tuple[Shortcut, ...]:
    """Tried on one of each group of copies, so that copies do not teach the answer."""
    extra = {number for group in grouped(found) for number in group[1:]}
    chosen = [seen for number, seen in enumerate(looks) if number not in extra and seen.sample.label is not None]
    numbers: dict[Any, int] = {}
    groups = [numbers.setdefault(seen.sample.patient or seen.sample.identity, len(numbers)) for seen in chosen]
    return shortcuts(chosen, groups) if chosen else ()


def _sentences(report: AuditReport) -> Iterator[str]:
    if report.leaks:
        sides = Counter(
            " and ".join(sorted((str(pair.first.split), str(pair.second.split)), key=SPLITS.index))
            for pair in report.alike
            if pair.across
        )
        where = ", ".join(f"{count} between {names}" for names, count in sides.items())
        yield f"{counted(report.leaks, 'pair')} of equal or nearly equal pictures on two sides of the split ({where})."
    if report.patients_across:
        first, names = next(iter(report.patients_across.items()))
        found = counted(len(report.patients_across), "patient")
        yield f"{found} on more than one side, first {first} (in {' and '.join(names)}); split by patient."
    if report.label_conflicts:
        pair = report.label_conflicts[0]
        yield (
            f"{counted(len(report.label_conflicts), 'pair')} of equal or nearly equal pictures labelled differently, "
            f"first {pair.first.name} ({pair.first.label}) and {pair.second.name} ({pair.second.label})."
        )
    if report.broken:
        yield f"{counted(len(report.broken), 'picture')} cannot be read, first: {report.broken[0].sentence}"
    if report.redundant:
        found = counted(len(report.redundant), "exact copy", "exact copies")
        yield f"{found} of other pictures, first {report.redundant[0].name}."
    near = sum(not pair.exact for pair in report.alike)
    if near:
        yield f"{counted(near, 'pair')} of nearly equal pictures (saved again, made smaller, neighbouring slices)."
    for one in report.shortcuts:
        if one.flagged:
            yield f"Shortcut: {one.sentence()}"
    if report.imbalance is not None and report.imbalance >= IMBALANCED:
        most, least = (
            max(report.counts, key=report.counts.__getitem__),
            min(report.counts, key=report.counts.__getitem__),
        )
        yield (
            f"{most} has {report.imbalance:.1f} times the pictures of {least} ({report.counts[most]} and "
            f"{report.counts[least]}); accuracy alone will mislead."
        )
    for name, count in report.counts.items():
        if not count:
            yield f"{name} has no pictures."
