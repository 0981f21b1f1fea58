from __future__ import annotations

from gui.features.composer.draft import Draft
from tests.tfcore.figure.made import heat, scan


def test_names_of_columns_stand_only_above_what_is_called_so() -> None:
    layers = [(heat(layer=name, stage=""), scan()) for name in ("conv1", "conv2")]
    alone = Draft().with_grid(layers, {})
    assert (alone.made.columns, [cell.title for cell in alone.made.each()]) == (("conv1", "conv2"), [None, None])
    again = alone.with_grid(layers, {})
    assert (again.made.columns, [cell.title for cell in again.made.each()]) == (("conv1", "conv2"), 4 * [None])
    below = Draft().added([(heat(), scan())], {}).with_grid(layers, {})
    assert (below.made.columns, [cell.title for cell in below.made.each()]) == ((), [None, "conv1", "conv2"])
