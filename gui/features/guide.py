"""The guide, read in the window: pages that ship with the program, and nothing of the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser

import resources
from gui.desk import Desk
from gui.menus import Command
from gui.pieces import beside, column, held, named
from gui.texts import tr

_PAGES = resources.HERE.parent / "docs" / "guide"
_CONTENTS = "README.md"
_Kind = QTextDocument.ResourceType
_PATH = Qt.ItemDataRole.UserRole
_SIZE, _WIDTHS = (1040, 680), (260, 780)


class Reader(QTextBrowser):
    """Pages with their pictures, as wide as there is room for; what lies elsewhere is named and never fetched."""

    # Where a link leads that is not followed; nothing, when one is.
    elsewhere = Signal(str)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # Beside the page that names it.
        file = Path(self.source().resolved(QUrl(name)).toLocalFile())
        if not file.is_file():
            return None
        if kind != _Kind.ImageResource.value:
            return super().loadResource(kind, name)
        image, room = QImage(str(file)), self.viewport().width() - 40
        smooth = Qt.TransformationMode.SmoothTransformation
        return image.scaledToWidth(room, smooth) if image.width() > room > 0 else image

    def doSetSource(self, name: QUrl | str, kind: _Kind = _Kind.UnknownResource) -> None:
        there = self.source().resolved(QUrl(name))
        if Path(there.toLocalFile()).is_file():
            super().doSetSource(there, kind)
        self.elsewhere.emit(
            "" if Path(there.toLocalFile()).is_file() else tr("Not in this guide: {QUrl}", QUrl=QUrl(name).toString())
        )


class Guide(QDialog):
    """Its pages at the left, those of them that hold what is typed above; the page at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self.setWindowTitle(tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reader = named(Reader(), tr("page"))
        self.pages = named(QListWidget(), tr("pages"))
        self.line = named(
            QLineEdit(placeholderText=tr("Find in the guide"), clearButtonEnabled=True), tr("Find in the guide")
        )
        for path in _in_order():
            text = path.read_text(encoding="utf-8")
            item = QListWidgetItem(text.splitlines()[0].lstrip("# "), self.pages)
            item.setData(_PATH, (path.name, text.casefold()))
        elsewhere = QLabel()
        self.reader.elsewhere.connect(elsewhere.setText)
        left = held(column(self.line, (self.pages, 1), spacing=6))
        self.setLayout(column((beside(left, self.reader, _WIDTHS), 1), elsewhere, margins=None))
        self.resize(*_SIZE)
        self.pages.currentItemChanged.connect(self._turn)
        self.line.textChanged.connect(self._find)
        self.line.returnPressed.connect(self._show_word)
        self.reader.sourceChanged.connect(self._follow)
        self.pages.setCurrentRow(0)

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.reader.source().fileName() != item.data(_PATH)[0]:
            self.reader.setSource(QUrl.fromLocalFile(str(_PAGES / item.data(_PATH)[0])))
            self._show_word()

    def _follow(self, source: QUrl) -> None:
        """A link on a page leads to another one."""
        for item in self._items():
            if item.data(_PATH)[0] == source.fileName():
                self.pages.setCurrentItem(item)

    def _find(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self._items():
            item.setHidden(not all(word in item.data(_PATH)[1] for word in words))
        fitting = [item for item in self._items() if not item.isHidden()]
        if fitting and self.pages.currentItem() not in fitting:
            self.pages.setCurrentItem(fitting[0])
        else:
            self.reader.moveCursor(self.reader.textCursor().MoveOperation.Start)
            self._show_word()

    def _show_word(self) -> None:
        """The next place of what is looked for, from the beginning again behind the last one."""
        if (words := self.line.text().split()) and not self.reader.find(words[0]):
            self.reader.moveCursor(self.reader.textCursor().MoveOperation.Start)
            self.reader.find(words[0])

    def _items(self) -> list[QListWidgetItem]:
        return [self.pages.item(row) for row in range(self.pages.count())]


def _in_order() -> list[Path]:
    """The contents, and the pages in the order in which they name them."""
    contents = _PAGES / _CONTENTS
    names = re.findall(r"\]\((\S+\.md)\)", contents.read_text(encoding="utf-8"))
    return [contents, *(_PAGES / name for name in dict.fromkeys(names) if (_PAGES / name).is_file())]


class Guides(QObject):
    """Opens it."""

    place = 96
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        what = tr("All that this program does, page by page with pictures; needs no network")
        desk.menus.add([Command("&Help", "&Guide", self.open, "Ctrl+F1", "mdi6.book-open-page-variant-outline", what)])

    def open(self) -> None:
        if (_PAGES / _CONTENTS).is_file():
            guide = Guide(self._desk)
            guide.show()
            guide.line.setFocus()
        else:
            self._desk.jobs.history.add(
                tr("The guide did not come with this program; it is missing in {pages}.", pages=_PAGES), "error"
            )


FEATURE = Guides
