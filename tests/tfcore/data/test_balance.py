"""Classes made equal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tfcore.data.conftest import samples
from tfcore.data import class_weights, down_sample, over_sample, split
from tfcore.errors import HeatlensError


def test_down_sampling_cuts_every_class_to_the_smallest() -> None:
    data = samples({"covid": 30, "normal": 100, "viral": 12})
    balanced = down_sample(data, seed=1)
    assert balanced.counts() == {"covid": 12, "normal": 12, "viral": 12}
    assert set(balanced.samples) <= set(data.samples)
    assert balanced.samples == down_sample(data, seed=1).samples != down_sample(data, seed=2).samples


def test_over_sampling_repeats_training_pictures_only() -> None:
    data = split(samples({"many": 100, "few": 10}), (0.6, 0.2, 0.2))
    balanced = over_sample(data)
    assert balanced.part("train").counts() == {"many": 60, "few": 60}
    assert balanced.part("val").counts() == data.part("val").counts()
    assert set(balanced.samples) == set(data.samples)
    # 60 of 6: each exactly ten times.
    assert {balanced.samples.count(one) for one in data.part("train") if one.label == "few"} == {10}


def test_weights_make_classes_count_alike() -> None:
    data = samples({"many": 90, "few": 10})
    weights = class_weights(data)
    assert weights == pytest.approx({0: 100 / 180, 1: 5.0})
    assert weights[0] * 90 == pytest.approx(weights[1] * 10)
    assert class_weights(split(data, (0.5, 0.5))) == pytest.approx(weights)


def test_a_class_without_pictures_cannot_be_balanced() -> None:
    with pytest.raises(HeatlensError, match="few has no pictures, so"):
        over_sample(samples({"many": 3, "few": 0}))
    unannotated = samples({"a": 2}).with_samples(replace(one, label=None) for one in samples({"a": 2}))
    with pytest.raises(HeatlensError, match="a has no pictures"):
        class_weights(unannotated)
