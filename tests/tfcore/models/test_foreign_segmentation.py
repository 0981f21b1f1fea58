"""Networks of others that segment: whatever they end in, eat and give, what they draw is drawn; the card says how."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import tfcore
from tests.gui.features.segment.seeing import drawn
from tests.shared import telling
from tests.tfcore.models.foreign import ENDS, network
from tfcore.cli import main
from tfcore.errors import HeatlensError
from tfcore.evaluate import overlap
from tfcore.explain.drawn import mask_of
from tfcore.models.model import Model
from tfcore.pictures import Picture, read
from tfcore.training.predictions import judged

GREY = np.array([20, 120, 220], np.uint8)


def picture(folder: Path, channels: int = 1) -> Picture:
    path = folder / "scan.png"
    Image.fromarray(GREY[drawn()]).save(path)
    found = read(path)
    return found if channels != 4 else Picture(np.repeat(found.array[..., None], 4, 2), path, "", (0.0, 255.0))


def mask(model: Model, shown: Picture) -> tfcore.results.Mask:
    batch, boxes = model.prepare_with_boxes([shown])
    return mask_of(model, shown, model.predict(batch)[0], boxes[0])


@pytest.mark.parametrize(
    ("end", "channels", "half"),
    telling(
        [("softmax", 3, True), ("labels", 4, False), ("one sigmoid", 1, False)],
        [*((end, 1, False) for end in ENDS), ("softmax", 3, True), ("labels", 4, False), ("one sigmoid", 3, True)],
    ),
)
def test_what_it_draws_is_drawn(end: str, channels: int, half: bool, tmp_path: Path) -> None:
    network(end, channels, half).save(tmp_path / "foreign.keras")
    model = tfcore.load_model(tmp_path / "foreign.keras")
    assert model.card.task == "segmentation"
    shown = picture(tmp_path, channels)
    found, truth = mask(model, shown), drawn()
    assert found.labels.shape == truth.shape
    one = end.startswith("one")
    wanted = {1: truth > 0} if one else {1: truth == 1, 2: truth == 2}
    if end == "labels":
        wanted = {1: truth > 0, 2: truth == 2}
        assert found.classes == ("background", *model.classes)
    for index, inside in wanted.items():
        agreed = overlap(found.inside(index), inside, regions={"it": (1,)})["it"]["dice"]
        assert agreed > (0.9 if half else 0.999)
        assert found.pixels[index] == found.inside(index).sum()
        assert found.parts[index] == 1
    info = model.info()
    assert info.thresholded == (one or end == "labels")
    assert info.mask_classes == found.classes
    # Explained where the class is drawn, whatever the size of the answer.
    heat = tfcore.explain(model, model.prepare([shown]), "gradient", target=model.drawn[-1], region="predicted")
    assert heat.maps[0][truth == 2].any()


def test_the_card_says_what_lies_around_and_from_where_on_something_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "foreign.keras"
    network("labels").save(path)
    shown = picture(tmp_path)
    assert mask(tfcore.load_model(path), shown).pixels == (1400, 600, 60)
    asked = ["card", str(path), "--classes", "lesion,core"]
    # sigmoid(40 · 120 / 255 − 10) is 0.9999; nothing is as sure as that of the core.
    assert main([*asked, "--threshold", "0.9999"], lambda _: 1) == 0
    assert "threshold" in capsys.readouterr().out
    assert mask(tfcore.load_model(path), shown).pixels == (1940, 60, 0)
    assert main([*asked, "--threshold", "1.5"], lambda _: 1) == 2
    assert "threshold = 1.5 is no probability" in capsys.readouterr().err

    path = tmp_path / "other.keras"
    network("softmax").save(path)
    asked = ["card", str(path), "--classes", "outside,healthy,core", "--threshold", "0.5"]
    assert main([*asked, "--background", "healthy"], lambda _: 1) == 0
    found = mask(tfcore.load_model(path), shown)
    assert (found.classes, found.pixels) == (("healthy", "outside", "core"), (540, 1400, 60))
    assert main([*asked, "--background", "skull"], lambda _: 1) == 2
    assert "background = 'skull' is no class" in capsys.readouterr().err


def test_labels_called_as_regions_of_a_tumour_are_held_against_a_mask_of_its_parts(tmp_path: Path) -> None:
    network("labels").save(tmp_path / "foreign.keras")
    model = tfcore.load_model(tmp_path / "foreign.keras")
    model.card = model.card.with_(classes=("WT", "ET"))
    shown = picture(tmp_path)
    # Oedema around what enhances.
    Image.fromarray(np.array([0, 2, 4], np.uint8)[drawn()]).save(tmp_path / "scan_mask.png")
    found = judged(mask(model, shown), shown)
    assert found.dice == (1, 1, 1)


def test_an_answer_of_plain_numbers_in_many_channels_is_what_the_card_says(tmp_path: Path) -> None:
    network("logits").save(tmp_path / "foreign.keras")
    model = tfcore.load_model(tmp_path / "foreign.keras")
    assert model.card.outputs == "logits"
    assert "outputs" in model.card.guessed
    with pytest.raises(HeatlensError, match="no probability"):
        model.card.with_(threshold=0)
