"""Star, rating, tags and note of the selected pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from gui.canvas.segmented import Segmented
from gui.panels.labels import label
from gui.pieces import column, named, row
from gui.texts import tr
from tfcore.review import Judgment
from tfcore.review.judgment import BEST, is_tag

_NONE = "–"
_STATES = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}


class ReviewPanel(QWidget):
    """Shows what all of them have in common; a tag that only some have is half ticked."""

    starred = Signal()
    rated = Signal(int)
    tagged = Signal(str, bool)
    noted = Signal(str)
    # What was to be typed is typed.
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._which = label(role="quiet")
        self._star = named(QCheckBox(tr("★ Star")), tr("star"), tr("Star the selected pictures (S)"))
        self._star.clicked.connect(lambda: self.starred.emit())
        stars = {
            str(number): tr("Rate {number} of {best} (Alt+{number})", number=number, best=BEST)
            for number in range(1, BEST + 1)
        }
        self._rating = Segmented({_NONE: tr("No rating (Alt+0)"), **stars})
        self._rating.chosen.connect(lambda name: self.rated.emit(0 if name == _NONE else int(name)))
        self._tags = named(QListWidget(), tr("tags"), tr("Tags in this session; tick those that are meant"))
        self._tags.setSpacing(2)
        self._tags.itemChanged.connect(
            lambda item: self.tagged.emit(item.text(), item.checkState() == Qt.CheckState.Checked)
        )
        what = tr("A word or two; Enter puts it on the selected pictures, Esc goes back to them (T)")
        self._tag = named(QLineEdit(placeholderText=tr("New tag, then Enter")), tr("new tag"), what)
        self._tag.returnPressed.connect(self._add_tag)
        self._note = named(
            QPlainTextEdit(placeholderText=tr("Note")),
            tr("note"),
            tr("Words on the selected pictures; Esc goes back to them (W)"),
        )
        self._note.setTabChangesFocus(True)
        self._note.textChanged.connect(lambda: self.noted.emit(self._note.toPlainText()))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._problem = label(role="warning")
        self._problem.hide()
        self.setLayout(
            column(
                *(self._star_line(), row(self._rating, ...)),
                *(self._tag, self._problem, (self._tags, 1), (self._note, 1)),
                margins=(9, 9, 9, 9),
                spacing=6,
            )
        )

    def _star_line(self) -> QHBoxLayout:
        # A long name must not make the dock wider.
        self._which.setMinimumWidth(1)
        return row(self._star, 9, (self._which, 1))

    def show_judgments(self, which: str, judged: Sequence[Judgment], tags: Sequence[str]) -> None:
        """What was said of these, among all tags there are."""
        self._which.setText(which or tr("Select pictures to judge them."))
        for part in (self._star, self._rating, self._tag, self._tags, self._note):
            part.setEnabled(bool(judged))
        self._star.setCheckState(_STATES[_common([one.star for one in judged])])
        rating = {one.rating for one in judged}
        self._rating.choose(str(rating.pop()) if len(rating) == 1 and rating != {0} else _NONE)
        with QSignalBlocker(self._tags):
            self._tags.clear()
            for tag in tags:
                item = QListWidgetItem(tag, self._tags)
                item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
                item.setCheckState(_STATES[_common([tag in one.tags for one in judged])])
        notes = {one.note for one in judged}
        text = notes.pop() if len(notes) == 1 else ""
        self._note.setPlaceholderText(tr("Several notes; what is written here replaces them") if notes else tr("Note"))
        if text != self._note.toPlainText():
            with QSignalBlocker(self._note):
                self._note.setPlainText(text)

    def write_tag(self) -> None:
        """Type a tag from now on."""
        self._tag.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write_note(self) -> None:
        """Type a note from now on."""
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_tag(self) -> None:
        tag = " ".join(self._tag.text().split())
        good = is_tag(tag)
        self._problem.setText("" if good or not tag else tr("A tag is short and without commas; write each by itself."))
        self._problem.setVisible(bool(self._problem.text()))
        if good:
            self._tag.clear()
            self.tagged.emit(tag, True)
            self.left.emit()


def _common(has: Sequence[bool]) -> bool | None:
    """What holds for all of them; ``None`` where it does for some."""
    return has[0] if has and len(set(has)) == 1 else None if has else False
