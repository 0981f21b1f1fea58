from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from tests.shared import telling
from tests.tfcore.figure.made import bump, heat, scan
from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.arrays import save_arrays
from tfcore.figure.display import Display
from tfcore.figure.panel import COLUMNS, TEXT_SIZE, WIDTH_MM, panel
from tfcore.figure.provenance import save_with_provenance
from tfcore.figure.save import SUFFIXES, pixels, save
from tfcore.results import Mask, Outline

ITEMS = [(heat(), scan()), (heat(-bump(), signed=True, target=1), scan())]


def figure():
    return panel(ITEMS[:1], Display())


def test_words_are_stamped_as_matplotlib_draws_them() -> None:
    drawn = Figure(figsize=(2, 1))
    for x, y, rotation in ((0.1, 0.7, 0), (0.1234, 0.3456, 0), (0.7, 0.11, 90), (0.5, 0.5, 30)):
        drawn.text(x, y, "Größe fly 0.97", size=7, color="#1a1a1a80", rotation=rotation)
    canvas = FigureCanvasAgg(drawn)
    canvas.draw()
    # The second time from the stamps.
    for _ in range(2):
        found = pixels(drawn, 100, with_alpha=True).astype(int)
        # Where two letters touch, their shades are rounded twice.
        assert abs(found - np.asarray(canvas.buffer_rgba())).max() <= 1


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        (".png", b"\x89PNG"),
        (".tiff", b"II*\0"),
        (".tif", b"II*\0"),
        (".pdf", b"%PDF"),
        (".svg", b"<?xml"),
        (".PNG", b"\x89PNG"),
    ],
)
def test_the_ending_chooses_the_format(tmp_path: Path, suffix: str, begins: bytes) -> None:
    path = save(figure(), tmp_path / f"panel{suffix}", dpi=60)
    assert path.read_bytes().startswith(begins)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_figure_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    one = save(figure(), tmp_path / f"one{suffix}", dpi=60)
    other = save(figure(), tmp_path / f"other{suffix}", dpi=60)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_pixels_are_as_many_as_paper_and_dpi_ask_for(tmp_path: Path, suffix: str) -> None:
    with Image.open(save(figure(), tmp_path / f"panel{suffix}", dpi=100)) as image:
        assert image.width == pytest.approx(180 / 25.4 * 100, abs=1)
        assert image.mode == "RGB"
        assert image.info["dpi"] == pytest.approx((100, 100), rel=0.01)


def test_a_pdf_carries_its_fonts_and_an_svg_its_text(tmp_path: Path) -> None:
    pdf = save(figure(), tmp_path / "panel.pdf").read_bytes()
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    svg = save(figure(), tmp_path / "panel.svg").read_text(encoding="utf-8")
    assert ">glioma 0.97 · grad-cam · layer stage4 · demo</text>" in svg


def test_an_unknown_ending_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=r"panel\.jpg .*\.png, \.tiff, \.tif, \.pdf, \.svg"):
        save(figure(), tmp_path / "panel.jpg")


@pytest.mark.parametrize("dpi", [0, 29, 5000])
def test_senseless_dpi_are_refused(tmp_path: Path, dpi: int) -> None:
    with pytest.raises(HeatlensError, match=f"dpi = {dpi}"):
        save(figure(), tmp_path / "panel.png", dpi)


def test_a_figure_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="fewer rows"):
        save(panel(ITEMS[:1] * 40, Display(), columns=("input",)), tmp_path / "panel.png", dpi=1200)


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HeatlensError, match="was not written"):
        save(figure(), tmp_path / "file" / "panel.png")


def test_a_full_disk_leaves_no_piece_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(HeatlensError, match="disk is full"):
        save(figure(), tmp_path / "panel.png", dpi=60)
    with pytest.raises(HeatlensError, match="disk is full"):
        save_arrays(ITEMS, tmp_path / "maps.npz")
    assert not list(tmp_path.iterdir())


def test_raw_maps_come_back_as_they_were(tmp_path: Path) -> None:
    with np.load(save_arrays(ITEMS, tmp_path / "maps.npz")) as saved:
        for number, (one, _) in enumerate(ITEMS):
            assert np.array_equal(saved[f"map_{number}"], one.map)
            assert np.array_equal(saved[f"native_{number}"], one.native)
            assert np.array_equal(saved[f"logits_{number}"], one.logits)
            assert tuple(saved[f"classes_{number}"]) == one.classes
            assert list(saved[f"box_{number}"]) == [0, 0, 96, 96]
        assert list(saved["targets"]) == [0, 1]
        assert list(saved["signed"]) == [False, True]
        assert list(saved["methods"]) == ["grad-cam", "grad-cam"]


def test_raw_maps_go_into_npz_only(tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match=r"\.npz"):
        save_arrays(ITEMS, tmp_path / "maps.npy")


@pytest.mark.parametrize("suffix", telling([".png"], [".png", ".pdf", ".svg"]))
def test_a_figure_after_others_is_the_figure_drawn_alone(tmp_path: Path, suffix: str) -> None:
    nothing = (heat(0 * bump(), degenerate=True), scan(60, 160))
    (seen, picture), *_ = ITEMS
    labels = np.zeros((picture.height, picture.width), np.uint8)
    labels[2:6, 2:6] = 1
    mask = Mask("p.png", "m", ("around", "lesion"), labels, (0, 16), None, seen.box, {})
    outline = Outline(((1.0, 1.0), (8.0, 1.0), (8.0, 8.0)), "12 mm")
    several: list[tuple[list, dict]] = [
        # Contours have a legend.
        ([(replace(seen, mask=mask, regions=(outline,)), picture)], {"layout": "rows"}),
        (ITEMS, {"layout": "rows"}),
        ([nothing], {"layout": "rows"}),
        ([ITEMS[1], nothing, ITEMS[0]], {"layout": "rows"}),
        ([ITEMS[0], (heat(-bump(), method="lrp", layer="stage2", signed=True), scan())], {"layout": "grid"}),
        (ITEMS[:1], {"layout": "rows", "title": False, "width_mm": 85.0}),
    ]
    display = Display(outline=1.0)
    for number, (items, settings) in enumerate(several * (2 if suffix == ".png" else 1)):
        export(items, tmp_path / f"after{suffix}", display, dpi=60, **settings)
        alone = tmp_path / "alone" / f"after{suffix}"
        alone.parent.mkdir(exist_ok=True)
        page = {"columns": list(COLUMNS), "title": True, "width_mm": WIDTH_MM, "text_size": TEXT_SIZE, **settings}
        save_with_provenance([panel(items, display, **settings)], alone, items, display, 60, overwrite=True, **page)
        assert (tmp_path / f"after{suffix}").read_bytes() == alone.read_bytes(), number
