"""The lines above and below the tiles."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from gui import theme
from gui.browser.narrowing import HELP
from gui.browser.notes import Case, Mark, Order, is_ranked
from gui.panels.combo import Combo
from gui.pieces import named, row
from gui.texts import counted, tr

ORDERS: dict[Order, tuple[str, str]] = {
    "name": (tr("Name"), tr("By folder and name, 2 before 10")),
    "newest": (tr("Newest first"), tr("By the date the file was last changed")),
    "largest": (tr("Largest first"), tr("By the size of the file")),
    "least sure": (
        tr("Least sure first"),
        tr(
            "By the entropy of the prediction in nats, where passes were run that of their mean; "
            "pictures without a prediction come last"
        ),
    ),
    "least probable": (
        tr("Least probable first"),
        tr("By the probability of the predicted class; pictures without a prediction come last"),
    ),
    "most probable": (
        tr("Most probable first"),
        tr("By the probability of the predicted class; pictures without a prediction come last"),
    ),
    "wrong first": (
        tr("Wrong first"),
        tr(
            "By agreement with the label: wrong predictions, the most probable first, then right "
            "ones, the least probable first; pictures without a label come last"
        ),
    ),
    "best rated": (
        tr("Best rated first"),
        tr("By the rating, of the same one starred pictures first; unrated ones come last"),
    ),
    "by class": (
        tr("By predicted class"),
        tr(
            "By the name of the predicted class, of each the most probable first; pictures without a "
            "prediction come last"
        ),
    ),
    "by note": (tr("By note"), tr("By the words of the notes; pictures without one come last")),
}

_BY_CASE = tr("By what was found, the worst first; pictures of which nothing was found come last")

# Those of which it is known what they show: all, or only some.
MARKS: dict[Mark, str] = {"": tr("All"), "wrong": tr("Wrong"), "right": tr("Right"), "no label": tr("No label")}


class Header(QWidget):
    """What to show and in what order."""

    order_changed = Signal(str)
    only_changed = Signal(str)
    # Somebody has narrowed or sorted the list, and is done with it.
    looked = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Whether it is known of any picture what it shows, and which cases have an order of their own.
        self._labelled = False
        self._ranked: set[str] = set()
        words = tr(
            "Show only pictures whose name, folder, prediction, badges, tags or note contain these words\n{help}",
            help=HELP,
        )
        self.filter = named(QLineEdit(placeholderText=tr("Filter"), clearButtonEnabled=True), tr("Filter"), words)
        self.filter.addAction(theme.icon("mdi6.magnify"), QLineEdit.ActionPosition.LeadingPosition)
        # A file dropped here belongs to the list, not into the line.
        self.filter.setAcceptDrops(False)
        self.filter.setMinimumWidth(90)
        self.order = named(Combo(6), tr("Sort"))
        self.order.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for place, (order, (text, help_)) in enumerate(ORDERS.items()):
            self.order.addItem(text, order)
            self.order.setItemData(place, help_, Qt.ItemDataRole.ToolTipRole)
        self.order.currentIndexChanged.connect(lambda _: self._chosen())
        self._tell()
        marked = tr("Show only pictures whose prediction is wrong or right by their label, or without a label")
        self.only = named(Combo(), tr("Show"), marked)
        for mark, text in MARKS.items():
            self.only.addItem(text, mark)
        self.only.currentIndexChanged.connect(lambda _: self.only_changed.emit(self.only.currentData()))
        self.only.hide()
        for done in (self.filter.editingFinished, self.order_changed, self.only_changed):
            done.connect(self.looked)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setSpacing(6)
        grid.addWidget(self.filter, 0, 0)
        grid.addWidget(self.order, 0, 1)
        grid.addWidget(self.only, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def offer_cases(self, cases: Mapping[str, Case], show: str, instead: Mapping[str, str]) -> None:
        """Named parts of the list beside the marks, and those with an order of their own beside the orders; the one to
        ``show`` is picked, else what was stays so, or what there is ``instead``.
        """
        seen, ordered = self.only.currentData(), self.order.currentData()
        self._ranked = {name for name, case in cases.items() if is_ranked(case)}
        parts = {name: f"{name} ({len(paths):,})" for name, paths in cases.items()}
        orders = {name: name for name in cases if name in self._ranked}
        _fill(self.only, len(MARKS), parts, show or instead.get(seen, seen))
        _fill(self.order, len(ORDERS), orders, instead.get(ordered, ordered))
        self._tell()
        # Where the list is in no order of theirs, or shows none of them, it stays as it is.
        if self.order.currentData() in cases or self.order.currentData() != ordered:
            self.order_changed.emit(self.order.currentData())
        if self.only.currentData() in cases or self.only.currentData() != seen:
            self.only_changed.emit(self.only.currentData())
        else:
            self._tell_cases()

    def tell_marks(self, labelled: bool, counts: Mapping[Mark, int]) -> None:
        """How many pictures are right and wrong, once it is known what any of them shows."""
        self._labelled = labelled
        self._tell_cases()
        for place, (mark, words) in enumerate(MARKS.items()):
            self.only.setItemText(place, f"{words} ({counts.get(mark, 0):,})" if mark else words)

    def _tell_cases(self) -> None:
        self.only.setVisible(self._labelled or self.only.count() > len(MARKS))
        # A case may have an order of its own.
        self.order.setEnabled(self.only.currentData() not in self._ranked)

    def _chosen(self) -> None:
        self._tell()
        self.order_changed.emit(self.order.currentData())

    def _tell(self) -> None:
        text, help_ = ORDERS.get(self.order.currentData(), (self.order.currentText(), _BY_CASE))
        self.order.setToolTip(f"{text}: {help_[0].lower()}{help_[1:]}")


def _fill(box: QComboBox, kept: int, items: Mapping[str, str], picked: str) -> None:
    """Other entries behind the first ones, without saying so; where the one that is picked is gone, the first is."""
    blocked = box.blockSignals(True)
    while box.count() > kept:
        box.removeItem(box.count() - 1)
    for data, text in items.items():
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(picked)))
    box.blockSignals(blocked)


class Count(QWidget):
    """How many pictures there are, and that more may be dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel()
        self.text.setObjectName("count")
        self._hint = hint = QLabel(tr("drop files here"))
        hint.setToolTip(tr("Drop pictures or folders anywhere on this list to add them"))
        for label in (self.text, hint):
            theme.set_role(label, "quiet")
            # The panel may become narrower than its words.
            label.setMinimumWidth(1)
        self._all_said = True
        self.setLayout(row((self.text, 1), hint, margins=(10, 4, 10, 5)))

    def tell(self, shown: int, listed: int, looking: str, masks: int, unpredicted: int, slices: int) -> None:
        """Say "37 of 120", or "120 pictures" where all are shown, what no filter finds yet, and what is left out."""
        words = (
            tr("{shown:,} of {listed:,}", shown=shown, listed=listed) if shown != listed else counted(listed, "picture")
        )
        left_out = tr("{masks} left out", masks=counted(masks, "mask")) if masks else ""
        unknown = (
            tr("{unpredicted:,} not predicted yet", unpredicted=unpredicted) if unpredicted and shown != listed else ""
        )
        within = tr("{slices:,} slices", slices=slices) if slices else ""
        self.text.setText(" · ".join(filter(None, (words, within, unknown, left_out, looking))))
        self.text.setToolTip(self.text.text())
        self._all_said = not unknown and not left_out and not within
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What is counted comes first."""
        needed = self.text.sizeHint().width() + self._hint.sizeHint().width() + 26
        self._hint.setVisible(self._all_said and needed <= self.width())
