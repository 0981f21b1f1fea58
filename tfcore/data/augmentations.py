"""Training pictures varied at random: named steps with settings, seeded, the same for a mask where they move pixels.

Pictures are grey levels from 0 to 255, before the card's scaling, so that a setting means the same for every network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.data import reading, transforms
from tfcore.data.dataset import Dataset
from tfcore.errors import HeatlensError
from tfcore.files import write_whole
from tfcore.lazy import cv2, tf
from tfcore.marks import marked_png
from tfcore.models.card import Card
from tfcore.models.prepare import what_the_network_sees
from tfcore.registry import Param
from tfcore.words import nearest


@dataclass(frozen=True)
class Augmentation:
    """What an augmentation is called, does and takes. One that moves pixels is applied to masks too."""

    name: str
    summary: str
    function: Callable[..., Any]
    params: tuple[Param, ...]
    moves: bool = False


@dataclass(frozen=True)
class Step:
    """An augmentation with its settings."""

    augmentation: Augmentation
    settings: Mapping[str, Any]

    def __str__(self) -> str:
        """As :func:`parse` reads it, every setting named."""
        return ":".join([self.augmentation.name, *(f"{name}={value}" for name, value in self.settings.items())])


def _chance(default: float) -> Param:
    return Param("chance", "float", default, "how often a picture is changed at all", 0, 1)


def _degrees(default: float) -> Param:
    return Param("degrees", "float", default, "most that is turned either way", 0, 180, unit="°")


CATALOGUE: dict[str, Augmentation] = {
    each.name: each
    for each in (
        Augmentation(
            "affine",
            "turned, shifted, magnified and sheared at once",
            transforms.affine,
            (
                _degrees(10.0),
                Param("shift", "float", 0.05, "most that is shifted, as a share of the side", 0, 0.5),
                Param("zoom", "float", 0.1, "most that is magnified or made smaller, as a share", 0, 0.9),
                Param("shear", "float", 5.0, "most that is sheared either way", 0, 60, unit="°"),
                _chance(1.0),
            ),
            moves=True,
        ),
        Augmentation(
            "flip",
            "mirrored half of the time",
            transforms.flip,
            (
                Param("horizontal", "bool", True, "left and right may change places"),
                Param("vertical", "bool", False, "top and bottom may change places"),
                _chance(1.0),
            ),
            moves=True,
        ),
        Augmentation(
            "rotation", "turned about the centre", transforms.rotation, (_degrees(15.0), _chance(1.0)), moves=True
        ),
        Augmentation(
            "contrast",
            "contrast raised or lowered",
            transforms.contrast,
            (Param("amount", "float", 0.2, "most that distances from the mean change, as a share", 0, 1), _chance(1.0)),
        ),
        Augmentation(
            "blur",
            "Gaussian blur",
            transforms.blur,
            (Param("sigma", "float", 1.0, "largest standard deviation", 0.1, 20, unit="px"), _chance(0.5)),
        ),
        Augmentation(
            "noise",
            "Gaussian noise",
            transforms.noise,
            (Param("sigma", "float", 8.0, "standard deviation in grey levels of 255", 0, 255), _chance(0.5)),
        ),
        Augmentation(
            "salt-and-pepper",
            "single pixels black or white",
            transforms.salt_and_pepper,
            (Param("share", "float", 0.02, "share of the pixels", 0, 1), _chance(0.5)),
        ),
    )
}


def parse(steps: str | Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Step, ...]:
    """Steps from "flip, rotation:degrees=15, noise:sigma=8:chance=1", or from names with settings.

    >>> [str(step) for step in parse("blur:sigma=2")]
    ['blur:sigma=2.0:chance=0.5']
    """
    if isinstance(steps, str):
        steps = [_worded(part.strip()) for part in steps.split(",") if part.strip()]
    return tuple(_step(name, given) for name, given in steps)


def augmented(
    levels: tf.Tensor, mask: tf.Tensor, seed: tf.Tensor, steps: Iterable[Step]
) -> tuple[tf.Tensor, tf.Tensor]:
    """A picture (H, W, C) and its mask (H, W, 1), both float32, after all steps; ``seed`` is two whole numbers."""
    for number, step in enumerate(steps):
        settings = dict(step.settings)
        own = tf.random.fold_in(seed, number)
        taken = tf.random.stateless_uniform([], own) < settings.pop("chance")
        change = step.augmentation.function
        if step.augmentation.moves:
            mask = tf.where(taken, change(mask, own, "NEAREST", **settings), mask)
            changed = change(levels, own, "BILINEAR", **settings)
        else:
            changed = tf.clip_by_value(change(levels, own, **settings), 0, 255)
        levels = tf.where(taken, changed, levels)
    return levels, mask


def preview(
    dataset: Dataset, card: Card, steps: Iterable[Step], rows: int = 4, columns: int = 6, seed: int = 0
) -> np.ndarray:
    """A grid (H, W, 3) uint8 as the network would see it: a picture per row, first as it is, then varied."""
    if not len(dataset):
        raise HeatlensError("There is nothing to preview; name data with pictures in it.")
    steps = tuple(steps)
    # Spread over the data, so that several classes are seen.
    chosen = [dataset.samples[index] for index in np.linspace(0, len(dataset) - 1, min(rows, len(dataset))).astype(int)]
    lines = []
    for row, sample in enumerate(chosen):
        plain = what_the_network_sees(card, reading.picture(sample))
        line = [plain]
        for column in range(1, columns):
            levels = tf.constant(plain, tf.float32)
            changed, _ = augmented(levels, levels[..., :1], tf.constant([seed, row * columns + column]), steps)
            line.append(np.rint(changed.numpy()).astype(np.uint8))
        lines.append(line)
    gap = 2
    height, width, _ = np.max([picture.shape for line in lines for picture in line], axis=0)
    grid = np.full((len(lines) * (height + gap) - gap, columns * (width + gap) - gap, 3), 255, np.uint8)
    for row, line in enumerate(lines):
        for column, picture in enumerate(line):
            top, left = row * (height + gap), column * (width + gap)
            grid[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return grid


def save_preview(grid: np.ndarray, path: str | Path, overwrite: bool = False) -> Path:
    _, png = cv2.imencode(".png", np.ascontiguousarray(grid[..., ::-1]))
    return write_whole(path, marked_png(png.tobytes()), overwrite)


def _worded(text: str) -> tuple[str, dict[str, str]]:
    name, *settings = (part.strip() for part in text.split(":"))
    given = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise HeatlensError(f"augmentation {text!r}: {setting!r} has no value; write {setting}=….")
        given[key.strip()] = value.strip()
    return name, given


def _step(name: str, given: Mapping[str, Any]) -> Step:
    if name not in CATALOGUE:
        raise HeatlensError(f"There is no augmentation {name!r}; {nearest(name, CATALOGUE)}")
    augmentation = CATALOGUE[name]
    params = {param.name: param for param in augmentation.params}
    for key in given:
        if key not in params:
            raise HeatlensError(f"{name} has no setting {key!r}; it takes {', '.join(params)}.")
    return Step(augmentation, {key: param.parse(given.get(key, param.default)) for key, param in params.items()})
