"""What explaining costs, as ratios to the compiled forward pass of the same run.

Run with ``python -m tests.benchmarks.explain`` (some minutes; ``--only vgg16`` for a part). Nothing is asserted: goals
stand beside the numbers.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.timing import interleaved, once, show
from tfcore.models.model import Model

GRADIENT_CAMS = ("grad-cam", "hires-cam", "grad-cam++", "xgrad-cam", "layer-cam")
STAGES = ("stage1", "stage2", "stage3", "stage4")
SIDE = 299


def transfer(base: str) -> keras.Model:
    """A Keras network without weights under the head of METHODS.md §9."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            getattr(keras.applications, base)(weights=None, include_top=False, input_shape=(SIDE, SIDE, 3)),
            layers.MaxPooling2D(4),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(4, activation="softmax"),
        ]
    )


def cnn_3() -> keras.Model:
    """Three convolutions, 128 channels at the last one."""
    layers = keras.layers
    convolutions = [
        layer for k in (32, 64, 128) for layer in (layers.Conv2D(k, 3, activation="relu"), layers.MaxPooling2D(2))
    ]
    head = [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(2, activation="softmax")]
    return keras.Sequential([keras.Input((256, 256, 3)), *convolutions, *head])


def compiled_forward(model: Model) -> Any:
    """The network as one traced function."""
    return tf.function(
        lambda batch: model.keras(batch, training=False), input_signature=[model.signature], autograph=False
    )


def images(count: int, side: int = SIDE) -> np.ndarray:
    return np.random.default_rng(0).random((count, side, side, 3), np.float32)


def gradient_cams(name: str, base: str) -> None:
    """grad-cam, and five CAMs at four stages, against the forward pass."""
    model = tfcore.load_model(transfer(base))
    forward = compiled_forward(model)
    one, eight = images(1), images(8)

    print(f"\n{name}: first calls, tracing included, one image")
    print(f"  forward                                  {once(lambda: forward(tf.constant(one))):6.1f} s")
    for title, method, layer in (
        ("grad-cam at the default layer", "grad-cam", None),
        ("then hires-cam there", "hires-cam", None),
        ("then stage3", "grad-cam", "stage3"),
        ("then stage2", "grad-cam", "stage2"),
        ("then stage1", "grad-cam", "stage1"),
        ("then back to stage4", "grad-cam", "stage4"),
    ):
        seconds = once(lambda method=method, layer=layer: tfcore.explain(model, one, method=method, layer=layer))
        print(f"  {title:40s} {seconds:6.1f} s", flush=True)

    for batch in (one, eight):
        tensor = tf.constant(batch)
        things = {
            "forward": lambda tensor=tensor: forward(tensor).numpy(),
            "grad-cam": lambda batch=batch: tfcore.explain(model, batch),
            "five CAMs × four stages": lambda batch=batch: tfcore.explain_many(model, batch, GRADIENT_CAMS, STAGES),
        }
        goals = {"grad-cam": 1.05, "five CAMs × four stages": 2.5}
        show(f"{name}, batch of {len(batch)}", interleaved(things), "forward", goals)


def score_cam() -> None:
    """score-cam against as many forwards of masked images, one after the other and in batches."""
    model = tfcore.load_model(cnn_3())
    forward, image = compiled_forward(model), images(1, 256)
    masked = tf.constant(images(32, 256))
    channels = 128
    things = {
        "128 forwards in batches of 32": lambda: [forward(masked).numpy() for _ in range(0, channels, 32)],
        "128 forwards one by one": lambda: [forward(masked[:1]).numpy() for _ in range(channels)],
        "score-cam": lambda: tfcore.explain(model, image, method="score-cam"),
        "ablation-cam": lambda: tfcore.explain(model, image, method="ablation-cam"),
    }
    show("cnn-3, 256 px, 128 channels", interleaved(things, rounds=5, warm=1), "128 forwards in batches of 32", {})


def others() -> None:
    """The same grad-cam by another library, where one is installed."""
    if importlib.util.find_spec("tf_keras_vis") is None and importlib.util.find_spec("xplique") is None:
        print("\nno other library is installed to compare with")
        return
    network = cnn_3()
    model, image = tfcore.load_model(network), images(1, 256)
    things: dict[str, Any] = {"ours": lambda: tfcore.explain(model, image)}
    if importlib.util.find_spec("tf_keras_vis") is not None:
        from tf_keras_vis.gradcam import Gradcam
        from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
        from tf_keras_vis.utils.scores import CategoricalScore

        theirs = Gradcam(network, model_modifier=ReplaceToLinear(), clone=True)
        things["tf-keras-vis"] = lambda: theirs(CategoricalScore([0]), image, penultimate_layer=-1)
    if importlib.util.find_spec("xplique") is not None:
        from xplique.attributions import GradCAM

        explainer = GradCAM(network)
        things["xplique"] = lambda: explainer(image, np.eye(2, dtype=np.float32)[:1])
    show("grad-cam beside others, cnn-3, 256 px", interleaved(things), "ours", {})


PARTS = {
    "vgg16": lambda: gradient_cams("VGG16", "VGG16"),
    "densenet201": lambda: gradient_cams("DenseNet201", "DenseNet201"),
    "score-cam": score_cam,
    "others": others,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    for part in parser.parse_args().only:
        PARTS[part]()


if __name__ == "__main__":
    main()
