from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.features.compare.panel import FIRST, ComparePanel
from gui.features.compare.plan import Column
from gui.panels.checks import CheckList, Entry
from tests.gui.hands import OnScreen
from tfcore.results import LayerInfo, ModelInfo


def model(source: str, stages: int) -> ModelInfo:
    layers = tuple(
        LayerInfo(f"{source}/{kind}{stage}", kind, (None, 8, 8, 4), f"stage{stage}" if kind == "relu" else "")
        for stage in range(1, stages + 1)
        for kind in ("conv", "norm", "relu", "pool")
    )
    return ModelInfo(source, source, ("a", "b"), (None, 32, 32, 1), 10, layers, f"{source}/relu{stages}", {}, ())


@pytest.fixture
def panel(on_screen: OnScreen) -> ComparePanel:
    made = on_screen(ComparePanel(), 300, 520)
    made.set_model(model("net", 4))
    return made


@pytest.fixture
def ticks(qtbot: QtBot) -> CheckList:
    made = CheckList("things")
    qtbot.addWidget(made)
    made.set_entries([Entry("family"), Entry("One thing", "one"), Entry("Two things", "two"), Entry("Three", "three")])
    made.resize(200, 200)
    made.show()
    return made


def test_it_starts_with_five_cams_at_all_stages(panel: ComparePanel) -> None:
    plan = panel.plan()
    assert plan.methods == FIRST
    assert [column.layer for column in plan.columns] == ["stage1", "stage2", "stage3", "stage4"]
    assert panel.count.text() == "5 × 4 = 20 heatmaps"
    assert plan.automatic


def test_all_stages_is_one_click(panel: ComparePanel) -> None:
    panel.layers.tick(["net/conv2"])
    assert [column.layer for column in panel.plan().columns] == ["net/conv2"]
    panel.tick_stages()
    assert len(panel.plan().columns) == 4


def test_the_stages_joined_are_one_more_layer(panel: ComparePanel) -> None:
    panel.layers.tick(["stage4", "aggregate"])
    assert panel.plan().columns == (
        Column("stage4 (net/relu4)", "net", "stage4"),
        Column("stages joined", "net", "aggregate"),
    )


def test_ticked_stages_stay_ticked_with_another_model(panel: ComparePanel) -> None:
    panel.layers.tick(["stage2", "net/conv1"])
    panel.set_model(model("other", 3))
    assert panel.plan().columns == (Column("stage2 (other/relu2)", "other", "stage2"),)


def test_all_stages_of_one_model_are_all_stages_of_the_next(panel: ComparePanel) -> None:
    panel.set_model(model("small", 2))
    assert [column.layer for column in panel.plan().columns] == ["stage1", "stage2"]
    panel.set_model(model("net", 4))
    assert [column.layer for column in panel.plan().columns] == ["stage1", "stage2", "stage3", "stage4"]


def test_the_open_model_is_ticked_among_the_models_with_those_that_were_added(panel: ComparePanel) -> None:
    panel.set_across("models")
    panel.set_models([("demo", "demo"), ("/a.keras", "a")])
    panel.set_models([("/a.keras", "a"), ("demo", "demo")])
    assert panel.plan().columns == (Column("a", "/a.keras"),)
    panel.models.tick(["/a.keras", "demo"])
    panel.set_models([("/b.keras", "b"), ("/a.keras", "a"), ("demo", "demo")])
    assert panel.models.keys() == ("/b.keras", "/a.keras", "demo")


def test_models_are_columns_at_their_default_layers(panel: ComparePanel) -> None:
    panel.set_models([("demo", "demo"), ("/some/net.keras", "net")])
    panel.set_across("models")
    assert panel.plan().columns == (Column("demo", "demo"),)
    panel.models.tick(["demo", "/some/net.keras"])
    assert panel.plan().columns[1] == Column("net", "/some/net.keras")
    assert not panel.layers.isVisible()


def test_too_many_maps_say_so_and_cannot_be_run(panel: ComparePanel) -> None:
    panel.layers.tick([*(f"net/conv{number}" for number in range(1, 5)), "stage1", "stage2", "stage3", "stage4"])
    assert "untick" in panel.count.text()
    assert not panel.run.isEnabled()
    panel.methods.tick(["grad-cam"])
    assert panel.run.isEnabled()


def test_typing_finds_a_layer_and_keeps_what_is_ticked_in_sight(panel: ComparePanel) -> None:
    panel.search.setText("conv3")
    shown = [
        panel.layers.item(row).text() for row in range(panel.layers.count()) if not panel.layers.item(row).isHidden()
    ]
    assert any("conv3" in text for text in shown)
    assert not any("conv2" in text for text in shown)
    assert sum("stage" in text for text in shown) == 4


def test_a_click_anywhere_on_a_line_ticks_it(ticks: CheckList, qtbot: QtBot) -> None:
    line = ticks.visualItemRect(ticks.item(2))
    with qtbot.waitSignal(ticks.ticked):
        QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    assert ticks.keys() == ("two",)
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=line.center())
    assert ticks.keys() == ()


def test_headings_cannot_be_ticked(ticks: CheckList) -> None:
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=ticks.visualItemRect(ticks.item(0)).center())
    assert ticks.keys() == ()


def test_ticks_are_listed_in_the_order_of_the_list(ticks: CheckList) -> None:
    ticks.tick(["three", "one"])
    assert ticks.keys() == ("one", "three")
    ticks.set_entries([Entry("Three", "three"), Entry("Four", "four")])
    assert ticks.keys() == ("three",)
