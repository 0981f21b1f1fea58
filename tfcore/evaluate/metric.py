"""What a metric is: a formula for one image, entered in the catalogue with the direction that is better.

The formulas take plain numbers and arrays. The runner a Spec names brings them what they need, and says for each image
either the number or why there is none.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from tfcore.registry import Param, Spec, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# An image's number, or why it has none.
Outcome = float | str
Better = Literal["higher", "lower"]
Formula = Callable[..., Outcome]
# From the images, one of their explanations, the metric and its parameters to an outcome per image.
Runner = Callable[["Images", "Explanation", Spec, dict[str, Any]], list[Outcome]]

ZERO_MAP = "zero map"


def metric(
    name: str,
    family: str,
    summary: str,
    *params: Param,
    runner: str,
    better: Better,
    needs: tuple[str, ...] = (),
    note: str = "",
    **extra: Any,
) -> Callable[[Formula], Formula]:
    """Enter a formula for one image as a metric."""
    return register(
        Spec(
            name,
            kind="metric",
            family=family,
            summary=summary,
            params=params,
            needs=needs,
            note=note,
            extra={"runner": runner, "better": better, **extra},
        )
    )


def runner(spec: Spec) -> Runner:
    """The runner a metric names as ``module:function``."""
    module, _, name = spec.extra["runner"].partition(":")
    run: Runner = getattr(importlib.import_module(module), name)
    return run
