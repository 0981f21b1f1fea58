"""Phantom brain volumes in BraTS layout: four contrasts of one head, and in most of them a tumour of three parts.

The contrasts differ as the real ones do: fluid is dark in T1 and FLAIR and bright in T2, oedema is bright in T2 and
FLAIR, and the enhancing rim is bright after contrast alone, around a core that is not. Every volume has noise, a bias
field and tissue of its own; about one in five has no tumour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.data.phantom.folder import made
from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.lazy import nibabel
from tfcore.tables import write_table

CHANNELS = ("t1", "t1ce", "t2", "flair")
# Millimetres between voxels, so that the head has the size of a head whatever the grid.
_WIDTH = 160.0
TABLE = "volumes.csv"
# Grey levels of each tissue in t1, t1ce, t2 and flair.
_GREY = {
    "white": (0.95, 0.95, 0.40, 0.50),
    "grey": (0.72, 0.72, 0.55, 0.60),
    "fluid": (0.22, 0.22, 1.00, 0.18),
    "oedema": (0.62, 0.62, 0.82, 0.95),
    "necrosis": (0.35, 0.38, 0.92, 0.45),
    "rim": (0.66, 1.35, 0.70, 0.78),
}
# As BraTS numbers them.
NECROSIS, OEDEMA, RIM = 1, 2, 4
_EMPTY = 0.2


@dataclass(frozen=True, eq=False)
class Brain:
    """Channels (X, Y, Z) by name, the parts of the tumour in BraTS's numbers, and mm between voxels."""

    channels: dict[str, np.ndarray]
    labels: np.ndarray
    spacing: float


def brain(seed: int | list[int], size: int = 64, depth: int | None = None, tumour: bool | None = None) -> Brain:
    """One head; ``tumour`` decides what is otherwise drawn."""
    if not 32 <= size <= 256:
        raise HeatlensError(f"size = {size} is not a side of a phantom volume; choose 32 to 256 voxels.")
    draw = np.random.default_rng(seed)
    depth = size * 5 // 8 if depth is None else depth
    spacing = _WIDTH / size
    shape = (size, size, depth)
    places = np.stack(np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij"))
    semi = np.array([0.74, 0.88, 0.86]) * draw.uniform(0.93, 1.05, 3)
    radius = np.sqrt(((places / semi[:, None, None, None]) ** 2).sum(0))
    radius = radius + 0.03 * _smooth(draw, shape, 5)
    inside = radius < 1
    # Folds of the cortex, and two ventricles beside the middle.
    folds = radius + 0.10 * _smooth(draw, shape, 2.2)
    shares = {"grey": folds > 0.80, "white": folds <= 0.80}
    beside = np.minimum(
        *(
            np.sqrt(((places[0] - side) / 0.09) ** 2 + ((places[1] + 0.05) / 0.30) ** 2 + (places[2] / 0.30) ** 2)
            for side in (-0.13, 0.13)
        )
    )
    fluid = (beside + 0.15 * _smooth(draw, shape, 2) < 1) | (inside & (radius > 0.965))
    labels = np.zeros(shape, np.uint8)
    if draw.random() >= _EMPTY if tumour is None else tumour:
        labels = _tumour(draw, places, inside & (radius < 0.9), spacing)
    parts = {**shares, "fluid": fluid, "oedema": labels == OEDEMA, "necrosis": labels == NECROSIS, "rim": labels == RIM}
    bias = np.exp(0.18 * _smooth(draw, shape, size / 5))
    channels = {}
    for number, name in enumerate(CHANNELS):
        grey = np.zeros(shape)
        for part, where in parts.items():
            grey[where] = _GREY[part][number] * draw.uniform(0.94, 1.06)
        grey = _blurred(grey, 0.6) + 0.05 * _smooth(draw, shape, 1.2)
        # Magnitudes: noise is Rician.
        noisy = np.hypot(grey * bias + draw.normal(0, 0.035, shape), draw.normal(0, 0.035, shape))
        gain = draw.uniform(300, 900)
        channels[name] = np.where(inside, np.maximum(1, np.rint(noisy * gain)), 0).astype(np.int16)
    return Brain(channels, np.where(inside, labels, 0).astype(np.uint8), spacing)


def write_brains(
    out: str | Path, n: int = 60, size: int = 64, seed: int = 0, progress: Callable[[int, int], None] | None = None
) -> Path:
    """``n`` cases in the layout and with the names of BraTS 2020; the path of their table comes back.

    ``OUT/Phantom_007/Phantom_007_flair.nii.gz`` is a channel, ``…_seg.nii.gz`` the mask, ``OUT/volumes.csv`` says how
    many millilitres each part has. Case 7 is ``brain([seed, 7], size)``. The table comes last.
    """
    out = Path(out)
    if n < 1 or seed < 0:
        raise HeatlensError(f"n = {n}, seed = {seed}: choose at least one volume, and a seed of 0 or more.")
    made(out)
    rows = []
    for index in range(n):
        case = brain([seed, index], size)
        name = f"Phantom_{index:03d}"
        affine = np.diag([case.spacing] * 3 + [1.0])
        affine[:3, 3] = -case.spacing * np.array(case.labels.shape) / 2
        for ending, voxels in {**case.channels, "seg": case.labels}.items():
            with written_whole(out / name / f"{name}_{ending}.nii.gz") as temporary:
                temporary.write_bytes(_packed(voxels, affine))
        millilitres = case.spacing**3 / 1000
        row: dict[str, Any] = {"case": name, "seed": seed, "index": index}
        for part, label in (("necrosis", NECROSIS), ("oedema", OEDEMA), ("rim", RIM)):
            row[f"{part} ml"] = f"{(case.labels == label).sum() * millilitres:.2f}"
        rows.append(row)
        if progress is not None:
            progress(index + 1, n)
    return write_table(out / TABLE, list(rows[0]), rows)


def _tumour(draw: np.random.Generator, places: np.ndarray, room: np.ndarray, spacing: float) -> np.ndarray:
    """Oedema around an enhancing rim around a core, each with an edge of its own."""
    shape = room.shape
    # Anywhere but in the midst, where the ventricles are, and far enough inside.
    direction = draw.normal(size=3)
    direction /= np.linalg.norm(direction)
    centre = direction * np.array([0.40, 0.45, 0.40]) * draw.uniform(0.75, 1.05)
    way = np.sqrt((((places - centre[:, None, None, None]) * np.array(shape)[:, None, None, None] / 2) ** 2).sum(0))
    way *= spacing
    outer = draw.uniform(20, 34)
    rim, core = outer * draw.uniform(0.52, 0.68), outer * draw.uniform(0.24, 0.44)
    rough = outer * 0.28
    labels = np.zeros(shape, np.uint8)
    labels[(way + rough * _smooth(draw, shape, 4) < outer) & room] = OEDEMA
    labels[(way + 0.6 * rough * _smooth(draw, shape, 3) < rim) & room] = RIM
    labels[(way + 0.6 * rough * _smooth(draw, shape, 3) < core) & room] = NECROSIS
    return labels


def _smooth(draw: np.random.Generator, shape: tuple[int, ...], sigma: float) -> np.ndarray:
    """Noise as smooth as that, of standard deviation 1."""
    found = _blurred(draw.normal(size=shape), sigma)
    return np.asarray(found / found.std())


def _blurred(values: np.ndarray, sigma: float) -> np.ndarray:
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(values, sigma, mode="nearest"))


def _packed(voxels: np.ndarray, affine: np.ndarray) -> bytes:
    import gzip

    image = nibabel.Nifti1Image(voxels, affine)
    # The time of packing would make every file another.
    return gzip.compress(image.to_bytes(), 6, mtime=0)
