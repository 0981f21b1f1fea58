"""Many passes go round by round: they add up, and what is done when they are cancelled is kept."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.tfcore.uncertainty import networks
from tfcore.errors import Cancelled
from tfcore.uncertainty.network import DropoutNetwork
from tfcore.uncertainty.prediction import uncertainty


def test_progress_counts_the_passes_of_all_images() -> None:
    told: list[tuple[int, int]] = []
    uncertainty(networks.branched(), networks.images(3), 10, progress=lambda *one: told.append(one))
    assert told[0] == (0, 30)
    assert told[-1] == (30, 30)
    assert told == sorted(told)


@pytest.fixture
def rounds_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DropoutNetwork, "together", lambda *_: 4)


@pytest.mark.usefixtures("rounds_of_four")
def test_rounds_add_up_to_the_whole() -> None:
    model, batch = networks.per_pixel(), networks.images(2)
    in_rounds = uncertainty(model, batch, 10)
    assert in_rounds.passes == 10
    model_again = networks.per_pixel()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DropoutNetwork, "together", lambda *_: 10)
        at_once = uncertainty(model_again, batch, 10)
    for name in ("mean", "variance", "entropy", "mutual_information", "votes"):
        np.testing.assert_allclose(getattr(in_rounds, name), getattr(at_once, name), atol=1e-6)


def cancel_after(calls: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        nonlocal calls
        calls -= 1
        if calls < 0:
            raise Cancelled

    return progress


@pytest.mark.usefixtures("rounds_of_four")
@pytest.mark.parametrize(("calls", "passes", "images"), [(5, 4, 3), (6, 8, 3), (2, 4, 2), (99, 12, 3)])
def test_a_cancelled_run_gives_what_it_has(calls: int, passes: int, images: int) -> None:
    model, batch = networks.branched(), networks.images(3)
    found = uncertainty(model, batch, 12, progress=cancel_after(calls))
    assert found.passes == passes
    assert found.mean.shape == (images, 3)
    np.testing.assert_allclose(found.mean, uncertainty(model, batch, passes).mean[:images], atol=1e-6)


def test_a_run_cancelled_before_its_first_pass_has_nothing() -> None:
    with pytest.raises(Cancelled):
        uncertainty(networks.branched(), networks.images(1), progress=cancel_after(0))


def test_images_beyond_the_memory_wait_for_the_next_group(monkeypatch: pytest.MonkeyPatch) -> None:
    model, batch = networks.per_pixel(), networks.images(4)
    whole = uncertainty(model, batch, 5)
    monkeypatch.setattr("tfcore.uncertainty.passes.PASS_BYTES", 1)
    np.testing.assert_array_equal(uncertainty(model, batch, 5).variance, whole.variance)
    assert len(uncertainty(model, batch, 5, progress=cancel_after(3)).mean) == 3
