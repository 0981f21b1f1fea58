"""Three tumours as they look and where they grow; each returns how far its lesion covers every pixel.

``scale`` is that of the lesion's radius."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from tfcore.data.phantom.anatomy import CORTEX, DURA, SELLA, Array, Head, blend, smooth_noise


def glioma(rng: np.random.Generator, head: Head, image: Array, scale: float) -> Array:
    """Inside a hemisphere, ragged: a bright uneven rim, a dark core, and a dim swelling around (not in the mask)."""
    size = len(head.r)
    radius = scale * rng.uniform(0.13, 0.22)
    side = int(rng.choice((-1, 1)))
    centre = side * rng.uniform(0.27, 0.38), rng.uniform(-0.42, 0.42)
    distance = head.ellipse(centre, (radius, radius * rng.uniform(0.75, 1.0)), rng.uniform(0, math.pi))
    ragged = distance + radius * (0.17 * smooth_noise(rng, size, 0.16) + 0.06 * smooth_noise(rng, size, 0.06))
    inside = head.r - (CORTEX - 0.02)

    reach = radius * rng.uniform(0.35, 0.8)
    fingers = ragged - reach * (0.6 + 0.5 * smooth_noise(rng, size, 0.2))
    swelling = head.coverage(np.maximum(fingers, inside), 0.09) * (np.sign(head.u) == side)
    blend(image, head.grey * rng.uniform(0.65, 0.85), 0.75 * swelling)

    lesion = head.coverage(np.maximum(ragged, inside), 0.02)
    rim = head.white * rng.uniform(1.15, 1.5) * (1 + 0.16 * smooth_noise(rng, size, 0.07))
    blend(image, rim, lesion)
    core = ragged + radius * rng.uniform(0.30, 0.50) + 0.25 * radius * smooth_noise(rng, size, 0.10)
    dark = head.fluid * rng.uniform(1.2, 2.0) + 0.04 * smooth_noise(rng, size, 0.08)
    blend(image, dark, 0.95 * head.coverage(core, 0.035))
    return lesion


def meningioma(rng: np.random.Generator, head: Head, image: Array, scale: float) -> Array:
    """Outside the brain, on the inner skull or the falx: round, even and bright, with a tail along the dura."""
    radius = scale * rng.uniform(0.11, 0.20)
    if rng.random() < 0.25:
        side = int(rng.choice((-1, 1)))
        centre = side * 0.55 * radius, rng.uniform(-0.66, -0.48) if rng.random() < 0.6 else rng.uniform(0.62, 0.68)
        along, from_dura = np.abs(head.v - centre[1]), np.abs(head.u)
    else:
        # Anywhere along the skull.
        theta = rng.uniform(0, 2 * math.pi)
        r = DURA - rng.uniform(0.45, 0.8) * radius
        centre = r * head.width * math.cos(theta), r * math.sin(theta)
        along = np.hypot(head.u - centre[0], head.v - centre[1])
        from_dura = DURA - head.r
    body = head.ellipse(centre, (radius, radius * rng.uniform(0.85, 1.0)), rng.uniform(0, math.pi))
    body = body + 0.05 * radius * smooth_noise(rng, len(head.r), 0.2)
    tail = from_dura - 0.020 * np.clip(1 - (along - radius) / (rng.uniform(0.6, 1.1) * radius), -1, 1)
    within = head.r - DURA

    # A thin cleft of fluid parts it from the brain.
    blend(image, head.fluid * 1.4, 0.6 * head.coverage(np.maximum(body - 0.018, within), 0.025))
    lesion = head.coverage(np.maximum(np.minimum(body, tail), within), 0.02)
    blend(image, _even(rng, head, rng.uniform(1.25, 1.6)), lesion)
    return lesion


def pituitary(rng: np.random.Generator, head: Head, image: Array, scale: float) -> Array:
    """Small and round in the midline above the sella, sometimes with a waist, fairly even."""
    radius = scale * rng.uniform(0.075, 0.125)
    centre = SELLA[0] + rng.normal(0, 0.015), SELLA[1] + rng.normal(0, 0.025)
    body = head.ellipse(centre, (radius, radius * rng.uniform(0.8, 1.05)))
    upper = head.ellipse((centre[0], centre[1] - radius * rng.uniform(0.5, 1.1)), (0.6 * radius, 0.6 * radius))
    lesion = head.coverage(np.minimum(body, upper) + 0.05 * radius * smooth_noise(rng, len(head.r), 0.1), 0.02)
    blend(image, _even(rng, head, rng.uniform(1.2, 1.55)), lesion)
    return lesion


def _even(rng: np.random.Generator, head: Head, brightness: float) -> Array:
    return head.white * brightness * (1 + 0.03 * smooth_noise(rng, len(head.r), 0.06))


LESIONS: dict[str, Callable[[np.random.Generator, Head, Array, float], Array]] = {
    "glioma": glioma,
    "meningioma": meningioma,
    "pituitary": pituitary,
}
