"""An audit on disk: its findings as JSON, and sheets of the pairs found."""

from __future__ import annotations

import json
from pathlib import Path

from tfcore.data.audit import AuditReport
from tfcore.data.contact_sheet import contact_sheet
from tfcore.errors import HeatlensError
from tfcore.files import why, written_whole


def save_audit(report: AuditReport, out: str | Path) -> list[Path]:
    """Write ``audit.json`` and a contact sheet per kind of pair into a folder; the files written."""
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeatlensError(f"The folder {out} cannot be made: {why(error)}.") from error
    files = [out / "audit.json"]
    with written_whole(files[0]) as temporary:
        temporary.write_text(json.dumps(report.as_dict(), indent=2, ensure_ascii=False), encoding="utf-8")
    sheets = {
        "across-splits": [pair for pair in report.alike if pair.across],
        "copies": [pair for pair in report.alike if pair.exact],
        "nearly-equal": [pair for pair in report.alike if not pair.exact],
    }
    for name, pairs in sheets.items():
        if pairs:
            files.append(contact_sheet(pairs, out / f"{name}.png", name.replace("-", " ").capitalize()))
    return files
