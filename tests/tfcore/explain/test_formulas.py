"""What the names mean, beyond what the reference arrays hold."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import tfcore
from tests.tfcore.explain import networks
from tfcore.errors import HeatlensError
from tfcore.explain.cam import eigen_cam, grad_cam_plus_plus, weighted, xgrad_cam
from tfcore.explain.occlusion import windows


def activation_of(model: tfcore.models.model.Model, path: str, batch: np.ndarray) -> np.ndarray:
    step = model.program.step(path)
    found: np.ndarray = model.program.run({model.program.input: batch}, [step.output])[step.output].numpy()
    return found


def close(found: np.ndarray, wanted: np.ndarray, tolerance: float = 1e-4) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=tolerance * np.abs(wanted).max())


def test_cam_weighs_channels_with_the_heads_weights() -> None:
    model = networks.model("sequential")
    batch = networks.batch(model)
    found = tfcore.explain(model, batch, method="cam", target=1)
    kernel = model.keras.get_layer("head").get_weights()[0]
    close(found.native, activation_of(model, "conv2", batch) @ kernel[:, 1])


@pytest.mark.parametrize(
    ("name", "layer", "instead"),
    [("branched", None, "use grad-cam"), ("sequential", "conv1", "choose 'conv2' or use grad-cam")],
)
def test_cam_elsewhere_names_the_layer_that_has_a_pooling_head_and_grad_cam(
    name: str, layer: str | None, instead: str
) -> None:
    model = networks.model(name)
    with pytest.raises(HeatlensError, match=rf"needs a global average pooling.*; {instead}, which works"):
        tfcore.explain(model, networks.batch(model), method="cam", layer=layer)


@pytest.mark.parametrize("shape", [(3, 4, 30), (6, 5, 4)])
def test_eigen_cam_is_the_first_principal_component(shape: tuple[int, int, int]) -> None:
    activation = np.random.default_rng(0).random((2, *shape)).astype(np.float32)
    found = eigen_cam(tf.constant(activation), tf.zeros_like(activation)).numpy()
    for image, component in zip(activation, found, strict=True):
        positions = image.reshape(-1, shape[-1]) - image.reshape(-1, shape[-1]).mean(0)
        left, sizes, _ = np.linalg.svd(positions.astype(np.float64), full_matrices=False)
        wanted = left[:, 0] * sizes[0]
        close(np.abs(component.ravel()), np.abs(wanted), 1e-3)
        assert np.corrcoef(component.ravel(), image.mean(-1).ravel())[0, 1] > 0


def test_grad_cam_plus_plus_is_its_printed_formula_and_ignores_channels_without_gradient() -> None:
    draw = np.random.default_rng(1)
    activation, gradient = draw.random((1, 4, 5, 3)), draw.normal(0, 1, (1, 4, 5, 3))
    gradient[..., 1] = 0
    total = activation.sum((1, 2), keepdims=True)
    below = 2 * gradient**2 + gradient**3 * total
    alpha = np.divide(gradient**2, below, out=np.zeros_like(below), where=gradient != 0)
    weights = (alpha * np.maximum(gradient, 0)).sum((1, 2))
    close(grad_cam_plus_plus(tf.constant(activation, tf.float32), tf.constant(gradient, tf.float32)).numpy(), weights)


def test_xgrad_cam_keeps_the_sign_of_a_negative_activation_sum() -> None:
    activation = np.full((1, 2, 2, 1), -1e-9, np.float32)
    gradient = np.full((1, 2, 2, 1), -1.0, np.float32)
    # Σ(G·A)/(ΣA − ε) is negative and small, not torn apart by a denominator that crosses zero.
    assert 0 <= weighted(xgrad_cam(tf.constant(activation), tf.constant(gradient)), activation).numpy().max() < 1e-9


@pytest.mark.parametrize(
    ("method", "params", "plain"),
    [
        ("smooth-grad-cam++", {"samples": 2}, "grad-cam++"),
        ("ss-cam", {"samples": 2}, "score-cam"),
        ("smoothgrad", {"samples": 2}, "gradient"),
        ("smoothgrad", {"samples": 2, "of": "saliency"}, "saliency"),
        ("smoothgrad", {"samples": 2, "of": "integrated-gradients"}, "integrated-gradients"),
    ],
)
def test_averaging_without_noise_changes_nothing(method: str, params: dict, plain: str) -> None:
    model = networks.model("branched")
    batch = networks.batch(model)
    found = tfcore.explain(model, batch, method=method, sigma=0, **params)
    close(found.maps, tfcore.explain(model, batch, method=plain).maps)


@pytest.mark.parametrize("method", ["smooth-grad-cam++", "ss-cam", "smoothgrad"])
def test_another_seed_gives_another_map(method: str) -> None:
    # Its hidden layer makes the gradient at the last feature map depend on the image.
    model = networks.model("branched")
    batch = networks.batch(model, 1)
    one, other = (tfcore.explain(model, batch, method=method, samples=2, seed=seed).maps for seed in (0, 1))
    assert np.abs(one - other).max() > 0


def test_smoothgrad_keeps_to_the_class_seen_in_the_clean_image() -> None:
    model = networks.model("sequential")
    batch = networks.batch(model)
    found = tfcore.explain(model, batch, method="smoothgrad", samples=4, sigma=3)
    settled = tfcore.explain(model, batch, method="smoothgrad", samples=4, sigma=3, target=found.targets)
    np.testing.assert_array_equal(found.maps, settled.maps)


def test_score_cam_is_its_formula() -> None:
    model = networks.model("sequential")
    image = networks.batch(model, 1)
    activation = activation_of(model, "conv2", image)
    masks = tf.image.resize(activation, image.shape[1:3])[0].numpy().transpose(2, 0, 1)
    low, high = masks.min((1, 2), keepdims=True), masks.max((1, 2), keepdims=True)
    masks = (masks - low) / np.where(high > low, high - low, 1)
    scores = model.logits(masks[..., None] * image)[:, 1] - model.logits(0 * image)[:, 1]
    softmax = np.exp(scores) / np.exp(scores).sum()
    for normalise, weights in (("softmax", softmax), ("none", scores)):
        found = tfcore.explain(model, image, method="score-cam", layer="conv2", target=1, normalise=normalise)
        close(found.native[0], np.maximum(activation[0] @ weights, 0))


def test_top_k_uses_the_channels_that_vary_most() -> None:
    model = networks.model("sequential")
    image = networks.batch(model, 1)
    activation = activation_of(model, "conv2", image)[0]
    liveliest = activation[..., activation.std((0, 1)).argmax()]
    found = tfcore.explain(model, image, method="score-cam", layer="conv2", top_k=1)
    close(found.native[0], liveliest)


def test_guided_grad_cam_is_the_product_of_both() -> None:
    model = networks.model("branched")
    batch = networks.batch(model)
    product, fine, coarse = (
        tfcore.explain(model, batch, method=method) for method in ("guided-grad-cam", "guided-backprop", "grad-cam")
    )
    close(product.values, fine.values * coarse.maps[..., None])
    assert product.layer == coarse.layer


@pytest.mark.parametrize(
    "relu",
    [
        lambda: layers.ReLU(max_value=6.0),
        lambda: layers.Activation("relu6"),
        lambda: layers.Dense(3, activation="relu6", kernel_initializer="identity"),
        keras.ops.relu6,
    ],
)
def test_a_guided_relu_passes_only_positive_gradients_of_positive_inputs(relu: object) -> None:
    images = keras.Input((1, 3, 1))
    value = layers.Flatten()(images)
    value = (relu if relu is keras.ops.relu6 else relu())(value)
    inner = keras.Model(images, value)
    head = layers.Dense(2, use_bias=False)
    network = keras.Sequential([images, inner, head])
    head.set_weights([np.array([[1.0, -1], [1, -1], [-1, 1]])])
    model = tfcore.load_model(network)
    # Columns: positive input, negative input, positive input with a negative weight; then one above six.
    found = tfcore.explain(
        model, [[[[2.0], [-2.0], [2.0]]], [[[7.0], [1.0], [1.0]]]], method="guided-backprop", target=0
    )
    np.testing.assert_array_equal(found.values[:, 0, :, 0], [[1, 0, 0], [0, 1, 0]])


def test_deeplift_is_complete_through_products_and_pooling() -> None:
    images = keras.Input((8, 8, 3))
    value = layers.Conv2D(4, 3, activation="gelu")(images)
    gate = layers.Dense(4, activation="sigmoid")(layers.GlobalAveragePooling2D(keepdims=True)(value))
    value = layers.MaxPooling2D(3, strides=2, padding="same")(layers.Multiply()([value, gate]))
    value = layers.GlobalMaxPooling2D()(layers.PReLU()(value))
    model = networks.opened(keras.Model(images, layers.Dense(2)(value)))
    batch = np.random.default_rng(0).normal(0, 1, (2, 8, 8, 3))
    for baseline in ("zero", "mean", "blur"):
        found = tfcore.explain(model, batch, method="deeplift", target=1, baseline=baseline)
        assert np.abs(found.facts["completeness_gap"]).max() < 1e-4
        assert np.abs(found.values.sum((1, 2, 3))).min() > 1e-3


def test_a_picture_can_be_the_baseline(tmp_path) -> None:
    import cv2

    model = networks.model("sequential")
    path = tmp_path / "grey.png"
    cv2.imwrite(str(path), np.full((networks.HEIGHT, networks.WIDTH, 3), 128, np.uint8))
    base = model.prepare([path])
    found = tfcore.explain(model, base, method="integrated-gradients", steps=3, baseline=str(path))
    assert found.degenerate.all()


def test_occlusion_windows_reach_the_edge_and_the_last_one_is_cut() -> None:
    assert list(windows(33, 8, 4)) == [0, 4, 8, 12, 16, 20, 24, 28]
    assert list(windows(32, 8, 8)) == [0, 8, 16, 24]
    assert list(windows(5, 8, 4)) == [0]


def test_occlusion_with_a_window_over_everything_is_the_whole_drop() -> None:
    model = networks.model("sequential")
    batch = networks.batch(model)
    found = tfcore.explain(model, batch, method="occlusion", patch=100, stride=100, target=0)
    drop = model.logits(batch)[:, 0] - model.logits(0 * batch)[:, 0]
    np.testing.assert_allclose(found.maps[:, 3, 5], drop, atol=1e-5)
    assert (np.ptp(found.maps, axis=(1, 2)) < 1e-6).all()


def test_ablation_cam_weighs_channels_by_the_relative_drop() -> None:
    model = networks.model("branched")
    image = networks.batch(model, 1)
    program = model.program
    step = program.step("joined")
    activation = activation_of(model, "joined", image)
    whole = model.logits(image)[0, 2]
    weights = []
    for channel in range(activation.shape[-1]):
        less = activation.copy()
        less[..., channel] = 0
        rest = program.run({step.output: less}, [program.output])[program.output].numpy()[0, 2]
        weights.append((whole - rest) / abs(whole))
    found = tfcore.explain(model, image, method="ablation-cam", layer="joined", target=2)
    close(found.native[0], np.maximum(activation[0] @ np.array(weights), 0))
