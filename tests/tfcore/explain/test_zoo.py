"""What holds for every method on every network of the zoo: one call per network and group, looked at from all sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import keras
import numpy as np
import pytest

import tfcore
from tests.tfcore.explain import networks, properties
from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.models.layers import default_layer
from tfcore.models.model import Model
from tfcore.registry import MethodSpec, catalogue, find

ARCHITECTURES = [spec.name for spec in catalogue("architecture")]
# Those whose default layer is averaged and classified by one dense layer.
POOLED = ("mobilenetv2", "resnet50", "resnext50", "sk-resnext50")
# In every run what shares one pass on the smallest; all of it on networks of all kinds is in test_every_method.
# Deep networks take long to trace.
SMALL = ("cnn-2",)
QUICK = {"samples": 2, "steps": 3, "patch": 32, "stride": 32, "top_k": 4, "sampling": "marginal"}


def group(spec: MethodSpec) -> str:
    """``cams`` share one pass, ``relevance`` gives every layer a rule, ``others`` go ways of their own."""
    if spec.propagation is not None:
        return "relevance"
    return "cams" if spec.has_layers and spec.formula is not None else "others"


GROUPS = {name: [spec for spec in networks.ours() if group(spec) == name] for name in ("cams", "others", "relevance")}

Found = Mapping[tuple[str, str | None], Explanation]


def marks(architecture: str, group: str = "cams") -> Any:
    return () if architecture in SMALL and group == "cams" else (pytest.mark.slow, pytest.mark.timeout(900))


def explained(
    model: Model, batch: np.ndarray, specs: Sequence[MethodSpec], target: Any, layer: str | None = None
) -> Found:
    params = {spec.name: networks.among(spec, QUICK) for spec in specs}
    return tfcore.explain_many(model, batch, list(params), [layer], target, params)


def fitting(name: str, group: str) -> list[MethodSpec]:
    """The methods of the group that the network has everything for."""
    return [spec for spec in GROUPS[group] if "gap-dense" not in spec.needs or name in POOLED]


def tolerance(method: str) -> float:
    """What rounding may change, as a share of the largest value; a batch of another size rounds differently.

    Relevance is divided at every layer. Under the rules ε and γ it is divided by signed sums, which nearly cancel now
    and then: on the transformers the last bit of the input alone moves their maps by up to some hundredths.
    """
    if method in ("lrp-epsilon", "lrp-gamma"):
        return 0.1
    return 1e-3 if group(find("method", method)) == "relevance" else 1e-4


@dataclass(frozen=True)
class Case:
    """All methods of a group on one network: two images together, asked for classes by their numbers."""

    model: Model
    batch: np.ndarray
    specs: Sequence[MethodSpec]
    found: Found


CASES = [
    pytest.param((name, group), id=f"{name}-{group}", marks=marks(name, group))
    for name, group in product(ARCHITECTURES, GROUPS)
]


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    model = networks.zoo(request.param[0])
    batch, specs = networks.batch(model, 2), fitting(*request.param)
    with properties.left_as_it_is(model, batch):
        return Case(model, batch, specs, explained(model, batch, specs, [1, 2]))


def test_maps_are_well_formed(case: Case) -> None:
    assert {method for method, _ in case.found} == {spec.name for spec in case.specs}
    for found in case.found.values():
        properties.is_well_formed(found, case.batch)
        assert found.targets.tolist() == [1, 2]


def test_an_image_alone_by_the_name_of_its_class_gets_the_same_map(case: Case) -> None:
    alone = explained(case.model, case.batch[1:], case.specs, case.model.classes[2])
    for place, found in case.found.items():
        properties.are_alike(alone[place].maps, found.maps[1:], tolerance(place[0]))


def test_a_network_of_zeros_gives_flagged_zeros(case: Case) -> None:
    with networks.of_zeros(case.model):
        for found in explained(case.model, case.batch[:1], case.specs, 1).values():
            properties.is_nothing(found)


@pytest.mark.parametrize("name", [pytest.param(name, marks=marks(name, "relevance")) for name in ARCHITECTURES])
def test_relevance_that_leaves_biases_out_is_finite_or_says_what_is(name: str) -> None:
    model = networks.zoo(name)
    batch = networks.batch(model, 2)
    for spec in GROUPS["relevance"]:
        if "bias" not in {param.name for param in spec.params}:
            continue
        found = tfcore.explain(model, batch, spec.name, target=[1, 2], bias="ignore")
        properties.is_well_formed(found, batch)
        reasons = found.facts.get("why", ["", ""])
        np.testing.assert_array_equal(found.degenerate, [reason != "" for reason in reasons])
        # What the sentence names is finite itself.
        assert all("use lrp-alphabeta" in reason for reason in reasons if reason)
        assert spec.name != "lrp-alphabeta" or not any(reasons)


def of_cams(without: Sequence[str] = (), quick: Sequence[str] = ARCHITECTURES) -> pytest.MarkDecorator:
    """Only the cases of the gradient CAMs, but for these networks; of the ``quick`` ones in every run."""
    cases = [case for case in CASES if case.values[0][1] == "cams" and case.values[0][0] not in without]
    slow = (pytest.mark.slow, pytest.mark.timeout(900))
    marked = [
        case if case.values[0][0] in quick else pytest.param(*case.values, id=case.id, marks=slow) for case in cases
    ]
    return pytest.mark.parametrize("case", marked, indirect=True)


@of_cams(quick=SMALL)
def test_a_network_that_is_one_layer_of_another_gives_the_same_maps(case: Case) -> None:
    flat = case.model
    images = keras.Input(flat.keras.input_shape[1:])
    nested = tfcore.load_model(keras.Model(images, flat.keras(images)))
    inside = f"{flat.keras.name}/{default_layer(flat.program)}"
    for (method, _), found in explained(nested, case.batch, case.specs, [1, 2], inside).items():
        assert found.layer == inside
        properties.are_alike(found.maps, case.found[method, None].maps, 1e-5)


@of_cams(without=POOLED)
def test_cam_is_refused_where_the_head_does_not_average(case: Case) -> None:
    with pytest.raises(HeatlensError, match=r"needs a global average pooling and one dense layer.*use grad-cam"):
        tfcore.explain(case.model, case.batch, method="cam")


@pytest.mark.parametrize(("name", "layer"), [("cnn-2", "block2_pool"), ("cnn-5", "block5_pool")])
def test_cam_of_a_small_network_looks_at_what_is_averaged(name: str, layer: str) -> None:
    model = tfcore.build(name, classes=3, input_shape=(64, 64, 3), head="gap")
    batch = networks.batch(model, 2)
    properties.is_well_formed(tfcore.explain(model, batch, method="cam", layer=layer), batch)
