"""A figure onto the clipboard, ready to be pasted into a slide or a letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication, QImage

from gui.export.drawing import Drawing


def copy_image(
    draw: Callable[[], QImage],
    copied: Callable[[], None],
    failed: Callable[[str], None],
    parent: QObject | None = None,
) -> Drawing:
    """Draw it and put it on the clipboard a moment later; then ``copied`` is called, or ``failed``."""

    def done(image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        copied()

    # Somebody has to keep it until it is done.
    return Drawing(draw, done, failed, parent or QCoreApplication.instance())
