"""One picture's share of an explanation, as the canvas, the figure and the files take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.completeness import warning
from tfcore.explain.drawn import shares_of
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY
from tfcore.explain.region import Region
from tfcore.models.layers import stages
from tfcore.models.model import Model
from tfcore.pictures import Picture
from tfcore.registry import find
from tfcore.results import Box, Heat, Prediction

# How pictures are prepared, as the card states or guesses.
_FED = ("scaling", "colour", "resize", "fit", "intensity")


def heat_of(
    model: Model, picture: Picture, found: Explanation, box: Box, index: int, region: Region | None = None
) -> Heat:
    """What image ``index`` of the batch got, with the facts that name its origin."""
    return heats_of(model, picture, [found], box, index, region)[0]


def heats_of(
    model: Model,
    picture: Picture,
    every: Iterable[Explanation],
    box: Box,
    index: int,
    region: Region | None = None,
) -> list[Heat]:
    """The same of several explanations; what the network says is worked out once for all that saw the same answer."""
    known: dict[tuple[bytes, bytes], Prediction] = {}
    heats = []
    for found in every:
        features = None if model.reference is None or found.features is None else found.features()[index]
        answer = found.logits[index].tobytes(), b"" if features is None else features.tobytes()
        if answer not in known:
            known[answer] = prediction_of(model, picture, found.logits[index], features)
        heat = _heat(model, picture, found, known[answer], box, index)
        heats.append(heat if region is None else region.recorded(heat))
    return heats


def _heat(model: Model, picture: Picture, found: Explanation, said: Prediction, box: Box, index: int) -> Heat:
    facts = _of_image(found.facts, index, len(found.logits))
    notes = (find("method", found.method).note, model.outputs.sentence, warning(found.params, facts))
    if why := facts.pop(WHY, ""):
        # Without a map there are no sums.
        facts = {WHY: why}
    return Heat(
        path=said.path,
        model=model.source or model.name,
        method=found.method,
        layer=found.layer,
        params=dict(found.params),
        classes=said.classes,
        probabilities=said.probabilities,
        logits=of_whole(found.logits[index]),
        entropy=said.entropy,
        target=int(found.targets[index]),
        map=found.maps[index],
        native=found.native[index],
        signed=found.signed,
        degenerate=bool(found.degenerate[index]),
        box=box,
        seconds=found.seconds,
        hashes=hashes_of(model, picture),
        note="; ".join(filter(None, notes)),
        weights=said.weights,
        stage=next((name for name, step in stages(model.program).items() if step.path == found.layer), ""),
        facts=facts,
        shares=said.shares,
        around=said.around,
        belief=said.belief,
        shift=said.shift,
        batch=(index, len(found.logits)),
        beside=tuple(found.beside),
        fed={name: str(value) for name in _FED if (value := getattr(model.card, name))},
    )


def prediction_of(model: Model, picture: Picture, logits: np.ndarray, features: np.ndarray | None = None) -> Prediction:
    """What the network says of a picture, or a sentence where it says nothing."""
    if not np.isfinite(logits).all():
        raise HeatlensError(
            f"{picture.path}: {model.name} answers with NaN or infinity, so there is nothing to show or explain; check "
            "the picture's values, and the model's weights if others fare alike."
        )
    probabilities = model.outputs.probabilities(of_whole(logits)[None])[0]
    entropy = float(model.outputs.entropy_of(probabilities))
    shares = None
    if model.card.task == "segmentation" and logits.ndim == 3:
        shares = shares_of(model, picture, model.outputs.probabilities(logits[None])[0])
    return Prediction(
        str(picture.path),
        model.classes,
        probabilities,
        entropy,
        model.weights,
        shares,
        model.around,
        model.belief(probabilities),
        None if model.reference is None or features is None else model.reference.shift(features, picture),
    )


def of_whole(logits: np.ndarray) -> np.ndarray:
    """(C,): logits as they are, logits per pixel as their mean (002, eq. 3)."""
    mean: np.ndarray = logits.mean(tuple(range(logits.ndim - 1)))
    return mean


def hashes_of(model: Model, picture: Picture) -> dict[str, str]:
    """What tells this picture and these weights from all others."""
    return {"picture": picture.sha256, "model": model.hash}


def _of_image(facts: Mapping[str, Any], index: int, images: int) -> dict[str, Any]:
    """Image ``index``'s share of facts that hold one row per image."""
    own: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            own[name] = _of_image(value, index, images)
        elif isinstance(value, np.ndarray) and value.shape[:1] == (images,):
            own[name] = value[index].item() if value.ndim == 1 else value[index]
        else:
            own[name] = value
    return own
