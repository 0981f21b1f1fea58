"""How sure a network is: the same picture many times through its dropout (METHODS.md §7).

>>> u = uncertainty(model, batch, passes=100)                                               # doctest: +SKIP
>>> u.mean, u.entropy, u.mutual_information                                                 # doctest: +SKIP
>>> u.structures.agreement                      # of masks, structure by structure          # doctest: +SKIP
>>> of_explanation(model, batch, method="grad-cam").agreement                               # doctest: +SKIP
"""

from __future__ import annotations

import sys

from tfcore.lazy import CallableModule
from tfcore.uncertainty.coverage import coverage
from tfcore.uncertainty.explanation import of_explanation
from tfcore.uncertainty.prediction import uncertainty
from tfcore.uncertainty.structures import pairwise_dice

__all__ = ["coverage", "of_explanation", "pairwise_dice", "uncertainty"]

sys.modules[__name__].__class__ = CallableModule
