"""Compose a figure panel, see it as it will be, and write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.export.clipboard import copy_image
from gui.export.composing import Preview, preview
from gui.export.drawing import Drawing
from gui.export.form import FORMATS, Form
from gui.export.paper import Paper
from tfcore.figure import Display
from tfcore.figure.style import shortened

if TYPE_CHECKING:
    from tfcore.figure.panel import Item

_STATUS_LETTERS = 300


class ExportDialog(QDialog):
    """Figure panels from (heat, picture) items; ``saved`` names the file each time one was written."""

    saved = Signal(str)

    def __init__(
        self,
        items: list[Item],
        display: Display,
        suggested: Path,
        parent: QWidget | None = None,
        layout: str = "rows",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export panel")
        # Deleted by Qt at closing, not by Python at a time and in a thread of its choosing.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._items, self._folder = items, Path(suggested).parent
        self._preview: Drawing | None = None
        # Wheel and slider send many changes; one drawing follows when they pause.
        self._soon = QTimer(self, singleShot=True, interval=80)
        self._soon.timeout.connect(self._draw)

        self.paper = Paper()
        self.form = Form(display, layout, several=len(items) > 1)
        self.name = QLineEdit(str(suggested))
        self.status = QLabel(wordWrap=True)
        self.save_button = QPushButton(theme.icon("mdi6.content-save-outline"), "&Save")
        self.copy_button = QPushButton(theme.icon("mdi6.content-copy"), "&Copy to clipboard")
        self.close_button = QPushButton("Cancel")
        self.browse_button = QPushButton(theme.icon("mdi6.folder-open-outline"), "&Browse…")
        self._arrange()

        self.form.set_suffix(Path(suggested).suffix)
        self.form.changed.connect(self._soon.start)
        self.form.format_changed.connect(self._follow_format)
        self.name.textChanged.connect(self._follow_name)
        self.save_button.clicked.connect(self.save)
        self.copy_button.clicked.connect(self.copy)
        self.browse_button.clicked.connect(self._browse)
        self.close_button.clicked.connect(self.reject)
        self._follow_name()
        self._soon.start()

    def path(self) -> Path:
        """Where the figure will go: the name as typed, beside the suggestion unless it says otherwise."""
        typed = self.name.text().strip()
        typed += "" if Path(typed).suffix else self.form.suffix()
        home = typed.startswith("~/")
        return Path.home() / typed[2:] if home else self._folder / typed

    def save(self) -> None:
        """Write the figure; the dialog stays and says where it is, or what went wrong."""
        typed = self.name.text().strip()
        if typed.endswith("/") or Path(typed).name in ("", ".."):
            self._say("The file has no name; type one or browse for a place.", "error")
            return
        choices, path = self.form.choices(), self.path()
        replace = self._replaces
        self._busy(f"Writing {path.name} …")
        Drawing(lambda: choices.write(self._items, path, replace), self._written, self._refused, self)

    def copy(self) -> None:
        """Put the figure on the clipboard."""
        self._busy("Drawing for the clipboard …")
        copy_image(self._items, self.form.choices(), self._copied, self._refused, self)

    def done(self, result: int) -> None:
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
        self._follow_name()
        self._say(f"Saved {path} and, with everything needed to make it again, {path.with_suffix('.json').name}.")
        self.close_button.setText("Close")
        self.saved.emit(str(path))

    def _copied(self) -> None:
        self._free()
        self._say("The figure is on the clipboard.")

    def _refused(self, sentence: str) -> None:
        self._free()
        self._say(sentence, "error")

    def _busy(self, text: str) -> None:
        self._say(text)
        for button in (self.save_button, self.copy_button):
            button.setEnabled(False)

    def _free(self) -> None:
        for button in (self.save_button, self.copy_button):
            button.setEnabled(True)

    def _say(self, text: str, role: str = "") -> None:
        theme.set_role(self.status, role)
        # A path of thousands of letters would push everything else out of the window.
        self.status.setText(shortened(text, _STATUS_LETTERS))

    def _follow_name(self) -> None:
        self.form.set_suffix(Path(self.name.text().strip()).suffix)
        # What the button says is what the user agrees to: a file that comes later is not replaced.
        self._replaces = _is_file(self.path())
        self.save_button.setText("&Replace" if self._replaces else "&Save")
        self.save_button.setToolTip("A file of this name exists and will be replaced" if self._replaces else "")

    def _follow_format(self, suffix: str) -> None:
        name = self.name.text().strip()
        typed = Path(name).suffix.lower()
        if name and typed != suffix and {typed, suffix} != {".tif", ".tiff"}:
            self.name.setText(str(Path(name).with_suffix(suffix)))

    def _browse(self) -> None:
        filters = {f"{name} (*{suffix})": suffix for name, suffix in FORMATS.items()}
        shown = next(text for text, suffix in filters.items() if suffix == self.form.suffix())
        # The dialog asks before a file is replaced.
        chosen, shown = QFileDialog.getSaveFileName(self, "Export panel", str(self.path()), ";;".join(filters), shown)
        if chosen:
            self.name.setText(chosen if Path(chosen).suffix else chosen + filters[shown])

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.name, 1)
        place.addWidget(self.browse_button)
        label = QLabel("File na&me")
        label.setBuddy(self.name)
        side = QVBoxLayout()
        side.addWidget(self.form)
        side.addStretch()
        top = QHBoxLayout()
        top.addWidget(self.paper, 1)
        top.addLayout(side)
        top.setSpacing(16)
        buttons = QHBoxLayout()
        buttons.addWidget(self.status, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.addLayout(top, 1)
        whole.addWidget(label)
        whole.addLayout(place)
        whole.addLayout(buttons)
        self.save_button.setDefault(True)
        self.copy_button.setShortcut(QKeySequence("Ctrl+Shift+C"))
        self.copy_button.setToolTip("The figure as it would be written (Ctrl+Shift+C)")
        self.resize(980, 620)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Half-typed names may be too long or lead where nobody may look; saving will say so.
        return False
