"""A study to try: phantom slices, with and without the demo network's heat; read in five minutes."""

from __future__ import annotations

from pathlib import Path

from tfcore.data.phantom import write
from tfcore.data.phantom.lesions import LESIONS
from tfcore.explain.runners import Progress, silent
from tfcore.models.model import Model
from tfcore.study.making import Made, make

# In two arms these are 24 readings, of 12 seconds each.
CASES, SEED = 12, 11


def demo(out: str | Path, model: Model, progress: Progress = silent, cases: int = CASES) -> Made:
    """Write pictures and the study of them to a new or empty folder; ``model`` is the demo network."""
    out = Path(out)
    data = write(out / "pictures", n=cases, size=128, seed=SEED, difficulty=0.5).parent
    return make(
        data,
        out / "demo.heatlens-study",
        model,
        arms=("none", "grad-cam+uncertainty"),
        questions=("rating", "diagnosis", "confidence", "draw"),
        positive=tuple(LESIONS),
        seed=SEED,
        title="Demo: phantom slices",
        progress=progress,
    )
