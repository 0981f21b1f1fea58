"""Where a network looks: one call per method, or many methods and layers for the price of one pass.

>>> e = explain(model, batch, method="grad-cam", layer="stage4")                            # doctest: +SKIP
>>> e.maps.shape, e.layer, e.degenerate                                                     # doctest: +SKIP
"""

from __future__ import annotations

import sys

from tfcore.explain.aggregate import aggregate
from tfcore.explain.many import explain, explain_many
from tfcore.explain.surroundings import conditional_patch
from tfcore.lazy import CallableModule
from tfcore.models.scores import Contrast

__all__ = ["Contrast", "aggregate", "conditional_patch", "explain", "explain_many"]

sys.modules[__name__].__class__ = CallableModule
