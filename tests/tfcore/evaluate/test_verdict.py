"""The verdict on one map, against networks whose right answer is known."""

from __future__ import annotations

import json
import re
from pathlib import Path

import keras
import numpy as np
import pytest

import resources
import tfcore
from tests.tfcore.evaluate.adding import adding, pictures
from tfcore import cli
from tfcore.errors import Cancelled
from tfcore.evaluate import verdict
from tfcore.models.model import Model
from tfcore.results.verdict import A_LITTLE, AGREES, ALIKE, STILL

PICTURE = resources.path("demo") / "P0132.png"


def test_the_right_order_of_a_network_that_adds_beats_every_random_one() -> None:
    # What is taken away is replaced by the mean, here 0: then its share in the score is gradient × input.
    centred = pictures() - pictures().mean((1, 2, 3), keepdims=True)
    found = verdict(adding(), centred, "grad-times-input", target=1, networks=1)
    assert len(found) == 2
    for one in found:
        assert one.drop is not None
        assert one.curve is not None
        assert one.drop > max(one.random_drops)
        assert one.curve[-1] == pytest.approx(np.mean([curve[-1] for curve in one.random_curves]), abs=1e-4), (
            "in the end all cells are gone, whatever the order"
        )
        assert one.remarks()[0].good


def test_a_method_that_ignores_what_was_learnt_is_caught_and_one_that_does_not_is_not(demo: Model) -> None:
    batch = demo.prepare([PICTURE])
    said = demo.predict(batch)
    honest, other = (
        verdict(demo, batch, method, orders=1, changes=1, networks=2)[0] for method in ("grad-cam", "guided-backprop")
    )
    assert honest.remarks()[2].good
    assert other.remarks()[2].good is False
    assert "hardly changes when the network forgets" in other.words
    np.testing.assert_array_equal(demo.predict(batch), said, "the network is as it was")


def test_the_limits_are_those_that_phantoms_gave() -> None:
    page = (Path(__file__).parents[3] / "docs" / "results" / "verdict.md").read_text()
    for said in (
        f"change by {STILL:.2f} or less (*stands still*)",
        f"by {A_LITTLE:.2f} or less (*moves a little*)",
        f"agree under dropout by {AGREES:.2f} or more",
        f"an SSIM of {ALIKE:.2f} or less",
    ):
        assert said in page


def test_what_cannot_be_measured_has_a_reason(demo: Model) -> None:
    layers = [keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3), keras.layers.GlobalAveragePooling2D()]
    numbers = tfcore.load_model(keras.Sequential([*layers, keras.layers.Dense(2, activation="tanh")]))
    assert numbers.outputs.kind == "numbers"
    (found,) = verdict(numbers, np.ones((1, 8, 8, 1), np.float32), "saliency", target=0, changes=1, networks=1)
    assert found.curve is None
    assert found.remarks()[0].text == "no deletion curve: the network answers with plain numbers"
    assert found.remarks()[0].good is None
    assert None not in found.as_dict()["random_drops"]


def test_it_can_be_cancelled_at_any_pass(demo: Model) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done > 3:
            raise Cancelled

    before = [weight.numpy() for weight in demo.keras.weights]
    with pytest.raises(Cancelled):
        verdict(demo, demo.prepare([PICTURE]), progress=progress)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    for weight, old in zip(demo.keras.weights, before, strict=True):
        np.testing.assert_array_equal(weight.numpy(), old)


def test_the_command_line_says_it_and_writes_it_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(PICTURE), "--model", "demo", "--method", "grad-cam", "--out", str(tmp_path)]
    assert cli.main(["explain", *arguments, "--format", "svg", "--verdict", "--json"], lambda _: 7) == cli.DONE
    printed = capsys.readouterr()
    (heat,) = json.loads(printed.out)["pictures"][0]["heats"]
    said = heat["verdict"]["says"]
    assert said.startswith("hottest first costs")
    assert re.search(r"under noise \(\d+%\), rank correlation 0\.\d\d under dropout", said)
    assert said in printed.err
    record = json.loads(next(tmp_path.glob("*.json")).read_text())
    assert record["items"][0]["verdict"]["says"] == said
    # The figure itself shows every finding with its mark.
    figure = next(tmp_path.glob("*.svg")).read_text()
    assert "hottest first costs" in figure
    assert re.search(r"[✓✗] changes when the network forgets|[✓✗] hardly changes", figure)
