"""Methods that only ask: the same numbers as other libraries, and known answers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.shared import shared
from tests.tfcore.explain import networks, properties
from tests.tfcore.explain.test_oracles import opened
from tfcore import cli
from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model

NETS = ("plain", "residual")
BASES = ("zero", "mean")


@cache
def oracle() -> dict[str, np.ndarray]:
    return dict(np.load(shared("oracles", "perturbation.npz")))


def of_oracle(net: str, method: str, **more: Any) -> Explanation:
    images = np.load(shared("oracles", f"{net}.npz"))["x"]
    model = opened(shared("oracles", f"{net}.keras"))
    return tfcore.explain(model, images, method, target=oracle()[f"{net}/targets"], **more)


def agree(found: np.ndarray, wanted: np.ndarray, tolerance: float = 1e-3) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=tolerance * np.ptp(wanted))


def painted(values: np.ndarray) -> np.ndarray:
    return np.stack([row[segments] for row, segments in zip(values, oracle()["segments"], strict=True)])


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("net", NETS)
def test_shapley_values_are_exact_and_add_up(net: str, base: str) -> None:
    segments = oracle()["segments"]
    found = of_oracle(net, "kernel-shap", baseline=base, given={"segments": segments})
    agree(found.maps, painted(oracle()[f"shapley@{net}/{base}"]))
    assert not found.standard_error.any()
    pieces = [[one[of == number][0] for number in range(8)] for one, of in zip(found.maps, segments, strict=True)]
    agree(np.sum(pieces, 1), np.diff(oracle()[f"shapley_ends@{net}/{base}"])[:, 0], 1e-4)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("net", NETS)
def test_lime_agrees_with_the_reference(net: str, base: str) -> None:
    given = {"segments": oracle()["segments"], "masks": oracle()["lime_samples"]}
    found = of_oracle(net, "lime", baseline=base, given=given)
    agree(found.maps, painted(oracle()[f"lime@{net}/{base}"]))
    np.testing.assert_allclose(found.facts["r2"], oracle()[f"lime_r2@{net}/{base}"], atol=1e-3)


@pytest.mark.parametrize("net", NETS)
def test_rise_agrees_with_the_reference(net: str) -> None:
    found = of_oracle(net, "rise", given={"masks": oracle()["rise_cells"], "shifts": oracle()["rise_shifts"]})
    agree(found.maps, oracle()[f"rise@{net}"])


@pytest.mark.parametrize("net", NETS)
def test_occlusion_with_cut_windows_agrees_with_the_reference(net: str) -> None:
    agree(of_oracle(net, "occlusion", patch=7, stride=5, baseline="mean").maps, oracle()[f"occlusion-7-5-mean@{net}"])


@pytest.mark.parametrize("sampling", ["conditional", "marginal"])
def test_prediction_difference_agrees_with_the_reference(sampling: str) -> None:
    arrays = oracle()
    patches = arrays["pda_conditional_samples"]
    if sampling == "marginal":
        windows = zip(arrays["pda_windows"], arrays["pda_marginal_index"], strict=True)
        patches = np.stack(
            [arrays["pda_bank"][chosen, top : top + 4, left : left + 4] for (top, left), chosen in windows]
        )
    model = opened(shared("oracles", "plain.keras"))
    how = {"patch": 4, "pad": 2, "samples": 3, "sampling": sampling, "instances": 1000}
    target = arrays["pda_target"].reshape(-1)
    found = tfcore.explain(
        model, arrays["pda_x"], "prediction-difference", target=target, given={"patches": patches[None]}, **how
    )
    agree(found.maps, arrays[f"pda_{sampling}"])


def test_the_window_given_its_surroundings_agrees_with_the_reference() -> None:
    arrays = oracle()
    for place, number in enumerate(arrays["pda_check_windows"]):
        corner = tuple(arrays["pda_windows"][number])
        mean, covariance = tfcore.explain.conditional_patch(arrays["pda_bank"], arrays["pda_x"][0], corner, 4, 2)
        agree(mean, arrays["pda_check_mean"][place])
        agree(covariance, arrays["pda_check_cov"][place])


def test_surroundings_that_would_fill_the_memory_are_refused_before_they_do() -> None:
    bank = np.zeros((1, 128, 128, 3), np.float32)
    with pytest.raises(HeatlensError, match=r"a patch of 100 would take .* GB of memory, .*; lower patch or pad"):
        tfcore.explain.conditional_patch(bank, bank[0], (0, 0), 100, 4)


# --- known answers ---


@cache
def linear() -> Model:
    """A score that is a weighted sum of the pixels."""
    return networks.opened(keras.Sequential([keras.Input((12, 16, 3)), layers.Flatten(), layers.Dense(2)]))


def shares(model: Model, image: np.ndarray) -> np.ndarray:
    """What each pixel contributes to the score of class 1."""
    kernel = model.keras.layers[-1].get_weights()[0]
    found: np.ndarray = (image * kernel[:, 1].reshape(image.shape)).sum(-1)
    return found


def test_on_a_linear_network_occlusion_and_shap_give_exact_contributions() -> None:
    model = linear()
    batch = networks.batch(model, 2)
    wanted = np.stack([shares(model, image) for image in batch])
    found = tfcore.explain(model, batch, "occlusion", target=1, patch=1, stride=1)
    properties.are_alike(found.maps, wanted, 1e-4)
    # 4 × 4 pieces in a grid: too many for all coalitions, and few are enough.
    segments = np.broadcast_to(np.add.outer(np.arange(12) // 3 * 4, np.arange(16) // 4), batch.shape[:3])
    found = tfcore.explain(model, batch, "kernel-shap", target=1, samples=100, given={"segments": segments})
    sums = [[one[of == piece].sum() for piece in range(16)] for one, of in zip(wanted, segments, strict=True)]
    properties.are_alike(
        found.maps, np.stack([row[of] for row, of in zip(np.array(sums), segments, strict=True)]), 1e-4
    )
    assert found.standard_error.max() < 1e-4 * np.abs(found.maps).max()


def test_coalitions_with_their_complements_are_exact_where_pieces_act_two_by_two() -> None:
    """Drawn one by one, they are off there however many there are."""
    draw = np.random.default_rng(0)
    alone, together = draw.normal(size=16), np.triu(draw.normal(size=(16, 16)), 1)

    def answers(pictures: np.ndarray) -> np.ndarray:
        shown = pictures[:, ::3, ::4, 0].reshape(-1, 16)
        score = shown @ alone + ((shown @ together) * shown).sum(1)
        return np.stack([np.zeros_like(score), score], 1)

    model = tfcore.load_model(answers, input_shape=(12, 16, 3))
    segments = np.add.outer(np.arange(12) // 3 * 4, np.arange(16) // 4)[None]
    batch = np.ones((1, 12, 16, 3), np.float32)
    found = tfcore.explain(model, batch, "kernel-shap", target=1, samples=100, given={"segments": segments})
    wanted = alone + (together + together.T).sum(1) / 2
    properties.are_alike(found.maps[0, ::3, ::4].ravel(), wanted, 1e-4)


def test_each_mask_of_rise_has_a_shift_of_its_own() -> None:
    # A network that answers with the value of one pixel shows which masks uncovered it.
    model = linear()
    batch = np.ones((1, 12, 16, 3), np.float32)
    one = np.zeros((8, 7, 7))
    one[:, 3, 3] = 1
    shifts = np.array([[0, 0], [1, 2], [0, 1], [1, 0], [1, 1], [0, 2], [0, 0], [1, 2]])
    alone = [
        tfcore.explain(model, batch, "rise", target=1, given={"masks": one[:1], "shifts": shift[None]}).maps / 8
        for shift in shifts
    ]
    together = tfcore.explain(model, batch, "rise", target=1, given={"masks": one, "shifts": shifts}).maps
    properties.are_alike(together, np.sum(alone, 0), 1e-5)


def test_the_standard_error_is_what_other_seeds_vary_by() -> None:
    """Of a pixel's 20 estimates about two thirds lie within one standard error of their mean."""
    model = networks.model("branched")
    image = networks.batch(model, 1)
    for method, settings in (("rise", {"samples": 60}), ("kernel-shap", {"samples": 60, "superpixels": 12})):
        runs = [tfcore.explain(model, image, method, target=1, seed=seed, **settings) for seed in range(20)]
        maps = np.stack([run.maps[0] for run in runs])
        said = np.mean([run.standard_error[0] for run in runs])
        assert 0.7 < said / maps.std(0, ddof=1).mean() < 1.4


def test_flip_finds_the_piece_that_decides_and_says_what_it_does() -> None:
    model = linear()
    image = np.zeros((1, 12, 16, 3), np.float32)
    # One piece speaks for class 1 more than all others against it.
    kernel = model.keras.layers[-1].get_weights()[0]
    lean = (kernel[:, 1] - kernel[:, 0]).reshape(12, 16, 3)
    segments = np.add.outer(np.arange(12) // 3 * 4, np.arange(16) // 4)
    image[0] = np.where((segments == 5)[..., None], 3 * np.sign(lean), -0.05 * np.sign(lean))
    bias = model.keras.layers[-1].get_weights()[1]
    assert model.logits(image)[0].argmax() == 1
    assert bias[1] - bias[0] < np.abs(lean).sum() * 0.05
    found = tfcore.explain(model, image, "flip", given={"segments": segments[None]})
    assert set(np.unique(segments[found.maps[0] != 0])) == {5}
    assert found.facts["replaced"].tolist() == [1]
    assert "changes the answer" in found.facts["said"][0]
    image[0][segments == 5] = 0
    scores = model.logits(image)[0]
    np.testing.assert_allclose(found.facts["lead_replaced"][0], scores[1] - scores[0], rtol=1e-4)


def test_flip_gives_back_what_was_not_needed_and_asks_nothing_twice() -> None:
    """Two pieces decide together; a third takes more of the lead than either, and is taken first."""

    def answers(pictures: np.ndarray) -> np.ndarray:
        gone = 1 - pictures[:, ::3, ::4, 0].reshape(-1, 16)
        lead = 3 - 1.2 * gone[:, 5] - gone[:, 6] - gone[:, 9] - 1.2 * gone[:, 6] * gone[:, 9]
        return np.stack([lead, np.zeros_like(lead)], 1)

    model = tfcore.load_model(answers, input_shape=(12, 16, 3))
    segments = np.add.outer(np.arange(12) // 3 * 4, np.arange(16) // 4)
    found = tfcore.explain(model, np.ones((1, 12, 16, 3), np.float32), "flip", given={"segments": segments[None]})
    assert set(np.unique(segments[found.maps[0] != 0])) == {6, 9}
    # Each of the rest of the pieces three times, and on the way back only 6 and 9 without 5.
    assert found.facts["passes"].tolist() == [16 + 15 + 14 + 1]
    np.testing.assert_allclose(found.facts["lead_replaced"], -0.2, rtol=1e-5)


def test_a_figure_shows_the_super_pixels_that_were_covered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["explain", "resources/demo/P0132.png", "--model", "demo", "--outlines", "--out", str(tmp_path), "--method"]
    budget = ["--samples", "40", "--superpixels", "12", "--dpi", "60"]
    assert cli.main([*asked, "lime,grad-cam", *budget], lambda _: 7) == 0
    lime, cam = json.loads((tmp_path / "P0132.json").read_text())["items"]
    assert len(lime["regions"]) >= 8
    for region in lime["regions"]:
        x, y = np.array(region["points"]).T
        assert (x[0], y[0]) == (x[-1], y[-1])
        assert 0 <= min(*x, *y) <= max(*x, *y) <= 256
    assert cam["regions"] == []
    assert cli.main([*asked, "rise"], lambda _: 7) == 2
    assert "rise covers no super-pixels" in capsys.readouterr().err
