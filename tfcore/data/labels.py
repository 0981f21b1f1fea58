"""What given pictures really show, from the folders they lie in or from a table; and the classes of such a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.data.settled import settled
from tfcore.data.sources.lookup import real_path
from tfcore.data.sources.table import samples_in
from tfcore.errors import HeatlensError
from tfcore.results import Labels
from tfcore.words import listed, matched, nearest, shown

FOLDERS = "folders"
# ``class/picture`` and ``class/patient/picture``.
_LEVELS = 2


def labels(
    paths: Sequence[str | Path],
    source: str | Path = FOLDERS,
    classes: Sequence[str] | None = None,
    column: str | None = None,
    map: Mapping[str, str] | None = None,
    strict: bool = True,
) -> Labels:
    """The labels of these pictures: from the names of their ``"folders"``, or from a table of files and labels.

    ``classes`` are those of a model: labels are given as it spells them, and folders of other names are no labels.
    Without them any label is one. ``column`` is the table's column of labels where its name does not tell. ``map`` says
    which class a label or folder of another name means, an empty one that it means none. Labels of a table that are no
    classes are refused where it is ``strict``, and else named beside those of folders.
    """
    known = _Classes(classes, map or {})
    if str(source) == FOLDERS:
        return _from_folders(paths, known)
    return _from_table(paths, Path(source), known, column, strict)


def class_names(source: str | Path) -> tuple[str, ...]:
    """The names of the class folders of ``source`` (or the labels of a table), in the order in which Keras counts
    them: alphabetical, capitals first.
    """
    classes = open_data(source).classes
    if len(classes) < 2:
        raise HeatlensError(f"{source} tells of no classes; name a folder with a folder of pictures for each class.")
    return tuple(sorted(classes))


def _from_folders(paths: Sequence[str | Path], known: _Classes) -> Labels:
    found: dict[str, str] = {}
    odd: dict[str, None] = {}
    unknown: dict[str, None] = {}
    none = 0
    for path in paths:
        above = [folder.name for folder in list(Path(path).parents)[: _LEVELS if known.classes else 1]]
        said = {label for name in above if name and (label := known.named(name))}
        if len(said) == 1:
            found[str(path)] = said.pop()
        elif not said and known.none(above):
            none += 1
        else:
            odd[" in ".join(above) if said else above[0] if above else ""] = None
            unknown |= dict.fromkeys([] if said else filter(None, above[:1]))
    notes = [*known.notes]
    if left := len(paths) - len(found) - none:
        # Without classes every picture has a folder; only one without a folder's name has no label.
        theirs = f" (its classes are {listed(known.classes)})" if known.classes else ""
        notes.append(
            f"{left} of {len(paths)} pictures lie in no folder of one class: "
            f"{listed([name for name in odd if name] or ['no folder is named'])}{theirs}."
        )
    return Labels(found, tuple(notes), tuple(unknown))


def _from_table(paths: Sequence[str | Path], table: Path, known: _Classes, column: str | None, strict: bool) -> Labels:
    if not table.exists():
        raise HeatlensError(f"There is no table {table}; check its name.")
    notes: list[str] = []
    roles = {"path": None, "label": column, "patient": None}
    read = samples_in(table, table.parent, roles, notes, needed=("path", "label"), among=list(map(Path, paths)))
    samples = []
    unknown: dict[str, None] = {}
    for sample in read.samples:
        if sample.label is None or known.none([sample.label]):
            continue
        if (label := known.named(sample.label)) is None:
            unknown[sample.label] = None
        else:
            # Labels alone count here: a patient that is spelt in two ways takes no picture's label away.
            samples.append(replace(sample, label=label, patient=None))
    if unknown:
        first, classes = shown(next(iter(unknown))), known.classes or ("",)
        notes.append(
            f"{table} holds the label {first!r}, but the classes of the model are {listed(classes)}; say which is "
            f"meant (--map '{first}={classes[0]}'; in the window, under what labels mean), or correct the table."
        )
        if strict:
            raise HeatlensError(notes[-1])
    elif not samples:
        raise HeatlensError(f"{table} names none of the pictures; write file names as they are, one per row.")
    spelt = dict.fromkeys(sample.label for sample in samples if sample.label is not None)
    data = settled(Dataset(tuple(samples), tuple(spelt), table.parent, "table"))
    said = {real_path(sample.path): sample.label for sample in data}
    found = {str(path): label for path in paths if (label := said.get(real_path(Path(path)))) is not None}
    return Labels(found, (*notes, *known.notes, *data.notes), tuple(unknown))


class _Classes:
    """The classes of a model, as it was said that a label means them, also where one is spelt otherwise; without
    any, every label.
    """

    def __init__(self, classes: Sequence[str] | None, meant: Mapping[str, str]) -> None:
        self.classes = classes
        self._meant = meant
        for label, wanted in meant.items():
            if wanted and classes and wanted not in classes:
                raise HeatlensError(
                    f"--map {label}={wanted}: the model has no class {wanted!r}; {nearest(wanted, classes)}"
                )
        self._known: dict[str, str | None] = {}
        self._unused = dict.fromkeys(meant)

    @property
    def notes(self) -> list[str]:
        respelt = listed([f"{a!r} for {b}" for a, b in self._known.items() if b not in (a, None)])
        unused = listed([f"{label}={self._meant[label]}" for label in self._unused])
        return [
            *([f"Labels in another spelling: {respelt}."] if respelt else []),
            *([f"No picture is labelled so, and nothing comes of --map {unused}."] if unused else []),
        ]

    def none(self, labels: Sequence[str]) -> bool:
        """Whether it was said of one of them that it means no class."""
        found = [label for label in labels if self._meant.get(label) == ""]
        for label in found:
            self._unused.pop(label, None)
        return bool(found)

    def named(self, label: str) -> str | None:
        """The class, ``None`` where there is none or it could be several."""
        if label in self._meant:
            self._unused.pop(label, None)
            return self._meant[label] or None
        if self.classes is None:
            return label
        if label not in self._known:
            self._known[label] = matched([label], self.classes, {}).get(label)
        return self._known[label]
