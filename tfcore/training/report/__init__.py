"""The report of a run: figures as JSON and CSV, plots as PDF and PNG, and one page of HTML that holds it all."""

from __future__ import annotations

from tfcore.training.report.files import folds_report, write_report

__all__ = ["folds_report", "write_report"]
