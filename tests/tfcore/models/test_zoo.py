"""Every network of the zoo is what its name says, and can be looked into."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.models.zoo import built, small_base
from tfcore.errors import HeatlensError
from tfcore.explain import passes
from tfcore.models.layers import default_layer, feature_maps, grid_of, stages
from tfcore.models.program import program
from tfcore.models.scores import of_classes
from tfcore.registry import catalogue

# Total and trainable, counted with the classes of METHODS.md §9.
SIZES = {
    "cnn-3": (14_839_234, 14_839_234),
    "vgg16": (14_846_084, 131_396),
    "densenet201": (18_813_828, 491_844),
    "resnext50": (None, 22_984_002),
    "sk-resnext50": (None, 25_434_882),
    "vit-b16": (85_801_732, 85_801_732),
    "vit-tiny16": (5_525_188, 5_525_188),
}

RESNEXT = {"stage1": "layer1.2.act3", "stage2": "layer2.3.act3", "stage3": "layer3.5.act3", "stage4": "layer4.2.act3"}
ENDS = {
    "cnn-2": {"stage1": "block1_relu", "stage2": "block2_relu"},
    "cnn-3": {"stage1": "conv1", "stage2": "conv2", "stage3": "conv3"},
    "cnn-5": {f"stage{number - 1}": f"block{number}_relu" for number in range(2, 6)},
    "vgg16": {f"stage{number - 1}": f"block{number}_conv{2 if number < 3 else 3}" for number in range(2, 6)},
    "densenet201": {"stage1": "pool2_conv", "stage2": "pool3_conv", "stage3": "pool4_conv", "stage4": "relu"},
    "resnet50": {
        "stage1": "conv2_block3_out",
        "stage2": "conv3_block4_out",
        "stage3": "conv4_block6_out",
        "stage4": "conv5_block3_out",
    },
    "resnext50": RESNEXT,
    "sk-resnext50": RESNEXT,
    "mobilenetv2": {
        "stage1": "block_3_expand_relu",
        "stage2": "block_6_expand_relu",
        "stage3": "block_13_expand_relu",
        "stage4": "out_relu",
    },
    "vit-b16": {"stage1": "block12/norm1"},
    "vit-tiny16": {"stage1": "block12/norm1"},
}
# One of every kind; the others take seconds to be built.
QUICK = ("cnn-2", "cnn-3", "cnn-5", "mobilenetv2", "resnext50", "vit-tiny16")


def test_the_zoo_is_listed_without_importing_keras() -> None:
    code = (
        "import sys; from tfcore.registry import catalogue; print(*(s.name for s in catalogue('architecture')));"
        "assert not {'tensorflow', 'keras', 'h5py', 'safetensors'} & set(sys.modules), 'too much is imported'"
    )
    listed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stderr
    assert set(ENDS) <= set(listed.stdout.split())


@pytest.mark.parametrize("name", telling(QUICK, SIZES))
def test_as_many_weights_as_published(name: str) -> None:
    network = built(name).keras
    total, trainable = SIZES[name]
    assert total in (None, network.count_params())
    assert sum(int(np.prod(weight.shape)) for weight in network.trainable_weights) == trainable


@pytest.mark.parametrize("name", telling(QUICK, ENDS))
def test_stages_end_where_the_field_says(name: str) -> None:
    laid_out = built(name).program
    assert {stage: step.path for stage, step in stages(laid_out).items()} == ENDS[name]
    assert default_layer(laid_out) == list(ENDS[name].values())[-1]


@pytest.mark.parametrize("name", ["cnn-2", "cnn-3", "cnn-5", "vgg16"])
def test_a_picture_gets_probabilities(name: str) -> None:
    model = tfcore.build(name, classes=["glioma", "none", "pituitary"], input_shape=(128, 128, 3))
    picture = np.random.default_rng(0).integers(0, 255, (90, 70, 3)).astype(np.uint8)
    probabilities = model.predict(model.prepare([picture]))
    assert model.activation == "softmax"
    assert model.classes == ("glioma", "none", "pituitary")
    np.testing.assert_allclose(probabilities.sum(-1), 1, rtol=1e-5)


def test_a_base_kept_as_a_layer_has_the_same_stages_below_its_name() -> None:
    import keras

    base = small_base()
    nested = program(keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(2)]))
    paths = [step.path for step in stages(nested).values()]
    assert paths == [f"{base.name}/{path}" for path in ENDS["mobilenetv2"].values()]


def test_a_four_channel_base_is_built_without_a_word() -> None:
    assert tfcore.build("mobilenetv2", alpha=0.35, input_shape=(64, 64, 4)).card.input_shape == (64, 64, 4)


def test_the_card_tells_how_the_network_was_made() -> None:
    card = built("vgg16").card
    assert (card.input_shape, card.scaling, len(card.classes)) == ((299, 299, 3), "imagenet-caffe", 4)
    assert card.guessed == ("classes",)
    assert card.provenance == {"architecture": "vgg16", "settings": {"frozen": True}, "weights": "random"}


@pytest.mark.parametrize(
    ("name", "settings", "sentence"),
    [
        ("vgg61", {}, "no architecture called 'vgg61'.*vgg16"),
        ("vgg16", {"alpha": 2}, "vgg16 has no parameter 'alpha'; it takes frozen"),
        ("vgg16", {"input_shape": (96, 96, 3)}, "vgg16 takes pictures of at least 128 pixels a side, not 96"),
        ("vgg16", {"input_shape": (None, None, 3)}, "vgg16 needs a stated height and width"),
        ("vit-b16", {"input_shape": (230, 224, 3)}, "vit-b16 takes sides that are multiples of 16 pixels, not 230"),
        ("cnn-2", {"classes": 1}, "classes = 1 is too few"),
        ("cnn-2", {"classes": ["alone"]}, "names fewer than two"),
        ("cnn-2", {"input_shape": (64, 64)}, "input_shape"),
        ("cnn-2", {"input_shape": (None, None, 3)}, "head = flatten needs a stated height and width; .* head = gap"),
        ("cnn-2", {"head": "attention"}, "head = 'attention' is not one of flatten, gap"),
        ("cnn-2", {"weights": "imagenet"}, "no ImageNet weights for cnn-2"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_sentence(name: str, settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        tfcore.build(name, **settings)


@pytest.mark.parametrize("norm", ["none", "batch", "group"])
@pytest.mark.parametrize("head", ["flatten", "gap"])
def test_head_and_norm_are_what_is_asked_for(head: str, norm: str) -> None:
    laid_out = tfcore.build("cnn-2", input_shape=(32, 32, 3), head=head, norm=norm).program
    kinds = {step.kind for step in laid_out.steps}
    found = [
        kind in kinds for kind in ("Flatten", "GlobalAveragePooling2D", "BatchNormalization", "GroupNormalization")
    ]
    assert found == [head == "flatten", head == "gap", norm == "batch", norm == "group"]


def test_sides_may_stay_open_where_the_head_averages() -> None:
    model = tfcore.build("cnn-2", input_shape=(None, None, 1), head="gap")
    assert model.logits(np.zeros((1, 20, 33, 1))).shape == (1, 4)


# --- transformers ---


def test_attention_and_tokens_are_read_block_by_block() -> None:
    model = tfcore.build("vit-tiny16", input_shape=(32, 48, 3))
    laid_out = model.program
    for number in range(1, 13):
        assert laid_out.step(f"block{number}/tokens").shape == (None, 7, 192)
    probs = laid_out.step("block12/attention_probs").output
    batch = np.random.default_rng(0).normal(size=(2, 32, 48, 3)).astype(np.float32)
    attention = np.asarray(laid_out.run({laid_out.input: batch}, [probs])[probs])
    assert attention.shape == (2, 3, 7, 7)
    np.testing.assert_allclose(attention.sum(-1), 1, rtol=1e-5)


def test_attention_is_no_feature_map_but_tokens_are() -> None:
    laid_out = built("vit-tiny16").program
    maps = feature_maps(laid_out)
    assert {layer.kind for layer in maps} == {"Conv2D", "Add", "LayerNormalization"}
    assert all(len(layer.shape) == 4 or grid_of(laid_out, layer.shape) == (14, 14) for layer in maps)


@pytest.mark.parametrize(("tokens", "side"), [(100, 10), (101, 10), (102, 10), (103, 0), (2, 0), (5, 2)])
def test_tokens_without_a_map_of_their_size_lie_on_a_square_or_on_nothing(tokens: int, side: int) -> None:
    assert grid_of(built("vit-tiny16").program, (None, tokens, 8)) == ((side, side) if side else None)


@pytest.mark.slow
def test_tokens_lie_on_the_grid_of_their_patches() -> None:
    model = tfcore.build("vit-tiny16", input_shape=(32, 128, 3))
    batch = np.random.default_rng(0).random((1, 32, 128, 3), np.float32)
    step = model.program.step(default_layer(model.program))
    tokens = model.program.run({model.program.input: batch}, [step.output])[step.output]
    # The map is channel by channel what the tokens behind the class token say, row by row.
    expected = np.asarray(tokens)[:, 1:].reshape(1, 2, 8, -1)
    seen = passes.differentiate(model, batch, of_classes([0]), [step])
    np.testing.assert_array_equal(seen.activations[step].numpy(), expected)


@pytest.mark.slow
def test_a_saved_transformer_opens_without_being_trusted(tmp_path: Path) -> None:
    model = tfcore.build("vit-tiny16", input_shape=(32, 32, 3))
    model.keras.save(tmp_path / "vit.keras")
    opened = tfcore.load_model(tmp_path / "vit.keras")
    batch = np.random.default_rng(0).normal(size=(1, 32, 32, 3)).astype(np.float32)
    # Without a trace of their own, which takes ten times as long.
    np.testing.assert_allclose(opened.keras(batch), model.keras(batch), rtol=1e-5, atol=1e-6)


# --- grouped convolutions ---


@pytest.mark.parametrize(
    ("strides", "padding", "dilation"), [(1, "same", 1), (2, "valid", 1), (1, "same", 2), (3, "valid", 1)]
)
def test_a_grouped_convolution_is_a_convolution_with_a_kernel_of_blocks(
    strides: int, padding: str, dilation: int
) -> None:
    import tensorflow as tf

    from tfcore.custom_layers import GroupedConv2D

    settings = {"strides": strides, "padding": padding, "dilation_rate": dilation}
    layer = GroupedConv2D(12, 3, groups=4, **settings)
    picture = tf.constant(np.random.default_rng(0).normal(size=(2, 9, 7, 8)), tf.float32)
    layer.build(picture.shape)
    blocks = np.kron(np.eye(4), np.ones((2, 3))).astype(np.float32)

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 8])], autograph=False)
    def both(picture: tf.Tensor) -> tuple[tf.Tensor, ...]:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(picture)
            grouped = layer(picture)
            whole = tf.tile(layer.kernel, [1, 1, 4, 1]) * blocks
            plain = tf.nn.convolution(picture, whole, strides, padding.upper(), dilations=dilation)
            sums = [tf.reduce_sum(values**2) for values in (grouped, plain)]
        return grouped, plain, *(tape.gradient(each, wanted) for wanted in (picture, layer.kernel) for each in sums)

    grouped, plain, of_picture, picture_gradient, of_kernel, kernel_gradient = both(picture)
    np.testing.assert_allclose(grouped, plain, atol=1e-5)
    np.testing.assert_allclose(of_picture, picture_gradient, atol=1e-4)
    np.testing.assert_allclose(of_kernel, kernel_gradient, rtol=1e-4, atol=1e-3)


def test_every_architecture_states_its_defaults_as_its_function_has_them() -> None:
    import inspect

    from tfcore.registry import function

    for spec in catalogue("architecture"):
        if spec.name not in ENDS:
            continue
        signature = inspect.signature(function(spec)).parameters
        if any(each.kind is each.VAR_KEYWORD for each in signature.values()):
            # Written once for several architectures: it has no defaults of its own.
            continue
        stated = {param.name: param.default for param in spec.params}
        assert stated == {name: signature[name].default for name in list(signature)[3:]}, spec.name
