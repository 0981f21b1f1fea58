from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from tests.shared import telling
from tests.tfcore.figure.made import bump, heat, scan
from tfcore.errors import HeatlensError
from tfcore.figure.display import Display, table
from tfcore.figure.panel import Item, panel
from tfcore.figure.save import pixels
from tfcore.results import Box

PLAIN: Item = (heat(), scan())
SIGNED: Item = (heat(bump() - bump(x=0.4), signed=True, target=1), scan())
EMPTY: Item = (heat(0 * bump(), degenerate=True), scan())
TINY: Item = (heat(1e-7 * bump(), box=Box(-16, -32, 128, 160)), scan())
WIDE: Item = (heat(box=Box(10, 5, 60, 30), layer="backbone/" + "very_long_path/" * 9), scan(60, 160))
FLAT: Item = (heat(box=Box(0, 0, 400, 20)), scan(20, 400, path=Path("脑" * 30 + "$x_1$" * 20 + ".png")))
TALL: Item = (heat(box=Box(0, 0, 60, 200), classes=("a long class name " * 5,) * 4, target=2), scan(200, 60))
EIGHT = [PLAIN, SIGNED, EMPTY, TINY, WIDE, FLAT, TALL, PLAIN]


def boxes(figure: Figure) -> list[Bbox]:
    """Where everything is that has to stay clear of everything else."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    found = [text.get_window_extent(renderer) for text in figure.texts]
    return found + [box for axes in figure.axes if (box := axes.get_tightbbox(renderer)) is not None]


def all_stands_clear(figure: Figure) -> None:
    """Nothing is clipped by the page or lies over something else."""
    placed = boxes(figure)
    page = figure.bbox
    for box in placed:
        assert page.x0 - 0.5 <= box.x0
        assert box.x1 <= page.x1 + 0.5
        assert page.y0 - 0.5 <= box.y0
        assert box.y1 <= page.y1 + 0.5
    for one, other in itertools.combinations(placed, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert min(across, down) <= 0.5


@pytest.mark.parametrize(
    ("rows", "width", "size", "title"),
    telling(
        [(3, 180.0, 5.0, False), (8, 85.0, 12.0, True)],
        itertools.product([1, 3, 8], [85.0, 180.0], [5.0, 12.0], [True, False]),
    ),
)
def test_nothing_is_clipped_or_overlaps(rows: int, width: float, size: float, title: bool) -> None:
    all_stands_clear(panel(EIGHT[:rows], Display(outline=1.0), title=title, width_mm=width, text_size=size))


def overlay_cell(item: Item, display: Display) -> np.ndarray:
    """The pixels of the overlay alone, at one pixel of paper per picture pixel or finer."""
    figure = panel([item], display, columns=("overlay",), title=False, width_mm=100)
    drawn = pixels(figure, 150)
    figure.set_dpi(150)
    FigureCanvasAgg(figure).draw()
    cell = figure.axes[0].get_window_extent()
    height = drawn.shape[0]
    return drawn[round(height - cell.y1) : round(height - cell.y0), round(cell.x0) : round(cell.x1)]


def test_outside_the_box_the_overlay_is_the_bare_picture() -> None:
    item = (heat(bump(x=0, y=0), box=Box(48, 48, 48, 48)), scan())
    bare = overlay_cell(item, Display(opacity=0.0))
    drawn = overlay_cell(item, Display(opacity=1.0))
    half = drawn.shape[0] // 2
    assert np.array_equal(drawn[: half - 2], bare[: half - 2])
    assert np.array_equal(drawn[:, : half - 2], bare[:, : half - 2])
    # The middle of the box holds the hottest place.
    assert np.abs(drawn[half * 3 // 2, half * 3 // 2].astype(int) - table("viridis")[255]).max() < 12


def test_a_box_that_reaches_outside_is_cut_at_the_picture() -> None:
    # Twice the picture's size, around its middle: the map's middle half is what is seen.
    map = np.zeros((64, 64), np.float32)
    map[16:48, 16:48] = 1.0
    drawn = overlay_cell((heat(map, box=Box(-48, -48, 192, 192)), scan()), Display(opacity=1.0, interpolation="pixels"))
    inside = drawn[4:-4, 4:-4].reshape(-1, 3)
    assert (inside == table("viridis")[255]).all()


def test_where_there_is_no_heat_the_picture_is_seen_as_it_is() -> None:
    map = np.zeros((64, 64), np.float32)
    map[:32] = 1.0
    item = (heat(map), scan())
    bare, drawn, washed = (
        overlay_cell(item, display) for display in (Display(opacity=0.0), Display(), Display(blend="wash"))
    )
    half = len(bare) // 2 + 10
    assert np.array_equal(drawn[half:], bare[half:])
    assert (washed[half:] != bare[half:]).any()
    assert np.array_equal(drawn[: half - 20], washed[: half - 20])


def test_a_map_is_as_smooth_or_as_blocky_as_was_asked() -> None:
    # Four values, a hundred times as large on paper.
    item = (heat(np.array([[0.0, 1.0], [1.0, 0.0]], np.float32)), scan())
    smooth, blocky = (
        overlay_cell(item, Display(opacity=1.0, blend="wash", interpolation=how))[4:-4, 4:-4].reshape(-1, 3)
        for how in ("smooth", "pixels")
    )
    assert len(np.unique(blocky, axis=0)) == 2
    assert len(np.unique(smooth, axis=0)) > 100


def test_a_record_from_before_there_was_a_choice_gives_its_figure_again() -> None:
    # Half of the colour on half of the picture everywhere, and single pixels where they are this large.
    old = {"colours": "magma", "opacity": 0.5, "normalise": "min-max", "outline": None}
    map = np.array([[0.0, 1.0], [1.0, 1.0]], np.float32)
    drawn = overlay_cell((heat(map), scan()), Display.recorded(old))
    assert np.abs(drawn[10, 10].astype(int) - table("magma")[0] / 2).max() <= 1
    assert np.abs(drawn[-10, -10].astype(int) - table("magma")[255] / 2).max() <= 1


def test_a_nearly_flat_map_is_said_to_be_so_beside_its_colours() -> None:
    flat = heat(0.243 + 0.061 * bump())
    assert "min-max per image · nearly flat" in [text.get_text() for text in panel([(flat, scan())], Display()).texts]
    assert "grad-cam: nearly flat" in [
        text.get_text() for text in panel([(flat, scan())], Display(), layout="grid").texts
    ]


@pytest.mark.parametrize(("height", "width"), [(60, 120), (120, 60), (20, 400)])
def test_pictures_keep_their_shape(height: int, width: int) -> None:
    figure = panel([(heat(box=Box(0, 0, width, height)), scan(height, width))], Display())
    FigureCanvasAgg(figure).draw()
    for axes in figure.axes[:3]:
        cell = axes.get_window_extent()
        assert cell.width / cell.height == pytest.approx(width / height, rel=0.02)


def test_a_map_without_evidence_is_words_on_grey_and_has_no_colour_bar() -> None:
    figure = panel([EMPTY], Display(), columns=("heatmap",), title=False)
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == ["no positive evidence"]
    assert not axes.images
    drawn = pixels(figure, 50).reshape(-1, 3)
    assert (drawn.max(axis=1) == drawn.min(axis=1)).all()


def test_the_figure_says_what_is_on_it() -> None:
    said = [text.get_text() for text in panel([SIGNED], Display(normalise="from zero", outline=2)).texts]
    assert "glioma 0.97 · target meningioma 0.02 · grad-cam · layer stage4 · demo" in said
    assert "P0132.png · outline at mean + 2 sd" in said
    assert "from zero · signed" in said
    assert {"input", "heatmap", "overlay"} < set(said)


def test_the_outline_is_drawn_where_it_was_asked_for() -> None:
    def outlined(display: Display) -> list[int]:
        return [len(axes.collections) for axes in panel([PLAIN], display).axes[:3]]

    assert outlined(Display(outline=1.0)) == [0, 1, 1]
    assert outlined(Display()) == [0, 0, 0]


def test_an_outline_that_no_value_reaches_is_left_out() -> None:
    assert not panel([PLAIN], Display(outline=50.0)).axes[1].collections


def test_columns_come_in_the_order_asked_for() -> None:
    figure = panel([PLAIN], Display(), columns=("overlay", "input"))
    assert [text.get_text() for text in figure.texts if text.get_text() in ("input", "overlay")] == ["overlay", "input"]
    assert len(figure.axes[0].images) == 2
    assert len(figure.axes[1].images) == 1


def test_one_scale_for_all_puts_the_same_numbers_on_every_bar() -> None:
    figure = panel([PLAIN, (heat(4 * bump()), scan())], Display(normalise="shared"))
    first, second = figure.axes[3], figure.axes[7]
    assert first.get_ylim() == second.get_ylim()
    assert first.get_ylim()[1] == pytest.approx(4 * bump().max())


def test_huge_pictures_are_reduced_before_they_are_drawn() -> None:
    figure = panel([(heat(box=Box(0, 0, 400, 200)), scan(200, 400))], Display(), longest=100)
    assert figure.axes[0].images[0].get_array().shape == (50, 100, 3)
    assert figure.axes[0].get_xlim() == (0, 400)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"columns": ()}, "no columns"),
        ({"columns": ("heat",)}, "'heat'"),
        ({"width_mm": 10}, "10 mm"),
        ({"width_mm": 60, "text_size": 30}, "too narrow"),
    ],
)
def test_wishes_that_cannot_be_drawn_are_refused_in_one_sentence(settings: dict, said: str) -> None:
    with pytest.raises(HeatlensError, match=said):
        panel([PLAIN], Display(), **settings)
    with pytest.raises(HeatlensError, match="no rows"):
        panel([], Display())


def test_importing_the_figure_package_imports_no_matplotlib_and_drawing_no_pyplot() -> None:
    program = (
        "import sys, tfcore.figure, tfcore.figure.panel, tfcore.figure.provenance, tfcore.figure.save\n"
        "assert not {'matplotlib', 'cv2', 'PIL', 'tensorflow'} & set(sys.modules)\n"
        "from tests.tfcore.figure.made import heat, scan\n"
        "tfcore.figure.panel.panel([(heat(), scan())], tfcore.figure.Display())\n"
        "assert 'matplotlib.figure' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
        "assert not any(name.startswith('PySide6') for name in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 0, done.stderr
