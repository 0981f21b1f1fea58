"""What a person sets in the fields of the window, change by change, for the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.panels import Request
from gui.texts import tr
from gui.undo import Step, Undo

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.main_window import MainWindow
    from gui.state import Opened

# A form as it stands, in JSON's own types.
Held = dict[str, Any]

_PARTS = {"filter": tr("the filter"), "order": tr("the order of the list"), "only": tr("what is listed")}
_METHOD, _LAYER, _CLASS, _SETTINGS = (
    tr("the method"),
    tr("the layer"),
    tr("the class"),
    tr("the settings of the method"),
)


class Setting(QObject):
    """One thing that is set, as it was known last: what differs from that was changed since."""

    def __init__(self, undo: Undo, read: Callable[[], Any], write: Callable[[Any], object], parent: QObject) -> None:
        super().__init__(parent)
        self._undo, self._read, self._write = undo, read, write
        self._known = read()
        self._aside = False

    def look(self) -> None:
        """It came to be what it is by itself, or with something that has a way back of its own."""
        self._known = self._read()

    def changed(self, what: Callable[[Any, Any], str]) -> None:
        """Somebody changed it; ``what`` says which part of it."""
        before, now = self._known, self._read()
        if before != now and not self._aside:
            self._known = now
            name = what(before, now)
            self._undo.did(Step(name, partial(self._put, before), partial(self._put, now), of=name))

    def by_itself(self, change: Callable[..., object]) -> Callable[..., None]:
        """The same change, as one that nobody made by hand."""

        def made(*given: object) -> None:
            self._aside = True
            try:
                change(*given)
            finally:
                self._aside = False
                self.look()

        return made

    def _put(self, value: Any) -> None:
        self._known = value
        self._write(value)
        self.look()


class Form(Setting):
    """What is asked in a form of a feature: a part of the session, and with a way back."""

    def __init__(
        self, desk: Desk, name: str, what: str, read: Callable[[], Held], write: Callable[[Held], object]
    ) -> None:
        """``name`` is that of the part in the session, ``what`` what the menu calls it."""
        super().__init__(desk.undo, read, write, desk.parent)
        self._desk, self._name, self._what = desk, name, what
        self.take_up()
        desk.sessions.changed.connect(self.take_up)

    def take_up(self) -> None:
        """As the session has it."""
        self.by_itself(self._write)(self._desk.session.forms.get(self._name, {}))

    def follow(self, show: Callable[[Opened], object]) -> None:
        """Show what a model that is opened can be asked; of what was set there stays what it knows."""
        self._desk.opening.opened.connect(self.by_itself(show))
        self._desk.opening.opened.connect(lambda _: self.take_up())

    def edited(self) -> None:
        """Something in it is another by now."""
        if not self._aside:
            self._keep()
            self.changed(lambda *_: self._what)

    def _put(self, value: Held) -> None:
        super()._put(value)
        self._keep()

    def _keep(self) -> None:
        session = self._desk.session
        # Another one, since what there was may belong to another session by now.
        session.forms = session.forms | {self._name: self._read()}
        self._desk.remember()


def within(dialog: QWidget, read: Callable[[], Any], write: Callable[[Any], object]) -> Setting:
    """What is set in a dialog that the window waits for: its way back is its own, by the same keys."""
    undo, redo = (QAction(dialog, shortcut=QKeySequence(keys)) for keys in ("Ctrl+Z", "Ctrl+Shift+Z"))
    dialog.addActions([undo, redo])
    return Setting(Undo(undo, redo, dialog), read, write, dialog)


def follow(window: MainWindow) -> None:
    """The question, the filter and the order of the list, and how the canvas is parted."""
    method, browser, canvas, undo = window.method, window.browser, window.canvas, window.undo
    # A region is one of the picture on show.
    question = Setting(undo, lambda: replace(method.request(), region=""), method.ask, window)
    method.changed.connect(lambda: question.changed(_of_question))

    # At which slice a volume is looked at stays.
    def narrowed() -> dict[str, Any]:
        return {part: browser.look()[part] for part in _PARTS}

    look = Setting(undo, narrowed, lambda held: browser.set_look(**browser.look() | held), window)
    browser.looked.connect(lambda: look.changed(_of_list))
    mode = Setting(undo, canvas.mode, canvas.set_mode, window)
    canvas.mode_changed.connect(lambda _: mode.changed(lambda _, now: now))
    for each in (question, look, mode):
        for came in (window.opening.opened, window.sessions.restored):
            came.connect(each.look)


def _of_question(before: Request, now: Request) -> str:
    if before.method != now.method:
        return _METHOD
    return _LAYER if before.layer != now.layer else _CLASS if before.target != now.target else _SETTINGS


def _of_list(before: dict[str, Any], now: dict[str, Any]) -> str:
    return next(words for part, words in _PARTS.items() if before[part] != now[part])
