"""What sources leave open is settled: one spelling for a label and for a patient, and every picture once."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from pathlib import Path

from tfcore.data.dataset import Dataset, Sample
from tfcore.errors import HeatlensError
from tfcore.words import listed, plain, shown

# Letters of a note.
_LONGEST = 10_000
# Where the folder a picture lies in says what it shows.
_PLACED = ("class folders", "patient folders", "split folders", "videos", "pictures")


def settled(data: Dataset) -> Dataset:
    """The same data without doubt; what was joined or left out for it is said in the notes.

    Labels that differ in case, surrounding spaces or Unicode form are one class under the most frequent spelling, and
    patients likewise. A picture that is named or reached twice counts once, and is left out by name where two rows or
    folders say different things about it.
    """
    once = _once(_spelt(data))
    return replace(once, notes=tuple(shown(note, _LONGEST) for note in once.notes))


def spellings(names: Iterable[str | None]) -> dict[str, str]:
    """For every name that differs from others in its spelling only, the most frequent spelling, the first of equals."""
    alike: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name is not None:
            alike[name][name] += 1
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in alike.items():
        together[plain(name)].update(count)
    return {
        name: max(counts, key=counts.__getitem__) for counts in together.values() if len(counts) > 1 for name in counts
    }


def _spelt(data: Dataset) -> Dataset:
    marked = (outline.label for sample in data for outline in sample.outlines)
    labels = spellings([*(sample.label for sample in data), *marked, *data.classes])
    patients = spellings(sample.patient for sample in data)
    if not labels and not patients:
        return data

    def spelt(sample: Sample) -> Sample:
        outlines = tuple(replace(one, label=labels.get(one.label, one.label)) for one in sample.outlines)
        label, patient = sample.label or "", sample.patient or ""
        return replace(
            sample,
            label=labels.get(label, sample.label),
            patient=patients.get(patient, sample.patient),
            outlines=outlines,
        )

    notes = [*joined_words(labels, "class"), *joined_words(patients, "patient")]
    classes = dict.fromkeys(labels.get(name, name) for name in data.classes)
    return replace(data.with_samples(map(spelt, data), *notes), classes=tuple(classes))


def joined_words(spelt: dict[str, str], what: str) -> list[str]:
    """What :func:`spellings` joined, a sentence for each chosen spelling."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, chosen in spelt.items():
        groups[chosen].append(repr(name))
    return [
        f"{listed(names)} differ in case, spaces or Unicode form only; they count as one {what}, {shown(chosen)}."
        for chosen, names in groups.items()
    ]


def _once(data: Dataset) -> Dataset:
    """Every file once, whatever paths and links lead to it."""
    files: dict[Path, Hashable] = {}
    found: dict[Hashable, list[Sample]] = defaultdict(list)
    for sample in data:
        if sample.path not in files:
            files[sample.path] = _file(sample.path)
        found[files[sample.path], sample.frame].append(sample)
    if len(found) == len(data):
        return data
    kept: set[int] = set()
    torn: dict[str, str] = {}
    repeated = 0
    for group in found.values():
        told = _in_place(group, data) if len(group) > 1 and data.kind in _PLACED else group
        odd = _contradiction(told)
        if odd is None:
            kept.add(id(told[0]))
            repeated += len(group) - 1
        else:
            torn[_name(told[0], data.root)] = odd
    notes = []
    if repeated:
        s = "s" * (repeated != 1)
        notes.append(f"{repeated} row{s} or path{s} lead to a picture that is there already; each picture counts once.")
    if torn:
        names = listed([f"{name} ({odd})" for name, odd in torn.items()])
        notes.append(f"{len(torn)} pictures are there more than once, with contradictions; left out: {names}.")
    once = data.with_samples((sample for sample in data if id(sample) in kept), *notes)
    if not len(once):
        raise HeatlensError(f"{data.root}: every picture is there with contradictions, {names}; correct the data.")
    gone = {sample.label for sample in data} - {sample.label for sample in once}
    return replace(once, classes=tuple(name for name in data.classes if name not in gone))


def _file(path: Path) -> Hashable:
    try:
        state = path.stat()
    except (OSError, ValueError):
        return os.path.realpath(path)
    return state.st_dev, state.st_ino


def _in_place(group: list[Sample], data: Dataset) -> list[Sample]:
    """Those that really lie where their path says; a link into another folder says nothing about what it leads to."""
    root = data.root.absolute()
    real = Path(os.path.realpath(root))
    own = []
    for sample in group:
        path = sample.path.absolute()
        if path.is_relative_to(root) and os.path.realpath(path) == str(real / path.relative_to(root)):
            own.append(sample)
    return own or group


def _contradiction(group: list[Sample]) -> str | None:
    """What samples of one file disagree about, in words."""
    for fact in ("label", "patient", "split", "mask", "outlines", "crop"):
        said = {getattr(sample, fact) for sample in group}
        if fact == "mask" and len({None if each is None else _file(each) for each in said}) == 1:
            continue
        if len(said) > 1:
            names = sorted("none" if each is None else shown(each, 40) for each in said)
            return fact if fact == "outlines" else f"{fact} {' and '.join(names)}"
    return None


def _name(sample: Sample, root: Path) -> str:
    name = sample.below(root)
    return name if sample.frame is None else f"{name} frame {sample.frame}"
