"""Each rule beside its formula, written out over single contributions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from tfcore.errors import HeatlensError
from tfcore.explain.lrp.rules import AlphaBeta, Epsilon, Flat, Gamma, Linear, Rule, ZBox, rule_named

DRAW = np.random.default_rng(2)
X = DRAW.normal(0, 1, (3, 5)).astype(np.float32)
W = DRAW.normal(0, 1, (5, 4)).astype(np.float32)
B = DRAW.normal(0, 1, 4).astype(np.float32)
R = DRAW.normal(0, 1, (3, 4)).astype(np.float32)
LOW, HIGH = X.min() - 0.5, X.max() + 0.5
# (images, inputs, outputs)
C = X[:, :, None] * W


def handed(rule: Rule, bias: Any = B, x: np.ndarray = X, nonnegative: bool = False) -> tuple[np.ndarray, np.ndarray]:
    layer = Linear(
        tf.constant(x),
        tf.matmul,
        tf.constant(W),
        None if bias is None else tf.constant(bias),
        nonnegative,
        lambda: tf.ones_like(x),
        lambda: (tf.fill(x.shape, LOW), tf.fill(x.shape, HIGH)),
    )
    share, kept = rule(layer, tf.constant(R))
    return share.numpy(), kept.numpy()


def shared(contributions: np.ndarray, bias: np.ndarray | float) -> np.ndarray:
    total = contributions.sum(1) + bias
    return (contributions * (R / (total + np.where(total >= 0, 1e-6, -1e-6)))[:, None]).sum(-1)


def test_epsilon_shares_by_signed_contribution() -> None:
    np.testing.assert_allclose(handed(Epsilon())[0], shared(C, B), rtol=1e-4)
    np.testing.assert_allclose(handed(Epsilon(), bias=None)[0], shared(C, 0), rtol=1e-4)


def test_alphabeta_weighs_positive_against_negative_contributions() -> None:
    up, down = np.maximum(C, 0), np.minimum(C, 0)
    expected = 2 * shared(up, np.maximum(B, 0)) - shared(down, np.minimum(B, 0))
    np.testing.assert_allclose(handed(AlphaBeta(2, 1))[0], expected, rtol=1e-4)


def test_gamma_counts_contributions_of_the_outputs_sign_more() -> None:
    wins = (C.sum(1) + B >= 0)[:, None]
    counted = C + 0.25 * np.where(wins, np.maximum(C, 0), np.minimum(C, 0))
    bias = B + 0.25 * np.where(wins[:, 0], np.maximum(B, 0), np.minimum(B, 0))
    np.testing.assert_allclose(handed(Gamma())[0], shared(counted, bias), rtol=1e-4)


def test_flat_gives_every_input_the_same() -> None:
    np.testing.assert_allclose(handed(Flat())[0], np.repeat(R.sum(1, keepdims=True) / 5, 5, 1), rtol=1e-4)


def test_z_box_shares_by_the_distance_from_the_bounds() -> None:
    box = C - LOW * np.maximum(W, 0) - HIGH * np.minimum(W, 0)
    np.testing.assert_allclose(handed(ZBox())[0], shared(box, 0), rtol=1e-4)


@pytest.mark.parametrize("rule", [Epsilon(), AlphaBeta(), AlphaBeta(2, 1), Gamma(), Flat(), ZBox()])
def test_what_the_inputs_do_not_get_is_counted(rule: Rule) -> None:
    share, kept = handed(rule)
    np.testing.assert_allclose(share.sum(1) + kept, R.sum(1), rtol=1e-3, atol=1e-3)


def test_knowing_that_inputs_are_not_negative_changes_only_the_cost() -> None:
    x = np.abs(X)
    for rule in (AlphaBeta(2, 1), Gamma()):
        np.testing.assert_allclose(handed(rule, x=x)[0], handed(rule, x=x, nonnegative=True)[0], rtol=1e-5, atol=1e-6)


def test_the_stabiliser_takes_zero_as_positive() -> None:
    x = np.zeros_like(X)
    share, kept = handed(Epsilon(), bias=None, x=x)
    assert not share.any()
    np.testing.assert_allclose(kept, R.sum(1), rtol=1e-5)


def test_rules_are_read_as_they_are_written() -> None:
    assert rule_named("alphabeta(2, 1)") == AlphaBeta(2, 1)
    assert rule_named("epsilon", 0.1) == Epsilon(0.1)
    assert rule_named("epsilon(0.01)") == Epsilon(0.01)
    assert rule_named("z-box") == ZBox()
    for wrong in ("delta", "gamma(x)", "gamma(1", "flat(3)", "alphabeta(1,2,3)"):
        with pytest.raises(HeatlensError, match="is not a rule"):
            rule_named(wrong)
