"""A corner of the menu bar that says whether the engine is there."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.panels.labels import label
from gui.pieces import button, row
from gui.texts import tr
from gui.theme import set_role
from tfcore.engine.protocol import Event, Lost, Ready, Starting

# How long a restart stays worth mentioning.
_NEWS_MS = 15_000


class EngineBadge(QWidget):
    """``● engine ready · CPU``, or what the engine is doing instead; with a button where only a restart helps."""

    restart_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._restarting = False
        self._ready_text = ""
        self._text = label(wrap=False)
        again = tr("Start the engine again; open pictures and results stay")
        self._button = button(tr("Restart"), again, self.restart_requested.emit)
        self._news = QTimer(self, singleShot=True, interval=_NEWS_MS)
        self._news.timeout.connect(lambda: self._say(self._ready_text, "", self._text.toolTip()))
        self.setLayout(row(self._text, self._button, margins=(8, 0, 8, 0)))
        self._say(tr("○ engine not started"), "quiet", tr("TensorFlow runs in a process of its own, the engine."))

    def handle(self, event: Event) -> None:
        """Take notice of Starting, Ready and Lost; everything else is not about the engine itself."""
        match event:
            case Starting(reason=reason):
                self._restarting = bool(reason)
                if reason:
                    self._say(tr("○ engine restarting …"), "warning", reason)
                else:
                    self._say(
                        tr("○ engine starting …"), "quiet", tr("TensorFlow is being loaded; browsing works meanwhile.")
                    )
            case Ready():
                self._ready(event)
            case Lost(sentence=sentence):
                self._say(tr("● engine stopped"), "error", sentence, lost=True)

    def text(self) -> str:
        return self._text.text()

    def _ready(self, event: Ready) -> None:
        device = event.device.upper()
        versions = " · ".join(f"{name} {version}" for name, version in event.versions.items())
        self._ready_text = tr("● engine ready · {device}", device=device)
        about = tr("{versions}\nprocess {pid}", versions=versions, pid=event.pid).strip()
        if self._restarting:
            self._say(tr("● engine restarted · {device}", device=device), "warning", about)
            self._news.start()
        else:
            self._say(self._ready_text, "", about)
        self._restarting = False

    def _say(self, text: str, role: str, tooltip: str, lost: bool = False) -> None:
        self._news.stop()
        self._text.setText(text)
        self._text.setToolTip(tooltip)
        self._text.setAccessibleName(text.lstrip("●○ "))
        self._text.setAccessibleDescription(tooltip)
        set_role(self._text, role)
        self._button.setVisible(lost)
        # A corner widget of the menu bar keeps its first size and place unless told.
        self.adjustSize()
        if (bar := self.parentWidget()) is not None:
            self.move(bar.width() - self.width(), self.y())
