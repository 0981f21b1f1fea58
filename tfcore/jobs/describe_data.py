"""What a folder, table or COCO file is taken for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.engine.context import Context


def describe_data(context: Context, data: str, kind: str = "auto") -> dict[str, Any]:
    """What a folder, table or COCO file is taken for, as plain facts."""
    context.progress(0, 1, f"opening {data}")
    return facts_of(open_data(data, kind))


def facts_of(data: Dataset) -> dict[str, Any]:
    return {
        "root": str(data.root),
        "kind": data.kind,
        "described": data.described(),
        "pictures": len(data),
        "classes": data.counts(),
        "marked": sum(sample.mask is not None or bool(sample.outlines) for sample in data),
        "unannotated": sum(sample.label is None for sample in data),
        "patients": len({sample.patient for sample in data} - {None}),
        "splits": {name: data.part(name).counts() for name in data.splits},
        "sides": dict(Counter(sample.split for sample in data if sample.split is not None)),
        "notes": list(data.notes),
    }
