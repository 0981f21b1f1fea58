"""Export of many pictures, as a person does it: pick them, press Ctrl+E, choose, save, look into the folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from gui.export.dialog import ExportDialog
from gui.features.uncertainty.feature import HowSure
from gui.main_window import MainWindow
from gui.panels import Request
from tests.gui.hands import Settled


@pytest.fixture
def scans(window: MainWindow, settled: Settled, pictures: list[Path]) -> list[Path]:
    """Four pictures are listed, the demo network is open and the first one is explained by it."""
    window.open_model("demo")
    window.open_pictures(pictures)
    settled()
    return pictures


def select(window: MainWindow, *rows: int) -> None:
    """Click on the first thumbnail, and on the others with Ctrl."""
    listed = window.browser.findChild(QAbstractItemView)
    for number, row in enumerate(rows):
        place = listed.visualRect(listed.model().index(row, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, keys, place)


def opened(window: MainWindow) -> ExportDialog:
    window.menus.actions["export"].trigger()
    return window.findChildren(ExportDialog)[-1]


def choose(dialog: ExportDialog, text: str) -> None:
    which = named(dialog, QComboBox, "pictures")
    which.setCurrentIndex(next(row for row in range(which.count()) if text in which.itemText(row)))


def named(dialog: ExportDialog, kind: type, name: str):
    return next(each for each in dialog.findChildren(kind) if each.accessibleName() == name)


def export(qtbot: QtBot, dialog: ExportDialog, folder: Path) -> str:
    """What the dialog says when all are done."""
    named(dialog, QLineEdit, "output folder").setText(str(folder))
    dialog.form.dpi.setValue(40)
    with qtbot.waitSignal(dialog.many_saved, timeout=120_000):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    return dialog.status.text()


def test_the_selected_pictures_are_all_written_with_maps_and_predictions(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    select(window, 0, 1, 3)
    settled()
    dialog = opened(window)
    assert dialog.windowTitle() == "Export grad-cam · the 3 selected"
    dialog.place.raw.click()
    dialog.place.table.click()
    out = tmp_path / "figures"
    assert "3 of 3 written" in export(qtbot, dialog, out)
    stems = [f"slice-{number}-grad-cam-stage4-demo" for number in (0, 1, 3)]
    figures = {f"{stem}{ending}" for stem in stems for ending in (".png", ".json", ".npz")}
    assert {path.name for path in out.iterdir()} == figures | {"predictions.csv", "predictions.json"}
    record = json.loads((out / f"{stems[2]}.json").read_text(encoding="utf-8"))["items"][0]
    assert record["picture"]["path"] == "../slice 3.png"
    assert (record["stage"], record["layer"]) == ("stage4", window.explaining.heat.layer)
    with (out / "predictions.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["path"] for row in rows] == ["../slice 0.png", "../slice 1.png", "../slice 3.png"]
    for row, number in zip(rows, (0, 1, 3), strict=True):
        record = json.loads((out / f"slice-{number}-grad-cam-stage4-demo.json").read_text(encoding="utf-8"))["items"][0]
        assert row["predicted"] == record["predicted"]["name"]
    dialog.close()
    # The folder of the pictures stays that of the pictures.
    assert window.home.exports == str(out)
    assert Path(opened(window).place.name.text()).parent == out


def test_a_broken_picture_is_named_and_the_filtered_rest_is_written(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    for name in ("mri 1.png", "mri 2.png", "mri 3.png"):
        (tmp_path / "data" / name).write_bytes(scans[0].read_bytes())
    window.open_pictures([tmp_path / "data"])
    settled()
    (tmp_path / "data" / "mri 2.png").write_bytes(b"no picture")
    QTest.keyClicks(window.browser.findChild(QLineEdit), "mri")
    settled()
    dialog = opened(window)
    choose(dialog, "all 3 that match the filter")
    named(dialog, QLineEdit, "output folder").setText(str(tmp_path / "data" / "figures"))
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "lies in the pictures of data" in dialog.status.text()
    out = tmp_path / "figures"
    said = export(qtbot, dialog, out)
    assert "2 of 3 written" in said
    assert "mri 2.png" in said
    assert len(list(out.glob("mri-*.png"))) == 2


def test_cancel_keeps_what_is_written_and_the_dialog(
    qtbot: QtBot, window: MainWindow, demo: None, tmp_path: Path
) -> None:
    out = tmp_path / "figures"
    dialog = opened(window)
    choose(dialog, "listed")
    named(dialog, QLineEdit, "output folder").setText(str(out))
    dialog.form.dpi.setValue(40)
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: out.is_dir() and bool(list(out.glob("*.json"))), timeout=60_000)
    with qtbot.waitSignal(dialog.many_saved, timeout=60_000):
        QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    written = len(list(out.glob("*.png")))
    assert 0 < written < len(window.browser.paths())
    assert f"{written} of {len(window.browser.paths())} written" in dialog.status.text()
    assert "Cancelled" in dialog.status.text()
    assert dialog.isVisible()


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_computed(
    window: MainWindow, scans: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    dialog = opened(window)
    choose(dialog, "listed")
    named(dialog, QLineEdit, "output folder").setText(str(tmp_path / "file" / "figures"))
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "was not written" in dialog.status.text()
    assert dialog.save_button.isEnabled()


def test_pictures_of_one_name_keep_their_folders_and_their_endings_a_number(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    for name in ("glioma/1.png", "healthy/1.png"):
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(scans[0].read_bytes())
    with Image.open(scans[1]) as image:
        image.save(tmp_path / "data" / "healthy" / "1.tif")
    window.clear()
    window.open_pictures([tmp_path / "data"])
    settled()
    dialog = opened(window)
    choose(dialog, "all 3 listed")
    export(qtbot, dialog, tmp_path / "figures")
    written = {str(path.relative_to(tmp_path / "figures")) for path in (tmp_path / "figures").rglob("*.png")}
    name = "1-grad-cam-stage4-demo"
    assert written == {f"glioma/{name}.png", f"healthy/{name}.png", f"healthy/{name}-2.png"}


def test_the_grid_and_the_difference_on_show_are_made_of_the_others_too(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    window.canvas.set_mode("grid")
    settled()
    shown = [(heat.method, heat.layer) for heat in window.canvas.grid.table().heats()]
    select(window, 0, 2)
    settled()
    dialog = opened(window)
    assert dialog.windowTitle() == "Export comparison · the 2 selected"
    export(qtbot, dialog, tmp_path / "grids")
    dialog.close()
    record = json.loads((tmp_path / "grids" / "slice-0-comparison-demo.json").read_text(encoding="utf-8"))
    assert [(item["method"], item["layer"]) for item in record["items"]] == shown
    window.canvas.grid.picked.emit((0, 0))
    window.canvas.grid.picked.emit((0, 3))
    settled()
    dialog = opened(window)
    export(qtbot, dialog, tmp_path / "differences")
    name = "slice-0-difference-of-grad-cam-stage1-stage4-demo.json"
    record = json.loads((tmp_path / "differences" / name).read_text(encoding="utf-8"))
    assert [item["method"] for item in record["items"]] == ["grad-cam", "grad-cam", "grad-cam (stage1 − stage4)"]


def test_what_how_sure_shows_of_one_picture_is_written_of_all(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    sure = next(feature for feature in window.features if isinstance(feature, HowSure))
    sure.panel.passes.setValue(5)
    window.menus.actions["&How sure is the model?"].trigger()
    settled()
    shows = sure.panel.shown
    shows.setCurrentText("sd under dropout")
    shows.activated.emit(shows.currentIndex())
    settled()
    select(window, 1, 2, 0)
    settled()
    dialog = opened(window)
    dialog.place.table.click()
    export(qtbot, dialog, tmp_path / "figures")
    with (tmp_path / "figures" / "predictions.csv").open(newline="", encoding="utf-8") as stream:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(stream)}
    for number in (0, 1, 2):
        (file,) = (tmp_path / "figures").glob(f"slice-{number}-sd-of-grad-cam-over-5-passes-stage4-demo.json")
        (item,) = json.loads(file.read_text(encoding="utf-8"))["items"]
        assert item["passes"]["passes"] == 5
        assert item["made"]["map"].startswith("sd")
        row = rows[f"slice {number}.png"]
        said = f"{row['predicted']} {float(row['p_' + row['predicted']]):.2f} ± {float(row['sd']):.2f}"
        assert item["passes"]["says"] == said


def test_the_layer_of_the_strip_that_is_seen_large_is_written_of_the_others(
    qtbot: QtBot, window: MainWindow, scans: list[Path], settled: Settled, tmp_path: Path
) -> None:
    window.method.ask(Request("lrp-composite", {}, None, None))
    settled()
    window.menus.actions["La&yer by layer"].trigger()
    settled()
    tile = next(each for each in window.findChildren(QAbstractButton) if "stage3" in each.accessibleName())
    tile.click()
    shown = window.figures.subject().items[0][0]
    dialog = opened(window)
    choose(dialog, "listed")
    export(qtbot, dialog, tmp_path / "figures")
    files = sorted((tmp_path / "figures").glob("*.json"))
    assert len(files) == 4
    items = [json.loads(file.read_text(encoding="utf-8"))["items"][0] for file in files]
    assert {item["layer"] for item in items} == {shown.layer}
    assert len({np.round(item["limits"][1], 9) for item in items}) == 4
