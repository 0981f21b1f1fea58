"""The pages of the drawer."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from gui.features.inside.filters import FiltersPage
from gui.features.inside.likes import LikesPage
from gui.pieces import column
from gui.texts import tr


class InsidePanel(QWidget):
    """What filters stand for on one page, what they would like to see on the other."""

    def __init__(self) -> None:
        super().__init__()
        self.filters, self.likes = FiltersPage(), LikesPage()
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName(tr("inside the network"))
        self._tabs.addTab(self.filters, tr("What filters stand for"))
        self._tabs.addTab(self.likes, tr("What filters like"))
        self.setLayout(column(self._tabs))

    def show_likes(self) -> None:
        """Turn to the page of made pictures."""
        self._tabs.setCurrentWidget(self.likes)
