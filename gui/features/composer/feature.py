"""The way to the figure composer: its menu entries and its tab; the composer itself is made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.menus import Command
from gui.panels.late import Late
from gui.texts import tr

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.composer.composing import Composing

_SHOWN = tr("A cell for each heatmap on show; what is compared, as rows and columns")


class Composer(QObject):
    """Asks for the composer, whoever wants it: the user, or a session with a figure in it."""

    place = 25

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._dock = desk.docks.add_tab("Figure", Late(lambda: self._composing.page.fields))
        view, icon = "&View", "mdi6.view-grid-plus-outline"
        what = tr("Rows and columns of anything, as they will be printed; pictures are dragged in from the list")
        add = tr("Add what is shown to the figure")
        desk.menus.add(
            [
                Command(view, "Figure &composer", lambda: self._composing.turn(), "Ctrl+6", icon, what),
                Command("&File", add, lambda: self._composing.add_shown(), "Ctrl+Shift+F", "mdi6.plus", _SHOWN),
            ]
        )
        desk.figures.added.connect(lambda subject: self._composing.take(subject))
        desk.sessions.changed.connect(self._recall)
        self._recall()

    @property
    def settled(self) -> bool:
        return "_composing" not in vars(self) or self._composing.settled

    @cached_property
    def _composing(self) -> Composing:
        from gui.features.composer.composing import Composing

        return Composing(self._desk, self._dock, _SHOWN)

    def _recall(self) -> None:
        """The figure of the session on show."""
        if self._desk.session.figure:
            self._composing  # noqa: B018 — it looks for itself


FEATURE = Composer
