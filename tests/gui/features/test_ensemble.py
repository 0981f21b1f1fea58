"""Models that are open in the window answer as one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

import resources
import tfcore
from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.segment.networks import by_brightness
from tests.gui.features.segment.seeing import click, drawn, heading
from tests.gui.hands import Settled, button, named, texts
from tfcore.models.card import Card


def test_open_models_of_the_same_classes_are_asked_as_one(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    network = tfcore.load_model("demo").keras
    network.layers[-1].kernel.assign(network.layers[-1].kernel * 0.2)
    network.save(tmp_path / "other.keras")
    card = Card.from_dict(json.loads(resources.path("demo.json").read_text()))
    card.with_(outputs="logits").save(tmp_path / "other.keras")
    together = window.menus.actions["Ask the open models as &one"]
    window.open_model("demo")
    pictures = sorted(resources.path("demo").glob("*.png"))[:2]
    window.open_pictures(pictures)
    settled()
    together.trigger()
    assert any("Open another model of the same classes, in the same order, first" in text for text in texts(window))
    window.open_model(str(tmp_path / "other.keras"))
    settled()
    assert not any("90 % of 2 models" in text for text in texts(window))
    together.trigger()
    settled()
    assert any("mean, middle 90 % of 2 models" in text for text in texts(window))
    assert any(text.startswith("disagreement ") for text in texts(window))
    # Whose heat lies over the picture: of all together, or of one of them.
    whose = named(window, "heat of the models")
    whose.setCurrentText("mean of all")
    whose.activated.emit(whose.currentIndex())
    settled()
    assert "mean of grad-cam over 2 models" in window.canvas.heading.title.whole()
    assert "rank correlation of their heat" in named(window, "agreement of the models").text()
    subject = window.figures.subject()
    assert subject is not None
    assert subject.items[0][0].method == "mean of grad-cam over 2 models"
    # What was picked holds for the next picture.
    window.browser.select(pictures[1])
    settled()
    assert window.canvas.heading.title.whole() == f"{pictures[1].name} · mean of grad-cam over 2 models"
    whose.setCurrentText("other")
    whose.activated.emit(whose.currentIndex())
    assert "other: " in window.canvas.heading.title.whole()
    button(window, "Export heat of each…").click()
    dialog = next(each for each in window.findChildren(ExportDialog) if each.isVisible())
    dialog.reject()
    together.trigger()
    assert not any("90 % of 2 models" in text for text in texts(window))

    # The folder of a cross-validation, dropped: its folds are one at once, until another model comes.
    for fold in ("fold-1", "fold-2"):
        (tmp_path / "run" / fold).mkdir(parents=True)
        shutil.copy(tmp_path / "other.keras", tmp_path / "run" / fold / "model.keras")
        shutil.copy(tmp_path / "other.json", tmp_path / "run" / fold / "model.json")
    drop(window, tmp_path / "run")
    settled()
    assert any("mean, middle 90 % of 2 models" in text for text in texts(window))
    window.open_model("demo")
    settled()
    assert not any("90 % of 2 models" in text for text in texts(window))

    # Networks that segment draw one mask: that of their mean, which here only one of them draws alone.
    Image.fromarray(np.array([20, 120, 220], np.uint8)[drawn()]).save(tmp_path / "scan.png")
    (tmp_path / "other").mkdir()
    drop(window, tmp_path / "scan.png", by_brightness(tmp_path))
    settled()
    window.open_model(str(by_brightness(tmp_path / "other", lesion=-8.0)))
    settled()
    assert "core 600 px" in heading(window)
    together.trigger()
    settled()
    assert "lesion 540 px" in heading(window)
    assert {"540 px", "60 px"} <= set(texts(window.docks["Mask"]))
    assert any("as 2 models draw it together" in text for text in texts(window.docks["Prediction"]))
    click(window, 12, 12)
    settled()
    assert "middle 90 % of 2 models" in named(window.docks["Mask"], "voxel").text()
    window.docks["Method"].raise_()
    assert (
        "about core (0.18) (mean pairwise Dice). lesion is drawn by 1 of 2"
        in named(window, "agreement of the models").text()
    )
    whose.setCurrentText("disagreement of all")
    whose.activated.emit(whose.currentIndex())
    settled()
    assert "mutual information over 2 models" in heading(window)
    whose.setCurrentText("spread of all")
    whose.activated.emit(whose.currentIndex())
    settled()
    assert "sd of grad-cam over 2 models" in heading(window)
    together.trigger()
    settled()
    assert "core 600 px" in heading(window)
