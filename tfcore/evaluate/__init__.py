"""Whether heatmaps deserve belief: metrics of methods at layers over a whole data set (METHODS.md §6).

>>> table = evaluate(model, open_data("phantoms"), methods=["grad-cam"], metrics=["iou"])   # doctest: +SKIP
>>> print(table.as_text())                                                                  # doctest: +SKIP
"""

from __future__ import annotations

import sys

from tfcore.evaluate.imputation import impute
from tfcore.evaluate.measuring import Measured, measure
from tfcore.evaluate.metric import Curve
from tfcore.evaluate.overlap import overlap
from tfcore.evaluate.rows import Row
from tfcore.evaluate.run import evaluate
from tfcore.evaluate.sanity_table import sanity_table
from tfcore.evaluate.similar import similarity
from tfcore.evaluate.table import Table, reopened
from tfcore.evaluate.verdict import verdict
from tfcore.lazy import CallableModule

__all__ = [
    "Curve",
    "Measured",
    "Row",
    "Table",
    "evaluate",
    "impute",
    "measure",
    "overlap",
    "reopened",
    "sanity_table",
    "similarity",
    "verdict",
]

sys.modules[__name__].__class__ = CallableModule
