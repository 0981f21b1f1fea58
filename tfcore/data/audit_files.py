"""An audit on disk: its findings as JSON, and sheets of the pairs found."""

from __future__ import annotations

from pathlib import Path

from tfcore.data.audit import AuditReport
from tfcore.data.contact_sheet import contact_sheet
from tfcore.errors import HeatlensError
from tfcore.files import check_free, why, written_whole
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text

_RECORD, _SHEETS = "audit.json", ("across-splits", "copies", "nearly-equal")
FILES = (_RECORD, *(f"{sheet}.png" for sheet in _SHEETS))


def check_audit_free(out: str | Path, overwrite: bool = False) -> None:
    """Say, before anything is looked at, which file of somebody else's is in the way."""
    for name in FILES:
        check_free(Path(out) / name, overwrite)


def save_audit(report: AuditReport, out: str | Path, overwrite: bool = False) -> list[Path]:
    """Write ``audit.json`` and a contact sheet per kind of pair into a folder; the files written."""
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeatlensError(f"The folder {out} cannot be made: {why(error)}.") from error
    check_audit_free(out, overwrite)
    files = [out / _RECORD]
    with written_whole(files[0], overwrite) as temporary:
        record = json_text({PROGRAM: version(), **report.as_dict()}, indent=2)
        temporary.write_text(record, encoding="utf-8")
    sheets = zip(
        _SHEETS,
        (
            [pair for pair in report.alike if pair.across],
            [pair for pair in report.alike if pair.exact],
            [pair for pair in report.alike if not pair.exact],
        ),
        strict=True,
    )
    for name, pairs in sheets:
        if pairs:
            files.append(contact_sheet(pairs, out / f"{name}.png", name.replace("-", " ").capitalize(), overwrite))
    return files
