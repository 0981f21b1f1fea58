"""Parameters that several methods share, under the names they have everywhere (METHODS.md §1)."""

from __future__ import annotations

from tfcore.registry import Param

SEED = Param(
    "seed", "int", 0, "start of the random numbers; the same seed gives the same heatmap", low=0, high=2**31 - 1
)
SIGMA = Param("sigma", "float", 0.15, "spread of the noise, as a share of the image's range", low=0, high=10)
TOP_K = Param(
    "top_k", "int", None, "use only this many channels, those that vary most (empty: all)", low=1, optional=True
)
BASELINE = Param(
    "baseline",
    "choice",
    "zero",
    "picture without evidence to start from: zero, the image's mean, its blur, or the path of a picture",
    choices=("zero", "mean", "blur"),
    open=True,
    path="picture",
)


def samples(default: int, what: str) -> Param:
    """How many of ``what`` are averaged."""
    return Param("samples", "int", default, f"number of {what}", low=1, high=100_000)
