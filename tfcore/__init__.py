"""Heatlens as a library: open a network, ask it where it looks, keep the answer.

>>> import tfcore                                                                           # doctest: +SKIP
>>> model = tfcore.load_model("demo")                                                       # doctest: +SKIP
>>> batch = model.prepare(["slice.png"])                                                    # doctest: +SKIP
>>> tfcore.explain(model, batch, method="grad-cam").maps                                    # doctest: +SKIP

Everything is imported at its first use, so ``import tfcore`` costs nothing.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

_late = "tensorflow" in sys.modules and "TF_ENABLE_ONEDNN_OPTS" not in os.environ
# Whoever imports TensorFlow, it comes after these. oneDNN is off by itself on processors without AVX-512, although it
# takes half the time for small networks there, and no longer for large ones.
for _name, _value in (("TF_CPP_MIN_LOG_LEVEL", "2"), ("KERAS_BACKEND", "tensorflow"), ("TF_ENABLE_ONEDNN_OPTS", "1")):
    os.environ.setdefault(_name, _value)
if _late and platform.machine() in ("x86_64", "AMD64"):
    with suppress(ImportError):
        if not importlib.import_module("tensorflow.python.util._pywrap_util_port").IsMklEnabled():
            warnings.warn(
                "TensorFlow was imported before tfcore and computes without oneDNN: small networks may take half as "
                "long again, and last digits differ from those of the window; import tfcore first, or set "
                "TF_ENABLE_ONEDNN_OPTS=1.",
                stacklevel=2,
            )

if TYPE_CHECKING:
    from tfcore import study as study
    from tfcore import trust as trust
    from tfcore.commands._again import reproduce as reproduce
    from tfcore.composing import compose as compose
    from tfcore.evaluate.run import evaluate as evaluate
    from tfcore.explain.many import explain as explain
    from tfcore.explain.many import explain_many as explain_many
    from tfcore.inside.dissect import dissect as dissect
    from tfcore.inside.maximise import maximise as maximise
    from tfcore.models.build import build as build
    from tfcore.models.loading import load_model as load_model
    from tfcore.training.run import train as train
    from tfcore.trust.calibrate import calibrate as calibrate
    from tfcore.uncertainty.prediction import uncertainty as uncertainty

_HOMES = {
    "build": "tfcore.models.build",
    "calibrate": "tfcore.trust.calibrate",
    "compose": "tfcore.composing",
    "dissect": "tfcore.inside.dissect",
    "maximise": "tfcore.inside.maximise",
    "load_model": "tfcore.models.loading",
    "explain_many": "tfcore.explain.many",
    "reproduce": "tfcore.commands._again",
    "train": "tfcore.training.run",
}

__all__ = [
    "build",
    "calibrate",
    "compose",
    "dissect",
    "evaluate",
    "explain",
    "explain_many",
    "load_model",
    "maximise",
    "reproduce",
    "study",
    "train",
    "trust",
    "uncertainty",
]


# Packages that are called like the function they are named after.
_CALLABLE = ("evaluate", "explain", "uncertainty")
# Packages whose functions are called by the package's name.
_ROOMS = ("study", "trust")


def __getattr__(name: str) -> Any:
    if name in _CALLABLE or name in _ROOMS:
        return importlib.import_module(f"tfcore.{name}")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'tfcore' has no attribute {name!r}")
