"""What readers answered so far, as a table on the disk and as figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.reproduction.commanded import keep_beside
from tfcore.review.answers import readers, told, write_rows
from tfcore.study.results import summary, write_summary


def study_results(context: Context, study: str, out: str) -> dict[str, Any]:
    """The file, a row of figures for each arm, and what is to be known about them."""
    context.check()
    found = summary(study)
    file = write_rows(study, Path(out), overwrite=True)
    keep_beside(["study", "export", study, "--out", out], file, [file], overwrite=True)
    figures = write_summary(found, file.with_name(f"{file.stem}-summary.csv"))
    keep_beside(["study", "summary", study, "--out", str(figures)], figures, [figures], overwrite=True)
    far = [f"These figures: {figures}", *(f"{reader.reader}: {told(reader)}" for reader in readers(study))]
    return {"file": str(file), "rows": found.rows(), "notes": [*far, *found.notes]}
