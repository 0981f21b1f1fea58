"""What is wrong with a data set."""

from __future__ import annotations

import pickle
from typing import Any

from tfcore.data.audit import Alike
from tfcore.data.audit import audit as audited
from tfcore.data.dataset import Sample
from tfcore.data.open import open_data
from tfcore.engine.context import Context
from tfcore.engine.remaining import Remaining
from tfcore.jobs.describe_data import facts_of


def audit(context: Context, data: str, kind: str = "auto", group_by_patient: bool = False) -> dict[str, Any]:
    """The findings about a data set: the facts of ``describe_data``, those of the report, and its pairs as pictures.

    ``report`` is the report itself, packed: the window only keeps it for ``save_audit``.
    """
    opened = open_data(data, kind, group_by_patient=group_by_patient)
    left = Remaining(context)
    report = audited(opened, lambda done, total: left.tick(done, total, "looking at the pictures"))
    return {
        **facts_of(opened),
        **report.as_dict(),
        "pairs": [_pair(alike) for alike in report.alike],
        "report": pickle.dumps(report),
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
