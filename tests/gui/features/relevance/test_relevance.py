"""Layer by layer in the window: the film strip of a method, and where relevance goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.features.relevance.feature import Relevance
from gui.main_window import MainWindow
from gui.panels import Request
from gui.state import Opened
from tests.gui.drops import drop
from tests.gui.hands import Settled, button, press
from tests.tfcore.explain.test_attention import multi_head, of_layers
from tfcore.models.card import Card
from tfcore.results import LayerStrip


@pytest.fixture
def relevance(window: MainWindow, demo: None) -> Relevance:
    """The feature, in a window that shows the demo."""
    return next(feature for feature in window.features if isinstance(feature, Relevance))


def _use(window: MainWindow, method: str, settled: Settled) -> None:
    window.method.set_request(Request(method, {}, None, None))
    window.method.changed.emit()
    settled()


def _strip(relevance: Relevance) -> LayerStrip:
    assert relevance._shown is not None
    return relevance._shown


def test_a_relevance_method_tells_what_was_absorbed(relevance: Relevance, window: MainWindow, settled: Settled) -> None:
    # The first look has neither strip nor line.
    assert relevance.dock.isHidden()
    assert relevance.sums.isHidden()
    _use(window, "lrp-epsilon", settled)
    heat = window.explaining.heat
    assert heat is not None
    facts = heat.facts
    assert facts["relevance_at_output"] == pytest.approx(facts["relevance_at_input"] + facts["absorbed"], rel=1e-3)
    assert relevance.sums.isVisible()
    assert f"{facts['relevance_at_output']:.4g} at the output" in relevance.sums.text()
    _use(window, "grad-cam", settled)
    assert relevance.sums.isHidden()


def test_at_a_layer_the_line_tells_what_arrives_there(
    relevance: Relevance, window: MainWindow, settled: Settled
) -> None:
    for method, signed in (("lrp-alphabeta", True), ("xrelevance-cam", False)):
        window.method.set_request(Request(method, {}, "stage3_relu2", None))
        window.method.changed.emit()
        settled()
        heat = window.explaining.heat
        assert heat is not None
        assert (heat.layer, heat.native.shape, heat.signed) == ("stage3_relu2", (16, 16), signed)
        assert f"{heat.facts['relevance_at_layer']:.4g} at stage3 (stage3_relu2)" in relevance.sums.text()


def test_a_complete_method_tells_its_gap(relevance: Relevance, window: MainWindow, settled: Settled) -> None:
    _use(window, "deeplift", settled)
    assert "completeness gap" in relevance.sums.text()
    window.method.set_request(Request("integrated-gradients", {"steps": 2}, None, None))
    window.method.changed.emit()
    window.explaining.run()
    settled()
    assert "completeness gap" in relevance.sums.text()
    assert "More steps bring it nearer" in relevance.sums.text()


def test_the_strip_goes_from_the_last_stage_to_the_pixels(
    relevance: Relevance, window: MainWindow, settled: Settled
) -> None:
    relevance.dock.open()
    _use(window, "lrp-composite", settled)
    found = _strip(relevance)
    assert found.method == "lrp-composite"
    assert [tile.name for tile in relevance.strip.tiles] == [
        "stage4 (stage4_relu2)",
        "stage3 (stage3_relu2)",
        "stage2 (stage2_relu2)",
        "stage1 (stage1_relu2)",
        "pixels",
    ]
    assert [heat.native.shape[0] for heat in found.heats] == [8, 16, 32, 64, 128]
    heat = window.explaining.heat
    assert heat is not None
    assert found.total == pytest.approx(heat.facts["relevance_at_output"], rel=1e-4)
    assert found.sums[-1] == pytest.approx(float(heat.map.sum()), rel=1e-3)
    # Between two layers relevance changes only by what layers in between absorbed.
    absorbed = [amount for path, amount in heat.facts["absorbed_by_layer"].items() if path.startswith("stage4")]
    assert found.sums[1] == pytest.approx(found.sums[0] - sum(absorbed), rel=1e-3)
    # And every feature map can be asked for.
    stages = {heat.layer: heat.native for heat in found.heats}
    relevance.strip.every.setChecked(True)
    settled()
    found = _strip(relevance)
    assert 20 < len(found.heats) <= 25
    layers = {heat.layer: heat.native for heat in found.heats}
    np.testing.assert_allclose(layers["stage4_relu2"], stages["stage4_relu2"], rtol=1e-4, atol=1e-6)


def test_the_film_strip_goes_from_the_input_to_the_output(
    relevance: Relevance, window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settled()
    places = [f"stage{number} (stage{number}_relu2)" for number in (1, 2, 3, 4)]
    assert [tile.name for tile in relevance.strip.tiles] == places
    # As cells of a figure: a row, and above each its layer.
    qtbot.mouseClick(button(window, "Into the figure"), Qt.MouseButton.LeftButton)
    composed = window.session.figure["figure"]["composition"]
    assert ([len(row) for row in composed["cells"]], composed["rows"]) == ([4], ["grad-cam"])
    assert [name.split()[0] for name in composed["columns"]] == ["stage1", "stage2", "stage3", "stage4"]
    heat = window.explaining.heat
    assert heat is not None
    np.testing.assert_allclose(relevance.strip.tiles[-1].heat.native, heat.native, rtol=1e-4, atol=1e-7)
    qtbot.mouseClick(relevance.strip.tiles[0], Qt.MouseButton.LeftButton)
    assert window.canvas.heading.title.whole() == f"P0132.png · grad-cam at {places[0]} for glioma"
    qtbot.mouseClick(button(window, "every feature map"), Qt.MouseButton.LeftButton)
    settled()
    layers = [tile.heat.layer for tile in relevance.strip.tiles]
    assert len(layers) > 20
    assert layers.index("stage1_relu2") < layers.index("stage4_relu2")
    # What finds no layers in one run offers a method that does.
    _use(window, "saliency", settled)
    assert "saliency is not seen layer by layer" in relevance.strip.message()
    qtbot.mouseClick(button(window, "Use grad-cam"), Qt.MouseButton.LeftButton)
    settled()
    assert [tile.heat.layer for tile in relevance.strip.tiles] == layers


def test_a_click_shows_a_layer_large_and_another_click_or_picture_the_heat_again(
    relevance: Relevance, window: MainWindow, settled: Settled
) -> None:
    relevance.dock.open()
    _use(window, "lrp-composite", settled)
    tile = relevance.strip.tiles[1]
    tile.click()
    assert window.canvas.heat() is tile.heat
    assert window.canvas.heading.title.whole() == "P0132.png · relevance at stage3 (stage3_relu2) for glioma"
    tile.click()
    assert window.canvas.heat() is window.explaining.heat
    relevance.strip.tiles[0].click()
    window.browser.select(window.browser.paths()[1])
    settled()
    assert _strip(relevance).path == window.browser.paths()[1]
    assert window.canvas.heat() is window.explaining.heat
    assert not any(tile.isChecked() for tile in relevance.strip.tiles)


def test_a_relevance_cam_has_the_strip_of_the_relevance_behind_it(
    relevance: Relevance, window: MainWindow, settled: Settled
) -> None:
    relevance.dock.open()
    window.method.set_request(Request("xrelevance-cam", {}, "stage2_relu2", None))
    window.method.changed.emit()
    settled()
    found = _strip(relevance)
    assert all(heat.signed for heat in found.heats)
    assert [heat.native.shape[0] for heat in found.heats] == [8, 16, 32, 64, 128]
    # Biases take no share, so all of it arrives, at the pixels but for black ones.
    assert found.sums[:4] == pytest.approx([found.total] * 4, rel=1e-3)
    assert found.sums[4] == pytest.approx(found.total, rel=1e-2)
    assert found.sums[2] == pytest.approx(float(found.heats[2].native.sum()), rel=1e-3)
    assert window.explaining.heat is not None
    assert not window.explaining.heat.signed


def test_the_strip_is_that_of_the_model_on_show(relevance: Relevance, window: MainWindow, settled: Settled) -> None:
    _use(window, "lrp-composite", settled)
    relevance.dock.open()
    settled()
    one, strip = window.opening.info, _strip(relevance)
    assert one is not None
    window.opening.use(Opened(replace(one, card={**one.card, "sha256": "other"})))
    settled()
    assert _strip(relevance) is not strip
    window.opening.use(Opened(one))
    assert _strip(relevance) is strip
    window.clear()
    assert relevance.strip._line.text() == ""
    assert relevance.strip.message()


def test_attention_is_seen_block_by_block_and_head_by_head(
    window: MainWindow, settled: Settled, pictures: list[Path], tmp_path: Path
) -> None:
    of_layers(multi_head).keras.save(tmp_path / "gaze.keras")
    Card(("a", "b", "c"), (12, 16, 3), scaling="1/255").save(tmp_path / "gaze.keras")
    drop(window, pictures[0], tmp_path / "gaze.keras")
    settled()
    _use(window, "attention", settled)
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settled()

    def tiles() -> dict[str, QAbstractButton]:
        found = window.docks["Layer by layer"].findChildren(QAbstractButton)
        return {each.accessibleName(): each for each in found if " at " in each.accessibleName() and each.isVisible()}

    assert list(tiles()) == ["heat at block 1", "heat at block 2"]
    button(window, "every head").click()
    settled()
    assert list(tiles()) == [f"heat at block {block}, head {head}" for block in (1, 2) for head in (1, 2)]
    tiles()["heat at block 2, head 1"].click()
    assert "attention at block 2, head 1 for " in window.canvas.heading.title.whole()
