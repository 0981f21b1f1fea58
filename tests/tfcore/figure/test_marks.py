"""Figures in true shape, as radiologists or neurologists hang pictures, with a scale bar that is as long as it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.shared import telling
from tests.tfcore.figure.made import bump, heat, scan
from tfcore.figure import Display, export
from tfcore.pictures import Picture, thumbnail
from tfcore.pictures.sides import as_seen, mirrored, of_directions
from tfcore.results import Box


def drawn(tmp_path: Path, picture: Picture, dpi: int, **display: object) -> np.ndarray:
    """The pixels of a written figure that shows the picture alone."""
    shown = heat(box=Box(0, 0, picture.width, picture.height))
    path = tmp_path / f"{dpi}.png"
    export([(shown, picture)], path, Display(**display), dpi, columns=("input",), title=False, width_mm=100)
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def bar(image: np.ndarray) -> int:
    """How many pixels long the longest white line on the black picture is."""
    white = (image.min(2) > 200) & (image.max(2) > 200)
    # The page is white too: only what has black above it counts.
    rows = [
        row[np.flatnonzero(dark)[0] : np.flatnonzero(dark)[-1]]
        for row, dark in zip(white, ~white, strict=True)
        if dark.any()
    ]
    return max(max(map(len, "".join("x" if each else " " for each in row).split()), default=0) for row in rows)


@pytest.mark.parametrize("spacing", telling([((0.5, 0.9),)], [((1.0, 1.0),), ((2.0, 1.0),), ((0.5, 0.9),)]))
def test_the_scale_bar_is_as_long_as_it_says_at_every_dpi(tmp_path: Path, spacing: tuple[float, float]) -> None:
    picture = scan(spacing=spacing)
    picture.array[:] = 0
    # Millimetres of the patient on a millimetre of paper: in a cell 96 mm wide, at most 1.6 times as high.
    paper = min(96 / (96 * spacing[1]), 1.6 * 96 / (96 * spacing[0]))
    length = 20 if spacing[1] * 96 / 4 >= 20 else 10
    for dpi in (150, 300):
        assert bar(drawn(tmp_path, picture, dpi)) == pytest.approx(length * paper / 25.4 * dpi, abs=1.5)
        assert bar(drawn(tmp_path, picture, dpi, marks=False)) == 0


def test_without_a_spacing_there_is_no_bar(tmp_path: Path) -> None:
    picture = scan()
    picture.array[:] = 0
    assert bar(drawn(tmp_path, picture, 150)) == 0


def test_pixels_that_are_no_squares_are_drawn_in_their_shape(tmp_path: Path) -> None:
    for spacing, expected in (((1.0, 1.0), 1.0), ((1.5, 1.0), 1.5), ((1.0, 2.0), 0.5)):
        page = drawn(tmp_path, scan(spacing=spacing), 100, marks=False)
        inked = page.min(2) < 100
        height, width = (np.flatnonzero(inked.any(axis)).size for axis in (1, 0))
        assert height / width == pytest.approx(expected, rel=0.02)


def test_neurologists_see_picture_and_heat_the_other_way_round(tmp_path: Path) -> None:
    picture = scan(sides="APRL")
    one = heat(bump(), box=Box(8, 0, 64, 96))
    pages = []
    for convention in ("radiological", "neurological"):
        display = Display(convention=convention, marks=False)
        export([(one, picture)], tmp_path / f"{convention}.png", display, 100, ("overlay",), False, 60)
        page = np.asarray(Image.open(tmp_path / f"{convention}.png").convert("RGB")).astype(int)
        # Without the page around it and the colour bar beside it.
        inked = np.flatnonzero((page[page.shape[0] // 2] < 250).any(1))
        end = inked[0] + np.flatnonzero(np.diff(inked, append=inked[-1] + 9) > 1)[0]
        pages.append(page[:, inked[0] : end + 1])
    assert np.abs(pages[0] - pages[1][:, ::-1]).mean() < 1
    assert np.abs(pages[0] - pages[1]).mean() > 4
    assert "neurological" in (tmp_path / "neurological.json").read_text()


def test_letters_follow_the_convention_and_the_files_own_directions() -> None:
    assert as_seen("APRL", "neurological") == "APLR"
    assert as_seen("SIAP", "neurological") == "SIAP", "from the side there is one way only"
    # A patient on the belly is still seen from the feet.
    prone = of_directions(np.array([1, 0, 0]), np.array([0, 1, 0]))
    assert (prone, mirrored(prone, "radiological")) == ("PALR", False)
    assert mirrored("APLR", "radiological")
    assert as_seen("", "neurological") == ""


def test_thumbnails_have_the_true_shape(tmp_path: Path) -> None:
    import nibabel

    nibabel.Nifti1Image(np.zeros((40, 60, 10), np.int16), np.diag([1, 1, 6, 1])).to_filename(tmp_path / "a.nii")
    assert thumbnail(f"{tmp_path / 'a.nii'}#coronal=3", 64).shape == (60, 40, 3)
