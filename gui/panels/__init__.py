"""The docks beside the picture: signals out, setters in, no knowledge of the engine but its messages."""

from gui.panels.data_picker import DataPicker
from gui.panels.engine_badge import EngineBadge
from gui.panels.form import ParamForm
from gui.panels.jobs import JobsPanel, Task
from gui.panels.layers import LayerPicker
from gui.panels.method import MethodPanel, Request
from gui.panels.model import DEMO, ModelPanel
from gui.panels.prediction import PredictionPanel
from gui.panels.trust import ask_trust

__all__ = [
    "DEMO",
    "DataPicker",
    "EngineBadge",
    "JobsPanel",
    "LayerPicker",
    "MethodPanel",
    "ModelPanel",
    "ParamForm",
    "PredictionPanel",
    "Request",
    "Task",
    "ask_trust",
]
