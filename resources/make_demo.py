"""Write the demo: a small network trained on phantoms (demo.keras), its card (demo.json) and pictures (demo/).

python -m resources.make_demo

Measured on 800 phantoms of a seed it never saw: accuracy 0.9975 (and 0.9988 on the same phantoms drawn at 256
pixels, as the demo pictures are). Everything is seeded; another machine may differ in the third decimal. About three
minutes on two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import resources
from tfcore.data.phantom import CLASSES, phantom
from tfcore.files import sha256, written_whole
from tfcore.models.card import Card

if TYPE_CHECKING:
    import keras

SIZE = 128
SEED, UNSEEN_SEED, PICTURE_SEED = 1, 10_000, 2021
TRAIN, UNSEEN = 5000, 800
EPOCHS, BATCH, RATE = 10, 32, 2e-3
# Channels and kernels of each stage. The last kernels are 1 × 1, so that a value of the last feature map has seen 53
# of the 128 pixels: with a view of the whole picture it could answer from anywhere, and heat would lie anywhere.
STAGES = ((16, (3, 3)), (24, (3, 3)), (48, (3, 1)), (80, (1, 1)))
# Demo pictures are finer than the network's input, to look well on a large screen.
PICTURE_SIZE = 256
# Three of each class (the index modulo four), chosen for variety.
PICTURES = (132, 135, 137, 142, 144, 147, 149, 150, 152, 153, 158, 159)


def phantoms(seed: int, n: int, size: int = SIZE) -> tuple[np.ndarray, np.ndarray]:
    """Pictures (n, 128, 128, 1) as the network is fed them, 0 to 1, and the number of each one's class."""
    import cv2

    images = np.empty((n, SIZE, SIZE, 1), np.float32)
    for index in range(n):
        image = phantom([seed, index], CLASSES[index % len(CLASSES)], size).image.astype(np.float32)
        images[index, :, :, 0] = cv2.resize(image, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR) / 255
    return images, np.arange(n) % len(CLASSES)


def network() -> keras.Model:
    """Four stages at 64, 32, 16 and 8 pixels, two convolutions each; pooled, dropout, softmax."""
    from keras import Input, Model, layers

    x = entry = Input((SIZE, SIZE, 1), name="picture")
    for stage, (width, kernels) in enumerate(STAGES, 1):
        for step, kernel in enumerate(kernels, 1):
            halved = 2 if (stage, step) == (1, 1) else 1
            name = f"stage{stage}_{{}}{step}"
            x = layers.Conv2D(width, kernel, halved, "same", use_bias=False, name=name.format("conv"))(x)
            x = layers.BatchNormalization(momentum=0.9, name=name.format("norm"))(x)
            x = layers.ReLU(name=name.format("relu"))(x)
        if stage < len(STAGES):
            x = layers.MaxPooling2D(name=f"stage{stage}_pool")(x)
    x = layers.GlobalAveragePooling2D(name="pooled")(x)
    x = layers.Dropout(0.3, name="dropout")(x)
    return Model(entry, layers.Dense(len(CLASSES), "softmax", name="classes")(x), name="demo")


def trained(n: int = TRAIN, epochs: int = EPOCHS) -> keras.Model:
    """The network after training on n phantoms, mirrored and shifted anew in every epoch."""
    import keras

    keras.utils.set_random_seed(SEED)
    images, labels = phantoms(SEED, n)
    model = network()
    steps = -(-n // BATCH) * epochs
    schedule = keras.optimizers.schedules.CosineDecay(RATE / 20, steps, warmup_target=RATE, warmup_steps=steps // 20)
    # Softened labels keep it from being sure of everything.
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.05)
    model.compile(keras.optimizers.AdamW(schedule), loss, metrics=["accuracy"])
    wanted = np.eye(len(CLASSES), dtype=np.float32)[labels]
    rng = np.random.default_rng(SEED)
    for epoch in range(epochs):
        model.fit(varied(rng, images), wanted, BATCH, initial_epoch=epoch, epochs=epoch + 1, verbose=2)
    return model


def varied(rng: np.random.Generator, images: np.ndarray) -> np.ndarray:
    """The pictures, half of them mirrored, each shifted by up to six pixels."""
    result = np.empty_like(images)
    for index, image in enumerate(images):
        side = image[:, ::-1] if rng.random() < 0.5 else image
        result[index] = np.roll(side, rng.integers(-6, 7, 2), (0, 1))
    return result


def accuracy(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of pictures given their own class."""
    return float(np.mean(model.predict(images, 100, verbose=0).argmax(1) == labels))


def save(model: keras.Model, folder: Path, provenance: dict[str, Any]) -> None:
    """Write demo.keras and its card, demo.json."""
    # A fresh copy was never compiled, so no optimizer state goes into the file.
    bare = network()
    bare.set_weights(model.get_weights())
    with written_whole(folder / "demo.keras") as temporary:
        bare.save(temporary)
    Card(
        classes=CLASSES,
        input_shape=(SIZE, SIZE, 1),
        scaling="1/255",
        colour="grey",
        resize="bilinear",
        fit="stretch",
        provenance=provenance,
        sha256=sha256(folder / "demo.keras"),
    ).save(folder / "demo.keras")


def save_pictures(folder: Path) -> None:
    """Write the demo pictures, each named by its index among the phantoms of its seed."""
    import cv2

    for index in PICTURES:
        image = phantom([PICTURE_SEED, index], CLASSES[index % len(CLASSES)], PICTURE_SIZE).image
        with written_whole(folder / f"P{index:04d}.png") as temporary:
            temporary.write_bytes(cv2.imencode(".png", image)[1].tobytes())


def main() -> None:
    """Train, measure on phantoms never seen, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", action="store_true", help="write the demo pictures only, without training")
    if not parser.parse_args().pictures:
        model = trained()
        measured = accuracy(model, *phantoms(UNSEEN_SEED, UNSEEN))
        finer = accuracy(model, *phantoms(UNSEEN_SEED, UNSEEN, PICTURE_SIZE))
        print(f"accuracy on {UNSEEN} phantoms of seed {UNSEEN_SEED}: {measured:.4f}; drawn at 256 px: {finer:.4f}")
        provenance = {
            "made_by": "python -m resources.make_demo",
            "data": "phantom brain slices (tfcore.data.phantom)",
            "training_seed": SEED,
            "n": TRAIN,
            "epochs": EPOCHS,
            "unseen_seed": UNSEEN_SEED,
            "unseen_n": UNSEEN,
            "accuracy": round(measured, 4),
            "licence": "Apache-2.0",
        }
        save(model, resources.HERE, provenance)
    save_pictures(resources.path("demo"))


if __name__ == "__main__":
    main()
