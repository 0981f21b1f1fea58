"""How sure a network is of what it draws, as it is seen in the window."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.segment.networks import by_brightness
from tests.gui.features.segment.seeing import LESION, colours, drawn, heading, shows
from tests.gui.hands import Settled, button, named, texts
from tfcore.figure import export


@pytest.fixture
def unsure(window: MainWindow, settled: Settled, tmp_path: Path) -> MainWindow:
    """A picture of a lesion, and a network that drops two in ten of its pixels in every pass."""
    Image.fromarray(np.array([0, 120, 220], np.uint8)[drawn()]).save(tmp_path / "scan.png")
    window.resize(1280, 800)
    drop(window, tmp_path / "scan.png", by_brightness(tmp_path, dropout=0.2))
    settled()
    window.docks["How sure"].raise_()
    settled()
    named(window, "passes").setValue(20)
    return window


def pick(window: MainWindow, shown: str) -> None:
    """As a person picks from the list."""
    box = named(window, "show")
    box.setCurrentText(shown)
    box.activated.emit(box.currentIndex())


def test_passes_tell_how_alike_their_masks_are(unsure: MainWindow, settled: Settled) -> None:
    button(unsure, "Run 20 passes").click()
    settled()
    said = "\n".join(texts(unsure.docks["How sure"]))
    assert "Dice between two passes, and size:\nlesion 0.8" in said
    assert " px" in said.partition("\nlesion 0.8")[2].partition("\n")[0]
    assert "the edge of lesion (0.8" in said
    assert "20 passes · seed 0" in said
    listing = unsure.browser.focusProxy().model().listing  # type: ignore[union-attr]
    note = listing.note_of(str(unsure.explaining.path))
    assert "pairwise Dice 0." in note
    assert note.startswith("lesion 4")


def test_what_is_unclear_lies_in_red_over_the_picture(unsure: MainWindow, settled: Settled, tmp_path: Path) -> None:
    # Picked before any pass was asked for: they are run.
    pick(unsure, "entropy")
    settled()
    assert "entropy over 20 passes" in heading(unsure)
    inside, outside = (colours(unsure, column, 25, around=0)[0] for column in (30, 3))
    assert inside.red() > inside.blue() + 60
    assert abs(outside.red() - outside.blue()) < 10
    # What the network draws is still seen.
    assert shows(unsure, LESION, 10, 20)
    # So does the figure, and its record says what it is.
    subject = unsure.figures.subject()
    assert subject is not None
    path = export(subject.items, tmp_path / "figure.png", unsure.canvas.display(), dpi=80)
    record = json.loads(path.with_suffix(".json").read_text())["items"][0]
    assert (record["colours"], record["method"]) == ("red", "entropy over 20 passes")

    # It stays from picture to picture.
    Image.fromarray(np.array([0, 120, 220], np.uint8)[drawn().T]).save(tmp_path / "next.png")
    drop(unsure, tmp_path / "next.png")
    settled()
    assert "next.png" in heading(unsure)
    assert "entropy over 20 passes" in heading(unsure)
    # A network that classifies has no pixels to be unsure of.
    unsure.open_model("demo")
    settled()
    assert named(unsure, "show").currentText() == "heatmap"
