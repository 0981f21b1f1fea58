"""Filters as they are seen: their masks over the pictures that they fire most strongly in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.style import COLOURS
from tfcore.inside.concepts import Marks, foreground_of
from tfcore.inside.feed import Feed, Some
from tfcore.inside.looks import activations
from tfcore.inside.sheets import sheets
from tfcore.lazy import cv2
from tfcore.models.layers import resolve
from tfcore.models.prepare import unscaled
from tfcore.models.program import Step
from tfcore.pictures import Picture
from tfcore.results import Box
from tfcore.results.dissection import FilterMasks, Fires

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.results.dissection import Detector, Dissection

# Of the channels of a brain the one that shows most.
_FLAIR = 3


def masks_of(model: Model, some: Some, step: Step, thresholds: np.ndarray, dead: np.ndarray) -> np.ndarray:
    """(n, K, ⌈HW/8⌉) uint8: where each filter fires, cleaned, eight pixels a byte."""
    (found,) = activations(model, [step])(some.inputs)
    shape = some.inputs.shape[1:3]
    packed = np.zeros((len(found), len(dead), -(-shape[0] * shape[1] // 8)), np.uint8)
    for at, (each, marks) in enumerate(zip(found, some.marks, strict=True)):
        for numbers, _, clean in sheets(each, thresholds.astype(np.float32), dead, marks.foreground, shape):
            packed[at, numbers] = np.packbits(clean.masks(len(numbers), shape).reshape(len(numbers), -1), axis=1)
    return packed


def gallery(
    model: Model, feed: Feed, steps: Mapping[str, Step], found: Dissection, detectors: Sequence[Detector], few: int
) -> dict[Detector, list[Fires]]:
    """The strongest pictures of each filter with its mask in them, the strongest first."""
    shown: dict[Detector, list[Fires]] = {}
    for name in dict.fromkeys(detector.layer for detector in detectors):
        layer, here = found[name], [detector for detector in detectors if detector.layer == name]
        wanted = {detector: layer.strongest[detector.filter, :few].tolist() for detector in here}
        alone = ~np.isin(np.arange(len(layer.dead)), [detector.filter for detector in here])
        seen: dict[tuple[int, int], Fires] = {}
        for some in feed.some(sorted({number for numbers in wanted.values() for number in numbers})):
            packed = masks_of(model, some, steps[name], layer.thresholds, layer.dead | alone)
            images = seen_by_eye(model, some.inputs)
            for at, (number, image, marks) in enumerate(zip(some.numbers, images, some.marks, strict=True)):
                for detector in here:
                    if number in wanted[detector]:
                        mask = np.unpackbits(packed[at, detector.filter], count=image[..., 0].size).astype(bool)
                        member = marks.members[:, found.concepts.index(detector.concept)]
                        concept = member[marks.codes]
                        seen[detector.filter, number] = Fires(
                            feed.name(number), image, mask.reshape(concept.shape), concept
                        )
        for detector, numbers in wanted.items():
            shown[detector] = [seen[detector.filter, number] for number in numbers if (detector.filter, number) in seen]
    return shown


def thumbnails(found: Dissection, most: int, side: int = 112) -> dict[tuple[str, int], np.ndarray]:
    """(h, w, 3): the best filters over the picture that each fires most strongly in."""
    shown = found.shown(found.best()[:most], few=1)
    return {
        detector.key: overlaid(one.image, one.mask, one.concept, side)
        for detector, some in shown.items()
        for one in some
    }


def filter_masks(
    model: Model,
    picture: Picture,
    batch: np.ndarray,
    box: Box,
    layer: str,
    thresholds: np.ndarray,
    dead: np.ndarray,
    body: str = "body",
) -> FilterMasks:
    """Where every filter of a layer fires in one picture, above thresholds that were found before."""
    inside = foreground_of(picture, batch.shape[1:], model.card.fit, body)
    grid = batch.shape[1:3]
    marks = Marks.of(np.zeros((1, *grid), bool), inside)
    step = resolve(model.program, layer)
    packed = masks_of(model, Some([0], batch, [marks]), step, thresholds, dead)[0]
    rows = _covering(box.y, box.height, grid[0], picture.height)
    columns = _covering(box.x, box.width, grid[1], picture.width)
    return FilterMasks(str(picture.path), layer, packed, grid, rows, columns)


def _covering(start: float, length: float, count: int, most: int) -> np.ndarray:
    """For each of ``most`` pixels the place among ``count`` that covers its centre, −1 where none does."""
    places = np.floor((np.arange(most) + 0.5 - start) * count / length).astype(np.int64)
    found: np.ndarray = np.where((places >= 0) & (places < count), places, -1)
    return found


def seen_by_eye(model: Model, inputs: np.ndarray) -> np.ndarray:
    """(n, H, W, 3) uint8 of what a network eats."""
    levels = np.rint(np.clip(unscaled(inputs, model.card), 0, 255)).astype(np.uint8)
    if levels.shape[-1] == 3:
        return levels
    return np.repeat(levels[..., min(_FLAIR, levels.shape[-1] - 1)][..., np.newaxis], 3, -1)


def overlaid(image: np.ndarray, mask: np.ndarray, concept: np.ndarray | None = None, side: int = 160) -> np.ndarray:
    """The image (side or less) with the mask in colour, and a white line around what an expert marked."""
    zoom = side / max(image.shape[:2])
    size = (max(1, round(image.shape[1] * zoom)), max(1, round(image.shape[0] * zoom)))
    drawn = cv2.resize(image, size, interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR)
    colour = np.array([int(COLOURS[1][at : at + 2], 16) for at in (1, 3, 5)], np.float32)
    inside = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST_EXACT)
    covered = inside > 0
    drawn[covered] = np.rint(0.45 * drawn[covered] + 0.55 * colour)
    if concept is not None:
        around = cv2.resize(concept.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST_EXACT)
        lines, _ = cv2.findContours(around, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(drawn, lines, -1, (255, 255, 255), 1)
    return np.asarray(drawn)
