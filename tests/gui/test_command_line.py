"""What the command line states is what the window shows."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import app as gui_app
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from tfcore.errors import HeatlensError

Opened = Callable[..., MainWindow]


@pytest.fixture
def opened(qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A window opened with these flags, once nothing runs any more."""
    monkeypatch.setattr(gui_app, "EngineClient", lambda _: engine)
    monkeypatch.setattr(engine, "close", lambda: None)
    windows: list[MainWindow] = []

    def make(**flags: Any) -> MainWindow:
        usual = {"pictures": [], "model": None, "method": None, "layer": None, "device": "cpu", "scheme": "dark"}
        given = argparse.Namespace(**{**usual, "screenshot": "x.png", **flags})
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        window = gui_app.build(app, given)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        gui_app._open(window, given)
        qtbot.waitUntil(lambda: window.explaining.heat is not None and window.settled, timeout=120_000)
        return window

    yield make
    for window in windows:
        window.close()


def test_slice_method_and_layer_are_the_ones_stated(opened: Opened, tmp_path: Path) -> None:
    voxels = np.arange(12 * 14 * 10, dtype=np.int16).reshape(12, 14, 10)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "scan.nii.gz")
    slice = f"{tmp_path / 'scan.nii.gz'}#coronal=3"
    heat = opened(pictures=[slice], method="layer-cam", layer="stage2").explaining.heat
    assert heat is not None
    assert (heat.path, heat.method, heat.native.shape) == (slice, "layer-cam", (32, 32))


def test_a_slow_method_that_is_stated_runs_without_a_click_but_only_once(opened: Opened, qtbot: QtBot) -> None:
    window = opened(method="ablation-cam")
    assert window.explaining.heat is not None
    assert window.explaining.heat.method == "ablation-cam"
    window.browser.select(window.browser.paths()[1])
    qtbot.waitUntil(lambda: window.settled, timeout=60_000)
    assert window.explaining.heat is None


def test_a_layer_the_model_lacks_is_named(opened: Opened) -> None:
    window = opened(layer="stage9")
    rows = range(window.jobs.history.count())
    assert any("demo has no layer 'stage9'" in window.jobs.history.item(row).text() for row in rows)


def test_a_method_that_is_not_there_is_refused_before_the_window_opens(opened: Opened) -> None:
    with pytest.raises(HeatlensError, match="no method called 'nonsense'"):
        opened(method="nonsense")


def test_without_its_heat_a_picture_still_has_its_own_prediction(opened: Opened, qtbot: QtBot) -> None:
    window = opened(method="ablation-cam")
    second = window.browser.paths()[1]
    window.browser.select(second)
    qtbot.waitUntil(lambda: window.settled, timeout=60_000)
    said = window.shown.said
    assert said is not None
    assert said.path == second
    assert window.canvas.heading.title.whole() == f"{Path(second).name} · pituitary 0.98 · press Explain to compute"
    window.explain_second()
    assert window.method.request().target == int(said.probabilities.argsort()[-2])
