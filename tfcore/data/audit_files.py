"""An audit on disk: its findings as JSON, and sheets of the pairs found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tfcore.data.audit import Alike, AuditReport
from tfcore.data.contact_sheet import contact_sheet
from tfcore.files import check_free, make_folder
from tfcore.marks import PROGRAM, version
from tfcore.told import write_json

_RECORD = "audit.json"
# Sheets of pairs, and which pairs stand on each.
_SHEETS: dict[str, Callable[[Alike], bool]] = {
    "across-splits": lambda pair: pair.across,
    "copies": lambda pair: pair.exact,
    "nearly-equal": lambda pair: not pair.exact,
}
FILES = (_RECORD, *(f"{sheet}.png" for sheet in _SHEETS))


def check_audit_free(out: str | Path, overwrite: bool = False) -> None:
    """Say, before anything is looked at, which file of somebody else's is in the way."""
    for name in FILES:
        check_free(Path(out) / name, overwrite)


def save_audit(report: AuditReport, out: str | Path, overwrite: bool = False) -> list[Path]:
    """Write ``audit.json`` and a contact sheet per kind of pair into a folder; the files written."""
    out = Path(out)
    make_folder(out)
    check_audit_free(out, overwrite)
    files = [write_json(out / _RECORD, {PROGRAM: version(), **report.as_dict(Path)}, overwrite, indent=2)]
    for name, belongs in _SHEETS.items():
        if pairs := [pair for pair in report.alike if belongs(pair)]:
            files.append(contact_sheet(pairs, out / f"{name}.png", name.replace("-", " ").capitalize(), overwrite))
    return files
