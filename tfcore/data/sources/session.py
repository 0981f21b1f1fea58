"""Sessions of the window as data: the pictures that are listed, or those that were judged so, with their labels."""

from __future__ import annotations

import os
from pathlib import Path

from tfcore import review
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.table import samples_in
from tfcore.errors import HeatlensError
from tfcore.pictures.find import natural
from tfcore.review import Wanted
from tfcore.words import counted

_FOLDERS = "folders"


def session(
    source: Path, starred: bool | str = False, rated: int | str = 0, tagged: str = "", noted: bool | str = False
) -> Dataset:
    """A sample for each picture that is listed, or of those judged the one that is wanted (``tagged``: one or more
    tags with commas). Labels are those of the session: of its table, or the names of folders, as the classes that they
    were said to mean.
    """
    held, told = review.read(source), list[str]()
    try:
        tags = tuple(tag.strip() for tag in tagged.split(",") if tag.strip())
        wanted = Wanted(_yes(starred), int(rated), tags, _yes(noted))
    except ValueError as error:
        raise HeatlensError(f"rated = {rated} is no number of points; write 1 to 5.") from error
    masks: list[Path] = []
    paths = list(dict.fromkeys(review.listed(held, wanted, masks)))
    if not paths:
        meant = " that are meant" if wanted else ""
        raise HeatlensError(f"{source} lists no pictures{meant}; open some in the window.")
    if held.labels == _FOLDERS:
        folders = {path.parent.name for path in paths}
        labels = {path: path.parent.name for path in paths} if len(folders) > 1 else {}
    elif held.labels:
        table = Path(held.labels)
        read = samples_in(
            table, table.parent, {"path": None, "label": None, "patient": None}, told, ("path", "label"), paths
        )
        labels = {sample.path: sample.label for sample in read.samples if sample.label is not None}
    else:
        labels = {}
    meant = held.forms.get("labels", {}).get("map", {})
    labels = {path: said for path, label in labels.items() if (said := meant.get(label, label))}
    samples = tuple(Sample(path, labels.get(path)) for path in paths)
    if unknown := len(paths) - len(labels):
        told.append(f"Of {counted(unknown, 'picture')} the session does not say what they show.")
    if masks:
        told.append(f"{counted(len(masks), 'file')} left out as masks of pictures, as {masks[0].name}.")
    root = Path(os.path.commonpath([path.parent for path in paths]))
    return Dataset(samples, tuple(sorted(set(labels.values()), key=natural)), root, "session", tuple(told))


def _yes(value: bool | str) -> bool:
    """As the command line writes it, too."""
    return value if isinstance(value, bool) else value.lower() in ("yes", "true", "1")
