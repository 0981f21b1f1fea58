"""The report of an audit, written."""

from __future__ import annotations

import pickle
from pathlib import Path

from tfcore.data.audit import AuditReport
from tfcore.data.audit_files import save_audit as saved
from tfcore.engine.context import Context
from tfcore.reproduction.commanded import arguments, keep_beside


def save_audit(
    context: Context, report: bytes, out: str, data: str = "", kind: str = "", group_by_patient: bool = False
) -> list[str]:
    """Write a report that ``audit`` has given; the files. The rest is what it was asked."""
    context.progress(0, 1, f"writing {out}")
    unpacked: AuditReport = pickle.loads(report)
    files = saved(unpacked, out)
    if data:
        asked = {"kind": "" if kind == "auto" else kind, "group-by-patient": group_by_patient, "out": out}
        keep_beside(arguments("audit", data, asked) or [], Path(out), files)
    return [str(file) for file in files]
