"""Reader studies: how readers fare with a heatmap, without it, and with how sure the network is. Offline, on files.

>>> from tfcore import study                                                                # doctest: +SKIP
>>> study.make("scans", "mri.heatlens-study", model, arms=["none", "grad-cam"])             # doctest: +SKIP
>>> study.write_rows("mri.heatlens-study", Path("readings.csv"))                            # doctest: +SKIP
>>> study.summary("mri.heatlens-study").rows()                                              # doctest: +SKIP

Reading happens in the window. What is shown is computed before anybody reads, so that times measure reading.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfcore.review.answers import Answers as Answers
    from tfcore.review.answers import begin as begin
    from tfcore.review.answers import readers as readers
    from tfcore.review.answers import rows as rows
    from tfcore.review.answers import write_rows as write_rows
    from tfcore.review.order import order as order
    from tfcore.review.study import Study as Study
    from tfcore.review.study import read as read
    from tfcore.study.agreement import cohen_kappa as cohen_kappa
    from tfcore.study.agreement import fleiss_kappa as fleiss_kappa
    from tfcore.study.agreement import icc as icc
    from tfcore.study.example import demo as demo
    from tfcore.study.making import make as make
    from tfcore.study.making import prepare as prepare
    from tfcore.study.results import summary as summary

_HOMES = {
    "Answers": "review.answers",
    "Study": "review.study",
    "begin": "review.answers",
    "cohen_kappa": "study.agreement",
    "demo": "study.example",
    "fleiss_kappa": "study.agreement",
    "icc": "study.agreement",
    "make": "study.making",
    "order": "review.order",
    "prepare": "study.making",
    "read": "review.study",
    "readers": "review.answers",
    "rows": "review.answers",
    "summary": "study.results",
    "write_rows": "review.answers",
}

__all__ = [
    *("Answers", "Study", "begin", "cohen_kappa", "demo", "fleiss_kappa", "icc", "make", "order", "prepare", "read"),
    *("readers", "rows", "summary", "write_rows"),
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"tfcore.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tfcore.study' has no attribute {name!r}")
