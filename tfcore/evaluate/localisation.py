"""Whether the heat lies where the lesion is (METHODS.md §6; 004, eq. 5.1 and 2.22). Maps are raw, at input size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal

import numpy as np

from tfcore.evaluate.marks import Edges, components
from tfcore.evaluate.metric import ZERO_MAP, Outcome
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# From a map (H, W), what is marked (a mask, or boxes) and the settings to the outcome.
OnMark = Callable[Concatenate[np.ndarray, Any, ...], Outcome]


def localisation(
    name: str, summary: str, *params: Param, mark: Literal["mask", "box"] = "mask", note: str = ""
) -> Callable[[OnMark], OnMark]:
    """Enter a formula for one map and what is marked in its picture."""

    def enter(formula: OnMark) -> OnMark:
        @register(MetricSpec(name, "localisation", summary, params, (mark,), note))
        @wraps(formula)
        def measure(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
            outcomes: list[Outcome] = []
            for heat, empty, marked in zip(found.maps, found.degenerate, images.marked, strict=True):
                if isinstance(marked, str):
                    outcomes.append(marked)
                    continue
                truth = marked.boxes if mark == "box" else marked.mask
                if not np.any(truth):
                    outcomes.append("nothing marked")
                else:
                    outcomes.append(ZERO_MAP if empty else formula(heat, truth, **settings))
            return outcomes

        return formula

    return enter


def salient(heat: np.ndarray) -> np.ndarray:
    """The mask of a map: what lies more than one standard deviation above its mean."""
    heat = heat.astype(np.float64)
    mask: np.ndarray = heat > heat.mean() + heat.std()
    return mask


@localisation(
    "iou",
    "Overlap of the mask and the heat above mean + 1 sd: intersection over union",
    Param(
        "formula",
        "choice",
        "union",
        "divide by the union, or as printed (eq. 2.22) by the sum of both areas",
        choices=("union", "printed"),
    ),
)
def iou(heat: np.ndarray, mask: np.ndarray, formula: str = "union") -> Outcome:
    """|S ∩ M| / |S ∪ M| for S = heat > mean + sd; ``printed`` has |S| + |M| below the line."""
    shown = salient(heat)
    both = int((shown & mask).sum())
    areas = int(shown.sum() + mask.sum())
    return both / (areas if formula == "printed" else areas - both)


@localisation(
    "box-iou",
    "Overlap of the annotated box and the box around the largest hot part",
    mark="box",
    note="where several objects are marked, the best-matching one counts",
)
def box_iou(heat: np.ndarray, boxes: Sequence[Edges]) -> Outcome:
    """IoU of the box around the largest part of heat > mean + sd with the best-matching annotated box."""
    hot = components(salient(heat))
    return max(_overlap(hot[0], box) for box in boxes) if hot else 0.0


@localisation(
    "pointing-game",
    "Whether the hottest pixel lies on the lesion or close to it",
    Param("tolerance", "float", 15.0, "how far beside the mask still hits", low=0, high=1e4, unit="input pixels"),
    note="the tolerance counts pixels of the network's input; of several hottest pixels their share that hits",
)
def pointing_game(heat: np.ndarray, mask: np.ndarray, tolerance: float = 15.0) -> Outcome:
    """1 where the maximum lies within ``tolerance`` of the mask, else 0; between them where the maximum is shared."""
    import cv2

    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return float((away[heat == heat.max()] <= tolerance).mean())


@localisation(
    "energy-pointing",
    "Share of the positive heat that lies inside the mask",
)
def energy_pointing(heat: np.ndarray, mask: np.ndarray) -> Outcome:
    """Σ_M ReLU(heat) / Σ ReLU(heat)."""
    positive = np.maximum(heat, 0).astype(np.float64)
    total = positive.sum()
    return float(positive[mask].sum() / total) if total > 0 else "no positive heat"


def _overlap(one: Edges, other: Edges) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(width, 0) * max(height, 0)
    areas = sum((right - left) * (bottom - top) for left, top, right, bottom in (one, other))
    return both / (areas - both)
