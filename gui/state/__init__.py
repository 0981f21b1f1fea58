"""What the window knows: the model in use, and what was asked of the engine."""

from gui.state.opened import Opened
from gui.state.questions import OneJob, Questions

__all__ = ["OneJob", "Opened", "Questions"]
