"""What pictures really show, from the folder they lie in or from a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.settled import settled
from tfcore.data.sources.cells import rows
from tfcore.data.sources.lookup import Lookup, real_path
from tfcore.data.words import listed, plain, shown
from tfcore.errors import HeatlensError


def from_folders(paths: Sequence[Path], classes: Sequence[str]) -> dict[Path, str]:
    """The labels of pictures that lie in a folder named after a class."""
    known = _Classes(classes)
    found = {path: known.named(path.parent.name) for path in paths}
    return {path: label for path, label in found.items() if label is not None}


def from_table(
    table: Path,
    paths: Sequence[Path],
    classes: Sequence[str],
    column: str | None = None,
    notes: list[str] | None = None,
) -> dict[Path, str]:
    """The labels that a table gives these pictures, files named as in any other table of pictures; ``notes`` take
    what was joined or left out.
    """
    notes = [] if notes is None else notes
    if not table.exists():
        raise HeatlensError(f"There is no table {table}; check its name.")
    found, _ = rows(table, {"path": None, "label": column, "patient": None}, notes, needed=("path", "label"))
    owners = [row.says[role] for row in found for role in ("label", "patient")]
    lookup = Lookup(table.parent, [row.path for row in found], owners, paths)
    known = _Classes(classes)
    samples, unusable = [], set()
    for row in found:
        label = row.says["label"]
        if label is None:
            continue
        file = lookup(row.path, label, row.says["patient"])
        if known.named(label) is None:
            raise HeatlensError(
                f"{table} holds the label {shown(label)!r}, but the classes of the model are {', '.join(classes)}; "
                "correct the table, or the classes in the model's card."
            )
        if row.doubtful:
            unusable.add(file)
        elif file is not None:
            samples.append(Sample(file, known.named(label)))
    samples = [sample for sample in samples if sample.path not in unusable]
    if not samples:
        raise HeatlensError(f"{table} names none of the pictures; write file names as they are, one per row.")
    data = settled(Dataset(tuple(samples), tuple(classes), table.parent, "table"))
    notes += [*lookup.notes, *known.notes, *data.notes]
    labels = {real_path(sample.path): sample.label for sample in data}
    return {path: label for path in paths if (label := labels.get(real_path(path))) is not None}


class _Classes:
    """The classes of a model, also where a label is spelt with other capitals or accents."""

    def __init__(self, classes: Sequence[str]) -> None:
        self._classes = classes
        self._alike: dict[str, list[str]] = {}
        for name in classes:
            self._alike.setdefault(plain(name), []).append(name)
        self._respelt: dict[str, str] = {}

    @property
    def notes(self) -> list[str]:
        if not self._respelt:
            return []
        return [f"Labels in another spelling: {listed([f'{a!r} for {b}' for a, b in self._respelt.items()])}."]

    def named(self, label: str) -> str | None:
        """The class, ``None`` where there is none or it could be several."""
        if label in self._classes:
            return label
        alike = self._alike.get(plain(label), [])
        if len(alike) != 1:
            return None
        self._respelt[label] = alike[0]
        return alike[0]
