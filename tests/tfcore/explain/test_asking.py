"""Methods that only ask: what may end or interrupt them, what they cost, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.black_boxes import KERNEL, PICTURES, SIDE
from tests.tfcore.explain import networks, properties
from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain import pieces
from tfcore.explain.cost import costs
from tfcore.explain.explanation import Explanation
from tfcore.registry import catalogue, find

ASKING = [spec.name for spec in catalogue("method") if spec.family == "perturbation"]


def quick(method: str) -> dict[str, Any]:
    """Settings with a few passes of four copies each."""
    spec = next(spec for spec in catalogue("method") if spec.name == method)
    small = {"samples": 30, "patch": 4, "stride": 3, "pad": 2}
    if method == "prediction-difference":
        small["samples"] = 2
    # More pieces than go through together, and some left over from whole blocks of them.
    small["superpixels"] = {"kernel-shap": 7, "flip": 20}.get(method, 6)
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
    calls = {"flip": 7, "occlusion": 3}.get(method, 5)
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
def test_the_size_of_a_pass_changes_no_byte(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 1)
    found = set()
    for together in (64, 24, 9, 8):
        monkeypatch.setattr(pieces, "MOST_IMAGES", together)
        found.add(tfcore.explain(model, batch, method, target=0, **quick(method)).maps.tobytes())
    assert len(found) == 1


def test_a_budget_and_a_wished_error_end_it_early_and_say_so(small_passes: None) -> None:
    model = networks.model("branched")
    batch = networks.batch(model, 1)

    def explained(**limit: Any) -> Explanation:
        return tfcore.explain(model, batch, "rise", target=1, **limit)

    few = explained(budget="10passes")
    assert few.facts["passes"].tolist() == [10]
    # The budget ended it amid a pass; what goes on from there is what it would have been.
    assert explained(samples=20, resume=explained(samples=20, budget="10passes")).maps.tobytes() == (
        explained(samples=20).maps.tobytes()
    )
    assert few.facts["said"][0].startswith("estimate from 10 of 4,000 passes, ±")
    # Of a single mask or sample nobody knows how sure it is.
    assert explained(budget="1passes").facts["error"] >= 1
    assert "±100 % of its range" in tfcore.explain(model, batch, "lime", budget="1passes").facts["said"][0]
    # Too short for a single pass: one is made all the same.
    assert 1 <= explained(budget="0.001s").facts["passes"][0] < 4000
    enough = explained(error=0.2)
    assert enough.facts["passes"][0] < 4000
    spread = np.ptp(enough.maps[0])
    assert enough.standard_error.max() / spread == pytest.approx(enough.facts["error"][0], rel=1e-5)
    assert enough.facts["error"][0] <= 0.2
    assert enough.facts["said"][0] == ""


def test_what_it_costs_is_known_before(small_passes: None) -> None:
    model = networks.model("branched")
    image = networks.batch(model, 1)[0]
    asked = {"rise": {"budget": "100passes"}, "occlusion": {"patch": 4, "stride": 4}, "grad-cam": {}}
    rise, occlusion = costs(model, image, asked)
    assert (rise.method, rise.passes, occlusion.method, occlusion.passes) == ("rise", 100, "occlusion", 12)
    assert rise.seconds == pytest.approx(occlusion.seconds * 100 / 12)
    said = "rise runs the network 100 times for a picture"
    assert replace(rise, seconds=7).words(20) == f"{said}, about 0:07; 2:20 for 20 pictures"
    assert replace(rise, seconds=0.1).words() == f"{said}, in under a second"
    # Of time there is room for one pass here; of few super-pixels there are no more coalitions.
    asked = {"rise": {"budget": "0.000001s"}, "kernel-shap": {"superpixels": 5}}
    rise, shap = costs(model, image, asked)
    assert (rise.passes, rise.seconds, shap.passes) == (4, pytest.approx(0.000001), 32)
    # A pass or less is told of before anything is measured, too.
    spec = find("method", "kernel-shap")
    assert spec.passes is not None
    assert spec.passes(spec.parse({"budget": "3passes"}), 12, 16) == 3


def test_a_constant_picture_and_a_single_piece_give_maps_without_a_fault() -> None:
    model = networks.model("branched")
    grey = np.full((1, 12, 16, 3), 0.5, np.float32)
    for method in ASKING:
        properties.is_well_formed(tfcore.explain(model, grey, method, target=1, **quick(method)), grey)
    whole = tfcore.explain(model, grey, "occlusion", patch=17)
    assert "patch of 17 covers all of the image (16 × 12 pixels)" in whole.facts["said"][0]
    for method in ("lime", "kernel-shap", "flip"):
        found = tfcore.explain(model, grey, method, target=1, **{**quick(method), "superpixels": 1})
        assert np.ptp(found.maps) == 0
        assert (
            "one super-pixel, so no place differs" in found.facts["said"][0] or "1 of 1 super" in found.facts["said"][0]
        )


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("prediction-difference", {"patch": 13}, r"patch of 13 is larger than the image \(16 × 12 pixels\)"),
    ("prediction-difference", {"patch": 8, "pad": 4}, "8 with 4 pixels around it does not fit"),
    ("prediction-difference", {"reference": "no/such/folder"}, "no folder no/such/folder"),
    ("occlusion", {"stride": 0}, "stride = 0 is not a whole number from 1"),
    ("rise", {"budget": "60"}, r"not a time \(30s, 5min, 1h\) or a number of passes"),
    ("rise", {"budget": "0s"}, r"not a time \(30s, 5min, 1h\) or a number of passes"),
    (
        "flip",
        {"budget": "2passes", "superpixels": 9},
        r"2 passes is too small, the first step takes \d+; give \d+passes",
    ),
    ("prediction-difference", {"budget": "1passes", "patch": 4}, "1 pass is too small, the first step takes 10"),
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


def test_what_a_function_does_to_its_pictures_or_keeps_of_them_is_its_own_affair() -> None:
    kept: list[np.ndarray] = []

    def rough(pictures: np.ndarray) -> np.ndarray:
        kept.append(pictures)
        pictures *= 2
        return np.tensordot(pictures, KERNEL / 2, 3)

    def gentle(pictures: np.ndarray) -> np.ndarray:
        return np.tensordot(pictures, KERNEL, 3)

    box, known = (tfcore.load_model(each, input_shape=(SIDE, SIDE, 3)) for each in (rough, gentle))
    before, kept[:] = PICTURES.copy(), []
    # More than one pass.
    heat, wanted = (
        tfcore.explain(one, PICTURES[:1], "occlusion", patch=1, stride=1, target=1).maps for one in (box, known)
    )
    np.testing.assert_allclose(heat, wanted, atol=1e-5)
    assert (before == PICTURES).all()
    assert len({each.tobytes() for each in kept}) == len(kept) > 2
