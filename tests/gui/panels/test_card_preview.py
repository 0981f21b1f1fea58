from __future__ import annotations

import numpy as np
import pytest

from gui.panels.card_preview import CardPreview
from gui.theme import colour
from tests.gui.canvas.samples import ramp
from tests.gui.hands import OnScreen, named, texts
from tfcore.results import Box


@pytest.fixture
def preview(on_screen: OnScreen) -> CardPreview:
    return on_screen(CardPreview(), 600, 320)


def stripes(width: int, height: int) -> np.ndarray:
    """Columns black and white in turn."""
    levels = np.zeros((height, width, 3), np.uint8)
    levels[:, ::2] = 255
    return levels


def sizes(preview: CardPreview) -> list[str]:
    return [text for text in texts(preview) if text.endswith(" px")]


def test_without_a_picture_it_says_so(preview: CardPreview) -> None:
    assert "No picture is open" in preview.text()
    assert "PICTURE" not in texts(preview)


def test_both_sizes_are_stated_in_pixels(preview: CardPreview) -> None:
    preview.show_picture(ramp(40, 60))
    assert preview.text() == ""
    assert sizes(preview) == ["one.png · 60 × 40 px"]
    preview.show_seen(stripes(8, 4), Box(0, 0, 60, 40))
    assert sizes(preview) == ["one.png · 60 × 40 px", "8 × 4 px"]


def test_enlarged_pixels_stay_crisp(preview: CardPreview) -> None:
    preview.show_picture(ramp())
    preview.show_seen(stripes(8, 8), Box(0, 0, 60, 40))
    shot = named(preview, "what the network sees").grab().toImage()
    middle = {shot.pixelColor(x, shot.height() // 2).lightness() for x in range(shot.width())}
    assert middle - {colour("base").lightness()} <= {0, 255}


def test_a_problem_is_said_and_goes_away_with_the_next_answer(preview: CardPreview) -> None:
    preview.show_picture(ramp())
    preview.show_seen(stripes(8, 8), Box(0, 0, 60, 40))
    preview.show_error("scaling needs three channels.")
    assert preview.text() == "scaling needs three channels."
    assert sizes(preview) == ["one.png · 60 × 40 px"]
    preview.show_seen(stripes(8, 8), Box(0, 0, 60, 40))
    assert preview.text() == ""


def test_a_frame_that_reaches_outside_the_picture_is_drawn_whole(preview: CardPreview) -> None:
    preview.show_picture(ramp(40, 60))
    preview.show_seen(stripes(8, 8), Box(0, -10, 60, 60))
    assert preview._picture._shown().getRect() == (0, -10, 60, 60)
