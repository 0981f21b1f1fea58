"""What a network draws, as it is seen over the picture, in its legend and in the heading."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSlider

import tfcore
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.measure.test_measuring import drag
from tests.gui.features.segment.networks import BRAIN, by_brightness, by_contrast
from tests.gui.features.segment.seeing import CORE, LESION, click, colours, drawn, heading, seen, shows
from tests.gui.features.volume.hands import tiles, wheel, words
from tests.gui.hands import Settled, bars, button, in_sight, named, texts
from tfcore.data.phantom import write_brains
from tfcore.figure import export
from tfcore.figure.masks import colour_of
from tfcore.training.predictions import draw_files


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return by_brightness(tmp_path_factory.mktemp("network"))


@pytest.fixture
def looked_at(window: MainWindow, network: Path, settled: Settled, tmp_path: Path) -> MainWindow:
    """A picture, what the network draws on it, and no heat over it."""
    path = tmp_path / "scan.png"
    Image.fromarray(np.array([20, 120, 220], np.uint8)[drawn()]).save(path)
    return opened(window, network, settled, path)


def opened(window: MainWindow, network: Path, settled: Settled, path: Path) -> MainWindow:
    window.resize(1280, 800)
    drop(window, path, network)
    settled()
    window.canvas.heat_off.trigger()
    return window


def test_classes_are_drawn_over_the_picture_and_told(looked_at: MainWindow, settled: Settled) -> None:
    window = looked_at
    assert "lesion 540 px" in heading(window)
    assert "scan.png" in heading(window)
    panel = window.docks["Mask"]
    assert {"540 px", "60 px"} <= set(texts(panel))
    # The bars are shares of the picture, and what covers most is explained rather than what lies around it.
    shares = {bar.name: round(bar.value, 3) for bar in bars(window.docks["Prediction"])}
    assert shares == {"background": 0.7, "lesion": 0.27, "core": 0.03}
    assert any("share of the picture" in text for text in texts(window.docks["Prediction"]))
    assert [bar.name for bar in bars(window.docks["Prediction"]) if bar.target] == ["lesion"]

    # Lines between the pixels, in the colours of the legend.
    assert shows(window, LESION, 10, 20)
    assert shows(window, CORE, 25, 15)
    assert not shows(window, LESION, 5, 5)
    assert not shows(window, LESION, 14, 26)

    # A tick less, and its line is gone.
    named(panel, "draw lesion").click()
    assert not shows(window, LESION, 10, 20)
    assert shows(window, CORE, 25, 15)

    # More opacity, and the class is filled.
    slider: QSlider = named(panel, "opacity of core")
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert shows(window, CORE, 25, 18, around=0)

    # For as long as Space is held the picture is seen alone; side by side it stays so on the left.
    window.canvas.setFocus()
    QTest.keyPress(window.canvas, Qt.Key.Key_Space)
    assert not shows(window, CORE, 25, 18, around=0)
    QTest.keyRelease(window.canvas, Qt.Key.Key_Space)
    assert shows(window, CORE, 25, 18, around=0)
    button(window, "side by side").click()
    assert not shows(window, CORE, 25, 18, around=0)

    # A network that classifies draws nothing.
    button(window, "overlay").click()
    window.open_model("demo")
    settled()
    assert not shows(window, CORE, 25, 18, around=0)
    assert panel.isHidden()
    assert "px" not in heading(window)
    assert named(window, "target class").currentIndex() == 0, "the predicted one, as before"


def test_what_is_drawn_is_seen_in_every_cell_of_the_grid(looked_at: MainWindow, settled: Settled) -> None:
    looked_at.canvas.heat_off.trigger()
    button(looked_at, "grid").click()
    settled()
    image = looked_at.canvas.views.grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert all(seen(image, colour) > 40 for colour in (LESION, CORE))


def test_a_true_mask_beside_the_picture_is_held_against_it(
    window: MainWindow, network: Path, settled: Settled, tmp_path: Path
) -> None:
    Image.fromarray(np.array([20, 120, 220], np.uint8)[drawn()]).save(tmp_path / "scan.png")
    # Ten columns further to the right than drawn: a third of the lesion is missed, a third false.
    Image.fromarray(np.roll(drawn() > 0, 10, axis=1).astype(np.uint8)).save(tmp_path / "scan_mask.png")
    opened(window, network, settled, tmp_path / "scan.png")
    panel = window.docks["Mask"]
    # 20 × 20 pixels less the core are of both, of 540 and 600.
    assert "Dice 0.596" in texts(panel)
    assert not shows(window, LESION, 50 - 0.5, 20)
    button(panel, "with truth").click()
    assert shows(window, QColor("white"), 45, 10)
    button(window, "side by side").click()
    beside = (view.grab().toImage() for view in window.canvas.views.shown())
    without, over = (image.convertToFormat(QImage.Format.Format_RGB32) for image in beside)
    assert seen(without, LESION) > 40
    # An expert marked no core.
    assert (seen(without, CORE), seen(over, CORE) > 40) == (0, True)
    button(window, "overlay").click()
    button(panel, "difference").click()
    assert {"missed", "false"} <= set(texts(panel))
    missed, false, agreed = (colours(window, column, 25, around=0)[0] for column in (45, 12, 35))
    assert missed.blue() > missed.red() + 50
    assert false.red() > false.blue() + 50
    assert abs(agreed.red() - agreed.blue()) < 5


def test_a_true_mask_that_cannot_be_used_says_why(
    window: MainWindow, network: Path, settled: Settled, tmp_path: Path
) -> None:
    Image.fromarray(np.array([20, 120, 220], np.uint8)[drawn()]).save(tmp_path / "scan.png")
    Image.fromarray(np.full((40, 50), 255, np.uint8)).save(tmp_path / "scan_mask.png")
    opened(window, network, settled, tmp_path / "scan.png")
    assert any("holds the value 255; only 0, 1, 2 are classes" in text for text in texts(window.docks["Mask"]))
    assert "difference" not in in_sight(window.docks["Mask"])
    assert shows(window, LESION, 10, 20)


def test_a_case_of_four_channels_is_one_tile_whose_slices_are_gone_through(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    write_brains(tmp_path / "brains", n=1, size=32, seed=3)
    (case,) = (path for path in (tmp_path / "brains").iterdir() if path.is_dir())
    window.resize(1280, 800)
    drop(window, case, by_contrast(tmp_path))
    settled()
    assert tiles(window) == [case.name]
    assert words(window).startswith("slice ")
    first, panel = words(window), window.docks["Mask"]
    assert any("mm²" in text for text in texts(panel))
    assert any(text.startswith("Dice ") for text in texts(panel))
    assert [bar.name for bar in bars(window.docks["Prediction"])] == list(BRAIN)
    sizes = [text for text in texts(panel) if "mm²" in text]
    for _ in range(3):
        wheel(window, -1)
        settled()
    assert words(window) != first
    assert [text for text in texts(panel) if "mm²" in text] != sizes
    assert tiles(window) == [case.name]

    # In the other planes it is cut through all slices: where this one crosses them the line ends with it.
    window.canvas.heat_off.trigger()
    button(window, "planes").click()
    settled()
    for number in (2, 3):
        image = named(window, f"plane {number}").grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert seen(image, QColor(colour_of(BRAIN.index("oedema")))) > 20
    # So it is in figures.
    subject = window.figures.subject()
    assert subject is not None
    assert [bool(heat.mask and heat.mask.inside(2).any()) for heat, _ in subject.items] == [True] * 3
    named(panel, "draw oedema").click()
    image = named(window, "plane 2").grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert seen(image, QColor(colour_of(BRAIN.index("oedema")))) == 0


def test_figures_show_what_is_drawn_and_the_mask_is_a_file(
    looked_at: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = looked_at.figures.subject()
    assert subject is not None
    path = export(subject.items, tmp_path / "figure.png", looked_at.canvas.display(), dpi=100)
    seen = np.asarray(Image.open(path).convert("RGB")).reshape(-1, 3).astype(int)
    for colour in (LESION, CORE):
        assert (abs(seen - colour.getRgb()[:3]).max(1) < 12).sum() > 20, "the line and its name in the legend"
    record = json.loads(path.with_suffix(".json").read_text())["items"][0]
    assert record["mask"]["pixels"] == {"background": 1400, "lesion": 540, "core": 60}

    out, data = tmp_path / "out", tmp_path / "data"
    data.mkdir()
    looked_at.session.opened = [str(data)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(data / "mask.png"), ""))
    button(looked_at.docks["Mask"], "Save mask…").click()
    assert any("lies in the pictures of data" in text for text in texts(looked_at))
    assert not list(data.iterdir())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    button(looked_at.docks["Mask"], "Save mask…").click()
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "out.png")), drawn())


def asked_about(window: MainWindow) -> str:
    """The part of the picture that the heat on show is of."""
    heat = window.canvas.heat()
    return "" if heat is None else heat.region


def test_a_class_is_explained_for_the_part_that_is_picked(looked_at: MainWindow, settled: Settled) -> None:
    window = looked_at
    window.docks["Method"].raise_()
    box = named(window, "region")
    assert (box.currentText(), asked_about(window)) == ("everywhere", "")

    def pick(row: int) -> None:
        box.setCurrentIndex(row)
        box.activated.emit(row)
        settled()

    pick(1)
    assert (box.currentText(), asked_about(window)) == ("where predicted", "predicted")
    pick(2)
    assert box.currentText().startswith("a point")
    click(window, 30.5, 20.5)
    settled()
    assert (box.currentText(), asked_about(window)) == ("point 30, 20", "point=30,20")

    # What is drawn on the picture can be picked, and follows when it is moved.
    QTest.mouseClick(named(window, "rectangle"), Qt.MouseButton.LeftButton)
    drag(window, (12, 12), (20, 18), (24, 22))
    settled()
    assert asked_about(window) == "point=30,20"
    pick(box.findText("rectangle 1"))
    assert box.currentText() == "rectangle 1"
    assert asked_about(window).startswith("box=1")
    before = asked_about(window)
    QTest.mouseClick(named(window, "move"), Qt.MouseButton.LeftButton)
    drag(window, (18, 12), (20, 14), (22, 16))
    settled()
    assert asked_about(window) != before
    assert asked_about(window).startswith("box=1")

    window.open_model("demo")
    settled()
    assert not box.isVisible()
    assert asked_about(window) == ""


def test_a_click_tells_everything_about_a_place(looked_at: MainWindow, settled: Settled) -> None:
    click(looked_at, 25.5, 18.5)
    settled()
    said = "\n".join(texts(looked_at.docks["Mask"]))
    assert "Column 25, row 18: core\nvalues 220\n" in said
    assert "core 0.873" in said
    assert "passes" not in said, "the network has no dropout"
    # In the same place: the layers, of which each can be seen large, and the way to its filters.
    assert "What speaks for core here, layer by layer (grad-cam):" in said
    assert "Which filters fire here is told once the network is dissected" in said
    tiles = [
        each for each in looked_at.docks["Mask"].findChildren(QAbstractButton) if "heat at" in each.accessibleName()
    ]
    looked_at.canvas.heat_off.trigger()
    tiles[0].click()
    heat = looked_at.canvas.heat()
    assert heat is not None
    assert (heat.region, heat.layer) == ("point=25,18", heat.layer)
    tiles[0].click()
    assert asked_about(looked_at) == ""


def test_a_volume_is_measured_as_a_whole(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    write_brains(tmp_path / "brains", n=1, size=32, seed=3)
    window.resize(1280, 800)
    drop(window, tmp_path / "brains" / "Phantom_000", by_contrast(tmp_path))
    settled()
    panel = window.docks["Mask"]
    button(panel, "Whole volume").click()
    settled()
    said = "\n".join(texts(panel))
    assert "Whole volume, 20 slices:" in said
    found = float(said.partition("\noedema ")[2].partition(" ml")[0])
    slices = [f"{tmp_path / 'brains' / 'Phantom_000'}#axial={z}" for z in range(20)]
    masks = draw_files(tfcore.load_model(tmp_path / "contrast.keras"), map(Path, slices))
    # 25 mm² and 5 mm.
    assert found == pytest.approx(sum(mask.pixels[2] for mask in masks) * 0.125, abs=0.01)
    assert "Dice 0." in said.partition("\noedema ")[2].partition("\n")[0]
