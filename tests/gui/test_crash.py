"""A window that went down says so at the next start, once; one that was closed, or killed, says nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QTextEdit, QWidget

from gui.crash import Crashes
from tests.gui.hands import OnScreen

_GONE = """
import faulthandler, os, sys
from pathlib import Path
from gui.crash import Crashes
crashes = Crashes(Path(sys.argv[1]))
crashes.watch()
{}
"""


def left_behind(folder: Path, how: str) -> None:
    """By a process that ended so."""
    subprocess.run([sys.executable, "-c", _GONE.format(how), str(folder)], check=False, capture_output=True, timeout=60)


def offered(folder: Path, window: QWidget) -> str:
    """What a start says and shows."""
    crashes = Crashes(folder)
    crashes.watch()
    crashes.offer(window)
    found = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    said = ""
    for box in found:
        said = f"{box.text()} {box.informativeText()} {box.findChild(QTextEdit).toPlainText()}"  # type: ignore[union-attr]
        QTest.keyClick(box, Qt.Key.Key_Return)
    crashes.done()
    return said


def test_it_is_said_once_with_the_lines_of_code(tmp_path: Path, on_screen: OnScreen) -> None:
    window = on_screen(QWidget(), 300, 200)
    left_behind(tmp_path, "crashes.done()")
    left_behind(tmp_path, "os._exit(1)")
    assert offered(tmp_path, window) == ""
    left_behind(tmp_path, "faulthandler._sigsegv()")
    said = offered(tmp_path, window)
    assert "went down last time" in said
    assert "Segmentation fault" in said
    (log,) = tmp_path.glob("crash-*.log")
    assert str(log) in said
    assert offered(tmp_path, window) == ""
