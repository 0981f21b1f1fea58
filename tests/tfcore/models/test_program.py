"""Whatever is nested in a network, its program computes the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.tfcore.models import networks
from tfcore.errors import HeatlensError
from tfcore.models.program import program


def _batch(model: object, count: int = 2) -> np.ndarray:
    shape = model.inputs[0].shape[1:]  # type: ignore[attr-defined]
    return np.random.default_rng(1).normal(size=(count, *shape)).astype(np.float32)


@pytest.mark.parametrize("name", networks.NETWORKS)
def test_a_program_computes_what_its_network_computes(name: str) -> None:
    model = networks.built(name)
    steps = program(model)
    batch = _batch(model)
    found = steps.run({steps.input: batch}, [steps.output])[steps.output]
    np.testing.assert_allclose(found, model(batch, training=False), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", networks.NETWORKS)
def test_a_program_can_be_continued_from_any_step_that_alone_leads_on(name: str) -> None:
    model = networks.built(name)
    steps = program(model)
    batch = _batch(model)
    whole = steps.run({steps.input: batch}, [steps.output])[steps.output]
    for step in steps.steps:
        try:
            rest = steps.between([step.output], [steps.output])
        except ValueError:
            continue  # the answer needs more than this value
        half = steps.run({steps.input: batch}, [step.output])
        np.testing.assert_allclose(steps.run(half, [steps.output])[steps.output], whole, rtol=1e-5, atol=1e-6)
        assert len(rest) < len(steps.steps)


def test_paths_lead_into_nested_models() -> None:
    paths = [step.path for step in program(networks.built("nested")).steps]
    assert "backbone/conv2" in paths
    assert "scores" in paths


def test_a_layer_called_twice_has_two_paths() -> None:
    paths = [step.path for step in program(networks.built("shared")).steps]
    assert "conv" in paths
    assert "conv@2" in paths


def test_a_call_can_be_replaced() -> None:
    steps = program(networks.built("branched"))
    called = []

    def call(step: object, *args: object, **kwargs: object) -> object:
        called.append(step.path)  # type: ignore[attr-defined]
        return step.operation(*args, **kwargs)  # type: ignore[attr-defined]

    steps.run({steps.input: np.zeros((1, 16, 16, 1), np.float32)}, [steps.step("added").output], call=call)
    assert called == ["stem", "stem_norm", "stem_relu", "inner", "added"]


def test_several_inputs_or_outputs_are_refused_in_words() -> None:
    import keras

    one, two = keras.Input((4,)), keras.Input((4,))
    with pytest.raises(HeatlensError, match="2 inputs"):
        program(keras.Model([one, two], keras.layers.Add()([one, two])))
    with pytest.raises(HeatlensError, match="2 outputs"):
        program(keras.Model(one, [keras.layers.Dense(1)(one), keras.layers.Dense(2)(one)]))


def test_a_network_without_an_input_shape_is_refused_in_words() -> None:
    import keras

    with pytest.raises(HeatlensError, match="no input shape"):
        program(keras.Sequential([keras.layers.Dense(2)]))


def test_a_subclassed_network_is_refused_in_words() -> None:
    import keras

    class Own(keras.Model):
        def call(self, x: object) -> object:
            return x

    with pytest.raises(HeatlensError, match="Own"):
        program(Own())
