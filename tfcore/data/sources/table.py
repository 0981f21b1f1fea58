"""Tables of file names and labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tfcore.data.dataset import Dataset, Sample, named_split
from tfcore.data.sources.cells import rows
from tfcore.data.sources.lookup import Lookup
from tfcore.errors import HeatlensError
from tfcore.pictures.find import natural
from tfcore.words import listed, shown


def table(
    source: Path,
    path: str | None = None,
    label: str | None = None,
    patient: str | None = None,
    split: str | None = None,
    mask: str | None = None,
    root: str | Path | None = None,
) -> Dataset:
    """A row is a sample; columns are guessed by their usual names unless named. Files are looked for below ``root``
    (the table's own folder): by path, or where the table names no folders by a name that lies there once.
    """
    notes: list[str] = []
    given = {"path": path, "label": label, "patient": patient, "split": split, "mask": mask}
    below = Path(root) if root is not None else source.parent
    samples, missing, columns, count = samples_in(source, below, given, notes)
    if not samples:
        example = f" (the first is {shown(missing[0])})" if missing else ""
        raise HeatlensError(
            f"{source} names no file that is below {below}{example}; check its paths, or name their folder "
            "(--read root=…)."
        )
    if missing:
        notes.append(f"{source.name}: {len(missing)} of {count} files do not exist, first {listed(missing)}; left out.")
    classes = sorted({sample.label for sample in samples if sample.label is not None}, key=natural)
    guessed = {role: column for role, column in columns.items() if column not in (None, role, given[role])}
    if guessed:
        notes.append("Columns taken: " + ", ".join(f"{column} as {role}" for role, column in guessed.items()) + ".")
    return Dataset(tuple(samples), tuple(classes), below, "table", tuple(notes))


class Found(NamedTuple):
    """What the rows of a table lead to; ``columns`` are those taken for each role."""

    samples: list[Sample]
    missing: list[str]
    columns: Mapping[str, str | None]
    rows: int


def samples_in(
    source: Path,
    below: Path,
    roles: Mapping[str, str | None],
    notes: list[str],
    needed: Iterable[str] = ("path",),
    among: Sequence[Path] | None = None,
) -> Found:
    """The samples of a table's rows as far as its ``roles`` are asked for; of these files only, if any are given."""
    found, columns = rows(source, roles, notes, needed)
    owners = [row.says[role] for row in found for role in ("label", "patient")]
    lookup = Lookup(below, [row.path for row in found], owners, among)
    missing, samples, unusable = [], [], set()
    for row in found:
        label, patient, masked = row.says["label"], row.says["patient"], row.says.get("mask")
        file = lookup(row.path, label, patient)
        mask = None if masked is None else lookup.exact(masked)
        if row.doubtful:
            unusable.add(file)
        elif file is None:
            missing.append(row.path)
        elif masked is not None and mask is None:
            missing.append(masked)
            unusable.add(file)
        else:
            samples.append(Sample(file, label, patient, _split(source, row.line, row.says.get("split")), mask))
    notes += lookup.notes
    # A picture that cannot be used as one row says is not used as another says.
    return Found([sample for sample in samples if sample.path not in unusable], missing, columns, len(found))


def _split(source: Path, line: int, text: str | None) -> str | None:
    if text is None:
        return None
    name = named_split(text)
    if name is None:
        raise HeatlensError(f"{source} line {line}: {shown(text)!r} is not a split; write train, val or test.")
    return name
