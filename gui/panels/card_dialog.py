"""The form for what a model file does not say about itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from gui import choosing
from gui.panels.card_choices import CHOICES
from gui.panels.card_preview import CardPreview
from gui.panels.intensity_box import IntensityBox
from gui.panels.labels import label
from gui.panels.number_box import TEXT_MARGINS, NumberBox
from gui.pieces import button, column, named, row
from gui.texts import tr
from gui.theme import set_role
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture
from tfcore.results import ModelInfo
from tfcore.tables import names_in, names_text

# Long enough to type a size, short enough to feel at once.
_PAUSE_MS = 150

_GUESSED = tr(" (guessed)")
_TITLES = {
    "scaling": tr("&Scaling"),
    "colour": tr("C&olour"),
    "resize": tr("&Resize"),
    "fit": tr("&Fit"),
    "outputs": tr("&Values"),
}
_HEAD = tr("Which of its signatures or outputs is asked; another one has classes of its own")


class CardDialog(QDialog):
    """Classes, preprocessing and, where it is open, the input size; Save emits them with the names of the fields that
    the user touched, and the dialog stays until :meth:`close_saved` or :meth:`show_problem` says what came of it.

    ``preview_wanted`` says how the picture is to be prepared as the form stands; the answer goes to ``preview``.
    ``names_wanted`` asks for class names: those of the folders of the listed pictures, or of a data set that is named.
    """

    card_saved = Signal(dict, object)
    preview_wanted = Signal(dict)
    names_wanted = Signal(str)

    def __init__(self, info: ModelInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self.setWindowTitle(tr("Card of {name}", name=info.name))
        self.preview = CardPreview()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._want_preview)
        # By field; a guess that nobody touched stays one.
        self._labels: dict[str, QLabel] = {}
        self._touched: dict[str, None] = {}
        order = tr("In the order of the network's outputs, each on a line of its own or with commas between; ")
        written = QPlainTextEdit(names_text(info.classes))
        self._classes = named(written, tr("classes"), tr('{order}a name with a comma in "quotes"', order=order))
        self._classes.setTabChangesFocus(True)
        self._classes.setMinimumHeight(90)
        self._classes.textChanged.connect(lambda: self._touch("classes"))
        self._classes.textChanged.connect(self._judge)
        self._take = self._take_button()
        self._choices = {name: self._choice(name) for name in CHOICES if name != "outputs" or info.outputs_open}
        if len(info.heads) > 1:
            self._choices["head"] = self._choice("head")
        self._intensity = IntensityBox(info.card.get("intensity", ""))
        self._intensity.changed.connect(self._pause.start)
        self._intensity.changed.connect(lambda: self._touch("intensity"))
        self._sides = self._side_boxes()
        self._around, self._threshold = self._of_masks()
        self._problem = label(role="error")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        set_role(self._save, "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(self._name("task", tr("Task")), label(tr(info.task), wrap=False))
        rows.addRow(self._name("classes", tr("&Classes"), self._classes), self._classes)
        rows.addRow("", self._take)
        rows.addRow(self._name("intensity", tr("I&ntensity"), self._intensity), self._intensity)
        for name, combo in self._choices.items():
            rows.addRow(self._name(name, _TITLES.get(name, "O&utput"), combo), combo)
        if self._sides:
            line = row(self._sides[0], label("×", wrap=False), self._sides[1], ...)
            rows.addRow(self._name("input_shape", tr("&Input size"), self._sides[0]), line)
        if info.task == "segmentation":
            rows.addRow(self._name("background", tr("&Background"), self._around), self._around)
            rows.addRow(self._name("threshold", tr("&Threshold"), self._threshold), self._threshold)
        kept = tr("What is said here is kept beside the model file and used whenever it is opened.")
        sides = row((column(rows, self._problem, ...), 2), (self.preview, 3), spacing=18)
        self.setLayout(column(label(kept, "quiet"), (sides, 1), buttons, margins=None))
        self.resize(920, 440)
        self._judge()

    def values(self) -> dict[str, Any]:
        """What the form states, by the card's field names."""
        stated: dict[str, Any] = {"classes": self._names(), "task": self._info.task}
        stated |= {name: combo.currentData() for name, combo in self._choices.items()}
        stated["intensity"] = self._intensity.text()
        if self._info.task == "segmentation":
            stated |= {"background": self._around.currentData(), "threshold": self._threshold.value()}
        if self._sides:
            stated["input_shape"] = [*(side.value() for side in self._sides), self._info.input_shape[-1]]
        return stated

    @property
    def settled(self) -> bool:
        """No preview is about to be wanted."""
        return not self._pause.isActive()

    def show_picture(self, picture: Picture | None) -> None:
        """The picture to preview, ``None`` where none is open."""
        self.preview.show_picture(picture)
        if picture is not None:
            self._pause.start()

    def _want_preview(self) -> None:
        others = ("classes", "task", "outputs", "background", "threshold", "head")
        self.preview_wanted.emit({name: value for name, value in self.values().items() if name not in others})

    def accept(self) -> None:
        """Hand over what is stated; what was typed is not let go before it is kept."""
        self._save.setEnabled(False)
        self.card_saved.emit(self.values(), list(self._touched))

    def close_saved(self) -> None:
        """It is kept."""
        super().accept()

    def show_problem(self, sentence: str) -> None:
        """Why it could not be kept, or names could not be found."""
        self._judge()
        self._say(sentence)

    def show_names(self, names: Sequence[str]) -> None:
        self._classes.setPlainText(names_text(names))

    def _names(self) -> list[str]:
        return list(names_in(self._classes.toPlainText()))

    def _touch(self, field: str) -> None:
        self._touched[field] = None
        if (name := self._labels.get(field)) is not None:
            name.setText(name.text().removesuffix(_GUESSED))
            set_role(name, "")

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _judge(self) -> None:
        problem = self._problem_of_names()
        self._say(problem)
        self._save.setEnabled(not problem)

    def _problem_of_names(self) -> str:
        """Why the names as they stand cannot be those of the outputs."""
        try:
            names, outputs = self._names(), len(self._info.classes)
        except HeatlensError:
            return tr('A quote is not closed; names with commas stand in "quotes".')
        if len(names) != outputs:
            return tr(
                "The model has {outputs} outputs, so {outputs} names are needed; there are {n}.",
                outputs=outputs,
                n=len(names),
            )
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            return tr("“{twice}” is there twice; every class needs a name of its own.", twice=twice)
        return ""

    def _take_button(self) -> QPushButton:
        what = tr("Name the classes as the folders into which pictures are sorted, in alphabetical order")
        take, menu = button(tr("Take the folder names"), what), QMenu(self)
        menu.addAction(tr("of the listed pictures"), lambda: self.names_wanted.emit(""))
        menu.addAction(tr("of a data set…"), self._choose_data)
        take.setMenu(menu)
        return take

    def _choose_data(self) -> None:
        if folder := choosing.folder(self, tr("Take the names of its class folders")):
            self.names_wanted.emit(folder)

    def _choice(self, name: str) -> QComboBox:
        help, choices = CHOICES.get(name) or (_HEAD, {each: each for each in self._info.heads})
        combo = named(QComboBox(), tr(name), help)
        for value, text in choices.items():
            if _suits(value, self._info.input_shape[-1]):
                combo.addItem(text, value)
        combo.setCurrentIndex(max(0, combo.findData(self._info.card.get(name))))
        combo.currentIndexChanged.connect(lambda _: self._pause.start())
        combo.activated.connect(lambda _: self._touch(name))
        return combo

    def _of_masks(self) -> tuple[QComboBox, NumberBox]:
        """What a network that segments draws on, and from which probability on a label is there."""
        around = named(QComboBox(), tr("background"), tr("The class that lies around all others and is not drawn"))
        around.addItem(tr("the first; of labels none"), "")
        for name in self._info.classes:
            around.addItem(name, name)
        around.addItem(tr("none of them"), "none")
        around.setCurrentIndex(max(0, around.findData(self._info.card.get("background", ""))))
        around.activated.connect(lambda _: self._touch("background"))
        what = tr("The probability from which on a label, or the one unit, is there")
        threshold = named(NumberBox(0.01, 0.99), tr("threshold"), what)
        threshold.setValue(float(self._info.card.get("threshold", 0.5)))
        threshold.setEnabled(self._info.thresholded)
        threshold.valueChanged.connect(lambda _: self._touch("threshold"))
        return around, threshold

    def _side_boxes(self) -> tuple[QSpinBox, ...]:
        shape = self._info.input_shape[-3:]
        if len(shape) < 3 or None not in shape[:2]:
            return ()
        boxes = []
        for name, side in zip((tr("input height"), tr("input width")), shape, strict=False):
            picked = tr("{name}: the network takes any, so one has to be picked", name=name.capitalize())
            box = named(QSpinBox(), name, picked)
            box.lineEdit().setTextMargins(*TEXT_MARGINS)
            box.setRange(8, 4096)
            box.setSuffix(" px")
            box.setValue(side or 224)
            box.setEnabled(side is None)
            box.valueChanged.connect(lambda _: self._pause.start())
            box.valueChanged.connect(lambda _: self._touch("input_shape"))
            boxes.append(box)
        return tuple(boxes)

    def _name(self, field: str, text: str, widget: QWidget | None = None) -> QWidget:
        guessed = field in self._info.guessed
        name = label(f"{text}{_GUESSED}" if guessed else text, "warning" if guessed else "", wrap=False)
        self._labels[field] = name
        if widget is not None:
            name.setBuddy(widget)
        return name


def _suits(value: str, channels: int | None) -> bool:
    """Colour orders need more than one channel, and ImageNet's means are three."""
    if value in ("rgb", "bgr"):
        return channels != 1
    return channels in (3, None) if value.startswith("imagenet") else True
