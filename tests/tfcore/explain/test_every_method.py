"""What holds for every method of the catalogue on every kind of network; a new method is covered by being there."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.explain import networks, properties
from tfcore.errors import Cancelled
from tfcore.explain.explanation import Explanation
from tfcore.registry import MethodSpec

METHODS = [pytest.param(spec, id=spec.name) for spec in networks.ours()]
# One of each kind of answer; nested ones and single units are looked at below, branched ones where precisions are.
USUAL = ("sequential", "segmentation")
PAIRS = [
    pytest.param(spec, name, id=f"{spec.name}-{name}", marks=() if name in USUAL else pytest.mark.slow)
    for spec in networks.ours()
    for name in networks.NAMES
    if networks.fits(spec, name)
]


# What is not the method's own matter is tried by one of each family.
QUICK = ("saliency", "integrated-gradients", "deeplift", "grad-cam", "lrp-epsilon", "occlusion")
FEW = [
    pytest.param(*param.values, id=param.id, marks=() if param.id in QUICK else pytest.mark.slow) for param in METHODS
]


def few(spec: MethodSpec) -> tuple[str, ...]:
    """Those methods that are tried in every run, or the others, whichever this one is among."""
    return QUICK if spec.name in QUICK else tuple(each.name for each in networks.ours() if each.name not in QUICK)


def explained(spec: MethodSpec, name: str, batch: np.ndarray | None = None, **more: Any) -> Explanation:
    model = networks.model(name)
    batch = networks.batch(model) if batch is None else batch
    return tfcore.explain(model, batch, method=spec.name, **networks.quick(spec), **more)


@cache
def together(name: str, index: int | None = None) -> dict[str, Explanation]:
    """Every method that the network can have, of all images or of one, in passes that they share."""
    model = networks.model(name)
    batch = networks.batch(model)
    return networks.together(model, name, batch if index is None else batch[index : index + 1])


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
    model = networks.model("sequential")
    with properties.left_as_it_is(model, networks.batch(model)):
        explained(spec, "sequential")


@pytest.mark.parametrize("name", telling(USUAL, networks.NAMES))
def test_explaining_by_all_methods_leaves_every_kind_of_network_as_it_is(name: str) -> None:
    model = networks.model(name)
    batch = networks.batch(model)
    with properties.left_as_it_is(model, batch):
        assert networks.together(model, name, batch)


@cache
def nested_and_flat(only: tuple[str, ...]) -> tuple[dict[str, Explanation], dict[str, Explanation]]:
    model = networks.model("nested")
    flat = tfcore.load_model(networks.flattened(model.keras))
    batch = networks.batch(model)
    return (
        networks.together(model, "nested", batch, layer="backbone/last", only=only),
        networks.together(flat, "nested", batch, layer="last", only=only),
    )


@pytest.mark.parametrize("spec", FEW)
def test_a_nested_backbone_gives_the_maps_of_its_flat_copy(spec: MethodSpec) -> None:
    inside, outside = (found[spec.name].maps for found in nested_and_flat(few(spec)))
    properties.are_alike(inside, outside, 1e-5)


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
def half_precision() -> dict[str, Explanation]:
    import keras

    keras.config.set_dtype_policy("mixed_float16")
    try:
        network = networks.sequential()
    finally:
        keras.config.set_dtype_policy("float32")
    network.set_weights(networks.model("sequential").keras.get_weights())
    model = tfcore.load_model(network)
    return networks.together(model, "sequential", networks.batch(model))


@pytest.mark.slow
@pytest.mark.parametrize("spec", METHODS)
def test_half_precision_networks_are_explained_in_single_precision(spec: MethodSpec) -> None:
    found = half_precision()[spec.name]
    assert found.maps.dtype == np.float32
    assert np.isfinite(found.maps).all()
    assert found.maps.any()


@cache
def both_sides(only: tuple[str, ...]) -> dict[str, Explanation]:
    model = networks.model("unit")
    return networks.together(model, "unit", networks.batch(model), target=[0, 1, 1], only=only)


@pytest.mark.parametrize("spec", [param for param in FEW if networks.fits(param.values[0], "unit")])
def test_both_sides_of_a_sigmoid_unit_can_be_explained(spec: MethodSpec) -> None:
    found = both_sides(few(spec))[spec.name]
    assert found.targets.tolist() == [0, 1, 1]
    assert np.isfinite(found.maps).all()


def test_the_negative_side_of_a_sigmoid_unit_is_minus_the_logit() -> None:
    model = networks.model("unit")
    batch = networks.batch(model)
    one, other = (tfcore.explain(model, batch, method="gradient", target=side).values for side in (0, 1))
    np.testing.assert_allclose(one, -np.asarray(other), atol=1e-6)
