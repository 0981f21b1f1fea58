"""What given pictures really show, from the folders they lie in or from a table; and the classes of such a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.data.settled import settled
from tfcore.data.sources.lookup import real_path
from tfcore.data.sources.table import samples_in
from tfcore.errors import HeatlensError
from tfcore.results import Labels
from tfcore.words import listed, plain, shown

FOLDERS = "folders"
# ``class/picture`` and ``class/patient/picture``.
_LEVELS = 2


def labels(
    paths: Sequence[str | Path],
    source: str | Path = FOLDERS,
    classes: Sequence[str] | None = None,
    column: str | None = None,
) -> Labels:
    """The labels of these pictures: from the names of their ``"folders"``, or from a table of files and labels.

    ``classes`` are those of a model: labels are given as it spells them, and folders of other names are no labels.
    Without them any label is one. ``column`` is the table's column of labels where its name does not tell.
    """
    if str(source) == FOLDERS:
        return _from_folders(paths, classes)
    return _from_table(paths, Path(source), classes, column)


def class_names(source: str | Path) -> tuple[str, ...]:
    """The names of the class folders of ``source`` (or the labels of a table), in the order in which Keras counts
    them: alphabetical, capitals first.
    """
    classes = open_data(source).classes
    if len(classes) < 2:
        raise HeatlensError(f"{source} tells of no classes; name a folder with a folder of pictures for each class.")
    return tuple(sorted(classes))


def _from_folders(paths: Sequence[str | Path], classes: Sequence[str] | None) -> Labels:
    known = _Classes(classes)
    found: dict[str, str] = {}
    odd: dict[str, None] = {}
    for path in paths:
        above = [folder.name for folder in list(Path(path).parents)[: _LEVELS if classes else 1]]
        said = {label for name in above if name and (label := known.named(name))}
        if len(said) == 1:
            found[str(path)] = said.pop()
        else:
            odd[" in ".join(above) if said else above[0] if above else ""] = None
    notes = [*known.notes]
    if len(found) < len(paths):
        # Without classes every picture has a folder; only one without a folder's name has no label.
        theirs = f" (its classes are {listed(classes)})" if classes else ""
        notes.append(
            f"{len(paths) - len(found)} of {len(paths)} pictures lie in no folder of one class: "
            f"{listed([name for name in odd if name] or ['no folder is named'])}{theirs}."
        )
    return Labels(found, tuple(notes))


def _from_table(paths: Sequence[str | Path], table: Path, classes: Sequence[str] | None, column: str | None) -> Labels:
    if not table.exists():
        raise HeatlensError(f"There is no table {table}; check its name.")
    notes: list[str] = []
    roles = {"path": None, "label": column, "patient": None}
    read = samples_in(table, table.parent, roles, notes, needed=("path", "label"), among=list(map(Path, paths)))
    known = _Classes(classes)
    samples = []
    for sample in read.samples:
        if sample.label is None:
            continue
        label = known.named(sample.label)
        if label is None:
            raise HeatlensError(
                f"{table} holds the label {shown(sample.label)!r}, but the classes of the model are "
                f"{listed(classes or ())}; correct the table, or the classes in the model's card."
            )
        # Labels alone count here: a patient that is spelt in two ways takes no picture's label away.
        samples.append(replace(sample, label=label, patient=None))
    if not samples:
        raise HeatlensError(f"{table} names none of the pictures; write file names as they are, one per row.")
    spelt = dict.fromkeys(sample.label for sample in samples if sample.label is not None)
    data = settled(Dataset(tuple(samples), tuple(spelt), table.parent, "table"))
    said = {real_path(sample.path): sample.label for sample in data}
    found = {str(path): label for path in paths if (label := said.get(real_path(Path(path)))) is not None}
    return Labels(found, (*notes, *known.notes, *data.notes))


class _Classes:
    """The classes of a model, also where a label is spelt with other capitals or accents; without any, every label."""

    def __init__(self, classes: Sequence[str] | None) -> None:
        self._classes = classes
        self._alike: dict[str, list[str]] = {}
        for name in classes or ():
            self._alike.setdefault(plain(name), []).append(name)
        self._respelt: dict[str, str] = {}

    @property
    def notes(self) -> list[str]:
        if not self._respelt:
            return []
        return [f"Labels in another spelling: {listed([f'{a!r} for {b}' for a, b in self._respelt.items()])}."]

    def named(self, label: str) -> str | None:
        """The class, ``None`` where there is none or it could be several."""
        if self._classes is None or label in self._classes:
            return label
        alike = self._alike.get(plain(label), [])
        if len(alike) != 1:
            return None
        self._respelt[label] = alike[0]
        return alike[0]
