"""The facts of an opened model as a short table."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QWidget

from gui.panels.labels import ElidedLabel, FieldName
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.results import ModelInfo

_CALLED = {
    "name": tr("name"),
    "inside": tr("inside"),
    "input": tr("input"),
    "classes": tr("classes"),
    "answers": tr("answers"),
    "parameters": tr("parameters"),
    "task": tr("task"),
    "hash": tr("hash"),
}


class ModelFacts(QWidget):
    """Name, input, classes, size, task and hash, one line each, and that a model is a black box; what is cut off is in
    the tooltip.
    """

    def __init__(self) -> None:
        super().__init__()
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(3)
        self._values: dict[str, ElidedLabel] = {}
        for name, called in _CALLED.items():
            value = self._values[name] = ElidedLabel()
            value.setAccessibleName(called)
            title = FieldName(called)
            set_role(title, "quiet")
            rows.addRow(title, value)
        self._rows = rows

    def show_info(self, info: ModelInfo) -> None:
        digest = str(info.card.get("sha256") or "")
        self._say("name", info.name, info.source)
        self._say("input", shape_text(info.input_shape))
        self._say("classes", f"{len(info.classes)}: {', '.join(info.classes)}", "\n".join(info.classes[:40]))
        self._say("answers", info.answers or "—")
        count = info.parameters
        self._say(
            "parameters",
            count_text(count) if count else "—",
            f"{count:,}" if count else tr("The model does not say how many"),
        )
        self._say("task", tr(info.task))
        self._say("inside", info.box)
        self._rows.setRowVisible(self._values["inside"], bool(info.box))
        self._say(
            "hash",
            digest[:12] or "—",
            tr("SHA-256 {digest}", digest=digest) if digest else tr("The model has no file yet"),
        )

    def text(self, name: str) -> str:
        return self._values[name].text()

    def _say(self, name: str, text: str, tooltip: str = "") -> None:
        self._values[name].setText(text)
        self._values[name].setToolTip(tooltip or text)


def shape_text(shape: tuple[int | None, ...]) -> str:
    """``224 × 224 px, 3 channels``; a side that may have any length is ``any``."""
    if len(shape) < 3:
        return " × ".join(tr("any") if side is None else str(side) for side in shape)
    height, width, channels = shape[-3:]
    size = f"{height or tr('any')} × {width or tr('any')} px"
    return size + (f", {counted(channels, 'channel')}" if channels else "")


def count_text(count: int) -> str:
    """``134 M``, ``2.3 M``, ``52 k``, ``870``."""
    for size, unit in ((1e9, "G"), (999.5e3, "M"), (1e3, "k")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return str(count)
