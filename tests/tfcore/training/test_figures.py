"""The figures against cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from tfcore.errors import HeatlensError
from tfcore.training.figures import cross_entropy, focused, report, roc, validation, wilson
from tfcore.training.history import History

CLASSES = ("normal", "covid", "opacity")
# Two of each class; the second covid is taken for normal.
TARGETS = np.array([0, 0, 1, 1, 2, 2], np.int32)
LOGITS = np.array([[2, 0, 0], [2, 0, 0], [0, 2, 0], [2, 0, 0], [0, 0, 2], [0, 0, 2]], np.float32)


def test_precision_recall_and_f1_by_hand() -> None:
    found = report(softmax(LOGITS, 1), TARGETS, CLASSES)
    assert found["accuracy"] == pytest.approx(5 / 6)
    normal, covid, opacity = found["classes"].values()
    assert (normal["precision"], normal["recall"]) == pytest.approx((2 / 3, 1))
    assert (covid["precision"], covid["recall"], covid["f1"]) == pytest.approx((1, 0.5, 2 / 3))
    assert opacity["f1"] == 1
    assert found["macro"]["f1"] == pytest.approx((0.8 + 2 / 3 + 1) / 3)
    assert found["confusion"] == [[2, 0, 0], [1, 1, 0], [0, 0, 2]]


def test_a_class_without_pictures_is_left_out_of_the_means() -> None:
    found = report(softmax(LOGITS[:4], 1), TARGETS[:4], CLASSES)
    assert found["classes"]["opacity"]["recall"] is None
    assert found["classes"]["opacity"]["auc"] is None
    assert found["macro"]["recall"] == pytest.approx((1 + 0.5) / 2)


def test_roc_of_a_perfect_order_is_one() -> None:
    curves = roc(np.array([[0.9, 0.1], [0.6, 0.4], [0.3, 0.7]]), np.array([0, 0, 1]))
    assert [curve["auc"] for curve in curves if curve] == [1, 1]


def test_mean_recall_counts_the_diseases() -> None:
    figures = validation(LOGITS, TARGETS, CLASSES, focused(CLASSES, None))
    assert figures["val_mean-recall"] == pytest.approx((0.5 + 1) / 2)
    assert figures["val_recall normal"] == 1
    assert focused(CLASSES, "opacity, normal") == [2, 0]
    with pytest.raises(HeatlensError, match="focus names flu"):
        focused(CLASSES, "flu")


def test_cross_entropy_does_not_overflow() -> None:
    assert cross_entropy(np.array([[1000.0, 0.0]], np.float32), np.array([1])) == pytest.approx(1000)


def test_the_interval_of_a_share_stays_within_it() -> None:
    assert wilson(10, 10)[1] == 1
    assert wilson(0, 10)[0] == 0


def test_the_best_epoch_is_the_first_of_equals_and_ties_go_to_the_lower_loss() -> None:
    history = History("accuracy")
    figures = [(0.5, 1.0), (0.8, 0.9), (0.8, 0.7), (0.8, 0.7)]
    better = [
        history.add({"epoch": number, "stage": "whole", "val_accuracy": accuracy, "val_loss": loss})
        for number, (accuracy, loss) in enumerate(figures, start=1)
    ]
    assert better == [True, True, True, False]
    assert history.best is not None
    assert history.best["epoch"] == 3
    assert history.since_best("whole") == 1
