"""What passes of a network that segments draw, held against each other and against what is true."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from tests.gui.features.segment.networks import BRAIN, by_contrast
from tests.shared import shared
from tests.tfcore.uncertainty import networks
from tfcore import cli
from tfcore.data.phantom import write_brains
from tfcore.errors import HeatlensError
from tfcore.results import Structures
from tfcore.uncertainty import coverage, pairwise_dice, uncertainty
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.structures import MASKS, structures_of


def of_masks(**masks: list) -> Structures:
    """Of each structure a list of K masks."""
    arrays = {name: np.array(each, float).reshape(len(each), -1) for name, each in masks.items()}
    return Structures(tuple(arrays), np.stack([each @ each.T for each in arrays.values()]).astype(int))


def test_dice_between_masks_is_that_of_the_reference() -> None:
    with np.load(shared("oracles", "calibration.npz")) as reference:
        for ending in ("", "_empty"):
            found = pairwise_dice(reference[f"samples{ending}"])
            np.testing.assert_allclose(found, reference[f"pairwise_dice{ending}"], atol=1e-6)
            mean = found[np.triu_indices(len(found), 1)].mean()
            assert mean == pytest.approx(float(reference[f"mean_pairwise_dice{ending}"]), abs=1e-6)


@pytest.mark.parametrize("odd", [np.zeros((0, 4)), [0.5, 1], [[0.5, 1]], [[np.nan, 1]]])
def test_what_are_no_masks_is_said(odd: list) -> None:
    with pytest.raises(HeatlensError, match="give masks of true and false"):
        pairwise_dice(odd)


def test_the_figures_are_those_of_the_masks_of_every_pass() -> None:
    model, batch = networks.per_pixel(), networks.images(2)
    found = uncertainty(model, batch, passes=12).structures
    assert found is not None
    assert found.names == model.classes[1:]
    network, program = dropout_network(model, None), model.program
    for image in range(2):
        given, single = {program.input: tf.constant(batch[image : image + 1])}, []
        for number in range(12):
            draws = RandomNumbers(tf.constant(key_of(batch[image], 0)), tf.constant(number), tf.constant(1))
            single.append(program.run(given, [program.output], call=network.dropping(draws))[program.output].numpy()[0])
        drawn = np.stack(single).argmax(-1)
        for index in (1, 2):
            dice = pairwise_dice(drawn == index)
            np.testing.assert_allclose(found[image].dice[index - 1], dice)
            np.testing.assert_array_equal(found[image].sizes[index - 1], (drawn == index).sum((1, 2)))
            assert found[image].agreement[index - 1] == pytest.approx(dice[np.triu_indices(12, 1)].mean())


def test_many_passes_keep_no_more_masks_than_tell_something() -> None:
    found = uncertainty(networks.per_pixel(), networks.images(1), passes=MASKS + 30)
    assert found.passes == MASKS + 30
    assert found.structures is not None
    assert found.structures.shared.shape == (1, 2, MASKS, MASKS)


def test_regions_of_a_tumour_are_structures_beside_its_classes() -> None:
    classes = {"necrotic": (1,), "oedema": (2,), "enhancing": (3,)}
    assert structures_of(BRAIN, (1, 2, 3)) == {**classes, "WT": (1, 2, 3), "TC": (1, 3)}
    assert structures_of(("background", "lesion"), (1,)) == {"lesion": (1,)}


def test_a_sentence_says_on_what_passes_agree_and_on_what_not() -> None:
    core, edge, apart = [1, 1, 1, 0], [[1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1]], [[1, 0], [0, 1]]
    found = of_masks(core=[core, core], oedema=[np.ones(6), [1, 1, 1, 1, 0, 0]], cyst=apart, nothing=[[0], [0]])
    assert found.words == (
        "The passes agree on core (1.00), not on the edge of oedema (0.80), contradict each other about cyst (0.00) "
        "(mean pairwise Dice)."
    )
    assert found.lowest == 0
    assert of_masks(oedema=edge).lowest == 0.5
    assert of_masks(a=[[0], [0]]).words == "No pass draws anything."
    assert of_masks(a=[[1], [0], [0]]).words == "a is drawn by 1 of 3."
    assert "ask for more" in of_masks(a=[[1]]).words


def test_slices_add_up_to_a_volume_in_millilitres() -> None:
    one = of_masks(tumour=[[1, 1, 0], [1, 0, 0]])
    two = of_masks(tumour=[[0, 0, 0], [1, 1, 1]])
    places = [Structures(each.names, each.shared, 25.0, "mm²") for each in (one, two)]
    volume = places[0].of_volume(5.0) + places[1].of_volume(5.0)
    # Two and four places of 25 mm², 5 mm apart, one of which both passes have.
    assert volume.sizes.tolist() == [[0.25, 0.5]]
    assert volume.agreement.tolist() == [pytest.approx(2 / 6)]
    assert volume.size(0) == "0.38 ± 0.12 ml"


def test_leaving_out_the_least_sure_raises_the_mean_dice() -> None:
    dice = np.linspace(1, 0.5, 40)
    curve = coverage(1 - dice, dice, score="dice")
    assert (np.diff(curve.accuracy) < 0).all()
    assert curve.accuracy[-1] == pytest.approx(0.75)
    assert ((curve.low <= curve.accuracy) & (curve.accuracy <= curve.high)).all()


def test_volumes_have_rows_of_their_own_and_a_curve_of_dice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_brains(tmp_path / "brains", n=2, size=32, seed=3)
    model, out = by_contrast(tmp_path, dropout=0.1), tmp_path / "sure"
    slices = [f"{each}#axial=6:14" for each in sorted((tmp_path / "brains").glob("Phantom_*"))]
    asked = ["uncertainty", *slices, "--model", str(model), "--passes", "8", "--out", str(out)]
    assert cli.main(asked, lambda _: 1) == 0
    names = ("uncertainty.csv", "cases.csv", "coverage.csv", "coverage.png")
    written, said = capsys.readouterr()
    assert written.split() == [str(out / name) for name in names]
    assert "16 done, 2 with a true mask, 0 left out" in said
    rows, cases, curve = (
        list(csv.DictReader((out / name).read_text(encoding="utf-8").splitlines())) for name in names[:3]
    )
    assert len(rows) == 16
    assert [(Path(case["path"]).name, case["slices"], case["unit"]) for case in cases] == [
        ("Phantom_000", "8", "ml"),
        ("Phantom_001", "8", "ml"),
    ]
    for number, case in enumerate(cases):
        # 25 mm² and 5 mm of a phantom of 32 voxels.
        mine = rows[8 * number : 8 * number + 8]
        assert float(case["size WT"]) == pytest.approx(sum(float(row["size WT"]) for row in mine) * 5 / 1000)
        assert 0 <= float(case["pairwise_dice WT"]) <= 1
        assert 0 <= float(case["dice oedema"]) <= 1
        assert float(case["level"]) >= 1 - float(case["pairwise_dice WT"]) - 1e-9
    assert {row["left_out_by"] for row in curve} == {"entropy", "mutual information", "pairwise Dice"}
    assert float(curve[-1]["dice"]) == pytest.approx(
        np.mean([float(case[f"dice {name}"]) for case in cases for name in structures_of(BRAIN, (1, 2, 3))])
    )
