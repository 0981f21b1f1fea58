"""The question before code from a model file is allowed to run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_trust(path: str, what: str, parent: QWidget | None = None) -> bool:
    """Whether the user lets the code in this file run; ``what`` names it (``"2 Lambda layers"``). No is the default."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Run code from a model file?", "", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{Path(path).name} contains {what}.")
    box.setInformativeText(
        f"{path}\n\nOpening it runs code that its author wrote, with your rights: it could read, change or send files. "
        "Open it only if you know who made it."
    )
    run = box.addButton("Run its code and open", QMessageBox.ButtonRole.YesRole)
    leave = box.addButton("Do not open", QMessageBox.ButtonRole.NoRole)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.exec()
    return box.clickedButton() is run
