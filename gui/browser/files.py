"""The listing as Qt's views know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl

from gui.browser.listing import Listing
from gui.browser.notes import Note, Order
from gui.browser.scan import Entry, Facts, name_of
from gui.texts import tr
from tfcore.pictures.address import file_of

_ROOT = QModelIndex()
# Dragged within the window: addresses, one a line.
_ADDRESSES = "application/x-heatlens-pictures"
_SAID: dict[int, str] = {Qt.ItemDataRole.AccessibleTextRole: ", ", Qt.ItemDataRole.StatusTipRole: "\n"}


class Files(QAbstractListModel):
    """Announces every change of the listing; whatever moves rows about is a reset, whose cost is one screen.

    Paths are read from ``listing``: Qt's strings would lose those that are not valid Unicode.
    """

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing()
        # Of a volume the slice that it was left at.
        self.address: Callable[[str], str] = str

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.listing.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        path = self.listing.path(index.row())
        if role in _SAID:
            # To those who do not see it, and in lines.
            return _SAID[role].join(filter(None, (name_of(path), self.listing.note_of(path), self.verdict(path))))
        return name_of(path) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is dragged out of the list: files for other programs, addresses for this one."""
        paths = [self.address(self.listing.path(index.row())) for index in indexes]
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file)) for file in dict.fromkeys(map(file_of, paths))])
        dragged.setData(_ADDRESSES, "\n".join(paths).encode("utf-8", "surrogateescape"))
        return dragged

    def verdict(self, path: str) -> str:
        """What a file really shows and whether the prediction is that, in words, and what else is remarked of it."""
        label, mark = self.listing.label_of(path), self.listing.mark_of(path)
        remark, said = self.listing.remarks.get(path, ""), self.listing.judgments.get(path)
        judged = said.words if said else ""
        return " · ".join(filter(None, (label and tr("label {label}", label=label), label and mark, remark, judged)))

    def append(self, entries: Iterable[Entry]) -> None:
        """List new files, at the end where they belong there."""
        rows = self.listing.append(entries)
        if rows is None:
            self.arrange()
        elif rows:
            count = len(self.listing.rows)
            self.beginInsertRows(_ROOT, count, count + len(rows) - 1)
            self.listing.rows += rows
            self.endInsertRows()

    def remove(self, paths: Iterable[str]) -> None:
        self.listing.remove(paths)
        self.arrange()

    def clear(self) -> None:
        self.beginResetModel()
        self.listing.clear()
        self.endResetModel()

    def annotate(self, path: str, note: Note) -> None:
        """Write a line under a file."""
        self.listing.annotate(path, note)
        self.tell(path)

    def tell(self, path: str) -> None:
        """What is said of a file is another."""
        row = self.listing.row(path)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def learn(self, facts: Iterable[Facts]) -> None:
        """Take in dates and sizes; :meth:`arrange` when all are there."""
        self.listing.learn(facts)

    def set_filter(self, text: str) -> None:
        """Show only files that contain every word of the text."""
        self.listing.set_filter(text)
        self.arrange()

    def set_only(self, mark: str) -> None:
        """Show only files of this mark or case."""
        self.listing.only = mark
        self.arrange()

    def set_order(self, order: Order | str) -> None:
        self.listing.order = order
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort again."""
        self.beginResetModel()
        self.listing.arrange()
        self.endResetModel()


def addresses_in(dragged: QMimeData) -> list[str]:
    """The pictures that are dragged, out of the list or from elsewhere."""
    if dragged.hasFormat(_ADDRESSES):
        return bytes(dragged.data(_ADDRESSES).data()).decode("utf-8", "surrogateescape").splitlines()
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
