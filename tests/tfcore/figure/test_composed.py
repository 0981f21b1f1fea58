"""Figures of a composition: nothing overlaps, scales and bars say what they are, pages break, redrawing draws alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.shared import telling
from tests.tfcore.figure.made import bump, heat, scan
from tests.tfcore.figure.test_panel import all_stands_clear
from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.composed import Composed
from tfcore.figure.composition import Cell, Composition, Note, laid_out, moved
from tfcore.figure.display import Display
from tfcore.figure.page import Page
from tfcore.figure.panel import Item
from tfcore.figure.redrawn import Redrawn
from tfcore.figure.style import drawing
from tfcore.figure.titles import Share, titled
from tfcore.results import Verdict

ITEMS: list[Item] = [
    (heat((1 + number) * bump(x=0.1 * number), path=f"P{number}.png"), scan(path=Path(f"P{number}.png")))
    for number in range(4)
]
JUDGED = Verdict(np.linspace(0.9, 0.1, 9), np.full((3, 9), 0.5), 0.1, 0.2, "", 0.5, {}, {})
ITEMS.append((heat(bump() - bump(x=0.4), signed=True, method="lrp-epsilon"), scan(spacing=(0.9, 0.9))))
ITEMS.append((heat(verdict=JUDGED), scan()))
KINDS = [
    Cell(0, "input", letter=""),
    Cell(1, inset=(0.1, 0.1, 0.4, 0.4), true="glioma"),
    Cell(2, crop=(0.25, 0.25, 0.75, 0.5), title="{method} at {layer}"),
    Cell(4, notes=(Note("lesion", (0.8, 0.1), (0.35, 0.35)),)),
    Cell(3, "prediction", title=""),
    Cell(5, "curve"),
    Cell(3, look={"colours": "magma", "blend": "wash"}),
]


def page(composition: Composition, number: int = 0, items: list[Item] = ITEMS, **how: float) -> Page:
    with drawing():
        drawn = Page()
        Composed(items, composition, Display(), **how).draw(drawn, number)
        return drawn


def said(drawn: Page) -> list[str]:
    return [text.get_text() for text in drawn.texts]


@pytest.mark.parametrize(
    ("bars", "width", "size"),
    telling(
        ["cell", "row"],
        [("none", 85.0, 5.0), ("cell", 180.0, 9.0), ("row", 85.0, 5.0), ("column", 180.0, 7.0), ("figure", 180.0, 9.0)],
    ),
)
def test_nothing_is_clipped_or_overlaps(bars: str, width: float, size: float) -> None:
    names = {"rows": ("first", "second"), "columns": ("one", "two", "three"), "heading": "Figure 4"}
    # What lies in a cell lies over it.
    kinds = [replace(cell, inset=None) for cell in KINDS]
    figure = replace(Composition(laid_out(kinds, 3), bars=bars, letters="(a)", scale="column"), **names)  # type: ignore[arg-type]
    all_stands_clear(page(figure, page=width, size=size))


def test_titles_come_from_fields_and_letters_run_on() -> None:
    words = said(page(Composition(laid_out(KINDS, 3), titles="{true} → {predicted} {p:.2f}")))
    assert "glioma → glioma 0.97" in words
    assert "grad-cam at stage4" in words
    assert titled("{p:.2f}", {"p": Share(0.9998)}) == [">.99"], "no certainty that is not there"
    assert [one for one in words if len(one) == 1] == ["b", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize(
    ("title", "why"),
    [("{name}", "no field {name}"), ("{p:.2f", "brace"), ("{predicted:.2f}", "no format"), ("{p:99999}", "no format")],
)
def test_a_title_that_cannot_be_is_refused_in_words(title: str, why: str) -> None:
    with pytest.raises(HeatlensError, match=why):
        Composition(titles=title)


@pytest.mark.parametrize(
    ("scale", "tops"),
    [("cell", ["1.00", "2.0", "3.0", "4.0"]), ("row", ["2.0", "2.0", "4.0", "4.0"]), ("figure", ["4.0"] * 4)],
)
def test_whoever_shares_a_scale_has_its_numbers_and_the_figure_says_so(scale: str, tops: list[str]) -> None:
    drawn = page(Composition(laid_out([Cell(number) for number in range(4)], 2), bars="cell", scale=scale))
    bars = [axes for axes in drawn.axes if axes.get_label() == "bar"]
    assert [axes.get_yticklabels()[-1].get_text() for axes in bars] == tops
    told = {"cell": "each heatmap by itself", "row": "one scale per row", "figure": "one scale for the figure"}[scale]
    assert any(told in one for one in said(drawn))


def test_words_at_the_edge_of_a_picture_stay_in_it_however_narrow_the_cell_is() -> None:
    cells = [Cell(0, notes=(Note("a lesion", (x, 0.99)),), crop=(0.0, 0.0, 0.5, 1.0)) for x in (0.01, 0.49)]
    drawn = page(Composition((tuple(cells),), bars="none"), page=60.0)
    with drawing():
        for axes in drawn.axes:
            (words,) = [text for text in axes.texts if text.get_text() == "a lesion"]
            around, whole = words.get_window_extent(), axes.get_window_extent()
            assert whole.x0 <= around.x0 < around.x1 <= whole.x1
            assert whole.y0 <= around.y0 < around.y1 <= whole.y1


def test_native_cells_are_seen_and_named() -> None:
    assert any("4 × 4" in one for one in said(page(Composition(((Cell(0),),), heat="native"))))


def test_rows_that_do_not_fit_go_on_other_pages_of_one_pdf_or_of_numbered_files(tmp_path: Path) -> None:
    long = Composition(laid_out([Cell(number % 4) for number in range(4)], 1), height_mm=150)
    pdf = tmp_path / "long.pdf"
    first = export(ITEMS, tmp_path / "long.png", dpi=40, width_mm=60, also=[pdf], composition=long)
    assert first.name == "long-1.png"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["long-1.png", "long-2.png", "long.json", "long.pdf"]
    assert pdf.read_bytes().count(b"/Type /Page ") == 2
    assert [one for one in said(page(long, 1, page=60.0)) if len(one) == 1] == ["c", "d"]


def test_transparent_paper_is_seen_through_and_dark_paper_is_dark(tmp_path: Path) -> None:
    for paper, corner in (("transparent", (255, 255, 255, 0)), ("dark", (22, 22, 22))):
        made, first, second = Composition(((Cell(0),),), paper=paper), f"{paper}.png", f"{paper}.tiff"
        export(ITEMS, tmp_path / first, dpi=30, width_mm=60, composition=made, also=[tmp_path / second])
        for file in (first, second):
            with Image.open(tmp_path / file) as image:
                assert image.getpixel((0, 0)) == corner, file


def test_a_cell_changes_places_with_another_one() -> None:
    cells = laid_out([Cell(0), Cell(1), Cell(2)], 2)
    assert moved(cells, (0, 0), (1, 0)) == laid_out([Cell(2), Cell(1), Cell(0)], 2)
    assert moved(cells, (1, 0), (0, 2)) == ((Cell(0), Cell(1), Cell(2)),)


def test_a_record_says_the_whole_composition() -> None:
    made = Composition(laid_out([*KINDS, KINDS[0]], 3), rows=("a",), bars="column", scale="row", paper="dark")
    assert Composition.of(made.as_dict()) == made


def test_drawing_again_draws_the_same_and_only_what_changed() -> None:
    again, made = Redrawn(), Composition(laid_out(KINDS, 3))

    def drawn(composition: Composition, by: Redrawn) -> np.ndarray:
        return by.image(Composed(ITEMS, composition, Display(), 120.0), 0, 400).astype(int)

    drawn(made, again)
    changed = replace(made, cells=moved(made.cells, (0, 2), (1, 1)))
    assert np.abs(drawn(changed, again) - drawn(changed, Redrawn())).max() <= 2
    assert np.abs(drawn(made, again) - drawn(made, Redrawn())).max() <= 2
