"""The question before code from a model file is allowed to run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.texts import tr


def ask_trust(path: str, what: str, parent: QWidget | None = None) -> bool:
    """Whether the user lets the code in this file run; ``what`` names it (``"2 Lambda layers"``). No is the default."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("Run code from a model file?"), "", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("{name} contains {what}.", name=Path(path).name, what=what))
    box.setInformativeText(
        tr(
            "{path}\n"
            "\n"
            "Opening it runs code that its author wrote, with your rights: it could read, change or "
            "send files. Open it only if you know who made it.",
            path=path,
        )
    )
    run = box.addButton(tr("Run its code and open"), QMessageBox.ButtonRole.YesRole)
    leave = box.addButton(tr("Do not open"), QMessageBox.ButtonRole.NoRole)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.exec()
    return box.clickedButton() is run
