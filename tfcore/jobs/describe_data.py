"""What a folder, table or COCO file is taken for."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.pictures.address import file_of
from tfcore.pictures.formats import is_dicom
from tfcore.pictures.source import contents

# A folder is of one kind of files: the first ones tell.
_LOOKED_AT = 20


def describe_data(context: Context, data: str, kind: str = "auto", group_by_patient: bool = False) -> dict[str, Any]:
    """What a folder, table or COCO file is taken for, as plain facts."""
    context.progress(0, 1, f"opening {data}")
    return facts_of(open_data(data, kind, group_by_patient=group_by_patient))


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
        # Whose they are may stand in their files.
        "dicom": any(_is_dicom(sample.path) for sample in islice(data, _LOOKED_AT)),
        "splits": {name: data.part(name).counts() for name in data.splits},
        "sides": dict(Counter(sample.split for sample in data if sample.split is not None)),
        "notes": list(data.notes),
    }


def _is_dicom(path: Path) -> bool:
    try:
        return is_dicom(contents(file_of(path), sys.maxsize, 132))
    except HeatlensError:
        return False
