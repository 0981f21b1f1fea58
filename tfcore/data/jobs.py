"""Looking at data as jobs of the engine: what a source is taken for, and what is wrong with it."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

from tfcore.data.audit import Alike, AuditReport
from tfcore.data.audit import audit as audited
from tfcore.data.audit_files import save_audit as saved
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.engine.context import Context


def describe_data(context: Context, data: str, kind: str = "auto") -> dict[str, Any]:
    """What a folder, table or COCO file is taken for, as plain facts."""
    context.progress(0, 1, f"opening {data}")
    return _facts(open_data(data, kind))


def audit(context: Context, data: str, kind: str = "auto") -> dict[str, Any]:
    """The findings about a data set: the facts of ``describe_data``, those of the report, and its pairs as pictures.

    ``report`` is the report itself, packed: the window only keeps it for ``save_audit``.
    """
    opened = open_data(data, kind)
    report = audited(opened, lambda done, total: context.progress(done, total, "looking at the pictures"))
    return {
        **_facts(opened),
        **report.as_dict(),
        "pairs": [_pair(alike) for alike in report.alike],
        "report": pickle.dumps(report),
    }


def save_audit(context: Context, report: bytes, out: str) -> list[str]:
    """Write a report that ``audit`` has given; the files."""
    context.progress(0, 1, f"writing {out}")
    unpacked: AuditReport = pickle.loads(report)
    return [str(file) for file in saved(unpacked, out)]


def _facts(data: Dataset) -> dict[str, Any]:
    return {
        "root": str(data.root),
        "kind": data.kind,
        "described": data.described(),
        "pictures": len(data),
        "classes": data.counts(),
        "unannotated": sum(sample.label is None for sample in data),
        "patients": len({sample.patient for sample in data} - {None}),
        "splits": {name: data.part(name).counts() for name in data.splits},
        "sides": dict(Counter(sample.split for sample in data if sample.split is not None)),
        "notes": list(data.notes),
    }


def _pair(alike: Alike) -> dict[str, Any]:
    return {
        "first": _shown(alike.first),
        "second": _shown(alike.second),
        "correlation": alike.correlation,
        "exact": alike.exact,
        "across": alike.across,
        "torn": alike.torn,
    }


def _shown(sample: Sample) -> dict[str, Any]:
    return {
        "path": str(sample.path),
        "frame": sample.frame,
        "label": sample.label,
        "split": sample.split,
        "patient": sample.patient,
    }
