"""Heatlens knows its own files by what is in them, and takes nobody else's for its own."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from tests.tfcore.figure.made import heat, scan
from tfcore.figure.arrays import save_arrays
from tfcore.figure.save import SUFFIXES, save
from tfcore.marks import is_own, marked_png
from tfcore.plain import json_text
from tfcore.tables import heading, write_table

GREY = np.tile(np.arange(64, dtype=np.uint8), (64, 1))


def figure() -> Figure:
    drawn = Figure((1, 1))
    drawn.add_subplot().plot([1, 2])
    return drawn


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_figure_is_known_as_our_own(suffix: str, tmp_path: Path) -> None:
    assert is_own(save(figure(), tmp_path / f"panel{suffix}", dpi=60))


def test_arrays_records_and_tables_are_known_as_our_own(tmp_path: Path) -> None:
    assert is_own(save_arrays([(heat(), scan())], tmp_path / "maps.npz"))
    record = tmp_path / "record.json"
    record.write_text(json_text({"heatlens": "1", "more": 1}, indent=2))
    assert is_own(record)
    table = write_table(tmp_path / "table.csv", ["path", "=class"], [{"path": "a.png"}])
    assert is_own(table, heading(["path", "=class"]))
    assert not is_own(table, heading(["path"]))
    assert not is_own(table)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty", b""),
        ("note.json", b'{"shapes": [], "heatlens": "only mentioned"}'),
        ("list.json", b'["heatlens"]'),
        ("program.json", b'{"program": "another"}'),
        ("cut.png", b"\x89PNG\r\n\x1a\n"),
        ("cut.tiff", b"II*\0\xff\xff\xff\xff"),
        ("other.pdf", b"%PDF-1.4 /Creator (another)"),
        ("other.zip", b"PK\x03\x04" + b"\0" * 26 + b"map_0.npy"),
        ("labels.csv", b"path,label\na.png,glioma\n"),
        ("page.html", b"<!doctype html><p>heatlens"),
    ],
)
def test_a_file_of_somebody_elses_is_not(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert not is_own(path, heading(["path", "predicted"]))


@pytest.mark.parametrize("suffix", [".png", ".tiff", ".pdf"])
def test_what_other_programs_draw_is_not(suffix: str, tmp_path: Path) -> None:
    by_pillow, by_matplotlib = tmp_path / f"heatlens{suffix}", tmp_path / f"heatlens2{suffix}"
    Image.fromarray(GREY).save(by_pillow)
    figure().savefig(by_matplotlib)
    assert not is_own(by_pillow)
    assert not is_own(by_matplotlib)


def test_the_mark_of_a_png_changes_no_pixel() -> None:
    png = cv2.imencode(".png", GREY)[1].tobytes()
    marked = np.frombuffer(marked_png(png), np.uint8)
    assert np.array_equal(cv2.imdecode(marked, cv2.IMREAD_UNCHANGED), GREY)
