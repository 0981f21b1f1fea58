"""Goes through the window in the language of the environment, and prints every text that it shows, as JSON.

python -m tests.gui.every_text PICTURE…
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QTreeWidget,
    QWidget,
)

from gui import app as gui_app
from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tests.gui.hands import each_dock
from tests.gui.panels.samples import INFO
from tfcore.review import Session

# Commands that open something of their own, by the names they are known by.
DIALOGS = ("&Commands…", "&Shortcuts", "&About Heatlens", "&Audit a data set…", "New reader st&udy…")
CLASSES = ("glioma", "meningioma", "pituitary")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


def main(paths: list[str]) -> None:
    """All docks and menus, the commands, and dialogs, with an opened model."""
    app = gui_app.application()
    engine = Silent()
    window = MainWindow(engine, Session())
    window.show()
    window.open_pictures([Path(path) for path in paths])
    while not window.browser.paths():
        app.processEvents()
    window.open_model("demo")
    engine.answer(engine.last("open_model"), replace(INFO, classes=CLASSES))
    found: set[str] = set()
    for _ in each_dock(window):
        found |= seen(window)
    for name in (*DIALOGS, window.model_panel.edit_card):
        window.menus.actions[name].trigger() if isinstance(name, str) else name()
        app.processEvents()
        for top in app.topLevelWidgets():
            if top.isVisible() and top is not window:
                found |= seen(top)
                top.close()
    print(json.dumps(sorted(found)))
    window.leaving.agree()
    window.close()


def seen(around: QWidget) -> set[str]:
    """Whatever is said there, or called so."""
    return {text for widget in (around, *around.findChildren(QWidget)) for text in said(widget) if text}


def said(widget: QWidget) -> Iterator[str]:
    """By one widget."""
    yield from (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription())
    yield widget.windowTitle()
    for action in widget.actions():
        yield from (action.text(), action.toolTip(), action.statusTip())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QLineEdit():
            yield widget.placeholderText()
        case QSpinBox() | QDoubleSpinBox():
            yield from (widget.prefix(), widget.suffix(), widget.specialValueText())
        case QComboBox():
            yield from (str(widget.itemData(at, role) or "") for at in range(widget.count()) for role in ROLES)
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
            yield from (widget.tabToolTip(at) for at in range(widget.count()))
        case QTextEdit():
            yield from (widget.placeholderText(), widget.toPlainText())
        case QListWidget() | QTableWidget() | QTreeWidget():
            model = widget.model()
            for column in range(1 if isinstance(widget, QListWidget) else widget.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(model.rowCount()):
                    yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


if __name__ == "__main__":
    main(sys.argv[1:])
