"""Reports that are one file: pages with their pictures, curves and tables inside, readable on a screen and printed."""

from __future__ import annotations

from tfcore.report.evaluation import NAME, write_report

__all__ = ["NAME", "write_report"]
