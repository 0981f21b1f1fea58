from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt

from gui.panels.form import ParamForm
from gui.panels.table_box import TableBox
from tests.gui.hands import OnScreen
from tfcore.errors import HeatlensError
from tfcore.registry import Param

RULES = Param(
    "composite", "table", None, "which rule where", choices=("epsilon", "flat"), names=("first", "Dense"), open=True,
    optional=True,
)  # fmt: skip


@pytest.fixture
def form(on_screen: OnScreen) -> ParamForm:
    return on_screen(ParamForm((RULES,)))


def table(form: ParamForm) -> TableBox:
    return form.findChild(TableBox)


def test_a_table_begins_empty_and_counts_as_not_given(form: ParamForm) -> None:
    assert form.values() == {"composite": None}
    assert table(form).rows == []


def test_a_row_counts_once_both_its_sides_are_filled(form: ParamForm, qtbot) -> None:
    qtbot.mouseClick(table(form).add, Qt.MouseButton.LeftButton)
    row = table(form).rows[0]
    with qtbot.assertNotEmitted(form.changed):
        row.name.setCurrentIndex(1)
        row.name.activated.emit(1)
    with qtbot.waitSignal(form.changed):
        row.value.lineEdit().selectAll()
        qtbot.keyClicks(row.value.lineEdit(), "gamma(0.5)")
        qtbot.keyClick(row.value.lineEdit(), Qt.Key.Key_Return)
    assert json.loads(form.values()["composite"]) == {"Dense": "gamma(0.5)"}


def test_rows_can_be_taken_away(form: ParamForm, qtbot) -> None:
    form.set_values({"composite": {"first": "flat", "Dense": "epsilon"}})
    with qtbot.waitSignal(form.changed):
        table(form).rows[0].removed.emit()
    assert json.loads(form.values()["composite"]) == {"Dense": "epsilon"}
    form.reset()
    assert table(form).rows == []
    assert form.values() == {"composite": None}


def test_what_is_given_is_shown_without_a_word(form: ParamForm, qtbot) -> None:
    with qtbot.assertNotEmitted(form.changed):
        form.set_params((RULES,), {"composite": '{"block*": "flat"}'})
    assert [row.pair() for row in table(form).rows] == [("block*", "flat")]


def test_a_table_is_kept_as_json_however_it_is_given() -> None:
    assert RULES.parse({"Dense": "flat"}) == RULES.parse('{ "Dense" : "flat" }') == '{"Dense": "flat"}'
    for wrong in ("{", "[1]", '{"Dense": 1}', 7):
        with pytest.raises(HeatlensError, match="is not a table"):
            RULES.parse(wrong)
