"""The audit of a data set in the window: what would spoil a training, with the pictures to prove it."""

from gui.features.audit.feature import Auditing as FEATURE

__all__ = ["FEATURE"]
