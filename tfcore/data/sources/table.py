"""Tables of file names and labels."""

from __future__ import annotations

from pathlib import Path

from tfcore.data.dataset import Dataset, Sample, named_split
from tfcore.data.sources.cells import rows
from tfcore.data.sources.lookup import Lookup
from tfcore.data.words import listed, shown
from tfcore.errors import HeatlensError
from tfcore.pictures.find import natural

SUFFIXES = (".csv", ".tsv")


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
    found, columns = rows(source, given, notes)
    below = Path(root) if root is not None else source.parent
    owners = [row.says[role] for row in found for role in ("label", "patient")]
    lookup = Lookup(below, [row.path for row in found], owners)
    missing, samples, unusable = [], [], set()
    for row in found:
        says = row.says
        file = lookup(row.path, says["label"], says["patient"])
        masked = None if says["mask"] is None else lookup.exact(says["mask"])
        if row.doubtful:
            unusable.add(file)
        elif file is None:
            missing.append(row.path)
        elif says["mask"] is not None and masked is None:
            missing.append(says["mask"])
            unusable.add(file)
        else:
            samples.append(
                Sample(file, says["label"], says["patient"], _split(source, row.line, says["split"]), masked)
            )
    # A picture that cannot be used as one row says is not used as another says.
    samples = [sample for sample in samples if sample.path not in unusable]
    if not samples:
        example = f" (the first is {shown(missing[0])})" if missing else ""
        raise HeatlensError(
            f"{source} names no file that is below {below}{example}; check its paths, or name their folder "
            "(--read root=…)."
        )
    if missing:
        notes.append(
            f"{source.name}: {len(missing)} of {len(found)} files do not exist, first {listed(missing)}; left out."
        )
    notes += lookup.notes
    classes = sorted({sample.label for sample in samples if sample.label is not None}, key=natural)
    guessed = {role: column for role, column in columns.items() if column not in (None, role, given[role])}
    if guessed:
        notes.append("Columns taken: " + ", ".join(f"{column} as {role}" for role, column in guessed.items()) + ".")
    return Dataset(tuple(samples), tuple(classes), below, "table", tuple(notes))


def _split(source: Path, line: int, text: str | None) -> str | None:
    if text is None:
        return None
    name = named_split(text)
    if name is None:
        raise HeatlensError(f"{source} line {line}: {shown(text)!r} is not a split; write train, val or test.")
    return name
