"""Compose a figure panel, see it as it will be, and write it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QWidget

from gui import theme
from gui.browser import workers
from gui.export.clipboard import copy_image
from gui.export.composing import Preview, preview
from gui.export.drawing import Drawing
from gui.export.form import Form
from gui.export.many import Many, Outcome
from gui.export.paper import Paper
from gui.export.place import Place
from gui.export.where import in_data
from gui.export.writing import TABLE, Each, Wish
from gui.panels.labels import label
from gui.pieces import button, column, named, row
from gui.shown import Steps
from gui.texts import counted, tr
from gui.trail import within
from tfcore.errors import HeatlensError
from tfcore.figure import Display
from tfcore.figure.style import shortened
from tfcore.figure.unseen import write_told
from tfcore.figure.words import BURNED_IN
from tfcore.files import not_written, temporary_beside
from tfcore.pictures.naming import NAMED, names_a_person

if TYPE_CHECKING:
    from tfcore.figure.panel import Item

_STATUS_LETTERS = 600
_SENTENCES = 3


@dataclass(frozen=True)
class Others:
    """The same of other pictures: those there are to choose, and what has to be asked for to make the heats of one."""

    choices: Mapping[str, Sequence[str]]
    heats: Callable[[str], Steps]
    # The choice to begin with; nothing for the picture on show.
    chosen: str = ""


class ExportDialog(QDialog):
    """Figure panels from (heat, picture) items, and of other pictures the same.

    Nothing is written below the folders of ``data``. ``saved`` names the file each time one was written, ``many_saved``
    the folder and what came of many pictures.
    """

    saved = Signal(str)
    many_saved = Signal(str, object)

    def __init__(
        self,
        items: list[Item],
        display: Display,
        suggested: Path,
        parent: QWidget | None = None,
        layout: str = "rows",
        what: str = "panel",
        others: Others | None = None,
        data: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        # Deleted by Qt at closing, not by Python at a time and in a thread of its choosing.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._items, self._what, self._others, self._data = items, what, others, data
        self._many: Many | None = None
        self._preview: Drawing | None = None
        # Wheel and slider send many changes; one drawing follows when they pause.
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._draw)

        self.paper = Paper()
        self.form = Form(display, layout, several=len(items) > 1)
        this = tr("this picture: {name}", name=shortened(items[0][1].path.name, 40))
        self.place = Place(Path(suggested), this, others.choices if others is not None else {})
        if others is not None and others.chosen:
            self.place.which.setCurrentText(others.chosen)
        self.name, self.browse_button = self.place.name, self.place.browse_button
        self.bar = named(QProgressBar(), tr("pictures done"))
        self.bar.hide()
        self.status = QLabel(wordWrap=True)
        self.save_button = button(tr("&Save"), "", self.save, "mdi6.content-save-outline")
        figure = tr("The figure as it would be written (Ctrl+Shift+C)")
        self.copy_button = button(tr("&Copy to clipboard"), figure, self.copy, "mdi6.content-copy")
        self.close_button = button(tr("Cancel"), "", self._cancel)
        self._arrange()

        self.form.set_suffix(self.place.suffix())
        self.form.changed.connect(self._soon.start)
        self.form.format_changed.connect(self.place.follow_format)
        self.place.changed.connect(self._follow_place)
        self.browse_button.clicked.connect(lambda: self.place.browse(self.form.suffix()))
        self._follow_place()
        self.form.fields |= self.place.fields
        way_back = within(self, self.form.stated, self.form.set_stated)
        for each in (self.form.changed, self.form.format_changed, self.place.changed):
            each.connect(lambda *_: way_back.changed(lambda *_: tr("the export")))
        self._soon.start()

    def path(self) -> Path:
        return self.place.path(self.form.suffix())

    def save(self) -> None:
        """Write the figure, or those of many pictures; the dialog stays and says where, or what went wrong."""
        place = self.place
        wish = Wish(self.form.choices(), self.form.suffix(), place.raw.isChecked(), place.table.isChecked())
        if why := in_data(place.folder_path() if place.pictures() else self.path().parent, self._data):
            self._say(why, "error")
        elif place.pictures():
            self._save_many(wish)
        elif place.nameless():
            self._say(tr("The file has no name; type one or browse for a place."), "error")
        else:
            path, replace = self.path(), self._replaces
            self._busy(tr("Writing {name} …", name=path.name))
            Drawing(lambda: wish.one(self._items, path, replace), self._written, self._refused, self)

    def copy(self) -> None:
        self._busy(tr("Drawing for the clipboard …"))
        choices = self.form.choices()
        copy_image(lambda: choices.image(self._items), self._copied, self._refused, self)

    def done(self, result: int) -> None:
        if self._many is not None:
            self._many.stop()
        self._soon.stop()
        self._drop_preview()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon.start()

    def _draw(self) -> None:
        self._drop_preview()
        choices, width = self.form.choices(), self.paper.drawn_width(self.form.choices().width_mm)
        self.paper.wait()
        self._preview = Drawing(lambda: preview(self._items, choices, width), self._show, self._cannot_show, self)

    def _drop_preview(self) -> None:
        if self._preview:
            self._preview.drop()
            self._preview = None

    def _show(self, drawn: Preview) -> None:
        self._preview = None
        self.paper.show_preview(drawn, self.form.choices().dpi)

    def _cannot_show(self, sentence: str) -> None:
        self._preview = None
        self.paper.show_sentence(sentence)

    def _written(self, path: Path) -> None:
        self._free()
        self._follow_place()
        record = tr(" and, with everything needed to make it again, {name}", name=path.with_suffix(".json").name)
        self._say(tr("Saved {path}{record}.", path=path, record=record if self.form.choices().recorded(path) else ""))
        self.close_button.setText(tr("Close"))
        self.saved.emit(str(path))

    def _save_many(self, wish: Wish) -> None:
        assert self._others is not None
        paths, folder = self.place.pictures(), self.place.folder_path()
        try:
            # Said once and before anything is computed, not of every picture.
            temporary_beside(folder / TABLE).unlink()
        except OSError as error:
            self._say(str(not_written(folder, error)), "error")
            return
        self.bar.setRange(0, len(paths))
        self.bar.setValue(0)
        self.bar.show()
        self.place.setEnabled(False)
        self._busy(tr("Writing to {folder} …", folder=folder))
        try:
            each = Each(wish, paths, folder, self._what)
        except HeatlensError as error:
            self._refuse_many(str(error))
            return

        def ended(outcome: Outcome) -> None:
            self._many = None

            def closed(problems: list[str]) -> None:
                outcome.problems += problems
                self._many_written(wish, paths, folder, outcome, each)

            Drawing(each.close, closed, self._refuse_many, self)

        self._many = Many(paths, self._others.heats, each, self)
        self._many.progressed.connect(self._progressed)
        self._many.ended.connect(ended)
        self._many.start()

    def _refuse_many(self, sentence: str) -> None:
        self.bar.hide()
        self.place.setEnabled(True)
        self._refused(sentence)

    def _progressed(self, done: int, name: str) -> None:
        self.bar.setValue(done)
        self._say(tr("{done} of {maximum} · {name}", done=done, maximum=self.bar.maximum(), name=name))

    def _many_written(self, wish: Wish, paths: Sequence[str], folder: Path, outcome: Outcome, each: Each) -> None:
        written = [outcome.written[path] for path in paths if path in outcome.written]
        if wish.table and written:
            try:
                write_told(written, folder / TABLE)
            except HeatlensError as error:
                outcome.problems.append(str(error))
        self.bar.hide()
        self.place.setEnabled(True)
        self._free()
        self.close_button.setText(tr("Close"))
        held = "; ".join(each.whole.values())
        whole = tr(
            "{files}, {held}, written to {folder}.", files=counted(len(each.whole), "file"), held=held, folder=folder
        )
        parts = tr("{n} of {total} written to {folder}.", n=len(written), total=outcome.total, folder=folder)
        said = [whole if each.whole else parts]
        said += [tr("Cancelled; {left} were left.", left=outcome.left)] if outcome.left else []
        said += [BURNED_IN] if each.burned_in else []
        said += outcome.problems[:_SENTENCES]
        if (more := len(outcome.problems) - _SENTENCES) > 0:
            said.append(tr("… and {more} more; the history beside the jobs names them all.", more=more))
        self._say("\n".join(said), "warning" if outcome.problems else "")
        self.many_saved.emit(str(folder), outcome)

    def _cancel(self) -> None:
        """Stop what is being written, or leave."""
        if self._many is None:
            self.reject()
        else:
            self._many.stop()

    def _copied(self) -> None:
        self._free()
        self._say(tr("The figure is on the clipboard."))

    def _refused(self, sentence: str) -> None:
        self._free()
        self._say(sentence, "error")

    def _busy(self, text: str) -> None:
        self._say(text)
        self._free(False)

    def _free(self, free: bool = True) -> None:
        for each in (self.save_button, self.copy_button):
            each.setEnabled(free)

    def _say(self, text: str, role: str = "") -> None:
        theme.set_role(self.status, role)
        # A path of thousands of letters would push everything else out of the window.
        self.status.setText(shortened(text, _STATUS_LETTERS))

    def _follow_place(self) -> None:
        self.setWindowTitle(tr("Export {what} · {which}", what=self._what, which=self.place.which.currentText()))
        if many := len(self.place.pictures()):
            self.save_button.setText(tr("&Save {many}", many=many))
            self.save_button.setToolTip(tr("A file for each picture; those that cannot be made are named at the end"))
            return
        self.form.set_suffix(self.place.suffix())
        # What the button says is what the user agrees to: a file that comes later is not replaced.
        self._replaces = _is_file(self.path())
        self.save_button.setText(tr("&Replace") if self._replaces else tr("&Save"))
        self.save_button.setToolTip(tr("A file of this name exists and will be replaced") if self._replaces else "")

    def _arrange(self) -> None:
        top = row((self.paper, 1), column(self.form, ...), spacing=16)
        buttons = row((self.status, 1), self.copy_button, self.close_button, self.save_button)
        pictures = [picture for _, picture in self._items]
        warned = [label(BURNED_IN, "warning")] if any(each.burned_in for each in pictures) else []
        if any(names_a_person(each.path) for each in pictures):
            warned.append(label(f"{pictures[0].path.name}: {NAMED}", "warning"))
        self.setLayout(column((top, 1), self.place, *warned, self.bar, buttons, margins=None))
        self.save_button.setDefault(True)
        self.copy_button.setShortcut(QKeySequence("Ctrl+Shift+C"))
        self.resize(980, 620)


def _is_file(path: Path) -> bool:
    # Half-typed names may be too long, or lead where nobody may look or to a drive that hangs; saving will say so.
    return workers.within(lambda: os.path.isfile(path), False)  # noqa: PTH113
