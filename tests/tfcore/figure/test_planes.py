"""Three planes in one figure, and what a reader drew: lines where they were, on the screen's side and mirrored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image

from tests.tfcore.figure.made import heat, scan
from tfcore.errors import HeatlensError
from tfcore.figure import Display, export
from tfcore.figure.heat_planes import HeatPlanes
from tfcore.figure.panel import Item
from tfcore.pictures import find, read
from tfcore.results import Box, Outline

# How many slices there are to the right, to the front and to the head.
COUNTS = (60, 80, 40)
SIDES = {"axial": "APRL", "coronal": "SIRL", "sagittal": "SIAP"}


def plane(name: str, index: int) -> Item:
    across, down = {"axial": (0, 1), "coronal": (0, 2), "sagittal": (1, 2)}[name]
    path = Path(f"scan.nii.gz#{name}={index}")
    picture = scan(COUNTS[down], COUNTS[across], path=path, spacing=(1.0, 1.0), sides=SIDES[name])
    picture.array[:] = 0
    return heat(path=str(path), box=Box(0, 0, picture.width, picture.height)), picture


def drawn(items: list[Item], path: Path, dpi: int = 150, **how: object) -> np.ndarray:
    shown = Display(opacity=0.0, **how.pop("display", {}))  # type: ignore[arg-type]
    export(items, path, shown, dpi, title=False, overwrite=True, **how)  # type: ignore[arg-type]
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def coloured(page: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(page - colour).max(2) < 40


@pytest.mark.parametrize("dpi", [100, 200])
@pytest.mark.parametrize(("convention", "column"), [("radiological", 60 - 45 - 0.5), ("neurological", 45.5)])
def test_the_crosshair_meets_in_the_voxel_in_every_plane(
    tmp_path: Path, dpi: int, convention: str, column: float
) -> None:
    items = [plane("axial", 10), plane("coronal", 20), plane("sagittal", 45)]
    page = drawn(items, tmp_path / "planes.png", dpi, layout="planes", display={"convention": convention})
    cross = page[..., 2] - page[..., 0] > 50
    # The large plane is the left part of the page.
    large = cross[:, : page.shape[1] // 2 + dpi // 3]
    x, y = int(large.sum(0).argmax()), int(large.sum(1).argmax())
    dark = np.flatnonzero((page[y] < 60).all(1) | cross[y])
    left, right = dark[0], dark[dark < page.shape[1] * 0.62][-1]
    assert (x - left) / (right - left) == pytest.approx(column / 60, abs=0.02)
    tall = (right - left) / 60
    rows = np.flatnonzero((page[:, x] < 60).all(1) | cross[:, x])
    assert (y - rows[0]) / tall == pytest.approx(80 - 20 - 0.5, abs=1)


def test_what_are_no_planes_of_one_volume_are_refused(tmp_path: Path) -> None:
    for items in (
        [plane("axial", 1), plane("coronal", 1)],
        [plane("axial", 1), plane("axial", 2), plane("coronal", 3)],
    ):
        with pytest.raises(HeatlensError, match="an axial, a coronal and a sagittal slice of one volume"):
            drawn(items, tmp_path / "no.png", layout="planes")


def test_what_was_drawn_on_a_picture_is_drawn_in_its_figure(tmp_path: Path) -> None:
    square = Outline(((10, 20), (30, 20), (30, 50), (10, 50), (10, 20)), "rectangle 1  12 ± 3 HU")
    one, picture = plane("axial", 10)
    items = [(replace(one, regions=(square,)), picture)]
    edges = []
    for convention in ("radiological", "neurological"):
        how = {"columns": ("input",), "display": {"convention": convention, "marks": False}}
        page = drawn(items, tmp_path / f"{convention}.png", 200, **how)
        dark = np.flatnonzero((page < 60).all(2).any(0))
        yellow = coloured(page, (255, 210, 60))
        # The long lines, without the words.
        lines = np.flatnonzero(yellow.sum(0) > 0.2 * (dark[-1] - dark[0]))
        edges.append([(lines[at] - dark[0]) / (dark[-1] - dark[0]) for at in (0, -1)])
    assert edges[0] == pytest.approx([10 / 60, 30 / 60], abs=0.01)
    assert edges[1] == pytest.approx([30 / 60, 50 / 60], abs=0.01)
    (item,) = json.loads((tmp_path / "radiological.json").read_text())["items"]
    assert item["regions"][0]["words"] == "rectangle 1  12 ± 3 HU"


def test_the_planes_of_an_explained_volume_meet_where_its_heat_is_strongest(tmp_path: Path) -> None:
    voxels = np.zeros((8, 10, 6), np.float32)
    voxels[2, 7, 3] = 5
    nibabel.Nifti1Image(voxels, np.diag([1, 1, 2, 1])).to_filename(tmp_path / "scan.nii")
    gathered = HeatPlanes(tmp_path / "out", dpi=40)
    for picture in map(read, find([f"{tmp_path / 'scan.nii'}#coronal=*"])):
        whole = Box(0, 0, picture.width, picture.height)
        gathered.add(picture, heat(picture.array, path=str(picture.path), box=whole))
    ((path, of),) = gathered.save().items()
    assert (path.name, of) == ("scan_coronal_grad-cam_stage4_planes.png", "10 of 10 coronal slices")
    items = json.loads(path.with_suffix(".json").read_text())["items"]
    shown = [item["picture"]["path"].rpartition("#")[2] for item in items]
    assert shown == ["coronal=7", "axial=3", "sagittal=2"]
    with pytest.raises(HeatlensError, match="no slice of a plane"):
        gathered.add(read(tmp_path / "scan.nii"), heat())
