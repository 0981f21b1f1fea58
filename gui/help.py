"""What can be done with the keyboard, and what this program is."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QTextBrowser, QWidget

from gui.menus import Command
from gui.pieces import column, named
from gui.texts import tr
from tfcore.marks import version

# Keys that belong to a part of the window rather than to a menu.
_ELSEWHERE = (
    (tr("Pictures"), tr("Arrow keys, Home, End, Page Up, Page Down"), tr("go through the list, wherever the focus is")),
    (tr("Pictures"), tr("Delete"), tr("take the picture off the list (the file stays)")),
    (tr("Method"), "Ctrl+Return", tr("explain now (slow methods wait for it)")),
    (tr("Method"), "1 … 9", tr("explain that class, in the order of the list of targets")),
    (tr("Method"), "0", tr("explain the predicted class")),
    (tr("Canvas"), tr("Space (held)"), tr("hide the heatmap while held")),
    (tr("Canvas"), tr("[  and  ]"), tr("less and more opacity")),
    (tr("Canvas"), tr("wheel · drag · double click"), tr("zoom · move · fit")),
    (tr("Measure"), tr("Alt+arrows · Alt+Shift+arrows"), tr("move · bend the chosen region by one pixel")),
    (tr("Measure"), tr("Delete (in the table)"), tr("take the selected regions away")),
    (tr("Canvas"), tr("Shift, dragged"), tr("measure a distance, in mm where the file says how large its pixels are")),
    (
        tr("Canvas"),
        tr("right button, dragged"),
        tr("window: wider or narrower sideways, brighter or darker up and down"),
    ),
    (tr("Canvas"), tr("wheel on a volume · Ctrl+wheel"), tr("go through its slices · zoom")),
    (tr("Fields"), tr("F4 or Alt+Down"), tr("open the list of a field; arrow keys go to the pictures")),
    (
        tr("Fields"),
        tr("Tab"),
        tr("leads through all that is seen; buttons, lists, tabs and sliders it has led to keep their keys"),
    ),
    (tr("Fields"), tr("wheel"), tr("changes the field that has the focus, and no other")),
)


def show_shortcuts(commands: Iterable[Command], parent: QWidget) -> QDialog:
    """A list of every shortcut, from the table the menus are made of."""
    rows = [(_plain(c.menu), c.shortcut, _plain(c.text).rstrip("…")) for c in commands if c.shortcut]
    sections: dict[str, list[str]] = {}
    for menu, keys, what in [*rows, *_ELSEWHERE]:
        heading = f"<tr><td colspan='2' style='padding-top:10px'><b>{html.escape(menu)}</b></td></tr>"
        line = f"<tr><td style='padding:2px 24px 2px 12px'>{html.escape(keys)}</td><td>{html.escape(what)}</td></tr>"
        sections.setdefault(menu, [heading]).append(line)
    lines = [line for section in sections.values() for line in section]
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Shortcuts"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    text = named(QTextBrowser(), tr("shortcuts"))
    text.setHtml("<table>" + "".join(lines) + "</table>")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    dialog.setLayout(column(text, buttons, margins=None))
    dialog.resize(520, 560)
    dialog.open()
    return dialog


def _plain(name: str) -> str:
    return " ▸ ".join(tr(part) for part in name.split(" ▸ ")).replace("&", "")


def show_about(versions: dict[str, str], parent: QWidget) -> None:
    """Name, version, what it runs on, licence."""
    rows = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td>{number}</td></tr>" for name, number in versions.items())
    box = QMessageBox(parent)
    box.setWindowTitle(tr("About Heatlens"))
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(
        tr(
            "<h3>Heatlens {version}</h3><p>Where a medical-image network looks, how sure it is, and "
            "whether the heatmap deserves belief.</p><table>{rows}</table><p>Apache License 2.0. Not "
            "a medical device.</p>",
            version=version(),
            rows=rows,
        )
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
