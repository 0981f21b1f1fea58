"""Batches are what inference would see, the same by seed, within the memory that was allowed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.tfcore.data.conftest import noise, saved
from tfcore.data import Dataset, Pipeline, open_data, over_sample, pipeline, split
from tfcore.data.augmentations import parse
from tfcore.data.reading import mask
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.prepare import prepare


@pytest.fixture
def data(phantoms: Path) -> Dataset:
    return open_data(phantoms)


def card(data: Dataset, scaling: str = "imagenet-caffe", **facts: object) -> Card:
    return Card(data.classes, (24, 24, 3), scaling=scaling, **facts)  # type: ignore[arg-type]


def epoch(made: Pipeline) -> tuple[np.ndarray, np.ndarray]:
    batches = [(images.numpy(), targets.numpy()) for images, targets in made.data]
    return np.concatenate([images for images, _ in batches]), np.concatenate([targets for _, targets in batches])


@pytest.mark.parametrize(
    ("scaling", "colour"),
    [
        ("imagenet-caffe", ""),
        ("1/255", "bgr"),
        ("imagenet-torch", ""),
        ("per-image standard", ""),
        ("x/127.5-1", "grey"),
    ],
)
def test_a_batch_is_what_inference_would_see(data: Dataset, scaling: str, colour: str) -> None:
    described = card(data, scaling, colour=colour, fit="pad")
    images, targets = epoch(pipeline(data, described, batch=5))
    expected, _ = prepare(described, [sample.path for sample in data])
    assert np.array_equal(images, expected)
    assert np.array_equal(targets, data.targets())


def test_colour_pictures_keep_their_channels(tmp_path: Path) -> None:
    for number in range(2):
        saved(tmp_path / "ab"[number] / "1.png", np.stack([noise(1), noise(2), noise(3)], -1))
    data = open_data(tmp_path)
    images, _ = epoch(pipeline(data, card(data, "1/255", colour="bgr")))
    assert np.array_equal(images, prepare(card(data, "1/255", colour="bgr"), [one.path for one in data])[0])
    assert not np.array_equal(images[..., 0], images[..., 2])


def test_training_shuffles_and_varies_anew_every_epoch_and_the_same_by_seed(data: Dataset) -> None:
    settings = {"batch": 7, "training": True, "augment": parse("affine, noise")}
    first, again = pipeline(data, card(data), seed=1, **settings), pipeline(data, card(data), seed=1, **settings)
    one, two = epoch(first), epoch(first)
    assert np.array_equal(one[0], epoch(again)[0])
    assert not np.array_equal(one[1], two[1])
    assert sorted(one[1]) == sorted(two[1]) == sorted(data.targets())
    # Going on after an interruption gives the epoch that would have come.
    resumed = pipeline(data, card(data), seed=1, **settings)
    resumed.epoch = 1
    assert np.array_equal(two[0], epoch(resumed)[0])
    assert not np.array_equal(one[0], epoch(pipeline(data, card(data), seed=2, **settings))[0])


def test_keras_trains_on_it_epoch_by_epoch(data: Dataset) -> None:
    made = pipeline(data, card(data), batch=10, training=True)
    layers = keras.layers
    network = keras.Sequential([layers.Input((24, 24, 3)), layers.GlobalAveragePooling2D(), layers.Dense(4)])
    network.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = network.fit(made.data, epochs=3, shuffle=False, verbose=0)
    assert len(history.history["loss"]) == 3
    assert made.epoch == 3
    assert made.steps == len(made.data) == 3


def test_what_is_kept_follows_from_the_memory_and_the_batches_stay_equal(data: Dataset, tmp_path: Path) -> None:
    exact = epoch(pipeline(data, card(data), batch=2))[0]
    in_flight = 5 * 2 * 24 * 24 * 3 * 4
    levels = 24 * 24 * 24 * 3
    kept = {"float32": {"memory": in_flight + 4 * levels}, "none": {"memory": in_flight + levels}}
    kept["file"] = {"memory": in_flight + levels, "cache_dir": tmp_path / "cache"}
    for storage, settings in kept.items():
        made = pipeline(data, card(data), batch=2, **settings)
        assert made.storage == storage
        assert np.array_equal(epoch(made)[0], exact)
        assert np.array_equal(epoch(made)[0], exact)


def test_only_training_pictures_are_rounded(data: Dataset) -> None:
    memory = 5 * 2 * 24 * 24 * 3 * 4 + 24 * 24 * 24 * 3
    plain = card(data, "none")
    rounded = pipeline(data, plain, batch=2, training=True, memory=memory)
    assert rounded.storage == "uint8"
    images, targets = epoch(rounded)
    exact, _ = epoch(pipeline(data, plain, batch=2))
    for label in np.unique(targets):
        ours = np.sort(images[targets == label].mean(axis=(1, 2, 3)))
        assert np.allclose(ours, np.sort(exact[data.targets() == label].mean(axis=(1, 2, 3))), atol=0.5)
    assert np.array_equal(images, np.rint(images))


def test_no_cache_file_stays_behind(data: Dataset, tmp_path: Path) -> None:
    made = pipeline(data, card(data), batch=1, memory=40_000, cache_dir=tmp_path / "cache")
    assert made.storage == "file"
    assert list((tmp_path / "cache").iterdir()) == []


def test_too_little_memory_for_a_batch_is_refused(data: Dataset) -> None:
    with pytest.raises(HeatlensError, match="Batches of 32 need 1 MB and 0 MB are allowed"):
        pipeline(data, card(data), memory=1000)


def test_broken_and_unannotated_pictures_are_left_out_before_training(tmp_path: Path) -> None:
    for number in range(4):
        saved(tmp_path / "ab"[number % 2] / f"{number}.png", noise(number))
    whole = (tmp_path / "a" / "0.png").read_bytes()
    (tmp_path / "a" / "cut.png").write_bytes(whole[:-200])
    (tmp_path / "b" / "text.jpg").write_text("not a picture")
    data = open_data(tmp_path)
    data = data.with_samples([*data, replace(data.samples[0], path=tmp_path / "x.png", label=None)])
    for memory in (2 * 1024**3, 5 * 24 * 24 * 3 * 4):
        made = pipeline(data, card(data), batch=1, memory=memory)
        sentences = {one.sample.path.name: one.sentence for one in made.left_out}
        assert sentences.keys() == {"cut.png", "text.jpg", "x.png"}
        assert "is unannotated" in sentences["x.png"]
        assert "holds text, not a picture" in sentences["text.jpg"]
        assert len(made.samples) == len(made) == made.steps == 4
        assert made.targets.tolist() == [0, 0, 1, 1]
        assert np.array_equal(epoch(made)[1], made.targets)


def test_a_file_that_breaks_during_training_leaves_its_sentence(tmp_path: Path) -> None:
    for number in range(4):
        saved(tmp_path / "ab"[number % 2] / f"{number}.png", noise(number))
    data = open_data(tmp_path)
    made = pipeline(data, card(data), batch=1, memory=5 * 24 * 24 * 3 * 4)
    (tmp_path / "a" / "2.png").unlink()
    with pytest.raises(tf.errors.OpError):
        epoch(made)
    assert made.failure is not None
    assert "2.png does not exist" in str(made.failure)


def test_nothing_to_learn_from_is_refused(data: Dataset, tmp_path: Path) -> None:
    unannotated = data.with_samples(replace(one, label=None) for one in data)
    with pytest.raises(HeatlensError, match="every picture is unannotated"):
        pipeline(unannotated, card(data))
    gone = data.with_samples(replace(one, path=tmp_path / "gone.png") for one in data)
    with pytest.raises(HeatlensError, match=r"None of 24 pictures can be used; the first: .*gone\.png does not exist"):
        pipeline(gone, card(data))


def test_a_class_the_model_does_not_know_is_refused(data: Dataset) -> None:
    other = Card(("glioma", "healthy"), (24, 24, 3))
    with pytest.raises(HeatlensError, match="has the class meningioma, no_tumour, pituitary, which the model"):
        pipeline(data, other)


def test_other_wrong_requests_are_refused(data: Dataset) -> None:
    with pytest.raises(HeatlensError, match="Only training pictures are augmented"):
        pipeline(data, card(data), augment=parse("flip"))
    with pytest.raises(HeatlensError, match="batch = 0"):
        pipeline(data, card(data), batch=0)
    with pytest.raises(HeatlensError, match="state the height and width"):
        pipeline(data, Card(data.classes, (None, None, 3)))


def test_repeated_samples_are_read_once(data: Dataset) -> None:
    few = data.with_samples([*[one for one in data if one.label != "glioma"], data.samples[0]])
    balanced = over_sample(few)
    seen: list[int] = []
    made = pipeline(balanced, card(data), training=True, progress=lambda _, total: seen.append(total))
    assert len(made) == 24
    assert set(seen) == {19}
    images, targets = epoch(made)
    assert len({image.tobytes() for image in images[targets == 0]}) == 1


def test_masks_are_targets_of_segmentation(data: Dataset) -> None:
    described = Card(("background", "lesion"), (32, 32, 3), task="segmentation")
    images, masks = epoch(pipeline(data, described, batch=8))
    assert images.shape == (24, 32, 32, 3)
    assert masks.shape == (24, 32, 32)
    assert masks.dtype == np.int32
    assert np.array_equal(masks, np.stack([mask(one) for one in data]))


def test_masks_move_with_augmented_pictures(data: Dataset) -> None:
    described = Card(("background", "lesion"), (32, 32, 3), task="segmentation", scaling="none")
    lesions = data.with_samples(replace(one, path=one.mask) for one in data if one.label != "no_tumour")
    made = pipeline(lesions, described, training=True, augment=parse("flip, rotation:degrees=90"))
    images, masks = epoch(made)
    agree = (images[..., 0] > 127) == (masks == 1)
    assert agree.mean() > 0.99
    assert not np.array_equal(np.sort(masks.sum(axis=(1, 2))), np.zeros(len(masks)))


def test_a_mask_of_another_size_is_left_out_with_both_sizes(data: Dataset, tmp_path: Path) -> None:
    wrong = saved(tmp_path / "mask.png", noise(1, 16))
    one, *others = data.samples
    made = pipeline(
        data.with_samples([replace(one, mask=wrong), *others]),
        Card(("background", "lesion"), (32, 32, 3), task="segmentation"),
    )
    assert len(made) == 23
    assert "mask.png is a mask of 16 × 16 pixels and its picture has 32 × 32" in made.left_out[0].sentence


def test_parts_of_a_split_share_nothing(data: Dataset) -> None:
    parted = split(data, (0.5, 0.25, 0.25))
    made = {name: pipeline(parted.part(name), card(data)) for name in parted.splits}
    assert sum(len(one) for one in made.values()) == 24
    assert len({one.identity for each in made.values() for one in each.samples}) == 24
