"""Which of the listed pictures call for a second look."""

from gui.features.triage.feature import Triaging as FEATURE

__all__ = ["FEATURE"]
