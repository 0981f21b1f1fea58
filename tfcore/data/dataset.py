"""Samples and what they are called: the one table every data source is turned into."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.words import counted

SPLITS = ("train", "val", "test")

Polygon = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Outline:
    """One marked object: polygons of (x, y) pixels, or run lengths (height, width, counts), and its box."""

    label: str
    polygons: tuple[Polygon, ...] = ()
    runs: tuple[int, int, tuple[int, ...]] | None = None
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    # The class index of what lies inside.
    means: int = 1


@dataclass(frozen=True)
class Sample:
    """One picture to learn from. ``label`` is ``None`` where nobody said what it shows, which is not "negative"."""

    path: Path
    label: str | None = None
    patient: str | None = None
    split: str | None = None
    mask: Path | None = None
    outlines: tuple[Outline, ...] = ()
    # A frame of a video or a slice of a volume, and the side of the central square cut out of it.
    frame: int | None = None
    crop: int | None = None
    # Further masks of the picture, joined with the first.
    more_masks: tuple[Path, ...] = ()
    # The class index of what its mask marks, where the mask's own values do not tell.
    means: int = 1

    @property
    def name(self) -> str:
        """The sample in a sentence or a table."""
        return str(self.path) if self.frame is None else f"{self.path} frame {self.frame}"

    @property
    def identity(self) -> tuple[Path, int | None]:
        """What tells two samples apart, whatever is known about them."""
        return self.path, self.frame

    @property
    def address(self) -> str:
        """The same as one text."""
        return str(self.path) if self.frame is None else f"{self.path}#{self.frame}"

    def below(self, root: Path) -> str:
        """Its path from the root on."""
        return Path(os.path.relpath(self.path, root)).as_posix()


@dataclass(frozen=True)
class LeftOut:
    """A sample that cannot be used, and why."""

    sample: Sample
    sentence: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples in order, and the classes their labels count to; ``notes`` say what was assumed or left aside.

    >>> data = open_data("brain_mri")                                                      # doctest: +SKIP
    >>> data.counts()                                                                      # doctest: +SKIP
    {'no': 98, 'yes': 155}
    """

    samples: tuple[Sample, ...]
    classes: tuple[str, ...]
    root: Path
    kind: str
    notes: tuple[str, ...] = ()
    # Class index of each value in a mask file; without it every value but 0 is 1.
    mask_values: Mapping[int, int] | None = None

    def __len__(self) -> int:
        return len(self.samples)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self.samples)

    @property
    def channels(self) -> int:
        """What a picture is fed to a network as: colours, or the four channels of a brain."""
        return 4 if self.kind == "brats" else 3

    @property
    def masked(self) -> Dataset:
        """Those with a mask or outlines."""
        return self.with_samples(sample for sample in self.samples if sample.mask is not None or sample.outlines)

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits that have samples."""
        present = {sample.split for sample in self.samples}
        return tuple(name for name in SPLITS if name in present)

    @property
    def has_patients(self) -> bool:
        """Whether any sample says whose it is."""
        return any(sample.patient is not None for sample in self.samples)

    def with_samples(self, samples: Iterable[Sample], *notes: str) -> Dataset:
        """The same classes with other samples."""
        return replace(self, samples=tuple(samples), notes=(*self.notes, *notes))

    def drawn(self, limit: int | None, seed: int) -> Dataset:
        """At most ``limit`` samples, drawn at random and left in their order."""
        if limit is not None and limit < 1:
            raise HeatlensError(f"limit = {limit} leaves no pictures; give 1 or more, or none for all of them.")
        if not len(self):
            raise HeatlensError(f"{self.root} has no pictures; check the folder.")
        if limit is None or limit >= len(self):
            return self
        chosen = np.random.default_rng(seed).choice(len(self), limit, replace=False)
        return self.with_samples(self.samples[index] for index in sorted(chosen))

    def labelled(self) -> Dataset:
        """Without the unannotated samples."""
        return self.with_samples(sample for sample in self.samples if sample.label is not None)

    def part(self, split: str) -> Dataset:
        if split not in self.splits:
            there = ", ".join(self.splits) or "no splits yet"
            raise HeatlensError(f"{self.root} has no pictures in {split!r} ({there}); split the data first.")
        return self.with_samples(sample for sample in self.samples if sample.split == split)

    def merged(self) -> Dataset:
        return self.with_samples(replace(sample, split=None) for sample in self.samples)

    def counts(self) -> dict[str, int]:
        found = Counter(sample.label for sample in self.samples)
        return {name: found[name] for name in self.classes}

    def targets(self) -> np.ndarray:
        """The class index of every sample, −1 for the unannotated."""
        index = {name: place for place, name in enumerate(self.classes)}
        return np.array([-1 if each.label is None else index[each.label] for each in self.samples], np.int32)

    def described(self) -> str:
        """One line: how many pictures, which classes, which splits, how many patients.

        >>> open_data("brain_mri").described()                                             # doctest: +SKIP
        'class folders: 253 pictures, 2 classes (no 98, yes 155), no splits'
        """
        facts = [counted(len(self), "picture")]
        counts = self.counts()
        if any(counts.values()):
            named = ", ".join(f"{name} {count}" for name, count in counts.items())
            facts.append(f"{counted(len(counts), 'class', 'classes')} ({named})")
        else:
            facts.append(f"classes {', '.join(self.classes)}" if self.classes else "no labels")
            counts = {}
        unannotated = sum(sample.label is None for sample in self.samples)
        if counts and unannotated:
            facts.append(f"{unannotated} unannotated")
        if self.has_patients:
            facts.append(f"{len({sample.patient for sample in self.samples} - {None})} patients")
        parts = Counter(sample.split for sample in self.samples)
        facts.append(", ".join(f"{name} {parts[name]}" for name in self.splits) or "no splits")
        return f"{self.kind}: {', '.join(facts)}"


def without(dataset: Dataset, samples: Iterable[Sample]) -> Dataset:
    """The dataset without these samples, for example an audit's ``redundant``."""
    gone = {sample.identity for sample in samples}
    return dataset.with_samples(sample for sample in dataset if sample.identity not in gone)


def named_split(text: str) -> str | None:
    """``train``, ``val`` or ``test`` for the names people give to them.

    >>> named_split("Training")
    'train'
    """
    return _SPLIT_NAMES.get(text.strip().lower())


_SPLIT_NAMES = {
    **dict.fromkeys(("train", "training", "trn", "tr"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "validate", "dev"), "val"),
    **dict.fromkeys(("test", "testing", "tst", "te"), "test"),
}
