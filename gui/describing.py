"""Looking at the data set that a picker names, as soon as it is named."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from gui.engine_client import EngineClient
from gui.panels import DataPicker
from gui.state import OneJob
from gui.texts import tr


class Describing(OneJob):
    """Its problems go back to the picker; whoever owns the picker hears ``answered``."""

    def __init__(self, engine: EngineClient, parent: QObject) -> None:
        super().__init__(engine, "describe_data", parent)

    def serve(self, data: DataPicker) -> None:
        """Speak for this picker."""

        def describe(path: str) -> None:
            self.forget()
            if path:
                self.ask(data.question(), tr("look at {name}", name=Path(path).name), priority=1)

        data.chosen.connect(describe)
        self.failed.connect(data.show_error)
        self.cancelled.connect(lambda: data.show_error(tr("Looking at the data set was cancelled.")))
