"""Methods that only ask: the same numbers as other libraries, known answers, and what may end or interrupt them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.shared import shared
from tests.tfcore.explain import networks, properties
from tests.tfcore.explain.test_oracles import opened
from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain import pieces
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model
from tfcore.registry import catalogue

NETS = ("plain", "residual")
BASES = ("zero", "mean")
ASKING = [spec.name for spec in catalogue("method") if spec.family == "perturbation"]


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


# --- how it ends ---


def quick(method: str) -> dict[str, Any]:
    """Settings with a few passes of four copies each."""
    spec = next(spec for spec in catalogue("method") if spec.name == method)
    small = {"samples": 24, "superpixels": 6, "patch": 4, "stride": 3, "pad": 2}
    if method == "prediction-difference":
        small["samples"] = 2
    if method == "kernel-shap":
        small["superpixels"] = 7
    return {param.name: small[param.name] for param in spec.params if param.name in small}


@pytest.fixture
def small_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_IMAGES", 4)


def after(calls: int) -> Callable[[int, int], None]:
    """Cancel at that report of progress."""
    count = iter(range(calls))

    def progress(done: int, total: int) -> None:
        if next(count, None) is None:
            raise Cancelled

    return progress


@pytest.mark.parametrize("method", ASKING)
def test_a_cancelled_estimate_goes_on_to_what_it_would_have_been(method: str, small_passes: None) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 2)
    whole = tfcore.explain(model, batch, method, target=0, **quick(method))
    alone = tfcore.explain(model, batch[1:], method, target=0, **quick(method))
    assert alone.maps.tobytes() == whole.maps[1:].tobytes()
    heard: list[Explanation] = []
    calls = 3 if method in ("flip", "occlusion") else 5
    part = tfcore.explain(model, batch, method, target=0, progress=after(calls), so_far=heard.append, **quick(method))
    assert part.maps[0].any()
    assert not part.maps[1].any()
    assert "estimate from" in part.facts["said"][0]
    assert part.facts["passes"][0] < part.facts["planned"][0]
    again = tfcore.explain(model, batch, method, target=0, resume=part, **quick(method))
    assert again.maps.tobytes() == whole.maps.tobytes()
    # Of another class it is of no use.
    other = tfcore.explain(model, batch, method, target=2, resume=part, **quick(method))
    assert other.maps.tobytes() == tfcore.explain(model, batch, method, target=2, **quick(method)).maps.tobytes()
    # Nobody listens: then there is no estimate.
    with pytest.raises(Cancelled):
        tfcore.explain(model, batch, method, target=0, progress=after(calls), **quick(method))


@pytest.mark.parametrize("method", ASKING)
def test_the_size_of_a_pass_changes_nothing(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 1)
    wanted = tfcore.explain(model, batch, method, target=1, **quick(method)).maps
    monkeypatch.setattr(pieces, "MOST_IMAGES", 5)
    properties.are_alike(tfcore.explain(model, batch, method, target=1, **quick(method)).maps, wanted, 1e-5)


def test_a_budget_and_a_wished_error_end_it_early_and_say_so(small_passes: None) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 1)

    def explained(**limit: Any) -> Explanation:
        return tfcore.explain(model, batch, "rise", target=1, **limit)

    few = explained(budget="10passes")
    assert few.facts["passes"].tolist() == [10]
    assert few.facts["said"][0].startswith("estimate from 10 of 4,000 passes, ±")
    # Too short for a single pass: one is made all the same.
    assert 1 <= explained(budget="0.001s").facts["passes"][0] < 4000
    enough = explained(error=0.2)
    assert enough.facts["passes"][0] < 4000
    spread = np.ptp(enough.maps[0])
    assert enough.standard_error.max() / spread == pytest.approx(enough.facts["error"][0], rel=1e-5)
    assert enough.facts["error"][0] <= 0.2
    assert enough.facts["said"][0] == ""


def test_a_constant_picture_and_a_single_piece_give_maps_without_a_fault() -> None:
    model = networks.model("branched")
    grey = np.full((1, 12, 16, 3), 0.5, np.float32)
    for method in ASKING:
        properties.is_well_formed(tfcore.explain(model, grey, method, target=1, **quick(method)), grey)
    for method in ("lime", "kernel-shap", "flip"):
        found = tfcore.explain(model, grey, method, target=1, **{**quick(method), "superpixels": 1})
        assert np.ptp(found.maps) == 0


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("prediction-difference", {"patch": 13}, r"patch of 13 is larger than the image \(16 × 12 pixels\)"),
    ("prediction-difference", {"patch": 8, "pad": 4}, "8 with 4 pixels around it does not fit"),
    ("prediction-difference", {"reference": "no/such/folder"}, "no folder no/such/folder"),
    ("occlusion", {"stride": 0}, "stride = 0 is not a whole number from 1"),
    ("rise", {"budget": "60"}, "no time .30s, 5min, 1h. and no number of passes"),
    ("rise", {"given": {"masks": np.ones((2, 7, 6))}}, "rise takes"),
    ("rise", {"given": {"shifts": np.full((4000, 2), 9)}}, "lie outside 0 to 1, 0 to 2"),
    (
        "rise",
        {"given": {"segments": np.ones((1, 12, 16))}},
        r"no use for given\['segments'\]; it can be given masks, sh",
    ),
    ("lime", {"given": {"masks": np.ones((2, 3))}, "superpixels": 1}, r"lime takes \(n, 1\)"),
    ("lime", {"given": {"segments": np.ones((2, 12, 16))}}, "for 2 images, the batch holds 1"),
    ("kernel-shap", {"samples": 8, "superpixels": 20}, "8 coalitions are too few for"),
    ("kernel-shap", {"budget": "8passes", "superpixels": 20}, "8 coalitions are too few for"),
]


@pytest.mark.parametrize(("method", "settings", "sentence"), REFUSED)
def test_what_cannot_be_done_is_a_sentence(method: str, settings: dict[str, Any], sentence: str) -> None:
    model = networks.model("branched")
    with pytest.raises(HeatlensError, match=sentence):
        tfcore.explain(model, networks.batch(model, 1), method, **settings)


def test_a_folder_of_pictures_says_what_is_usual(tmp_path: Any) -> None:
    import cv2

    for number in range(3):
        levels = np.random.default_rng(number).integers(0, 255, (12, 16, 3), np.uint8)
        cv2.imwrite(str(tmp_path / f"{number}.png"), levels)
    model = networks.model("branched")
    batch = networks.batch(model, 1)
    for method in ("prediction-difference", "expected-gradients"):
        settings = {name: value for name, value in quick("prediction-difference").items() if method[0] == "p"}
        own, usual = (
            tfcore.explain(model, batch, method, target=1, reference=folder, **settings)
            for folder in (None, str(tmp_path))
        )
        assert np.abs(own.maps - usual.maps).max() > 0
        assert usual.params["reference"] == str(tmp_path)
