"""What filters or classes would like to see most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Maximised:
    """F pictures, each made for one filter, class or setting; what stays the same is in ``params``, what does not has
    a value for each picture there.
    """

    # Of the filters; empty where classes were asked for, or a filter of each of several layers.
    layer: str
    # (F,): which filter, class or setting each picture is of, in words.
    names: tuple[str, ...]
    # (F, H, W, C): as the network eats them, and as grey levels or colours for the eye.
    pictures: np.ndarray
    levels: np.ndarray
    # (F,): what each picture brings about, undisturbed; (F, steps): on the way, disturbed.
    activations: np.ndarray
    course: np.ndarray
    # (F,): the most that any picture of the data brings about; None where no data were named.
    best_picture: np.ndarray | None
    # (F,) each: what the regularisers penalise, in the finished pictures.
    penalties: Mapping[str, np.ndarray]
    params: Mapping[str, Any]
    model: str
    hashes: Mapping[str, str] = field(default_factory=dict)
    weights: str = "file"
    note: str = ""
    seconds: float = 0.0
    # So many pictures that follow each other are to be seen beside each other; 0: as many as there is room for.
    beside: int = 0
