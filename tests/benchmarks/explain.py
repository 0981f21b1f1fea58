"""What explaining costs, as ratios to the compiled forward pass of the same run.

Run with ``python -m tests.benchmarks.explain`` (some minutes; ``--only vgg16`` for a part). Nothing is asserted: goals
stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.memory import peaks, say_peak
from tests.benchmarks.timing import interleaved, once, show
from tfcore.data.phantom import CLASSES, phantom
from tfcore.explain.beside import beside
from tfcore.explain.files import TOGETHER, Explained, explain_files
from tfcore.figure import export
from tfcore.figure.arrays import save_arrays
from tfcore.pictures.many import made_ready

GRADIENT_CAMS = ("grad-cam", "hires-cam", "grad-cam++", "xgrad-cam", "layer-cam")
STAGES = ("stage1", "stage2", "stage3", "stage4")
SIDE = 299
CHANNELS = 128


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


def cnn_3(side: int = 256) -> keras.Model:
    """Three convolutions, 128 channels at the last one."""
    layers = keras.layers
    convolutions = [
        layer for k in (32, 64, 128) for layer in (layers.Conv2D(k, 3, activation="relu"), layers.MaxPooling2D(2))
    ]
    head = [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(2, activation="softmax")]
    return keras.Sequential([keras.Input((side, side, 3)), *convolutions, *head])


def images(count: int, side: int = SIDE) -> np.ndarray:
    return np.random.default_rng(0).random((count, side, side, 3), np.float32)


def gradient_cams(name: str, base: str) -> None:
    """grad-cam, and five CAMs at four stages, against the forward pass."""
    model = tfcore.load_model(transfer(base))
    forward = compiled_forward(model)
    one, eight = images(1), images(8)

    print(f"\n{name}: first calls, tracing included, one image")
    print(f"  forward                                  {once(lambda: forward(one)):6.1f} s")
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
        things = {
            "forward": lambda batch=batch: forward(batch),
            "grad-cam": lambda batch=batch: tfcore.explain(model, batch),
            "five CAMs × four stages": lambda batch=batch: tfcore.explain_many(model, batch, GRADIENT_CAMS, STAGES),
        }
        goals = {"grad-cam": 1.05, "five CAMs × four stages": 2.5}
        show(f"{name}, batch of {len(batch)}", interleaved(things), "forward", goals)


def score_cam() -> None:
    """score-cam against as many forwards of masked images, in batches of the size that suits them best."""
    model = tfcore.load_model(cnn_3())
    forward, image = compiled_forward(model), images(1, 256)
    masked = {size: tf.constant(images(size, 256)) for size in (1, 16, 32, 64, 128)}
    forwards = {
        f"{CHANNELS} forwards in batches of {size}": lambda some=some: [
            forward(some) for _ in range(0, CHANNELS, len(some))
        ]
        for size, some in masked.items()
    }
    things = {
        **forwards,
        "score-cam": lambda: tfcore.explain(model, image, method="score-cam"),
        "ablation-cam": lambda: tfcore.explain(model, image, method="ablation-cam"),
    }
    timings = interleaved(things, rounds=7, warm=1)
    best = min(forwards, key=lambda name: timings[name].least)
    show(f"cnn-3, 256 px, {CHANNELS} channels", timings, best, {"score-cam": 1.15})
    peaks("score-cam on cnn-3", "tests.benchmarks.explain", (1, 4), "images")


def peak(count: int) -> None:
    """Print the megabytes that score-cam of so many images needs at most."""
    tfcore.explain(tfcore.load_model(cnn_3()), images(count, 256), method="score-cam")
    say_peak()


def others() -> None:
    """The same grad-cam by other libraries, where they are installed."""
    small = cnn_3()
    network = keras.Model(small.inputs, small.outputs)
    layer = next(each.name for each in reversed(network.layers) if isinstance(each, keras.layers.Conv2D))
    model, image = tfcore.load_model(network), images(1, 256)
    forward = compiled_forward(model)
    things = {
        "forward": lambda: forward(image),
        "ours": lambda: tfcore.explain(model, image, layer=layer, target=0),
    }
    for name, library in (("tf-keras-vis", _by_tf_keras_vis), ("xplique", _by_xplique)):
        try:
            things[name] = library(network, layer, image)
        except ImportError:
            print(f"\n{name} is not installed")
    show("grad-cam beside others, cnn-3, 256 px", interleaved(things), "forward", {})


def _by_tf_keras_vis(network: keras.Model, layer: str, image: np.ndarray) -> Any:
    from tf_keras_vis.gradcam import Gradcam
    from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
    from tf_keras_vis.utils.scores import CategoricalScore

    theirs = Gradcam(network, model_modifier=ReplaceToLinear(), clone=True)
    return lambda: theirs(CategoricalScore([0]), image, penultimate_layer=layer)


def _by_xplique(network: keras.Model, layer: str, image: np.ndarray) -> Any:
    from xplique.attributions import GradCAM

    theirs = GradCAM(network, conv_layer=layer)
    return lambda: theirs(image, np.eye(2, dtype=np.float32)[:1])


def folder(count: int = 128) -> None:
    """A folder of pictures against reading and passing them, whichever is slower; as arrays and as PNG panels."""
    model = tfcore.load_model(tfcore.build("vgg16", classes=4, input_shape=(128, 128, 3)).keras)
    forward, batch = compiled_forward(model), images(TOGETHER, 128)
    with tempfile.TemporaryDirectory() as place:
        paths = [Path(place) / f"{number}.png" for number in range(count)]
        for number, path in enumerate(paths):
            Image.fromarray(phantom(number, CLASSES[number % 4], 256).image).save(path)

        def written(write: Callable[[Explained], Any]) -> None:
            for _ in beside(explain_files(model, paths), lambda one: [write(one)]):
                pass

        def items(one: Explained) -> list[Any]:
            return [(heat, one.picture) for heat in one.heats]

        found = list(explain_files(model, paths))
        things = {
            "reading": lambda: [made_ready(path, model.prepare_with_boxes) for path in paths],
            "forwards": lambda: [forward(batch) for _ in range(0, count, TOGETHER)],
            "explained": lambda: list(explain_files(model, paths)),
            "as npz": lambda: written(lambda one: save_arrays(items(one), one.path.with_suffix(".npz"))),
            "as png": lambda: written(lambda one: export(items(one), f"{one.path.with_suffix('')}-panel.png")),
            "panels alone": lambda: [export(items(one), Path(place) / "alone.png") for one in found],
        }
        timings = interleaved(things, rounds=2, warm=1)
    slower = max(("reading", "forwards"), key=lambda name: timings[name].least)
    show(f"{count} pictures, VGG16, 128 px", timings, slower, {"explained": 1.1, "as npz": 1.1, "as png": 1.65})
    alone = timings["panels alone"].computing
    print(f"  a panel: {min(alone) / count * 1e3:.0f} ms of computing (goal ≤ 60)")
    print(f"  png / npz: {timings['as png'].least / timings['as npz'].least:.2f} (goal ≤ 1.5)")


PARTS = {
    "folder": folder,
    "vgg16": lambda: gradient_cams("VGG16", "VGG16"),
    "densenet201": lambda: gradient_cams("DenseNet201", "DenseNet201"),
    "score-cam": score_cam,
    "others": others,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    parser.add_argument("--peak", type=int, metavar="IMAGES", help="only print the peak memory of score-cam")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
        return
    for part in given.only:
        PARTS[part]()


if __name__ == "__main__":
    main()
