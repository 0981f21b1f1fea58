"""The grid in the window: what it shows, and that it follows picture, model, method and target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scipy.stats import spearmanr

import resources
from gui.export.dialog import ExportDialog
from gui.features.compare.feature import Comparing
from gui.features.compare.plan import Plan
from gui.main_window import MainWindow
from tests.gui.hands import Settled
from tfcore.engine.protocol import Job
from tfcore.results import Heat


@pytest.fixture
def comparing(window: MainWindow, demo: None) -> Comparing:
    """The feature, with the demo open and the grid still off."""
    return next(feature for feature in window.features if isinstance(feature, Comparing))


@pytest.fixture
def jobs(window: MainWindow) -> Iterator[list[Job]]:
    """The grids that are asked of the engine from now on."""
    seen: list[Job] = []
    note = lambda job: seen.append(job) if job.kind == "compare" else None  # noqa: E731
    window.engine.submitted.connect(note)
    yield seen
    window.engine.submitted.disconnect(note)


def shown(window: MainWindow) -> list[Heat]:
    return window.canvas.grid.table().heats()


def test_five_cams_at_four_stages_are_twenty_maps_of_one_job(
    window: MainWindow, comparing: Comparing, settled: Settled, jobs: list[Job]
) -> None:
    # While the grid is off nothing is asked, whatever is ticked.
    ticked = comparing.panel.methods.keys()
    window.browser.select(window.browser.paths()[1])
    comparing.panel.methods.tick(["grad-cam"])
    settled()
    assert jobs == []
    comparing.panel.methods.tick([*ticked])
    window.canvas.set_mode("grid")
    settled()
    heats = shown(window)
    assert len(heats) == 20
    assert len({(heat.method, heat.layer) for heat in heats}) == 20
    assert {heat.path for heat in heats} == {window.browser.current()}
    assert len(jobs) == 1
    assert window.canvas.grid.table().current == (0, 3)
    assert np.allclose(window.canvas.grid.heat().map, window.explaining.heat.map, atol=1e-5)  # type: ignore[union-attr]
    # To look differently computes nothing.
    window.canvas.set_display(replace(window.canvas.display(), opacity=0.9, normalise="shared", outline=1.0))
    settled()
    assert len(jobs) == 1


def test_another_picture_has_its_own_grid_and_coming_back_asks_nothing(
    window: MainWindow, comparing: Comparing, settled: Settled, jobs: list[Job]
) -> None:
    window.canvas.set_mode("grid")
    settled()
    first, second = window.browser.paths()[:2]
    window.browser.select(second)
    settled()
    assert {heat.path for heat in shown(window)} == {second}
    window.browser.select(first)
    settled()
    assert {heat.path for heat in shown(window)} == {first}
    assert [job.arguments["picture"] for job in jobs] == [first, second]


def test_leafing_fast_asks_only_for_where_it_ends(
    window: MainWindow, comparing: Comparing, settled: Settled, jobs: list[Job], qtbot: QtBot
) -> None:
    window.canvas.set_mode("grid")
    settled()
    # However busy the machine is, it is leafed faster than that.
    pause = next(each for each in comparing.findChildren(QTimer) if each.isSingleShot())
    pause.setInterval(2000)
    for path in window.browser.paths()[1:8]:
        window.browser.select(path)
        qtbot.wait(5)
    settled()
    assert {heat.path for heat in shown(window)} == {window.browser.paths()[7]}
    assert {job.arguments["picture"] for job in jobs[1:]} == {window.browser.paths()[7]}


def test_ticking_one_more_layer_computes_only_that_one(
    window: MainWindow, comparing: Comparing, settled: Settled, jobs: list[Job]
) -> None:
    comparing.panel.layers.tick(["stage4"])
    window.canvas.set_mode("grid")
    settled()
    comparing.panel.layers.tick(["stage4", "aggregate"])
    settled()
    assert [job.arguments["layers"] for job in jobs] == [["stage4"], ["aggregate"]]
    assert len(shown(window)) == 10
    # A cell that is clicked makes its method and layer the current ones.
    comparing.panel.layers.tick(["stage2", "stage4", "aggregate"])
    settled()
    asked = len(jobs)
    place = window.canvas.grid._places().rect((3, 0)).center().toPoint()
    QTest.mouseClick(window.canvas.grid, Qt.MouseButton.LeftButton, pos=place)
    settled()
    request = window.method.request()
    assert (request.method, request.layer) == ("layer-cam", "stage2_relu2")
    assert window.explaining.heat is not None
    assert window.explaining.heat.method == "layer-cam"
    assert window.canvas.grid.table().current == (3, 0)
    comparing.choose((0, 2))
    settled()
    assert window.method.request().layer == "aggregate"
    assert window.explaining.heat.layer.count("+") == 3
    assert len(jobs) == asked, "nothing that is on show is computed again"


def test_a_failed_cell_says_why_while_the_others_go_on(
    window: MainWindow, comparing: Comparing, settled: Settled
) -> None:
    comparing.panel.methods.tick(["cam", "grad-cam"])
    comparing.panel.layers.tick(["stage2", "stage4"])
    window.canvas.set_mode("grid")
    settled()
    cells = window.canvas.grid.table().cells
    assert cells[0, 0].failed
    assert "grad-cam" in cells[0, 0].text
    assert all(cells[place].heat is not None for place in ((0, 1), (1, 0), (1, 1)))


def test_two_picked_cells_show_their_difference_and_its_rank_correlation(
    window: MainWindow, comparing: Comparing, settled: Settled
) -> None:
    window.canvas.set_mode("grid")
    settled()
    first, second = (window.canvas.grid.table().heat(place) for place in ((0, 3), (3, 2)))
    assert first is not None
    assert second is not None
    for place in ((0, 3), (3, 2)):
        at = window.canvas.grid._places().rect(place).center().toPoint()
        QTest.mouseClick(window.canvas.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    table = window.canvas.grid.table()
    expected = spearmanr(first.map.ravel(), second.map.ravel()).statistic
    assert table.heading.endswith(f"ρ = {expected:.2f}")
    difference = table.heat((0, 2))
    assert difference is not None
    assert difference.signed
    assert window.canvas.grid.heat() is difference
    window.browser.select(window.browser.paths()[1])
    settled()
    again = window.canvas.grid.table().heat((0, 2))
    assert again is not None
    assert again.path == window.browser.paths()[1]
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert len(shown(window)) == 20
    # Picked twice, a cell is put back.
    comparing.pick((1, 1))
    assert window.canvas.grid.table().picked == ((1, 1),)
    comparing.pick((1, 1))
    assert window.canvas.grid.table().picked == ()
    comparing.pick((0, 3))
    comparing.pick((3, 2))
    assert comparing.of_two
    # A map that is not ticked any more ends the difference.
    comparing.panel.methods.tick(["grad-cam"])
    settled()
    assert not comparing.of_two
    assert len(shown(window)) == 4
    # Another class is explained in every cell.
    window.prediction.target_chosen.emit(3)
    settled()
    assert {heat.target for heat in shown(window)} == {3}
    window.explain_second()
    settled()
    second = int(shown(window)[0].probabilities.argsort()[-2])
    assert {heat.target for heat in shown(window)} == {second}


def test_a_slow_grid_waits_for_its_button(
    window: MainWindow, comparing: Comparing, settled: Settled, jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "automatic", False)
    window.canvas.set_mode("grid")
    settled()
    assert jobs == []
    assert {cell.text for cell in window.canvas.grid.table().cells.values()} == {"press Compare"}
    comparing.panel.run.click()
    settled()
    assert len(shown(window)) == 20
    comparing.choose((1, 1))
    settled()
    assert len(shown(window)) == 20
    window.browser.select(window.browser.paths()[1])
    settled()
    assert len(jobs) == 1, "another picture waits for the button too"


def test_models_stand_beside_each_other(
    window: MainWindow, comparing: Comparing, settled: Settled, tmp_path: Path
) -> None:
    other = tmp_path / "other.keras"
    other.write_bytes(resources.path("demo.keras").read_bytes())
    window.open_model(str(other))
    settled()
    comparing.panel.methods.tick(["grad-cam", "saliency"])
    comparing.panel.models.tick(["demo", str(other)])
    comparing.panel.set_across("models")
    window.canvas.set_mode("grid")
    settled()
    assert [heat.model for heat in shown(window)] == [str(other), "demo", str(other), "demo"]
    names = window.canvas.grid.table().columns
    assert names[1].startswith("demo\nglioma 0.9")
    comparing.choose((0, 1))
    settled()
    assert window.opening.info is not None
    assert window.opening.info.source == "demo"


def test_the_export_of_a_grid_holds_all_its_maps(
    window: MainWindow, comparing: Comparing, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[ExportDialog] = []
    monkeypatch.setattr(ExportDialog, "open", lambda dialog: opened.append(dialog))
    window.canvas.set_mode("grid")
    settled()
    window.menus.actions["export"].trigger()
    window.canvas.set_mode("overlay")
    window.export_button.click()
    grid, single = opened
    assert len(grid._items) == 20
    assert grid.form.choices().layout == "grid"
    assert len(single._items) == 1
    for dialog in opened:
        dialog.reject()


def test_leaving_the_grid_while_it_is_computed_is_quiet(
    window: MainWindow, comparing: Comparing, settled: Settled, qtbot: QtBot
) -> None:
    comparing.panel.methods.tick(["occlusion", "grad-cam"])
    comparing.run()
    qtbot.waitUntil(lambda: not comparing.asking.idle, timeout=10_000)
    window.canvas.set_mode("overlay")
    settled()
    assert comparing.settled
    comparing.run()
    settled()
    assert len(shown(window)) == 5
