"""Which network is asked, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QProgressBar, QPushButton, QStackedWidget, QWidget

from gui.panels.combo import Combo
from gui.panels.labels import ElidedLabel, badge, fields, label
from gui.panels.model_facts import ModelFacts
from gui.panels.sections import add_choice, add_section, sectioned
from gui.pieces import button, column, held, named, row
from gui.texts import tr
from tfcore.dropped import MODEL_NAMES
from tfcore.registry import catalogue
from tfcore.results import ModelInfo
from tfcore.results.model import untrained
from tfcore.words import apart

DEMO, DEMO_SEGMENTATION = "demo", "demo-segmentation"
# What stands for any other file in the list.
OPEN = "open…"
# Of a network: what it is called, its source, whether it can be opened here, and what to say about it.
Choice = tuple[str, str, bool, str]


class ModelPanel(QWidget):
    """Picks a model and a device, and shows the opened model, with what was guessed about it in plain sight."""

    model_chosen = Signal(str)
    open_requested = Signal()
    device_chosen = Signal(str)
    card_saved = Signal(dict, object)
    # The form for the card, just opened.
    card_edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Choice] = []
        self._recent: list[str] = []
        self._source = ""
        self._info: ModelInfo | None = None
        self._build()
        self._fill()
        self.show_empty()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """The networks of the zoo."""
        self._choices = list(choices)
        self._fill()

    def offer_zoo(self) -> None:
        """The architectures that can be built here."""
        self.set_choices(of_the_zoo())

    def set_recent(self, paths: Sequence[str]) -> None:
        """Model files opened before, newest first."""
        self._recent = list(paths)
        self._fill()

    def set_devices(self, devices: Sequence[str], current: str) -> None:
        """Where the engine can compute; one device is shown but leaves nothing to pick."""
        with QSignalBlocker(self._device):
            self._device.clear()
            for device in devices:
                self._device.addItem(device.upper(), device)
            self._device.setCurrentIndex(self._device.findData(current))
        self._device.setEnabled(len(devices) > 1)

    def show_empty(self) -> None:
        self._show_source("")
        self._pages.setCurrentWidget(self._empty)

    def show_loading(self, source: str) -> None:
        """A model is being opened."""
        self._show_source(source)
        self._loading_text.setText(tr("Opening {what} …", what=called([source])[source]))
        self._pages.setCurrentWidget(self._loading)

    def show_error(self, sentence: str) -> None:
        """The model could not be opened, and why; one that was open before still is, and can be gone back to."""
        self._problem.setText(sentence)
        self._back.setVisible(self._info is not None)
        if self._info is not None:
            self._back.setText(tr("Back to {name}", name=self._info.name))
            self._show_source(self._info.source)
        self._pages.setCurrentWidget(self._error)

    def show_model(self, info: ModelInfo) -> None:
        self._info = info
        self._show_source(info.source)
        self._facts.show_info(info)
        self._weights.setText(untrained(info.weights))
        self._weights.setVisible(bool(self._weights.text()))
        self._guessed.setText(tr("Guessed: {replace}. Check them.", replace=", ".join(info.guessed).replace("_", " ")))
        self._guessed.setVisible(bool(info.guessed))
        self._pages.setCurrentWidget(self._opened)

    def edit_card(self) -> None:
        """Open the form for what the model file does not say."""
        if self._info is None:
            return
        # Imported late, as by all who have one: it would delay the first paint of the window.
        from gui.panels.card_dialog import CardDialog

        dialog = CardDialog(self._info, self)
        dialog.card_saved.connect(self.card_saved)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.card_edited.emit(dialog)
        dialog.open()

    def _build(self) -> None:
        asked = tr("The network that is asked: the demo, a known architecture, or a file of yours")
        self._models = named(sectioned(), tr("model"), asked)
        self._models.setPlaceholderText(tr("Pick a model …"))
        self._models.activated.connect(self._picked)
        self._device = named(Combo(), tr("device"), tr("Where the engine computes; another device restarts the engine"))
        self._device.setEnabled(False)
        self._device.activated.connect(lambda _: self.device_chosen.emit(self._device.currentData()))

        self._empty = _page(label(tr("No model is open. Pick one above, or drop a model file on the window."), "quiet"))
        self._loading_text = ElidedLabel()
        bar = named(QProgressBar(textVisible=False, minimum=0, maximum=0), tr("the model is being opened"))
        self._loading = _page(self._loading_text, bar)
        self._problem = label(role="error")
        another = button(tr("Open another…"), tr("Choose another model file"), self.open_requested.emit)
        self._back = button("", tr("The model that was open before is still in use"), self._go_back)
        self._error = _page(self._problem, another, self._back)
        self._facts = ModelFacts()
        self._weights = badge()
        self._guessed = label(role="warning")
        self._guessed.setToolTip(tr("The model file does not say these; a wrong guess gives wrong predictions"))
        edit = button(
            tr("Edit card…"), tr("Say which classes the outputs are and how pictures are prepared"), self.edit_card
        )
        # First, where it is seen however low the panel is.
        self._opened = _page(self._guessed, self._facts, self._weights, edit)
        self._pages = QStackedWidget()
        for page in (self._empty, self._loading, self._error, self._opened):
            self._pages.addWidget(page)

        lists = fields((tr("M&odel"), self._models), (tr("&Device"), self._device))
        self.setLayout(column(lists, self._pages, ..., margins=None))

    def _fill(self) -> None:
        with QSignalBlocker(self._models):
            list_models(self._models, self._choices, self._recent)
        self._show_source(self._source)

    def _show_source(self, source: str) -> None:
        """Show in the list what is open; a file that is not in it yet joins the recent ones."""
        self._source = source
        if source and self._models.findData(source) < 0:
            self.set_recent([source, *self._recent])
            return
        with QSignalBlocker(self._models):
            self._models.setCurrentIndex(self._models.findData(source) if source else -1)

    def _go_back(self) -> None:
        if self._info is not None:
            self.show_model(self._info)

    def _picked(self, row: int) -> None:
        value = self._models.itemData(row)
        # The list shows what is open, not what is wished for, until the wish comes true.
        self._show_source(self._source)
        if value == OPEN:
            self.open_requested.emit()
        elif value:
            self.model_chosen.emit(value)


def of_the_zoo() -> list[Choice]:
    """The architectures that can be built here."""
    return [(spec.name, f"zoo:{spec.name}", True, tr(spec.summary)) for spec in catalogue("architecture")]


def called(paths: Iterable[str]) -> dict[str, str]:
    """Files in a list, each by its name, a model by its folder's where every run calls it the same; with folders where
    several are called alike.
    """
    files = {path: Path(path) for path in paths}
    return apart({path: (file.parent if file.name in MODEL_NAMES else file).parts for path, file in files.items()})


def list_models(combo: QComboBox, choices: Sequence[Choice], recent: Sequence[str]) -> None:
    """The demos, the networks of the zoo, files opened before, and the way to any other file."""
    combo.clear()
    add_section(combo, tr("demo"))
    add_choice(combo, tr("Demo: brain phantoms"), DEMO, tr("A small network trained on made-up slices"))
    add_choice(
        combo, tr("Demo: segmentation"), DEMO_SEGMENTATION, tr("A small U-Net that draws tumours in made-up volumes")
    )
    if choices:
        add_section(combo, tr("zoo"))
        for text, spec, enabled, tooltip in choices:
            add_choice(combo, tr("{text} · untrained", text=text), spec, tooltip, enabled)
    if recent:
        add_section(combo, tr("recent files"))
        for path, name in called(recent).items():
            add_choice(combo, name, path, path)
    combo.insertSeparator(combo.count())
    add_choice(combo, tr("Open model…"), OPEN, tr("A .keras, .h5 or .onnx file, or the saved_model.pb of a SavedModel"))


def _page(*widgets: QWidget) -> QWidget:
    return held(column(*(row(each, ...) if isinstance(each, QPushButton) else each for each in widgets), ...))
