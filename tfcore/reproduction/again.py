"""A figure made again from its record, and what came out otherwise.

>>> tfcore.reproduce("panel.json", out="again").same                                        # doctest: +SKIP
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure import export, unseen
from tfcore.figure.answers import write_answers, write_predictions
from tfcore.figure.masks import save_mask
from tfcore.figure.provenance import packages, provenance
from tfcore.figure.record import Line, Record
from tfcore.files import make_folder, sha256, written_as_in
from tfcore.marks import PROGRAM, version
from tfcore.pictures import dicom, read
from tfcore.pictures.address import file_of, parts, written
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.source import contents
from tfcore.reproduction.apart import apart, moved
from tfcore.reproduction.figures import Again
from tfcore.results import Reproduced
from tfcore.words import counted, listed

if TYPE_CHECKING:
    from tfcore.figure.panel import Item
    from tfcore.models.model import Model


def reproduce(
    figure: str | Path,
    out: str | Path,
    model: str | None = None,
    pictures: str | Path | None = None,
    overwrite: bool = False,
    load: Callable[[str], Model] | None = None,
) -> Reproduced:
    """A figure, heat for a viewer or a table of answers, or its record, made once more in the folder ``out``.

    Files are looked for where the record says; ``model`` and ``pictures`` (a folder) name where they lie now. What has
    changed since, in files, programs, numbers or pixels, is said. ``load`` opens a model in place of ``load_model``.
    """
    from tfcore.models.loading import load_model

    load = load or load_model

    told = Record.of_figure(Path(figure))
    if not told.lines or not told.names[0]:
        raise HeatlensError(f"{told.path} tells of no figure that can be made again.")
    sources = {line.model for line in told.lines}
    several = sources.union(*(line.weights for line in told.lines), *(line.members for line in told.lines))
    if model is not None and len(several) > 1:
        raise HeatlensError(f"{told.path} shows {counted(len(several), 'model')}; put them where it says instead.")
    models = {each: load(model or told.place(each)) for each in sources}
    folder = Path(out)
    make_folder(folder)
    lines = [told.placed(line) for line in told.lines]
    places = [told.place(each.picture) if pictures is None else _moved(each, Path(pictures)) for each in lines]
    if pictures is None and told.path.suffix != ".json" and not all(file_of(place).exists() for place in places):
        raise HeatlensError(f"{told.path} names its pictures without their folders; say where they lie (--pictures).")
    again = _unmapped if told.kind in (unseen.ANSWERS, unseen.CLASSES) else _mapped
    opened = [models[line.model] for line in lines]
    files, news = again(told, lines, opened, list(map(Path, places)), folder, overwrite, load)
    same, differences = apart([(told.path.parent / file.name, file) for file in files])
    return Reproduced(tuple(files), same, (*_causes(told, news, bool(same)), *differences))


# What was made, and the lines of its record.
_Made = tuple[list[Path], list[Line]]


def _moved(line: Line, folder: Path) -> Path:
    """Where the picture lies now: by its name, else by its hash."""
    now = folder / Path(line.picture).name
    if file_of(now).exists():
        return now
    every = (file for file in sorted(folder.rglob("*")) if file.is_file())
    alike = next((file for file in every if sha256(file) == line.picture_hash), None)
    if alike is None:
        return now
    # A file of a series that was the third of it is that one alone.
    alone = format_of(contents(alike, part=HEAD), alike) == "dicom" and dicom.count(alike) == 1
    return alike if alone else Path(written(alike, parts(line.picture)[1]))


def _mapped(
    told: Record,
    lines: Sequence[Line],
    models: Sequence[Model],
    places: Sequence[Path],
    folder: Path,
    overwrite: bool,
    load: Callable[[str], Model],
) -> _Made:
    """Of heat: figures, and what is no figure."""
    items: list[Item] = []
    again = Again(lines, load)
    for line, model, place in zip(lines, models, places, strict=True):
        items.append(again.item(line, model, place, items))
    files = [folder / name for name in told.names]
    with written_as_in(folder, told.path.parent):
        if told.kind == unseen.PREDICTIONS:
            write_predictions([[heat] for heat, _ in items], files[0], overwrite)
        elif told.kind:
            unseen.write(told.kind, items, files[0], told.display, overwrite, **told.how)
        else:
            first, *others = (folder / name for name in told.asked)
            export(items, first, told.display, also=others, overwrite=overwrite, **told.settings)
    return files, list(map(Line.of, provenance(items, told.display, folder)["items"]))


def _unmapped(
    told: Record,
    lines: Sequence[Line],
    models: Sequence[Model],
    places: Sequence[Path],
    folder: Path,
    overwrite: bool,
    load: Callable[[str], Model],
) -> _Made:
    """Of answers without heat: a table, or the classes of every pixel."""
    from tfcore.explain.heat import prediction_of

    path, rows, news = folder / told.names[0], [], list[dict[str, Any]]()
    again = Again(lines, load)
    for line, model, place in zip(lines, models, places, strict=True):
        picture = read(place)
        hash, mask = picture.sha256, again.drawn(line, model, picture) if told.kind == unseen.CLASSES else None
        if told.kind == unseen.CLASSES:
            if mask is None:
                raise HeatlensError(f"{told.path} tells of no mask that can be made again.")
            save_mask(mask.labels, path, overwrite)
        else:
            hash = sha256(file_of(place))
            said = prediction_of(model, picture, model.logits(model.prepare([picture]))[0])
            rows.append((str(place), line.label, said.probabilities))
        news.append(unseen.unmapped(place, hash, line.model, model.hash, folder, mask))
    if told.kind == unseen.ANSWERS:
        with written_as_in(folder, told.path.parent):
            write_answers(rows, models[0].classes, path, overwrite)
    unseen.Records(told.kind, told.display, **told.how).keep(news, path)
    return [path], list(map(Line.of, news))


def _causes(told: Record, news: Sequence[Line], same: bool) -> Iterator[str]:
    """What is not as it was before anything was drawn."""
    pairs = list(zip(told.lines, news, strict=True))
    for name in dict.fromkeys(old.picture for old, new in pairs if old.picture_hash != new.picture_hash):
        yield f"{Path(name).name} is another picture than then (its hash differs)."
    weighed = [each for old, new in pairs for each in zip(old.weights.items(), new.weights.values(), strict=False)]
    for name in dict.fromkeys(name for (name, then), now in weighed if then != now):
        yield f"{name} holds other weights than then (its hash differs)."
    prepared = {old.model: (_stated(old.fed), _stated(new.fed)) for old, new in pairs if old.fed}
    for name, (before, after) in prepared.items():
        if before != after:
            yield f"The card of {name} prepares pictures by {after} now, then by {before}."
    if same:
        return
    cards = {old.model: (old.classes, new.classes) for old, new in pairs if old.classes}
    for name, (then, called) in cards.items():
        if then != called:
            yield f"The classes of {name} are called {listed(called)} now, then {listed(then)} (its card has changed)."
    yield from moved(told.versions, {PROGRAM: version(), **packages()})
    for old, new in pairs:
        name, classes = Path(old.picture).name, len(old.probabilities)
        if classes != len(new.probabilities):
            yield f"{name}: {len(new.probabilities)} classes where there were {classes}."
        elif far := float(np.abs(np.subtract(old.probabilities, new.probabilities)).max(initial=0)):
            yield f"{name}, {old.method}: probabilities differ by at most {far:.2g}."


def _stated(fed: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fed.items())
