from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.export.clipboard import copy_image
from gui.export.composing import Choices, preview
from gui.export.dialog import ExportDialog
from gui.export.drawing import Drawing
from tests.gui.hands import OnScreen
from tests.tfcore.figure.made import bump, heat, scan
from tfcore.errors import HeatlensError
from tfcore.figure import Display
from tfcore.figure.panel import Item

# The offscreen platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ITEMS: list[Item] = [(heat(), scan()), (heat(bump() - bump(x=0.4), signed=True), scan())]
DISPLAY = Display(
    colours="magma",
    opacity=0.4,
    normalise="from zero",
    outline=1.0,
    blend="wash",
    threshold=0.2,
    interpolation="pixels",
    percent=2.0,
    low=-1.0,
    high=3.0,
)


@pytest.fixture
def dialog(on_screen: OnScreen, tmp_path: Path) -> ExportDialog:
    return on_screen(ExportDialog(ITEMS, DISPLAY, tmp_path / "P0132.png"))


def drawn(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Wait until the sheet shows what the form says."""
    qtbot.waitUntil(lambda: not dialog._soon.isActive() and dialog._preview is None, timeout=20_000)


def saved(qtbot: QtBot, dialog: ExportDialog) -> Path:
    with qtbot.waitSignal(dialog.saved, timeout=30_000) as signal:
        dialog.save_button.click()
    return Path(signal.args[0])


def test_the_form_starts_with_what_the_window_shows(dialog: ExportDialog) -> None:
    assert dialog.form.choices() == Choices(display=DISPLAY)


def test_a_scale_set_by_hand_has_its_ends_beside_it_and_never_goes_down(dialog: ExportDialog) -> None:
    low, high = dialog.form.ends.boxes["low"], dialog.form.ends.boxes["high"]
    assert not low.isVisible()
    dialog.form.normalise.setCurrentText("manual")
    assert low.isVisible()
    assert not dialog.form.ends.boxes["percent"].isVisible()
    high.setValue(7.0)
    low.setValue(9.0)
    shown = dialog.form.choices().display
    assert (shown.normalise, shown.low, shown.high) == ("manual", -1.0, 7.0)
    assert low.value() == -1.0


def test_the_preview_is_the_figure_that_will_be_written(qtbot: QtBot, dialog: ExportDialog) -> None:
    drawn(qtbot, dialog)
    shown = dialog.paper.sheet.pixmap().toImage()
    expected = preview(ITEMS, dialog.form.choices(), dialog.paper.drawn_width(180)).image
    assert shown.convertToFormat(expected.format()) == expected
    assert "180 × " in dialog.paper.caption.text()


def test_the_preview_follows_the_form(qtbot: QtBot, dialog: ExportDialog) -> None:
    drawn(qtbot, dialog)
    before = dialog.paper.sheet.pixmap().height()
    dialog.form.columns["input"].setChecked(False)
    drawn(qtbot, dialog)
    # Two columns share the width of three, so each is taller.
    assert dialog.paper.sheet.pixmap().height() > before


def test_a_preview_that_was_overtaken_is_never_shown(qtbot: QtBot, dialog: ExportDialog) -> None:
    drawn(qtbot, dialog)
    gate = threading.Event()
    blocker = Drawing(gate.wait, lambda _: None, lambda _: None, dialog)
    dialog.form.width_mm.setValue(100)
    dialog._draw()
    overtaken = dialog._preview
    dialog.form.width_mm.setValue(120)
    dialog._draw()
    assert overtaken is not dialog._preview
    gate.set()
    drawn(qtbot, dialog)
    assert blocker is not None
    assert "120 × " in dialog.paper.caption.text()


def test_save_writes_figure_and_record_and_says_where(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.form.dpi.setValue(60)
    path = saved(qtbot, dialog)
    assert path == tmp_path / "P0132.png"
    with Image.open(path) as image:
        assert image.width == pytest.approx(180 / 25.4 * 60, abs=1)
    record = json.loads((tmp_path / "P0132.json").read_text(encoding="utf-8"))
    assert record["display"]["colours"] == "magma"
    assert str(path) in dialog.status.text()
    assert dialog.save_button.isEnabled()
    assert dialog.isVisible()


def test_buttons_rest_while_the_figure_is_written(qtbot: QtBot, dialog: ExportDialog) -> None:
    with qtbot.waitSignal(dialog.saved, timeout=30_000):
        dialog.save_button.click()
        assert not dialog.save_button.isEnabled()
        assert not dialog.copy_button.isEnabled()
    assert dialog.copy_button.isEnabled()


def test_the_format_changes_the_name_and_the_name_the_format(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.form.format.setCurrentText("PDF")
    assert dialog.path() == tmp_path / "P0132.pdf"
    dialog.name.setText("other.tif")
    assert dialog.form.format.currentText() == "TIFF"
    assert dialog.path() == tmp_path / "other.tif"
    dialog.name.setText("bare")
    assert dialog.path() == tmp_path / "bare.tiff"


def test_what_was_set_comes_back_by_keys(dialog: ExportDialog, tmp_path: Path) -> None:
    before = dialog.form.choices(), dialog.path()
    dialog.activateWindow()
    dialog.form.opacity.setValue(80)
    dialog.form.format.setCurrentText("PDF")
    dialog.form.normalise.setCurrentText("manual")
    dialog.form.ends.boxes["high"].setValue(7.0)
    after = dialog.form.choices(), dialog.path()
    assert (after[0].display.opacity, after[0].display.high, after[1].suffix) == (0.8, 7.0, ".pdf")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (dialog.form.choices(), dialog.path()) == before
    again = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Z, again)
    assert (dialog.form.choices(), dialog.path()) == after


def test_an_error_is_said_in_the_dialog_which_stays(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    dialog.name.setText(str(tmp_path / "file" / "panel.png"))
    dialog.save_button.click()
    qtbot.waitUntil(lambda: "was not written" in dialog.status.text(), timeout=30_000)
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


@pytest.mark.parametrize("name", ["", "  ", "/", "..", "folder/"])
def test_a_missing_name_is_said(dialog: ExportDialog, name: str) -> None:
    dialog.name.setText(name)
    dialog.save_button.click()
    assert "no name" in dialog.status.text()
    assert dialog.save_button.isEnabled()


def test_choices_without_a_figure_are_said_on_the_sheet(qtbot: QtBot, dialog: ExportDialog) -> None:
    for box in dialog.form.columns.values():
        box.setChecked(False)
    drawn(qtbot, dialog)
    assert "no columns" in dialog.paper.sheet.text()


def test_a_name_that_exists_turns_save_into_replace(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "old.png").write_bytes(b"")
    dialog.name.setText("old.png")
    assert "Replace" in dialog.save_button.text()
    dialog.name.setText("new.png")
    assert "Save" in dialog.save_button.text()


def test_browse_takes_the_chosen_name(dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = (str(tmp_path / "chosen"), "SVG (*.svg)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    dialog.browse_button.click()
    assert dialog.path() == tmp_path / "chosen.svg"
    assert dialog.form.format.currentText() == "SVG"


def test_copy_puts_the_figure_on_the_clipboard(qtbot: QtBot, dialog: ExportDialog) -> None:
    QGuiApplication.clipboard().clear()
    dialog.form.dpi.setValue(50)
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: "on the clipboard" in dialog.status.text(), timeout=30_000)
    assert QGuiApplication.clipboard().image().width() == pytest.approx(180 / 25.4 * 50, abs=1)


def test_a_panel_is_copied_without_a_dialog(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    heard: list[str] = []
    copy_image(lambda: Choices().image(ITEMS[:1]), lambda: heard.append("copied"), heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=30_000)
    assert heard == ["copied"]
    assert QGuiApplication.clipboard().image().width() == pytest.approx(180 / 25.4 * 300, abs=1)


def test_closing_during_a_drawing_is_quiet(qtbot: QtBot, tmp_path: Path) -> None:
    gate = threading.Event()
    closed = ExportDialog(ITEMS, DISPLAY, tmp_path / "P0132.png")
    closed.show()
    heard: list[object] = []
    Drawing(gate.wait, heard.append, heard.append, closed)
    closed._draw()
    with qtbot.waitSignal(closed.destroyed):
        closed.reject()
    gate.set()
    finished: list[object] = []
    Drawing(lambda: 1, finished.append, finished.append, QGuiApplication.instance())
    qtbot.waitUntil(lambda: finished == [1])
    assert heard == []


def test_what_goes_wrong_while_drawing_comes_as_one_sentence(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []

    def refuse() -> None:
        raise HeatlensError("A sentence.")

    def break_down() -> None:
        raise ValueError("odd")

    Drawing(refuse, lambda _: None, heard.append, QGuiApplication.instance())
    Drawing(break_down, lambda _: None, heard.append, QGuiApplication.instance())
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] == "A sentence."
    assert "ValueError: odd" in heard[1]
    assert "drawing a figure failed" in caplog.text


def test_drawing_never_runs_in_the_windows_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    Drawing(threading.current_thread, threads.append, lambda _: None, QGuiApplication.instance())
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is not threading.main_thread()
