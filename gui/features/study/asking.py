"""The questions of a study: answered by clicks, or by digits one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLabel, QPushButton, QToolButton, QWidget

from gui.canvas.regions import Tool
from gui.canvas.segmented import SHEET
from gui.canvas.tools import HELP, ICONS, KEYS
from gui.panels.labels import label
from gui.pieces import button, column, held, named, row, tool
from gui.texts import tr
from gui.theme import set_role
from tfcore.measure import Roi
from tfcore.review.study import BEST, Question

_LEFT = "QPushButton { text-align: left; }"
_NOTHING = tr("nothing drawn")
DRAWN: tuple[Tool, ...] = ("rectangle", "ellipse", "freehand")


class Asking(QWidget):
    """The question whose turn it is has a mark; digits answer it, and the next one follows."""

    tool_chosen = Signal(str)
    erased = Signal()
    # The field whose turn it is.
    turned = Signal(object)

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self._titles: dict[str, tuple[QLabel, str]] = {}
        self._fields: dict[str, _Choice] = {}
        self._drawn: tuple[Roi, int | None] | None = None
        self._drawing = named(label(_NOTHING, "quiet"), tr("what is drawn"))
        self.draws = any(question.kind == "draw" for question in questions)
        parts: list[Any] = []
        for question in questions:
            title = label(question.text)
            parts.append(title)
            if question.kind == "draw":
                parts += [self._tools(), 14]
                continue
            self._titles[question.kind] = title, question.text
            field = self._fields[question.kind] = _Choice(question.kind, question.choices)
            field.chosen.connect(partial(self._answered, question.kind))
            parts += [field, 14]
        self.setLayout(column(*parts, spacing=5))
        self.clear()

    def _tools(self) -> QWidget:
        buttons = []
        for kind in DRAWN:
            what = f"{HELP[kind].partition(':')[0]} ({KEYS[kind]})"
            buttons.append(
                named(
                    tool(what, partial(self.tool_chosen.emit, kind), ICONS[kind]), tr("draw: {kind}", kind=kind), what
                )
            )
        erase = button(tr("Erase"), tr("Take the drawing away (Delete)"), self.erased.emit)
        return held(column(row(*buttons, 9, erase, ...), self._drawing, spacing=3))

    def clear(self) -> None:
        """Another case: nothing is answered."""
        for field in self._fields.values():
            field.clear()
        self.show_drawn(None)
        self.turn_to(next(iter(self._fields), ""))

    def answers(self) -> Mapping[str, Any]:
        """What is answered so far."""
        given = {kind: field.answer() for kind, field in self._fields.items()}
        return given | ({"draw": self._drawn} if self.draws else {})

    def unanswered(self) -> str:
        """The first question without an answer; nothing where all have one."""
        return next((kind for kind, field in self._fields.items() if field.answer() is None), "")

    def show_drawn(self, drawn: tuple[Roi, int | None] | None) -> None:
        """What is drawn, and on which slice where there are several."""
        self._drawn = drawn
        roi, at = drawn or (None, None)
        self._drawing.setText(
            _NOTHING if roi is None else tr("{kind} drawn", kind=roi.kind) + (tr(" on slice {at}", at=at) if at else "")
        )

    def digit(self, number: int) -> None:
        """Answer the question whose turn it is."""
        if self._turn in self._fields:
            self._fields[self._turn].press(number)

    def go(self, step: int) -> None:
        """The turn goes to the next question, or the one before."""
        kinds = list(self._fields)
        if kinds:
            self.turn_to(kinds[(kinds.index(self._turn) + step) % len(kinds)])

    def turn_to(self, kind: str) -> None:
        self._turn = kind
        for each, (title, text) in self._titles.items():
            title.setText(f"▸ {text}" if each == kind else text)
            set_role(title, "" if each == kind else "quiet")
        if kind in self._fields:
            self.turned.emit(self._fields[kind])

    def _answered(self, kind: str) -> None:
        self.turn_to(self.unanswered() or kind)


class _Choice(QWidget):
    """Numbers beside each other, or names below each other with their numbers; none is chosen at first."""

    chosen = Signal()

    def __init__(self, kind: str, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names
        self._group = QButtonGroup(self)
        numbers = range(1, (len(names) or BEST) + 1)
        texts = [f"{number}   {names[number - 1]}" if names else str(number) for number in numbers]
        buttons: list[QAbstractButton] = [QPushButton() if names else QToolButton() for _ in texts]
        for number, (made, text) in enumerate(zip(buttons, texts, strict=True), 1):
            made.setText(text.replace("&", "&&"))
            made.setCheckable(True)
            made.setProperty("first", bool(names) or number == 1)
            made.setProperty("last", bool(names) or number == len(texts))
            self._group.addButton(made, number)
            named(
                made,
                f"{kind}: {names[number - 1] if names else number}",
                tr("Press {number}", number=number) if number <= 9 else "",
            )
        self.setStyleSheet(f"{SHEET.replace('QToolButton', 'QPushButton')} {_LEFT}" if names else SHEET)
        self.setLayout(column(*buttons, spacing=2) if names else row(*buttons, ..., spacing=0))
        self._group.idClicked.connect(lambda _: self.chosen.emit())

    def press(self, number: int) -> None:
        if (wanted := self._group.button(number)) is not None:
            wanted.click()

    def answer(self) -> str | int | None:
        number = self._group.checkedId()
        if number < 0:
            return None
        return self._names[number - 1] if self._names else number

    def clear(self) -> None:
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(False)
        self._group.setExclusive(True)
