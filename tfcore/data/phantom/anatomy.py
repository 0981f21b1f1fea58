"""A head without a lesion: scalp, skull, folded cortex, white matter, ventricles, midline.

Everything is drawn from signed distances in head units (the head reaches from −1, the brow, to 1, the back), so a
seed gives the same head at every picture size. The slice joins structures of several heights, among them the dark
cistern low in the midline where a pituitary lesion grows: all classes share one anatomy, and only the lesion tells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tfcore.lazy import cv2

Array = np.ndarray

# Where things end, as shares of the head's outline.
SCALP, SKULL, DURA, CORTEX = 0.955, 0.885, 0.865, 0.835
# The cistern above the sella, in head units.
SELLA = (0.0, 0.34)
# Random values around the head, of which about every second starts a fold.
FOLDS = 96


@dataclass(frozen=True)
class Head:
    """Where each pixel lies in one head: ``u`` to the side, ``v`` to the back, ``r`` 1 on the outline, and tissue."""

    u: Array
    v: Array
    r: Array
    # Half the width of the head, its half length being 1.
    width: float
    # The side of a pixel in head units.
    pixel: float
    grey: float
    white: float
    fluid: float

    def coverage(self, distance: Array, softness: float = 0.0) -> Array:
        """How much of each pixel lies inside a shape, 0 to 1, from its signed distance (negative inside)."""
        return np.clip(0.5 - distance / max(softness, 1.4 * self.pixel), 0, 1)

    def ellipse(self, centre: tuple[float, float], radii: tuple[float, float], angle: float = 0.0) -> Array:
        """The signed distance (nearly) to an ellipse; ``angle`` in radians turns it."""
        x, y = self.u - centre[0], self.v - centre[1]
        # Plain numbers: NumPy's own would widen the arrays to double.
        cos, sin = math.cos(angle), math.sin(angle)
        along, across = (cos * x + sin * y) / radii[0], (cos * y - sin * x) / radii[1]
        return (np.sqrt(along * along + across * across) - 1) * min(radii)


def smooth_noise(rng: np.random.Generator, size: int, grain: float) -> Array:
    """A soft random field of about unit spread whose blobs are ``grain`` head units wide."""
    cells = max(3, round(2 / grain) + 2)
    return cv2.resize(rng.standard_normal((cells, cells), np.float32), (size, size), interpolation=cv2.INTER_CUBIC)


def blend(image: Array, value: Array | float, coverage: Array) -> None:
    """Paint a tissue over the image where it covers, in place."""
    image += (value - image) * coverage


def place_head(rng: np.random.Generator, size: int) -> Head:
    """A head of random size, tilt, place and outline in a square picture."""
    half = rng.uniform(0.84, 0.94)
    angle = rng.normal(0, math.radians(5))
    cos, sin = math.cos(angle), math.sin(angle)
    steps = (np.arange(size, dtype=np.float32) + 0.5) * 2 / size - 1
    x, y = np.meshgrid(steps - rng.normal(0, 0.025), steps - rng.normal(0, 0.02))
    u, v = (cos * x + sin * y) / half, (cos * y - sin * x) / half
    width = rng.uniform(0.77, 0.86)
    theta = np.arctan2(v, u / width)
    outline = 1 + sum(rng.normal(0, 0.018 / k) * np.cos(k * theta + rng.uniform(0, 2 * math.pi)) for k in (2, 3, 4))
    # A brow narrower than the back of the head.
    outline = outline + 0.03 * v * np.cos(theta) ** 2
    r = np.hypot(u / width, v) / outline
    white = rng.uniform(0.54, 0.62)
    return Head(
        u=u,
        v=v,
        r=r,
        width=width,
        pixel=2 / size / half,
        grey=white * rng.uniform(0.62, 0.74),
        white=white,
        fluid=rng.uniform(0.10, 0.17),
    )


def draw_head(rng: np.random.Generator, head: Head) -> Array:
    """The picture of a head without a lesion, float32, background 0, white matter near 0.6."""
    size = len(head.r)
    image = np.zeros_like(head.r)
    blend(image, rng.uniform(0.6, 0.9) + 0.06 * smooth_noise(rng, size, 0.1), head.coverage(head.r - 1))
    blend(image, 0.06, head.coverage(head.r - SCALP))
    # Marrow: a faint line within the bone.
    middle = (SCALP + SKULL) / 2
    marrow = head.coverage(np.abs(head.r - middle) - 0.012, 0.03)
    blend(image, rng.uniform(0.15, 0.35), marrow * np.clip(0.6 + 0.4 * smooth_noise(rng, size, 0.3), 0, 1))
    blend(image, rng.uniform(0.22, 0.34), head.coverage(head.r - SKULL))
    blend(image, head.fluid, head.coverage(head.r - DURA))
    brain = head.coverage(head.r - CORTEX + 0.008 * smooth_noise(rng, size, 0.15))
    blend(image, _brain(rng, head), brain)
    _midline(rng, head, image)
    _ventricles(rng, head, image)
    _distractors(rng, head, image)
    return image


def _brain(rng: np.random.Generator, head: Head) -> Array:
    """White matter with a ribbon of grey along the surface and along every fold, and grey nuclei within."""
    size = len(head.r)
    depth = CORTEX - head.r
    folds = _folds(rng, head)
    # Folds are wide at the surface and run out between 0.16 and 0.3 below it.
    reach = np.clip(1 - depth / np.clip(0.27 + 0.07 * smooth_noise(rng, size, 0.22), 0.12, 0.4), 0, 1)
    image = head.white + 0.018 * smooth_noise(rng, size, 0.12) + 0.010 * smooth_noise(rng, size, 0.04)
    surface = head.coverage(depth - 0.05, 0.035)
    ribbon = head.coverage(folds - 0.75 * reach**0.7, 0.35) * (reach > 0)
    fissures = np.minimum(_sylvian(rng, head, -1), _sylvian(rng, head, 1))
    banks = head.coverage(fissures - 0.045, 0.03)
    blend(image, head.grey + 0.015 * smooth_noise(rng, size, 0.06), np.maximum.reduce([surface, ribbon, banks]))
    for side in (-1, 1):
        thalamus = head.ellipse((side * 0.115, 0.12), (0.075, 0.13), -side * 0.35)
        caudate = head.ellipse((side * 0.175, -0.17), (0.04, 0.13), side * 0.35)
        putamen = head.ellipse((side * 0.285, -0.02), (0.045, 0.16), side * 0.22)
        nuclei = np.minimum.reduce([thalamus, caudate, putamen])
        blend(image, head.grey * 1.04, 0.8 * head.coverage(nuclei, 0.03))
    blend(image, head.fluid * 1.3, 0.9 * head.coverage(folds - 0.17 * reach, 0.12) * (reach > 0.15))
    blend(image, head.fluid, 0.9 * head.coverage(fissures - 0.008, 0.012))
    return image


def _folds(rng: np.random.Generator, head: Head) -> Array:
    """|noise| whose zero lines run from the surface inwards, winding: the sulci."""
    around, inwards = 1024, 24
    # Fine around the head, coarse along the radius; its ends meet behind the brow.
    texture = rng.standard_normal((inwards // 4, FOLDS), np.float32)
    texture = cv2.resize(np.hstack([texture, texture[:, :2]]), (around, inwards), interpolation=cv2.INTER_CUBIC)
    size = len(head.r)
    turn = np.arctan2(head.v, head.u / head.width) / (2 * math.pi) + 0.5 + 0.009 * smooth_noise(rng, size, 0.14)
    column = (turn % 1) * around * FOLDS / (FOLDS + 2)
    row = np.clip(head.r, 0, 1) * (inwards - 1)
    field = cv2.remap(
        texture, column.astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return np.abs(field + 0.25 * smooth_noise(rng, size, 0.08))


def _sylvian(rng: np.random.Generator, head: Head, side: int) -> Array:
    """The distance to the fissure between frontal and temporal lobe on one side, and to the insula it ends in."""
    u = side * head.u
    start = head.width * rng.uniform(0.50, 0.56)
    level = rng.uniform(-0.08, 0.02)
    winding = 0.022 * smooth_noise(rng, len(u), 0.14)
    opening = level + rng.uniform(-0.35, 0.1) * (u - start) + winding
    outwards = np.hypot(np.maximum(np.maximum(start - u, u - head.width), 0), head.v - opening)
    insula = start + 0.6 * (head.v - level) ** 2 + 0.5 * winding
    length = rng.uniform(0.08, 0.14)
    along = np.hypot(np.maximum(np.abs(head.v - level) - length, 0), u - insula)
    return np.minimum(outwards, along)


def _midline(rng: np.random.Generator, head: Head, image: Array) -> None:
    """The gap between the hemispheres, in front and behind, and the falx in it."""
    bend = 0.012 * np.sin(3 * head.v + rng.uniform(0, 6)) * rng.uniform(0, 1)
    front = head.v + rng.uniform(0.36, 0.42)
    back = rng.uniform(0.52, 0.58) - head.v
    beyond = np.maximum(np.minimum(front, back), head.r - CORTEX)
    ragged = 0.012 * smooth_noise(rng, len(head.r), 0.09)
    # The gap tapers towards the middle of the head.
    narrowing = np.clip(-5 * beyond, 0.3, 1)
    for half, value in ((0.050, head.grey), (0.017, head.fluid)):
        gap = np.abs(head.u - bend) - half * narrowing + ragged * half / 0.03
        blend(image, value, head.coverage(np.maximum(gap, beyond), 0.02))
    falx = np.maximum(np.abs(head.u - bend) - 0.004, beyond)
    blend(image, rng.uniform(0.25, 0.4), 0.8 * head.coverage(falx))


def _ventricles(rng: np.random.Generator, head: Head, image: Array) -> None:
    """Lateral ventricles (as wide and as unequal as chance has it), third ventricle, cistern above the sella."""
    size = len(head.r)
    wide = rng.uniform(0.7, 1.5)
    shapes = []
    for side in (-1, 1):
        own = wide * rng.uniform(0.75, 1.25)
        shapes.append(head.ellipse((side * (0.06 + 0.025 * own), -0.22), (0.036 * own, 0.14), side * 0.33))
        shapes.append(head.ellipse((side * (0.25 + 0.02 * own), 0.33), (0.035 * own, 0.14), -side * 0.45))
    shapes.append(head.ellipse((0.0, 0.05), (0.014 * wide, 0.12)))
    cistern = _star(head, rng.uniform(0.07, 0.10)) + 0.022 * smooth_noise(rng, size, 0.11)
    distance = np.minimum.reduce(shapes) + 0.006 * smooth_noise(rng, size, 0.1)
    blend(image, head.fluid * 1.3, 0.9 * head.coverage(cistern, 0.03))
    blend(image, head.fluid * 0.95, head.coverage(distance, 0.015))


def _star(head: Head, radius: float) -> Array:
    """The signed distance (nearly) to the cistern, a blunt star that points to the brow."""
    x, y = head.u - SELLA[0], head.v - SELLA[1]
    theta = np.arctan2(y, x)
    return np.hypot(x, 1.15 * y) - radius * (1 + 0.16 * np.cos(5 * theta + math.pi / 2))


def _distractors(rng: np.random.Generator, head: Head, image: Array) -> None:
    """Bright things that are no lesion, in every class: vessels, plexus, the stalk, the sinus at the back."""
    bright = rng.uniform(0.7, 0.95)
    for _ in range(rng.integers(2, 8)):
        theta, r = rng.uniform(0, 2 * math.pi), rng.uniform(0.15, 0.8)
        centre = (r * head.width * math.cos(theta), r * math.sin(theta))
        radii = rng.uniform(0.010, 0.024), rng.uniform(0.010, 0.024)
        spot = head.coverage(head.ellipse(centre, radii, theta), 0.02)
        blend(image, bright, rng.uniform(0.5, 1) * spot)
    for side in (-1, 1):
        plexus = head.ellipse((side * 0.26, 0.36), (0.016, 0.03), -side * 0.45)
        blend(image, bright, rng.uniform(0, 0.9) * head.coverage(plexus, 0.02))
    stalk = head.ellipse((rng.normal(0, 0.008), SELLA[1] + rng.normal(0, 0.02)), (0.02, 0.024))
    blend(image, bright, rng.uniform(0, 0.9) * head.coverage(stalk, 0.02))
    sinus = np.maximum(np.abs(head.u) * 1.2 - (head.v - 0.80) * 0.7, head.r - DURA)
    blend(image, bright, rng.uniform(0, 1) * head.coverage(sinus, 0.02))
