"""The report of a run: figures as JSON and CSV, plots as PDF and PNG, and one page of HTML that holds it all."""

from __future__ import annotations

from tfcore.training.report.files import several_report, write_report

__all__ = ["several_report", "write_report"]
