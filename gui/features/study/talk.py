"""What a reader is told between cases: words, a button that leads on, and one that leaves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from gui.panels.labels import Title, label
from gui.panels.scrolled import scrolled
from gui.pieces import button, column, held, named, row
from gui.texts import tr

_LINE = 520


class Talk(QWidget):
    """A page in the middle of the screen; at first it asks for the reader's name."""

    went_on = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._words = Title(1.6), named(label(), tr("what is to be known"))
        self._name = named(
            QLineEdit(placeholderText=tr("Your name or initials")), tr("reader"), tr("Answers are kept under it")
        )
        self._bar = QProgressBar(textVisible=False)
        self._bar.hide()
        self._problem = named(label(role="error"), tr("problem"))
        self._go_on = button("", tr("Enter"), self.went_on.emit, role="primary")
        self._leave = button(tr("Close"), tr("What is answered is kept"), self.left.emit)
        below = row(..., self._leave, self._go_on)
        parts = (self._title, 6, self._words, 12, self._name, self._bar, self._problem, below)
        middle = held(column((..., 2), *parts, (..., 3), spacing=8))
        middle.setMaximumWidth(_LINE)
        page = scrolled(held(row((..., 1), (middle, 100), (..., 1), margins=(12, 12, 12, 12))))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    @property
    def name(self) -> str:
        """The reader's."""
        return self._name.text()

    @property
    def leads_on(self) -> bool:
        """Whether there is something to go on to."""
        return self._go_on.isVisible() and self._go_on.isEnabled()

    def say(self, title: str, words: str, button: str, leaves: bool, naming: bool) -> None:
        """``leaves``: there is more than to close; ``naming``: the reader is to say who reads."""
        self._title.setText(title)
        self._words.setText(words)
        self._problem.setText("")
        self._name.setVisible(naming)
        self._leave.setVisible(leaves)
        self._go_on.setText(button)
        self._go_on.setVisible(bool(button))

    def take_focus(self) -> None:
        """Where the next key goes."""
        (self._go_on if self._name.isHidden() else self._name).setFocus()

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)

    def show_preparing(self, done: int, total: int) -> None:
        """What is shown is being computed; nobody can begin before it is."""
        self._go_on.setEnabled(False)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.show()
        self._problem.setText("")
        self._go_on.setText(tr("Preparing …"))

    def show_prepared(self, problem: str = "") -> None:
        """It is there, or why it is not."""
        self._bar.hide()
        self._go_on.setEnabled(not problem)
        self._go_on.setText(tr("Begin"))
        self._problem.setText(problem)
