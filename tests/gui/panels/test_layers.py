from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gui.panels.layers import LayerPicker
from tests.gui.panels.samples import LAYERS

# The offscreen platform says this of every list that pops up.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def picker(qtbot) -> LayerPicker:
    picker = LayerPicker()
    qtbot.addWidget(picker)
    picker.set_layers(LAYERS, "net/relu2")
    return picker


def entries(picker: LayerPicker) -> list[str]:
    return [picker.itemText(row) for row in range(picker.count())]


def typed(picker: LayerPicker, qtbot, text: str) -> None:
    picker.lineEdit().selectAll()
    qtbot.keyClicks(picker.lineEdit(), text)
    # On a screen the list has the keyboard and closes by itself at Return.
    picker.completer().popup().hide()
    qtbot.keyClick(picker.lineEdit(), Qt.Key.Key_Return)


def test_stages_come_first_with_their_sizes_and_the_default_is_marked_and_picked(picker: LayerPicker) -> None:
    assert entries(picker)[:2] == ["stage1 (net/relu1) · 32×32×8", "stage2 (net/relu2) · 16×16×16 · default"]
    assert entries(picker)[2].startswith("all stages joined")
    assert entries(picker)[4:] == [
        "net/conv1 · 32×32×8",
        "net/relu1 · 32×32×8",
        "net/conv2 · 16×16×16",
        "net/relu2 · 16×16×16 · default",
    ]
    assert picker.path() == "net/relu2"
    assert picker.currentText().startswith("stage2")


def test_typing_a_part_that_only_one_layer_has_picks_it(picker: LayerPicker, qtbot) -> None:
    with qtbot.waitSignal(picker.picked) as told:
        typed(picker, qtbot, "conv1")
    assert told.args == ["net/conv1"]
    assert picker.path() == "net/conv1"
    assert picker.currentText() == "net/conv1 · 32×32×8"


def test_a_stage_name_is_found(picker: LayerPicker, qtbot) -> None:
    typed(picker, qtbot, "stage1")
    assert picker.path() == "net/relu1"


@pytest.mark.parametrize("text", ["conv", "nonsense"])
def test_typing_what_is_not_one_layer_puts_the_picked_one_back(picker: LayerPicker, qtbot, text: str) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        typed(picker, qtbot, text)
    assert picker.path() == "net/relu2"
    assert picker.currentText().startswith("stage2")


def test_an_unknown_path_from_a_session_changes_nothing(picker: LayerPicker) -> None:
    picker.set_path("gone/conv9")
    assert picker.path() == "net/relu2"


def test_the_input_stands_first_where_it_can_be_picked_and_each_way_remembers_its_layer(picker: LayerPicker) -> None:
    picker.set_path("net/relu1")
    picker.offer_input(True)
    assert entries(picker)[:2] == ["input (pixels)", "stage1 (net/relu1) · 32×32×8"]
    assert picker.path() == "input"
    picker.set_path("net/conv2")
    picker.offer_input(False)
    assert entries(picker)[0].startswith("stage1")
    assert picker.path() == "net/relu1"
    picker.offer_input(True)
    assert picker.path() == "net/conv2"
    picker.set_layers(LAYERS, "net/relu2")
    assert (picker.path(), picker.currentText()) == ("input", "input (pixels)")


def test_without_a_model_there_is_no_layer(picker: LayerPicker) -> None:
    picker.set_layers((), "")
    assert picker._search.placeholderText() == "no layers"
    assert picker.path() == ""
    assert picker.currentText() == ""


def test_the_stages_joined_can_be_picked_behind_them(picker: LayerPicker) -> None:
    picker.set_path("aggregate")
    assert picker.path() == "aggregate"
    assert picker.currentText() == "all stages joined"
    assert entries(picker)[2] == "all stages joined"


def test_a_layer_without_room_for_its_size_keeps_its_whole_name(picker: LayerPicker) -> None:
    picker.show()
    line = picker.lineEdit()
    picker.resize(600, picker.height())
    assert line.shown() == "stage2 (net/relu2) · 16×16×16 · default"
    picker.resize(line.fontMetrics().horizontalAdvance("stage2 (net/relu2) · 16") + 40, picker.height())
    assert line.shown() == "stage2 (net/relu2)"
    picker.resize(90, picker.height())
    assert "…" in line.shown()
