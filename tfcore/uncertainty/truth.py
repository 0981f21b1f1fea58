"""What many passes draw on average, held against the true mask where the data have one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tfcore.data.truth import truths_of
from tfcore.errors import HeatlensError
from tfcore.explain.drawn import mask_of
from tfcore.models.model import Model
from tfcore.pictures import Picture
from tfcore.results import Sureness
from tfcore.uncertainty.structures import structures_of


def judged(model: Model, picture: Picture, found: Sureness) -> Sureness:
    """The same with the places of each structure that are drawn, that are true and that are both; or why that fails."""
    if found.structures is None:
        return found
    try:
        drawn = mask_of(model, picture, found.mean, found.box)
        truth = truths_of(picture, drawn.classes)
        if truth is not None and truth.shape[1:] != drawn.labels.shape:
            sizes = " and ".join(" × ".join(map(str, shape)) for shape in (drawn.labels.shape, truth.shape[1:]))
            raise HeatlensError(f"{picture.path} and its true mask have {sizes} pixels; correct one of them.")
    except HeatlensError as why:
        return replace(found, structures=replace(found.structures, why_no_truth=str(why)))
    if truth is None:
        return found
    ours = {number: drawn.inside(index) for index, number in enumerate(drawn.meaning)}
    theirs = {number: truth[index - 1] for index, number in enumerate(drawn.meaning) if index}
    held = []
    for inside in structures_of(model.classes, model.drawn).values():
        here, there = (np.any([of[number] for number in inside], axis=0) for of in (ours, theirs))
        held.append([np.count_nonzero(each) for each in (here & there, here, there)])
    return replace(found, structures=replace(found.structures, held=np.array(held)))
