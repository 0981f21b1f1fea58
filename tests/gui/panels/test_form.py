from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QSpinBox, QToolButton, QWidget

from gui.panels.form import ParamForm
from gui.panels.number_box import NumberBox
from tests.gui.hands import OnScreen, button, in_sight, texts
from tests.gui.panels.samples import NUMBERS, TUNED
from tfcore.explain.params import BASELINE
from tfcore.registry import Param


@pytest.fixture
def form(on_screen: OnScreen) -> ParamForm:
    return on_screen(ParamForm(NUMBERS))


def field(form: ParamForm, name: str):
    called = name.replace("_", " ")
    return next(each for each in form.findChildren(QWidget) if each.accessibleName().split(" (")[0] == called)


def test_a_fresh_form_holds_the_defaults_of_the_spec(form: ParamForm) -> None:
    assert form.values() == TUNED.parse({})


def test_every_kind_of_parameter_gets_its_control(form: ParamForm) -> None:
    kinds = {
        "samples": QSpinBox,
        "epsilon": NumberBox,
        "baseline": QComboBox,
        "canonize": QCheckBox,
        "head": QLineEdit,
    }
    for name, kind in kinds.items():
        assert isinstance(field(form, name), kind), name


def test_every_field_says_what_it_is_what_it_allows_and_in_which_unit(form: ParamForm) -> None:
    for param in NUMBERS:
        widget = field(form, param.name)
        assert param.help in widget.toolTip()
        assert param.allowed() in widget.toolTip()
        assert widget.accessibleName().startswith(param.name)
    assert field(form, "patch").text() == "16 px"


def test_numbers_keep_to_the_range_of_the_parameter(form: ParamForm) -> None:
    field(form, "samples").setValue(9999)
    assert form.values()["samples"] == 500


def test_what_is_typed_is_what_the_spec_would_parse(form: ParamForm, qtbot) -> None:
    with qtbot.waitSignal(form.changed):
        field(form, "head").setText("3")
    field(form, "epsilon").setValue(1e-5)
    field(form, "baseline").setEditText("air.png")
    field(form, "block").setCurrentIndex(2)
    field(form, "canonize").setChecked(False)
    values = form.values()
    assert values == TUNED.parse(values)
    assert (values["head"], values["epsilon"], values["baseline"]) == (3, 1e-5, "air.png")
    assert (values["block"], values["canonize"]) == ("b", False)


def test_a_mistyped_field_says_what_is_allowed_and_keeps_the_last_good_value(form: ParamForm, qtbot) -> None:
    field(form, "head").setText("3")
    with qtbot.assertNotEmitted(form.changed):
        field(form, "head").setText("three")
    assert form.values()["head"] == 3
    assert any("whole number" in text for text in texts(form))
    field(form, "head").setText("")
    assert form.values()["head"] is None
    assert not any("whole number" in text for text in texts(form))


def test_the_reset_button_is_there_only_when_something_was_changed(form: ParamForm, qtbot) -> None:
    assert "Reset to defaults" not in in_sight(form)
    height = form.sizeHint().height()
    field(form, "samples").setValue(3)
    assert "Reset to defaults" in in_sight(form)
    assert form.sizeHint().height() == height, "nothing moves under the pointer"
    with qtbot.waitSignal(form.changed):
        button(form, "Reset to defaults").click()
    assert form.values() == TUNED.parse({})
    assert "Reset to defaults" not in in_sight(form)


def test_values_from_a_session_are_shown(form: ParamForm) -> None:
    form.set_params(NUMBERS, TUNED.parse({"samples": 7, "block": "a", "epsilon": 0.25}))
    assert field(form, "samples").value() == 7
    assert field(form, "block").currentText() == "a"
    assert form.values()["epsilon"] == 0.25


@pytest.mark.parametrize("value", [1e-7, 0.15, 3.0, 2500.0])
def test_small_and_large_numbers_survive_being_shown(qtbot, value: float) -> None:
    box = NumberBox(0, None, value)
    qtbot.addWidget(box)
    box.setValue(value)
    assert float(box.text()) == value
    box.lineEdit().setText(f"{value:e}")
    box.interpretText()
    assert box.value() == pytest.approx(value)


def test_an_arrow_moves_a_number_by_a_tenth_of_its_magnitude(qtbot) -> None:
    box = NumberBox(0, 1, 0.15)
    qtbot.addWidget(box)
    box.setValue(0.15)
    box.stepUp()
    assert box.value() == pytest.approx(0.16)
    box.setValue(0)
    box.stepUp()
    assert box.value() == pytest.approx(0.01)


def test_yes_or_no_that_may_be_left_out_starts_as_neither(qtbot) -> None:
    optional = ParamForm([Param("frozen", "bool", None, "train the head alone", optional=True)])
    qtbot.addWidget(optional)
    assert optional.values() == {"frozen": None}
    combo = field(optional, "frozen")
    for row, value in ((1, True), (2, False), (0, None)):
        combo.setCurrentIndex(row)
        assert optional.values() == {"frozen": value}


def test_only_what_was_altered_is_told_apart(form: ParamForm) -> None:
    assert form.altered() == {}
    field(form, "samples").setValue(30)
    assert form.altered() == {"samples": 30}


def test_values_come_back_and_those_that_are_not_accepted_become_the_default(form: ParamForm) -> None:
    field(form, "patch").setValue(20)
    form.set_values({"samples": 30, "normalise": "nonsense", "unknown": 1, "head": 2})
    assert form.altered() == {"samples": 30, "head": 2}


def test_a_folder_and_a_picture_are_chosen_beside_their_fields(
    form: ParamForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.set_params([BASELINE, Param("among", "text", None, "", optional=True, path="folder")])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/pictures")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/one.png", ""))
    for each in form.findChildren(QToolButton):
        each.click()
    assert form.values() == {"baseline": "/one.png", "among": "/pictures"}
