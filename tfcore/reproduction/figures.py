"""The rows of figures made again from what their records say of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.alike import LESS, difference
from tfcore.figure.cuts import cut
from tfcore.figure.heat_planes import seen
from tfcore.figure.record import Line
from tfcore.figure.spreads import MEAN, OVER_MODELS, SD, heat_of_pixels, heat_under_dropout, map_of
from tfcore.pictures import read
from tfcore.pictures.address import parse
from tfcore.pictures.inside import extent
from tfcore.registry import INPUT, find
from tfcore.reproduction.filters import fires

if TYPE_CHECKING:
    from tfcore.explain.explanation import Explanation
    from tfcore.explain.region import Region
    from tfcore.figure.panel import Item
    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.results import Box, Heat, Mask, Sureness
    from tfcore.trust.ensemble import Ensemble

# Whose prediction stands beside a map that no method made.
_METHOD = "grad-cam"


class Again:
    """Makes the rows of a figure once more; maps that came out of one pass come out of one again."""

    def __init__(self, lines: Sequence[Line], load: Callable[[str], Model]) -> None:
        self._lines, self._load = lines, load
        # Slices that cuts were made of, and maps of the picture that was explained last.
        self._slices: dict[str, Heat] = {}
        self._several: dict[tuple[str, ...], Ensemble] = {}
        self._found: dict[Hashable, dict[tuple[str, str | None], Explanation]] = {}

    def item(self, line: Line, model: Model, place: Path, before: Sequence[Item]) -> Item:
        """The heatmap of a row and its picture, which lies at that place; a difference is of the two rows before."""
        picture = read(place)
        heat = self._heat(line, model, picture, before)
        heat = replace(heat, regions=line.regions, mask=self.drawn(line, model, picture))
        if line.members:
            heat = replace(heat, sureness=self._together_of(line.members).predict(picture))
        if line.window is not None and picture.window != line.window:
            # Through the window that the screen had; what the network gets does not hang on it.
            picture = replace(picture, window=line.window, look=None)
        return heat, picture

    def drawn(self, line: Line, model: Model, picture: Picture) -> Mask | None:
        """What the network draws over the picture, where the figure shows that."""
        from tfcore.explain.drawn import mask_of
        from tfcore.training.predictions import judged

        if not line.mask:
            return None
        if "cut" in line.made:
            raise HeatlensError(f"{line.picture} shows a mask that is cut: only the window makes it; make it there.")
        every = list(getattr(model, "mask_classes", ()))
        classes = every if "all" in line.mask else list(line.mask["pixels"])
        wanted = line.mask.get("drawn", classes)
        if not classes or classes != every:
            raise HeatlensError(
                f"{Path(line.picture).name} is shown with {[*classes, 'a mask'][-1]}: only the window draws that; make "
                "the figure there again."
            )
        model = model.at_threshold(line.mask["threshold"]) if "threshold" in line.mask else model
        if "members" in line.mask:
            # A threshold that was moved is that of the first.
            many = self._together_of(line.mask["members"])
            found, _ = replace(many, members=(model, *many.members[1:])).draw(picture)
        else:
            batch, (box,) = model.prepare_with_boxes([picture])
            found = mask_of(model, picture, model.predict(batch)[0], box)
        # The true mask counts where it did.
        found = judged(found, picture) if {"dice", "truth"} & set(line.mask) else found
        if line.mask.get("truth"):
            if found.truth is None:
                raise HeatlensError(found.why_no_truth or "no true mask lies beside it.")
            found = replace(found, labels=found.truth, each=found.true_each, shows_truth=True)
        return found.only([index for index, name in enumerate(classes) if name in wanted])

    def _heat(self, line: Line, model: Model, picture: Picture, before: Sequence[Item]) -> Heat:
        if str(line.made.get("map", "")).endswith(OVER_MODELS):
            return self._over_models(line, picture)
        if which := map_of(line.made):
            return _under_dropout(line, which, model, picture)
        if "cut" in line.made and "of" in line.made:
            return _cut(line, model, picture, self._slices)
        if "filter" in line.made:
            # What stands beside the map is the prediction that stands beside any heat.
            usual = replace(line, method=_METHOD, params={}, made={})
            return fires(line, model, picture, _explained(usual, model, picture))
        if line.made.get("by") == "layer":
            return _by_layer(line, model, picture)
        if "randomised" in line.made:
            return _forgetting(line, model, picture)
        if line.made:
            kind = line.made.get("map") or f"a cut through {line.made.get('cut', 'several maps')}"
            raise HeatlensError(
                f"{line.method} is {kind}: only the window makes such maps; make the figure there again."
            )
        if LESS not in line.method:
            return _explained(line, model, picture, self._together(line, model, picture))
        if len(before) < 2:
            raise HeatlensError(f"{line.method}: the two maps of this difference are not in the record.")
        return difference(before[-2][0], before[-1][0]).heat

    def _over_models(self, line: Line, picture: Picture) -> Heat:
        """Mean or spread of the maps of several models."""
        from tfcore.explain.region import Region

        made, method = line.made, str(line.made.get("method", line.method))
        many, region = self._together_of(made.get("members", ())), Region.of(line.region) if line.region else None
        if (which := str(made["map"]).removesuffix(OVER_MODELS)) not in (MEAN, SD):
            usual = _explained(replace(line, method=_METHOD, made={}), many.members[0], picture)
            return _of_pixels(line, usual, many.predict(picture), which)
        layer = made.get("layer", line.layer)
        *_, mean, spread = many.explain(picture, [method], [layer], line.target, {method: line.params}, region)
        return mean if mean.made["map"] == made["map"] else spread

    def _together_of(self, sources: Sequence[str]) -> Ensemble:
        """The models asked as one, which are opened once."""
        from tfcore.trust.ensemble import Ensemble

        if (known := tuple(sources)) not in self._several:
            self._several[known] = Ensemble(tuple(map(self._load, known)))
        return self._several[known]

    def _together(self, line: Line, model: Model, picture: Picture) -> Explanation | None:
        """The line's map among those that came out of the same pass, where they were several; where no record tells of
        them, they are those of all lines that ask the same of its picture.
        """
        from tfcore.explain.many import explain_beside

        def key(of: Line) -> Hashable:
            return of.picture, of.model, of.region, of.target, of.batch, of.beside

        alike = [each for each in self._lines if key(each) == key(line) and not each.made and LESS not in each.method]
        params = {each.method: each.params for each in alike}
        pairs: list[tuple[str, str | None]] = list(line.beside or ())
        if line.beside is None:
            layers = list(dict.fromkeys(each.layer for each in alike))
            # Whether a layer is named or meant, it is one; methods without layers make no difference.
            meant = {_meant(each.layer, model) for each in alike if find("method", each.method).has_layers}
            if len(meant) > 1:
                pairs = [(name, at) for name in params for at in find("method", name).places(layers)]
        if not pairs or any(params[each.method] != each.params for each in alike):
            return None
        if key(line) not in self._found:
            batch, seen, _, _ = _ready(line, model, picture)
            of_lines = [(each.method, each.layer) for each in alike] if line.beside else []
            asked = dict.fromkeys([*pairs, *of_lines])
            self._found = {key(line): explain_beside(model, batch, [*asked], line.target, params, seen)}
        many, wanted = self._found[key(line)], (line.method, line.layer)
        # What has no layers stands under another one's.
        return many.get(wanted) or next((one for one in many.values() if (one.method, one.layer) == wanted), None)


def _meant(layer: str | None, model: Model) -> str | None:
    from tfcore.models.layers import resolve

    try:
        return resolve(model.program, layer).path
    except HeatlensError:
        # Several joined, and the input.
        return layer


def _under_dropout(line: Line, which: str, model: Model, picture: Picture) -> Heat:
    """A map of many passes: mean or sd of a heatmap, or how unsure they are at every pixel."""
    from tfcore.explain.heat import hashes_of
    from tfcore.explain.region import Region
    from tfcore.uncertainty.explanation import of_explanation
    from tfcore.uncertainty.prediction import sureness_of, uncertainty

    made = line.made
    passes, seed, insert = int(made["passes"]), int(made["seed"]), made.get("inserted_dropout")
    batch, (box,) = model.prepare_with_boxes([picture])
    # What stands beside the map is the prediction that stands beside any heat.
    heat = _explained(replace(line, method=str(made.get("method", _METHOD))), model, picture)
    if which not in (MEAN, SD):
        sure = sureness_of(model, picture, uncertainty(model, batch, passes, seed, insert), box, 0)
        return _of_pixels(line, heat, sure, which)
    seen = Region.of(line.region).seen(picture, box, *batch.shape[1:3]) if line.region else None
    spread = of_explanation(
        model, batch, heat.method, line.layer, line.target, passes, seed, insert, region=seen, **line.params
    )[0]
    spread = replace(spread, path=str(picture.path), box=box, hashes=hashes_of(model, picture))
    return heat_under_dropout(heat, spread, which, line.passes is not None)


def _of_pixels(line: Line, heat: Heat, sure: Sureness, which: str) -> Heat:
    if (found := heat_of_pixels(heat, sure, which)) is None:
        raise HeatlensError(f"{line.method}: {sure.model} does not answer pixel by pixel; name the network it is of.")
    return found


def _forgetting(line: Line, model: Model, picture: Picture) -> Heat:
    """The map of a network in which the weights of one part, or of all from the scores down to it, are drawn anew."""
    from tfcore.evaluate.randomised import parts, reinitialised

    of, part, order = parts(model), line.made.get("part"), line.made["randomised"]
    names = list(of)
    if part not in names or order not in ("cascading", "independent"):
        raise HeatlensError(f"{model.name} has no part {part!r} to draw anew; choose among {', '.join(names)}.")
    chosen = names[: names.index(part) + 1] if order == "cascading" else [part]
    seed = int(line.made.get("seed", 0))
    with reinitialised([layer for name in chosen for layer in of[name]], seed):
        heat = _explained(replace(line, made={}), model, picture)
    note = f"weights of {', '.join(chosen)} drawn anew, seed {seed}"
    made = {"map": f"{line.method}, {note}", "randomised": order, "part": part, "seed": seed}
    return replace(heat, note=note, made=made)


def _by_layer(line: Line, model: Model, picture: Picture) -> Heat:
    """The relevance that a method goes by, out of the run that it came out of."""
    from tfcore.explain.by_layer import by_layer
    from tfcore.explain.heat import heat_of
    from tfcore.models.layers import resolve

    batch, seen, region, box = _ready(line, model, picture)
    steps = [None if at == INPUT else resolve(model.program, at) for _, at in line.beside or ()]
    every = by_layer(model, batch, line.method, steps, line.target, line.params, seen)
    if (found := next((one for one in every if one.layer == line.layer), None)) is None:
        raise HeatlensError(f"{line.method}: the record does not tell of the layers that {line.layer} was found with.")
    return replace(heat_of(model, picture, found, box, line.batch[0], region), made=line.made)


def _cut(line: Line, model: Model, picture: Picture, slices: dict[str, Heat]) -> Heat:
    """The heat of all slices of one plane, cut along another."""
    address, base = parse(picture.path), str(line.made["cut"]).split()[0]
    counts = extent(address.file, address.series, planes=True)
    heats: dict[int, Heat] = {}
    for number, target, index, size in line.made["of"]:
        path = replace(address, plane=base, index=number).path
        known = f"{path} {line.method} {line.layer} {line.params} {target} {index} {size}"
        if known not in slices:
            one = replace(line, target=target, batch=(index, size), passes=None, verdict=False)
            slices[known] = _explained(one, model, read(path))
        heats[number] = slices[known]
    own = cut(heats, counts, base, address.plane, address.index or 0) if line.made["slices"] != "0" else None
    return seen(own, next(iter(heats.values())), picture.path, base)


def _ready(line: Line, model: Model, picture: Picture) -> tuple[np.ndarray, Any, Region | None, Box]:
    """As many of the picture as there were in its batch, and the region as it is given."""
    from tfcore.explain.region import Region

    batch, (box,) = model.prepare_with_boxes([picture])
    region = Region.of(line.region) if line.region else None
    # The last digits of a number depend on the size of the batch, not on what else was in it.
    return np.repeat(batch, line.batch[1], 0), region and region.seen(picture, box, *batch.shape[1:3]), region, box


def _explained(line: Line, model: Model, picture: Picture, found: Explanation | None = None) -> Heat:
    from tfcore.evaluate.verdict import judged
    from tfcore.explain.heat import heat_of
    from tfcore.explain.many import explain
    from tfcore.uncertainty.prediction import sureness_of, uncertainty

    batch, seen, region, box = _ready(line, model, picture)
    found = found or explain(model, batch, line.method, line.layer, line.target, region=seen, **line.params)
    heat = heat_of(model, picture, found, box, line.batch[0], region)
    if line.passes:
        heat = replace(heat, sureness=sureness_of(model, picture, uncertainty(model, batch[:1], *line.passes), box, 0))
    return judged(model, picture, heat) if line.verdict else heat
