"""A place for a panel that is made when it is first seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.pieces import column

P = TypeVar("P", bound=QWidget)


class Late(QWidget, Generic[P]):
    """Plots and catalogues would delay the first paint of the window: ``make`` imports what it needs."""

    def __init__(self, make: Callable[[], P], set_up: Callable[[P], object] = lambda _: None) -> None:
        """``set_up`` may ask for the panel while it is being connected."""
        super().__init__()
        self._make, self._set_up = make, set_up
        self.made: P | None = None
        self.setMinimumHeight(120)
        self.setLayout(column())

    @property
    def panel(self) -> P:
        """Made at its first use."""
        if self.made is None:
            self.made = self._make()
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.made)
            self._set_up(self.made)
        return self.made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.show()
        layout = self.layout()
        assert layout is not None
        # At once: what is made now was not there when the dock found its sizes.
        layout.activate()
