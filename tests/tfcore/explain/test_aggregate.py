"""One map from several layers."""

from __future__ import annotations

import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.explain import networks
from tfcore.errors import HeatlensError
from tfcore.explain import aggregate
from tfcore.explain.aggregate import min_max
from tfcore.explain.resize import to_input

METHODS = [spec.name for spec in networks.ours() if spec.has_layers and "gap-dense" not in spec.needs]
# One for every way through the network.
QUICK = ("grad-cam", "eigen-cam", "score-cam", "ablation-cam", "lrp-composite", "relevance-cam")


@pytest.mark.parametrize("method", telling(QUICK, METHODS))
def test_layers_joined_with_plus_are_the_mean_of_their_normalised_maps(method: str) -> None:
    model = networks.model("nested")
    batch = networks.batch(model)
    settings = networks.quick(next(spec for spec in networks.ours() if spec.name == method))
    parts = [tfcore.explain(model, batch, method=method, layer=layer, **settings) for layer in ("stage1", "stage2")]
    wanted = min_max(np.mean([to_input(min_max(np.maximum(part.native, 0)), *batch.shape[1:3]) for part in parts], 0))
    found = tfcore.explain(model, batch, method=method, layer="stage1+stage2", **settings)
    np.testing.assert_allclose(found.maps, wanted, atol=1e-5)
    np.testing.assert_allclose(aggregate(parts).maps, wanted, atol=1e-6)
    assert found.layer == "backbone/first+backbone/last"
    assert (found.maps.min(), found.maps.max()) == (0, 1)


def test_aggregate_means_all_stages() -> None:
    model = networks.model("branched")
    batch = networks.batch(model)
    all_stages = "+".join(info.stage for info in model.layers() if info.stage)
    found = tfcore.explain_many(model, batch, ["layer-cam"], ["aggregate", all_stages])
    np.testing.assert_array_equal(found["layer-cam", "aggregate"].maps, found["layer-cam", all_stages].maps)


def test_zero_maps_stay_zero_and_are_flagged() -> None:
    assert not min_max(np.zeros((1, 2, 2))).any()
    assert not min_max(np.full((1, 2, 2), 3.0)).any()
    model = tfcore.load_model(networks.nested())
    model.keras.set_weights([np.zeros_like(weight) for weight in model.keras.get_weights()])
    assert tfcore.explain(model, networks.batch(model), layer="aggregate").degenerate.all()


def test_a_mistyped_layer_among_several_is_named() -> None:
    model = networks.model("nested")
    with pytest.raises(HeatlensError, match="stage9"):
        tfcore.explain(model, networks.batch(model), layer="stage1+stage9")


def test_nothing_cannot_be_aggregated() -> None:
    with pytest.raises(HeatlensError, match="at least one layer"):
        aggregate([])
