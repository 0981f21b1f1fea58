"""A reader study from the pictures that are listed, with what it shows; or only what is missing of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tfcore.data.dataset import Dataset, Sample
from tfcore.engine.context import Context
from tfcore.review import study as files
from tfcore.study.making import Made, make, prepare


def make_study(
    context: Context,
    out: str,
    pictures: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    model: str = "",
    trust: bool = False,
    **settings: Any,
) -> Made:
    """Without pictures the study is there, and gets what it lacks."""
    if not pictures:
        prepare(out, lambda source: context.models.get(source, trust), context.progress)
        return Made(Path(out), files.read(out))
    known = labels or {}
    samples = tuple(Sample(Path(picture), known.get(picture) or None) for picture in pictures)
    classes = tuple(dict.fromkeys(sample.label for sample in samples if sample.label))
    data = Dataset(samples, classes, Path(), "pictures")
    needs = any(arm != files.NONE for arm in settings["arms"])
    return make(data, out, context.models.get(model, trust) if needs else None, progress=context.progress, **settings)
