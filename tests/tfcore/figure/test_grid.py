from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared import telling
from tests.tfcore.figure.made import bump, heat, scan
from tests.tfcore.figure.test_panel import all_stands_clear
from tfcore.errors import HeatlensError
from tfcore.figure.alike import difference
from tfcore.figure.display import Display
from tfcore.figure.grid import places
from tfcore.figure.panel import Item, panel
from tfcore.figure.provenance import provenance

METHODS = ("grad-cam", "smooth-grad-cam++", "eigen-cam")
LAYERS = ("stage1", "backbone/" + "a_long_name/" * 5 + "stage2", "a+b+c+d")


def many() -> list[Item]:
    """Three methods at three layers; one is signed, one place holds nothing, one method has no layers."""
    made = [
        (heat(bump() - bump(x=0.4) * (method == "eigen-cam"), method=method, layer=layer, signed=method == "eigen-cam"))
        for method in METHODS
        for layer in LAYERS
    ]
    made[1] = heat(0 * bump(), method=METHODS[0], layer=LAYERS[1], degenerate=True)
    made.append(heat(method="saliency", layer="input"))
    return [(each, scan()) for each in made]


@pytest.mark.parametrize(
    ("width", "size", "title", "normalise"),
    telling(
        [(180.0, 12.0, True, "shared")],
        [(85.0, 5.0, True, "min-max"), (180.0, 7.0, False, "from zero"), (180.0, 12.0, True, "shared")],
    ),
)
def test_nothing_is_clipped_or_overlaps(width: float, size: float, title: bool, normalise: str) -> None:
    display = Display(outline=1.0, normalise=normalise)  # type: ignore[arg-type]
    all_stands_clear(panel(many(), display, title=title, width_mm=width, text_size=size, layout="grid"))


def test_methods_go_down_and_layers_across() -> None:
    found = places(many())
    assert found.rows[:3] == METHODS
    assert found.columns[0] == "stage1"
    assert found.columns[2:] == ("4 layers joined",)
    assert found.of[:4] == ((0, 0), (0, 1), (0, 2), (1, 0))


def test_a_method_without_layers_stands_in_the_first_column_and_says_so() -> None:
    found = places(many())
    assert found.rows[3] == "saliency · input"
    assert found.of[-1] == (3, 0)
    assert places([(heat(method="saliency", layer="input"), scan())]).columns == ("input",)


def test_a_method_at_the_input_and_at_layers_has_a_column_for_each() -> None:
    shown = [("grad-cam", "stage4"), ("lrp-epsilon", "input"), ("lrp-epsilon", "stage4"), ("saliency", "input")]
    found = places([(heat(method=method, layer=layer), scan()) for method, layer in shown])
    assert found.rows == ("grad-cam", "lrp-epsilon", "saliency")
    assert found.columns == ("input", "stage4")
    assert found.of == ((0, 1), (1, 0), (1, 1), (2, 0))


def test_models_go_across_by_their_names_whatever_they_call_their_layers() -> None:
    items: list[Item] = [
        (heat(method=method, model=model, layer=layer), scan())
        for method in METHODS
        for model, layer in (("demo", "stage4"), ("/some/where/net.keras", "block5"))
    ]
    assert places(items).columns == ("demo", "net.keras")


def test_pictures_go_across_where_there_are_several() -> None:
    items: list[Item] = [(heat(path=name), scan(path=Path(name))) for name in ("a.png", "b.png")]
    assert places(items).columns == ("a.png · stage4", "b.png · stage4")


def test_two_maps_for_one_place_are_refused_with_the_way_out() -> None:
    with pytest.raises(HeatlensError, match="layout of rows"):
        panel([(heat(), scan()), (heat(target=1), scan())], Display(), layout="grid")


def test_an_unknown_layout_is_named() -> None:
    with pytest.raises(HeatlensError, match="rows, grid"):
        panel(many(), Display(), layout="circle")


def test_too_many_columns_for_the_page_say_so() -> None:
    items: list[Item] = [(heat(layer=f"layer{number}"), scan()) for number in range(12)]
    with pytest.raises(HeatlensError, match="12 columns"):
        panel(items, Display(), width_mm=85, layout="grid")


def test_one_scale_for_all_has_numbers_and_scales_of_their_own_have_ends() -> None:
    def ticks(normalise: str) -> list[str]:
        figure = panel(many()[:1], Display(normalise=normalise), layout="grid")  # type: ignore[arg-type]
        return [label.get_text() for label in figure.axes[-1].get_yticklabels()]

    assert ticks("min-max") == ["min", "", "max"]
    assert ticks("from zero") == ["0", "", "max"]
    assert ticks("shared") == ["0.00", "0.50", "1.00"]


def test_the_record_of_a_difference_has_no_command_but_its_two_maps_have() -> None:
    first, second = heat(), heat(bump(x=0.4), method="layer-cam")
    items: list[Item] = [(each, scan()) for each in (first, second, difference(first, second).heat)]
    commands = [item["command"] for item in provenance(items, Display())["items"]]
    assert commands[0].startswith("heatlens explain")
    assert commands[1].startswith("heatlens explain")
    assert commands[2] is None
