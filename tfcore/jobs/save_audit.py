"""The report of an audit, written."""

from __future__ import annotations

import pickle

from tfcore.data.audit import AuditReport
from tfcore.data.audit_files import save_audit as saved
from tfcore.engine.context import Context


def save_audit(context: Context, report: bytes, out: str) -> list[str]:
    """Write a report that ``audit`` has given; the files."""
    context.progress(0, 1, f"writing {out}")
    unpacked: AuditReport = pickle.loads(report)
    return [str(file) for file in saved(unpacked, out)]
