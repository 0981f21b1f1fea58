"""The panel onto the clipboard, ready to be pasted into a slide or a letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication, QImage

from gui.export.composing import Choices
from gui.export.drawing import Drawing
from tfcore.figure import Display

if TYPE_CHECKING:
    from tfcore.figure.panel import Item


def copy_panel(
    items: Sequence[Item],
    display: Display,
    copied: Callable[[], None],
    failed: Callable[[str], None],
    parent: QObject | None = None,
    layout: str = "rows",
) -> Drawing:
    """Draw the panel and put it on the clipboard a moment later; then ``copied`` is called, or ``failed``."""
    return copy_image(items, Choices(display=display, layout=layout), copied, failed, parent)


def copy_image(
    items: Sequence[Item],
    choices: Choices,
    copied: Callable[[], None],
    failed: Callable[[str], None],
    parent: QObject | None = None,
) -> Drawing:
    """The same with every choice of the export."""

    def done(image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        copied()

    # Somebody has to keep it until it is done.
    return Drawing(lambda: choices.image(items), done, failed, parent or QCoreApplication.instance())
