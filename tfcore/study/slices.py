"""The other slices of a case that is one of a volume, and what each arm shows on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tfcore.explain.heat import heat_of, prediction_of
from tfcore.explain.many import explain
from tfcore.figure.spreads import SD, heat_under_dropout
from tfcore.models.model import Model
from tfcore.pictures import Picture
from tfcore.pictures.address import PLANES, parts, written
from tfcore.pictures.inside import extent
from tfcore.pictures.many import of_one_shape, stacked, windows
from tfcore.review.beside import Beside
from tfcore.review.study import Arm
from tfcore.uncertainty.explanation import of_explanation
from tfcore.uncertainty.prediction import uncertainty

# Longer ones, as videos, are read as the one picture that was listed.
MOST = 1000
_TOGETHER = 16


def slices(picture: Picture) -> list[Path]:
    """The addresses of all slices of its plane, itself among them at its place; nothing of what is no slice."""
    file, places = parts(picture.path)
    plane = next((name for name in PLANES if name in places), "")
    if picture.frames <= 1 and not plane:
        return []
    series = int(places["series"]) if "series" in places else None
    counts = extent(file, series, planes=bool(plane))
    plane = plane or ("axial" if "axial" in counts else "")
    fixed = {name: place for name, place in places.items() if name in ("series", "t")}
    count = counts[plane] if counts[plane] <= MOST else 0
    return [Path(written(file, {plane: str(index)} | fixed)) for index in range(count)]


def besides(
    model: Model, addresses: list[Path], arms: Mapping[int, tuple[Arm, int | None]], how: tuple[int, int, float | None]
) -> dict[int, dict[int, Beside]]:
    """By arm and slice the answer, and the heat of the class that is explained in the case; ``how`` is that of dropout.

    A slice that cannot be read has none.
    """
    found: dict[int, dict[int, Beside]] = {number: {} for number in arms}
    if not arms:
        return found
    done = 0
    for some in windows(addresses, model.prepare_with_boxes, _TOGETHER):
        for alike in of_one_shape(some):
            batch = stacked(alike.values())
            sure = uncertainty(model, batch, *how) if any(arm.uncertainty for arm, _ in arms.values()) else None
            logits = model.logits(batch) if any(arm.prediction for arm, _ in arms.values()) else None
            for number, (arm, target) in arms.items():
                told = explain(model, batch, arm.method, arm.layer or None, target) if arm.method else None
                for row, (place, ready) in enumerate(alike.items()):
                    heat = said = between = None
                    if told is not None:
                        heat = heat_of(model, ready.picture, told, ready.box, row)
                    if heat is not None and arm.spread:
                        one = of_explanation(model, batch[row : row + 1], arm.method, arm.layer or None, target, *how)
                        heat = heat_under_dropout(heat, one[0], SD, False)
                    if arm.prediction and logits is not None:
                        said = prediction_of(model, ready.picture, logits[row]).probabilities
                    if arm.uncertainty and sure is not None:
                        said, between = sure[row].mean, sure[row].intervals
                    found[number][done + place] = Beside(heat, model.classes, said, between)
        done += len(some)
    return found
