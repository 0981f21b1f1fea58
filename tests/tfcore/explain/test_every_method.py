"""What holds for every method of the catalogue on every kind of network; a new method is covered by being there."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.tfcore.explain import networks, properties
from tfcore.errors import Cancelled
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model
from tfcore.registry import MethodSpec

METHODS = [pytest.param(spec, id=spec.name) for spec in networks.ours()]
PAIRS = [
    pytest.param(spec, name, id=f"{spec.name}-{name}")
    for spec in networks.ours()
    for name in networks.NAMES
    if networks.fits(spec, name)
]


def explained(spec: MethodSpec, name: str, batch: np.ndarray | None = None, **more: Any) -> Explanation:
    model = networks.model(name)
    batch = networks.batch(model) if batch is None else batch
    return tfcore.explain(model, batch, method=spec.name, **networks.quick(spec), **more)


@cache
def together(name: str, index: int | None = None) -> dict[str, Explanation]:
    """Every method that the network can have, of all images or of one, in passes that they share."""
    model = networks.model(name)
    batch = networks.batch(model)
    params = {spec.name: networks.quick(spec) for spec in networks.ours() if networks.fits(spec, name)}
    found = tfcore.explain_many(model, batch if index is None else batch[index : index + 1], [*params], params=params)
    return {method: explanation for (method, _), explanation in found.items()}


@pytest.mark.parametrize(("spec", "name"), PAIRS)
def test_maps_are_finite_float32_of_the_images_size(spec: MethodSpec, name: str) -> None:
    found = together(name)[spec.name]
    properties.is_well_formed(found, networks.batch(networks.model(name)))
    assert not found.degenerate.all()


@pytest.mark.parametrize(("spec", "name"), PAIRS)
def test_an_image_gets_the_same_map_alone_and_in_a_batch(spec: MethodSpec, name: str) -> None:
    maps = together(name)[spec.name].maps
    for index in range(len(maps)):
        properties.are_alike(together(name, index)[spec.name].maps, maps[index : index + 1])


@pytest.mark.parametrize("spec", METHODS)
def test_a_method_alone_gives_the_maps_it_gives_among_all(spec: MethodSpec) -> None:
    properties.are_alike(explained(spec, "sequential").maps, together("sequential")[spec.name].maps)


@pytest.mark.parametrize("spec", METHODS)
def test_the_same_call_gives_the_same_bytes(spec: MethodSpec) -> None:
    assert explained(spec, "sequential").maps.tobytes() == explained(spec, "sequential").maps.tobytes()


@pytest.mark.parametrize("spec", METHODS)
def test_a_target_may_be_named_or_numbered(spec: MethodSpec) -> None:
    model = networks.model("sequential")
    named = explained(spec, "sequential", target=model.classes[2])
    numbered = explained(spec, "sequential", target=2)
    assert named.targets.tolist() == [2, 2, 2]
    np.testing.assert_array_equal(named.maps, numbered.maps)


@pytest.mark.parametrize("spec", METHODS)
def test_the_predicted_class_is_explained_unless_another_is_asked_for(spec: MethodSpec) -> None:
    found = explained(spec, "sequential")
    np.testing.assert_array_equal(found.targets, found.logits.argmax(-1))
    asked = explained(spec, "sequential", target=found.targets)
    np.testing.assert_array_equal(found.maps, asked.maps)


@pytest.mark.parametrize("spec", METHODS)
def test_explaining_leaves_the_network_as_it_is(spec: MethodSpec) -> None:
    for name in ("branched", "sequential"):
        if not networks.fits(spec, name):
            continue
        model = networks.model(name)
        with properties.left_as_it_is(model, networks.batch(model)):
            explained(spec, name)


@cache
def flat_copy() -> Model:
    return tfcore.load_model(networks.flattened(networks.model("nested").keras))


@pytest.mark.parametrize("spec", METHODS)
def test_a_nested_backbone_gives_the_maps_of_its_flat_copy(spec: MethodSpec) -> None:
    model, flat = networks.model("nested"), flat_copy()
    batch = networks.batch(model)
    settings = networks.quick(spec)
    inside = tfcore.explain(model, batch, method=spec.name, layer="backbone/last", **settings)
    outside = tfcore.explain(flat, batch, method=spec.name, layer="last", **settings)
    properties.are_alike(inside.maps, outside.maps, 1e-5)


@pytest.mark.parametrize("spec", METHODS)
def test_a_network_that_sees_nothing_gives_flagged_zeros(spec: MethodSpec) -> None:
    with networks.of_zeros(networks.model("sequential")):
        properties.is_nothing(explained(spec, "sequential"))


@pytest.mark.parametrize("spec", METHODS)
def test_progress_is_told_and_stops_the_work(spec: MethodSpec) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        explained(spec, "sequential", progress=stop)
    assert told[0][0] == 0
    assert told[0][1] >= 1


@cache
def half_precision() -> Model:
    import keras

    keras.config.set_dtype_policy("mixed_float16")
    try:
        network = networks.sequential()
    finally:
        keras.config.set_dtype_policy("float32")
    network.set_weights(networks.model("sequential").keras.get_weights())
    return tfcore.load_model(network)


@pytest.mark.parametrize("spec", METHODS)
def test_half_precision_networks_are_explained_in_single_precision(spec: MethodSpec) -> None:
    model = half_precision()
    found = tfcore.explain(model, networks.batch(model), method=spec.name, **networks.quick(spec))
    assert found.maps.dtype == np.float32
    assert np.isfinite(found.maps).all()
    assert found.maps.any()


@pytest.mark.parametrize("spec", [param for param in METHODS if networks.fits(param.values[0], "unit")])
def test_both_sides_of_a_sigmoid_unit_can_be_explained(spec: MethodSpec) -> None:
    found = explained(spec, "unit", target=[0, 1, 1])
    assert found.targets.tolist() == [0, 1, 1]
    assert np.isfinite(found.maps).all()


def test_the_negative_side_of_a_sigmoid_unit_is_minus_the_logit() -> None:
    model = networks.model("unit")
    batch = networks.batch(model)
    one, other = (tfcore.explain(model, batch, method="gradient", target=side).values for side in (0, 1))
    np.testing.assert_allclose(one, -np.asarray(other), atol=1e-6)
