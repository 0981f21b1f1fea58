"""Networks of other precisions, with odd names, inputs and outputs: explained as any other, or refused in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.shared import telling
from tests.tfcore.explain import networks, properties
from tfcore.errors import HeatlensError
from tfcore.models.layers import layer_names
from tfcore.models.model import Model
from tfcore.registry import MethodSpec, function

# Two of them in every run: one that is two names and a sum, one like a stage.
NAMES = ("a, b + c", "stage1", "a,b", "*", "[0]", "x@2", "日本", "a b", "a+b", "Schicht ü", "_x")
# Single precision is what all the others are held against.
POLICIES = ("float16", "bfloat16", "mixed_bfloat16", "float64", "mixed_float16")
# A method for every way through the network.
ONE_OF_EACH = tuple({function(spec): spec.name for spec in networks.ours() if spec.name != "cam"}.values())
QUICK = ("saliency", "integrated-gradients", "deeplift", "grad-cam", "lrp-epsilon", "occlusion")


def odd(first: str, second: str, **inputs: Any) -> keras.Model:
    """Two convolutions of these names in a model whose own name is odd, too."""
    images = keras.Input((12, 16, 3), **inputs)
    value = layers.Conv2D(3, 3, activation="relu", name=first)(layers.Rescaling(1 / 255)(images))
    value = layers.Conv2D(4, 3, 2, name=second)(value)
    return keras.Model(images, layers.Dense(2, name="c,d")(layers.GlobalAveragePooling2D()(value)), name="Netz ü, 1")


def together(model: Model, batch: np.ndarray, methods: tuple[str, ...]) -> dict[tuple[str, str | None], Any]:
    specs = [spec for spec in networks.ours() if spec.name in methods]
    params = {spec.name: networks.quick(spec) for spec in specs}
    return tfcore.explain_many(model, batch, list(params), target=1, params=params)


def all_but(model: Model, refused: Callable[[MethodSpec], bool], words: str) -> None:
    """Those methods are refused in these words, one by one, and all others answer."""
    batch, answering = networks.batch(model, 1), []
    for spec in networks.ours():
        if refused(spec):
            with pytest.raises(HeatlensError, match=words):
                tfcore.explain(model, batch, spec.name, **networks.quick(spec))
        else:
            answering.append(spec.name)
    found = together(model, batch, tuple(answering))
    assert {method for method, _ in found} == set(answering)
    for one in found.values():
        properties.is_well_formed(one, batch)


@pytest.mark.parametrize(
    ("policy", "methods"),
    telling([(POLICIES[0], QUICK)], [(POLICIES[0], QUICK), *((policy, ONE_OF_EACH) for policy in POLICIES)]),
)
def test_a_network_of_another_precision_gets_the_maps_of_its_twin_in_single_precision(
    policy: str, methods: tuple[str, ...]
) -> None:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        odd_one = networks.opened(networks.branched())
    finally:
        keras.config.set_dtype_policy(before)
    twin = tfcore.load_model(networks.branched())
    twin.keras.set_weights([np.asarray(weight, np.float32) for weight in odd_one.keras.get_weights()])
    batch = networks.batch(twin, 2)
    wanted = together(twin, batch, methods)
    for place, found in together(odd_one, batch, methods).items():
        properties.is_well_formed(found, batch)
        properties.are_alike(found.maps, wanted[place].maps, 1e-3)
    precision = {"float64": 1e-5, "float16": 5e-3, "mixed_float16": 5e-3}.get(policy, 5e-2)
    np.testing.assert_allclose(odd_one.predict(batch), twin.predict(batch), atol=precision)


@pytest.mark.parametrize("name", telling(NAMES[:2], NAMES))
def test_a_layer_of_any_name_is_predicted_with_explained_and_reached(name: str, tmp_path: Path) -> None:
    odd(name, "last").save(tmp_path / "m.keras")
    model = tfcore.load_model(tmp_path / "m.keras")
    batch = networks.batch(model, 1)
    assert np.isfinite(model.predict(batch)).all()
    assert tfcore.explain(model, batch, "ablation-cam", layer=name).layer == name
    joined = tfcore.explain(model, batch, layer=f"{name}+last")
    assert joined.layer == f"{name}+last"
    assert tfcore.explain(model, batch, "lrp-epsilon", keep=f"{name},last").relevance(name).shape[-1] == 3
    for text in (f"{name},last", f"last, {name}", f"{name}+last,{name},input", "stage2,aggregate,nonsense"):
        names = layer_names(model.program, text, ",")
        assert ",".join(names).replace(" ", "") == text.replace(" ", "")
        assert name in names or name not in text


def test_the_whole_text_is_a_name_before_its_parts_are() -> None:
    program = tfcore.load_model(odd("a,b", "b")).program
    assert layer_names(program, "a,b", ",") == ["a,b"]
    assert layer_names(program, "b,a,b", ",") == ["b", "a,b"]
    assert layer_names(program, "a,b+b,stage1", ",") == ["a,b+b", "stage1"]


def test_a_layer_that_is_called_like_a_stage_is_meant_before_the_stage() -> None:
    model = tfcore.load_model(odd("stage2", "last"))
    assert tfcore.explain(model, networks.batch(model, 1), layer="stage2").layer == "stage2"


@pytest.mark.parametrize(("inputs", "outputs"), telling([(True, True)], [(True, False), (False, True), (True, True)]))
@pytest.mark.parametrize("activation", ["softmax", pytest.param("linear", marks=pytest.mark.slow)])
def test_one_input_or_output_in_a_dict_is_that_input_or_output(inputs: bool, outputs: bool, activation: str) -> None:
    images = keras.Input((12, 16, 3), name="image")
    value = layers.Conv2D(3, 3, activation="relu")(images)
    answer = layers.Dense(2, activation=activation)(layers.GlobalAveragePooling2D()(value))
    plain = keras.Model(images, answer)
    dressed = keras.Model({"image": images} if inputs else images, {"answer": answer} if outputs else answer)
    model, same = tfcore.load_model(dressed), tfcore.load_model(plain)
    batch = networks.batch(same, 2)
    np.testing.assert_allclose(model.predict(batch), same.predict(batch), rtol=1e-6)
    for place, found in together(model, batch, ("grad-cam", "lrp-epsilon", "saliency")).items():
        properties.are_alike(found.maps, tfcore.explain(same, batch, place[0], target=1).maps)


@pytest.mark.parametrize("dtype", telling(["uint8"], ["uint8", "float16", "int32", "float64"]))
def test_the_type_of_the_input_changes_no_map(dtype: str) -> None:
    plain, levels, wanted = of_single_precision()
    typed = odd("one", "two", dtype=dtype)
    typed.set_weights(plain.keras.get_weights())
    model = tfcore.load_model(typed)
    for place, one in together(model, levels, QUICK).items():
        properties.are_alike(one.maps, wanted[place].maps, 1e-3)
    np.testing.assert_allclose(model.predict(levels), plain.predict(levels), atol=1e-3)


@cache
def of_single_precision() -> tuple[Model, np.ndarray, dict[tuple[str, str | None], Any]]:
    plain = tfcore.load_model(odd("one", "two"))
    levels = np.random.default_rng(0).integers(0, 255, (2, 12, 16, 3)).astype(np.float32)
    return plain, levels, together(plain, levels, QUICK)


def test_a_network_that_gives_back_its_input_is_refused_in_words() -> None:
    images = keras.Input((8, 8, 3))
    with pytest.raises(HeatlensError, match="gives back its input as it is"):
        tfcore.load_model(keras.Model(images, images))


def test_a_network_without_feature_maps_has_maps_at_the_input_only() -> None:
    images = keras.Input((8, 8, 3))
    model = tfcore.load_model(keras.Model(images, layers.Dense(2)(layers.Flatten()(images))))
    words = r"no feature map with height and width.*such as saliency"
    all_but(model, lambda spec: spec.has_layers and "layer" in spec.needs, words)


def test_two_inputs_are_refused_in_words() -> None:
    one, other = keras.Input((8, 8, 3)), keras.Input((8, 8, 3))
    value = layers.GlobalAveragePooling2D()(layers.Concatenate()([one, other]))
    with pytest.raises(HeatlensError, match="takes 2 inputs"):
        tfcore.load_model(keras.Model([one, other], layers.Dense(2)(value)))


@keras.saving.register_keras_serializable("tests")
class Own(layers.Layer):
    """A layer somebody wrote, with a convolution inside."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.inner = layers.Conv2D(3, 3, padding="same", name="inner")

    def get_config(self) -> dict[str, Any]:
        return super().get_config()

    def build(self, shape: Any) -> None:
        self.inner.build(shape)

    def call(self, value: Any) -> Any:
        return keras.ops.relu(self.inner(value))


@pytest.mark.parametrize("dtype", telling(["float16"], ["float32", "float16"]))
def test_a_layer_of_ones_own_is_explained_by_what_needs_no_rule_for_it(dtype: str) -> None:
    images = keras.Input((12, 16, 3))
    value = Own(name="own, ü", dtype=dtype)(images)
    model = tfcore.load_model(keras.Model(images, layers.Dense(2)(layers.GlobalAveragePooling2D()(value))))
    by_gradients = ("relevance-cam", "xrelevance-cam")
    all_but(
        model,
        lambda spec: spec.propagation is not None and spec.name not in by_gradients,
        r"no rule for layer 'own, ü' \(Own\)",
    )
