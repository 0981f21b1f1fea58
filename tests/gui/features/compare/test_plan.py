from __future__ import annotations

import pytest

from gui.features.compare import plan as plan_module
from gui.features.compare.plan import MOST, Column, Plan, settled_params
from tfcore.registry import MethodSpec, find

LAYERS = (Column("stage3", "demo", "stage3"), Column("stage4", "demo", "stage4"))
MODELS = (Column("demo", "demo"), Column("net", "/some/net.keras"))


def test_methods_go_down_and_columns_across() -> None:
    cells = Plan(("grad-cam", "layer-cam"), LAYERS).cells()
    assert cells[0, 1] == ("grad-cam", LAYERS[1])
    assert cells[1, 0] == ("layer-cam", LAYERS[0])
    assert len(cells) == 4


def test_a_method_without_layers_has_one_cell_per_model() -> None:
    assert list(Plan(("saliency",), LAYERS).cells()) == [(0, 0)]
    assert list(Plan(("saliency",), MODELS).cells()) == [(0, 0), (0, 1)]


def test_a_column_at_the_input_holds_what_can_be_there() -> None:
    columns = (LAYERS[0], Column("input (pixels)", "demo", "input"))
    plan = Plan(("grad-cam", "lrp-composite", "saliency"), columns)
    assert list(plan.cells()) == [(0, 0), (1, 0), (1, 1), (2, 1)]


def test_more_cells_than_can_be_told_apart_do_not_fit() -> None:
    columns = tuple(Column(str(number), "demo", str(number)) for number in range(MOST + 1))
    assert Plan(("grad-cam",), columns[:MOST]).fits
    assert not Plan(("grad-cam",), columns).fits
    assert not Plan(("grad-cam",), columns).automatic


def test_a_slow_method_waits_for_the_button(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = MethodSpec("slow-one", "perturbation", "Takes long.", slow=True)
    monkeypatch.setattr(plan_module, "find", lambda kind, name: slow if name == "slow-one" else find(kind, name))
    assert Plan(("grad-cam",), LAYERS).automatic
    assert not Plan(("grad-cam", "slow-one"), LAYERS).automatic


def test_parameters_that_were_not_set_count_as_their_defaults() -> None:
    plain = settled_params("occlusion", {})
    assert settled_params("occlusion", dict(plain)) == plain
    assert settled_params("occlusion", {"patch": 7, "not of this method": 1}) != plain
