from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gui.panels.method import MethodPanel, Request
from tests.gui.hands import OnScreen, button, in_sight, named, texts
from tests.gui.panels.samples import INFO, OPEN_SIZE, RELEVANCE, SPECS


@pytest.fixture
def panel(qtbot) -> MethodPanel:
    panel = MethodPanel(SPECS)
    qtbot.addWidget(panel)
    panel.set_model(INFO)
    panel.show()
    return panel


def pick(panel: MethodPanel, name: str) -> None:
    methods = named(panel, "method")
    methods.setCurrentIndex(methods.findData(name))


def test_methods_stand_under_their_families_with_their_summaries(panel: MethodPanel) -> None:
    combo = named(panel, "method")
    listed = [combo.itemText(row) for row in range(combo.count())]
    assert listed == ["cam", "test-other", "test-quick", "gradients", "test-tuned", "perturbation", "test-slow"]
    assert not combo.model().item(0).isEnabled()
    assert combo.itemData(2, Qt.ItemDataRole.ToolTipRole) == "Where the score rises."


def test_the_request_names_what_is_shown(panel: MethodPanel) -> None:
    pick(panel, "test-quick")
    assert panel.request() == Request("test-quick", {}, "net/relu2", None)


def test_a_method_without_a_layer_asks_for_none(panel: MethodPanel) -> None:
    pick(panel, "test-tuned")
    assert panel.request().layer is None
    assert not named(panel, "layer").isEnabled()
    assert panel.request().params["samples"] == 25


def test_a_method_that_may_have_a_layer_looks_at_the_pixels_until_one_is_picked(on_screen: OnScreen) -> None:
    panel = on_screen(MethodPanel((*SPECS, RELEVANCE)))
    panel.set_model(INFO)
    pick(panel, "test-quick")
    named(panel, "layer").set_path("net/relu1")
    pick(panel, "test-relevance")
    assert named(panel, "layer").isEnabled()
    assert named(panel, "layer").currentText() == "input (pixels)"
    assert panel.request().layer is None
    named(panel, "layer").activated.emit(2)
    assert panel.request().layer == "net/relu2"
    pick(panel, "test-quick")
    assert panel.request().layer == "net/relu1"
    pick(panel, "test-relevance")
    assert panel.request().layer == "net/relu2"
    panel.set_request(Request("test-relevance", {}, None, None))
    assert panel.request().layer is None


def test_another_method_layer_or_target_is_told_at_once(panel: MethodPanel, qtbot) -> None:
    pick(panel, "test-quick")
    for act in (
        lambda: pick(panel, "test-other"),
        lambda: named(panel, "layer").activated.emit(0),
        lambda: named(panel, "target class").setCurrentIndex(2),
    ):
        with qtbot.waitSignal(panel.changed, timeout=1):
            act()
    assert panel.request() == Request("test-other", {}, "net/relu1", 1)


def test_many_quick_edits_of_a_parameter_are_told_once(panel: MethodPanel, qtbot) -> None:
    pick(panel, "test-tuned")
    told = []
    panel.changed.connect(lambda: told.append(panel.request().params["samples"]))
    for value in (1, 12, 120):
        named(panel, "samples").setValue(value)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [120]


def test_a_note_is_shown_only_where_there_is_one(panel: MethodPanel) -> None:
    pick(panel, "test-other")
    assert "Note: class-agnostic." in texts(panel)
    pick(panel, "test-quick")
    assert "Note: class-agnostic." not in texts(panel)


def test_a_slow_method_waits_for_its_button(panel: MethodPanel, qtbot) -> None:
    with qtbot.assertNotEmitted(panel.run_requested):
        with qtbot.waitSignal(panel.changed):
            pick(panel, "test-slow")
        with qtbot.waitSignal(panel.changed):
            panel.set_target(1)
    assert not panel.automatic()
    assert "Explain" in in_sight(panel)
    with qtbot.waitSignal(panel.run_requested):
        button(panel, "Explain").click()
    pick(panel, "test-quick")
    assert panel.automatic()
    assert "Explain" not in in_sight(panel)
    # Of a model that takes any size the cost is known with the picture.
    panel.set_model(OPEN_SIZE)
    assert "passes for a picture" not in " ".join(texts(panel))
    panel.show_cost(225, "about 0:12")
    assert "225 passes for a picture, about 0:12." in texts(panel)


def test_a_number_typed_just_before_the_button_is_part_of_the_question(panel: MethodPanel) -> None:
    pick(panel, "test-slow")
    heard: list[str] = []
    panel.changed.connect(lambda: heard.append("changed"))
    panel.run_requested.connect(lambda: heard.append("run"))
    named(panel, "samples").setValue(9)
    button(panel, "Explain").click()
    assert heard == ["changed", "run"]


def test_a_clicked_bar_becomes_the_target_and_can_be_taken_back(panel: MethodPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.changed):
        panel.set_target(2)
    assert panel.request().target == 2
    with qtbot.assertNotEmitted(panel.changed):
        panel.set_target(2)
    with qtbot.waitSignal(panel.changed):
        panel.set_target(None)
    assert panel.request().target is None


def test_parameters_are_remembered_when_a_method_is_picked_again(panel: MethodPanel) -> None:
    pick(panel, "test-tuned")
    named(panel, "samples").setValue(9)
    pick(panel, "test-quick")
    pick(panel, "test-tuned")
    assert panel.request().params["samples"] == 9


def test_a_request_from_a_session_comes_back_without_a_word(panel: MethodPanel, qtbot) -> None:
    pick(panel, "test-tuned")
    panel.set_target(1)
    asked = panel.request()
    pick(panel, "test-quick")
    with qtbot.assertNotEmitted(panel.changed, wait=200):
        panel.set_request(asked)
    assert panel.request() == asked


def test_a_request_for_what_is_gone_keeps_what_there_is(panel: MethodPanel) -> None:
    pick(panel, "test-quick")
    panel.set_request(Request("never-heard-of", {}, "gone", 7))
    assert panel.request().method == "test-quick"
    panel.set_request(Request("test-other", {"gone": 1}, "gone", 77))
    assert panel.request() == Request("test-other", {}, "net/relu2", None)


def test_another_model_brings_its_own_classes_and_default_layer(panel: MethodPanel) -> None:
    panel.set_target(2)
    panel.set_model(None)
    assert panel.request().target is None
    assert panel.request().layer is None
    assert not named(panel, "target class").isEnabled()


def test_an_empty_catalogue_is_said(on_screen: OnScreen) -> None:
    panel = on_screen(MethodPanel(()))
    assert "No methods are installed." in texts(panel)
    assert panel.request() == Request("", {}, None, None)
