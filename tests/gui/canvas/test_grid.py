from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gui.canvas import Canvas
from gui.canvas.arrangement import arrange
from gui.canvas.table import Cell, Place, Table
from tests.gui.canvas.samples import blob, heat, ramp
from tfcore.figure.display import Display, table
from tfcore.results import Box, Heat

BOX = Box(0, 0, 60, 40)
FLAT = np.ones((8, 8))
FLAT[0, 0] = 0.0


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show_picture(ramp())
    canvas.set_mode("grid")
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


def one(map: np.ndarray, **changes: object) -> Heat:
    return heat(map, BOX, **changes)


def two_by_two() -> Table:
    cells = {
        (0, 0): Cell(one(FLAT), title="first"),
        (0, 1): Cell(one(3 * FLAT, method="layer-cam")),
        (1, 0): Cell(one(0 * FLAT, degenerate=True)),
        (1, 1): Cell(text="cam needs a dense layer.", failed=True, title="cam · stage1"),
    }
    return Table(("grad-cam", "cam"), ("stage1", "stage2"), cells, current=(0, 0))


def middle(canvas: Canvas, place: Place) -> QPoint:
    return canvas.grid._places().rect(place).center().toPoint()


def colour_at(canvas: Canvas, place: Place, x: float = 0.5, y: float = 0.5) -> QColor:
    """The colour at a share of the width and height of a cell."""
    image = canvas.grid.grab().toImage()
    rect = canvas.grid._places().rect(place)
    ratio = image.devicePixelRatio()
    at = QPointF(rect.left() + x * rect.width(), rect.top() + y * rect.height()) * ratio
    return image.pixelColor(round(at.x()), round(at.y()))


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (6, 6), (1, 36), (36, 1)])
@pytest.mark.parametrize("aspect", [0.5, 1.0, 3.0])
def test_up_to_36_cells_stay_inside_the_room_and_apart(rows: int, columns: int, aspect: float) -> None:
    room = QRectF(0, 0, 900, 700)
    places = arrange(room, rows, columns, aspect, 16, 90, 16)
    rects = [places.rect((row, column)) for row in range(rows) for column in range(columns)]
    assert all(room.contains(rect) for rect in rects)
    assert not any(a.intersects(b) for number, a in enumerate(rects) for b in rects[:number])
    assert all(places.at(rect.center()) is not None for rect in rects)
    assert room.contains(places.row_name(rows - 1))
    assert room.contains(places.column_name(columns - 1))


def test_cells_have_the_shape_of_the_picture() -> None:
    cell = arrange(QRectF(0, 0, 900, 700), 3, 4, 1.5, 16, 90, 16).cell
    assert cell.width() / cell.height() == pytest.approx(1.5, rel=0.02)


def test_row_names_lie_down_only_where_that_makes_the_cells_larger() -> None:
    assert arrange(QRectF(0, 0, 500, 900), 2, 4, 1.0, 16, 120, 16).sideways
    assert not arrange(QRectF(0, 0, 1500, 400), 4, 4, 1.0, 16, 120, 16).sideways


def test_in_a_low_room_columns_are_as_wide_as_their_names(canvas: Canvas) -> None:
    room = QRectF(0, 0, 640, 160)
    places = arrange(room, 5, 4, 1.0, 32, 90, 16, named=96)
    assert [places.column_name(column).width() for column in range(4)] == [96] * 4
    assert all(room.contains(places.rect((row, column))) for row in range(5) for column in range(4))
    assert places.at(places.rect((2, 3)).center()) == (2, 3)
    assert places.row_name(0).right() < places.rect((0, 0)).left()
    # Where the room is narrow, the cells are as wide as it allows.
    assert arrange(QRectF(0, 0, 300, 900), 2, 4, 1.0, 32, 0, 0, named=96).across < 96


def test_a_grid_without_room_says_so(canvas: Canvas) -> None:
    rows, columns = tuple(f"method {number}" for number in range(24)), ("stage1", "stage2")
    cells = {(row, column): Cell(text="…") for row in range(24) for column in range(2)}
    canvas.show_table(Table(rows, columns, cells))
    assert canvas.grid.said() == ""
    canvas.resize(900, 320)
    assert canvas.grid.said() == "24 × 2 heatmaps do not fit in here: enlarge the window, or untick some."


def test_the_grid_is_a_mode_of_the_canvas(canvas: Canvas) -> None:
    assert canvas.grid.isVisible()
    assert canvas.views.shown() == []
    canvas.set_mode("overlay")
    assert not canvas.grid.isVisible()
    assert len(canvas.views.shown()) == 1


def test_a_fitted_picture_fills_the_cells_and_the_single_view_again_afterwards(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    rect = canvas.grid._places().rect((0, 0))
    camera = canvas.views.camera
    assert camera.scale == pytest.approx(rect.width() / 60, rel=0.03)
    canvas.set_mode("overlay")
    QApplication.processEvents()
    assert camera.scale > 1.5 * rect.width() / 60
    canvas.set_mode("grid")
    assert camera.scale == pytest.approx(rect.width() / 60, rel=0.03)


def test_maps_have_scales_of_their_own_until_they_share_one(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    canvas.set_display(Display(opacity=1.0))
    top = QColor(*table("viridis")[255].tolist())
    assert colour_at(canvas, (0, 0)) == colour_at(canvas, (0, 1)) == top
    canvas.set_display(Display(opacity=1.0, normalise="shared", blend="wash"))
    assert colour_at(canvas, (0, 1)) == top
    assert colour_at(canvas, (0, 0)) == QColor(*table("viridis")[85].tolist())
    assert canvas.colour_bar.high == pytest.approx(3.0)


def test_only_the_grid_offers_a_shared_scale(canvas: Canvas) -> None:
    assert canvas.controls.scale.findText("shared") >= 0
    canvas.set_mode("side by side")
    assert canvas.controls.scale.findText("shared") < 0


def test_opacity_colours_and_outline_change_all_cells_at_once(canvas: Canvas) -> None:
    cells = {(0, column): Cell(one(blob(), method=f"m{column}")) for column in range(3)}
    canvas.show_table(Table(("a",), ("1", "2", "3"), cells))
    before = [colour_at(canvas, place, 0.6, 0.4) for place in cells]
    canvas.set_display(Display(opacity=1.0, colours="magma"))
    after = [colour_at(canvas, place, 0.6, 0.4) for place in cells]
    assert before != after
    assert len({colour.name() for colour in after}) == 1
    plain = canvas.grid.grab().toImage()
    canvas.set_display(Display(opacity=1.0, colours="magma", outline=1.0))
    assert canvas.grid.grab().toImage() != plain


def test_holding_space_shows_the_bare_picture_in_every_cell(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    canvas.set_display(Display(opacity=1.0))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    bare = colour_at(canvas, (0, 0))
    assert bare.red() == bare.green() == bare.blue()
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert colour_at(canvas, (0, 0)) != bare


def test_cells_without_heat_differ_from_cells_with_nothing_to_show(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    # The degenerate map lies over nothing: its upper half is the grey picture; the failed one has no picture.
    grey = colour_at(canvas, (1, 0), 0.4, 0.3)
    assert grey.red() == grey.green() == grey.blue()
    shown = canvas.grid.grab().toImage()
    canvas.show_table(Table(("grad-cam", "cam"), ("stage1", "stage2"), {**two_by_two().cells, (1, 1): Cell()}))
    assert canvas.grid.grab().toImage() != shown


def test_the_tooltip_says_what_a_cell_is_and_why_it_failed(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    canvas.show_table(two_by_two())
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: said.append(text))
    QApplication.sendEvent(canvas.grid, QHelpEvent(QHelpEvent.Type.ToolTip, middle(canvas, (1, 1)), QPoint()))
    assert said == ["cam · stage1\ncam needs a dense layer."]


def test_zooming_keeps_the_place_under_the_cursor_in_every_cell(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    rect = canvas.grid._places().rect((0, 1))
    x, y = round(rect.left() + rect.width() / 4), round(rect.top() + rect.height() / 4)
    found = canvas.grid._position(QPointF(x, y))
    assert found is not None
    at, none = QPointF(x, y), Qt.MouseButton.NoButton
    canvas.grid.wheelEvent(
        QWheelEvent(
            at,
            QPointF(canvas.grid.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 480),
            none,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
    )
    again = canvas.grid._position(QPointF(x, y))
    assert again is not None
    assert (again[1] - found[1]).manhattanLength() < 1e-6
    assert not canvas.views.camera.fitted
    QTest.mouseDClick(canvas.grid, Qt.MouseButton.LeftButton, pos=middle(canvas, (0, 0)))
    assert canvas.views.camera.fitted


def test_hovering_reads_the_heat_of_the_cell_under_the_cursor(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    assert canvas.colour_bar.high == pytest.approx(1.0)
    QTest.mouseMove(canvas.grid, middle(canvas, (0, 1)))
    assert float(canvas.readout.text("heat")) == pytest.approx(3.0)
    assert canvas.colour_bar.high == pytest.approx(3.0)
    assert canvas.readout.text("x") == "30"
    plain = canvas.grid.grab().toImage()
    canvas.grid.leaveEvent(QEvent(QEvent.Type.Leave))
    assert canvas.readout.text("x") == "—"
    assert canvas.grid.grab().toImage() != plain


def test_a_click_chooses_a_drag_does_not_and_ctrl_picks(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_table(two_by_two())
    chosen: list[Place] = []
    picked: list[Place] = []
    canvas.grid.chosen.connect(chosen.append)
    canvas.grid.picked.connect(picked.append)
    grid, at = canvas.grid, middle(canvas, (0, 1))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(grid, at + QPoint(30, 0))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=at + QPoint(30, 0))
    assert chosen == [(0, 1)]
    assert picked == [(0, 1)]
    assert not canvas.views.camera.fitted


def test_heat_of_another_picture_is_left_out(canvas: Canvas) -> None:
    canvas.show_table(Table(("a",), ("b",), {(0, 0): Cell(one(blob(), name="other.png"))}))
    assert canvas.grid.table().heats() == []


def test_another_picture_empties_the_grid(canvas: Canvas) -> None:
    canvas.show_table(two_by_two())
    canvas.show_picture(ramp(50, 50))
    assert canvas.grid.table() == Table()


def test_the_grid_shows_as_much_of_a_zoomed_picture_as_the_overlay_did_and_the_overlay_gets_it_back(
    canvas: Canvas,
) -> None:
    canvas.set_mode("overlay")
    QApplication.processEvents()
    view = canvas.views.shown()[0]
    place = QPointF(view.width() / 3, view.height() / 2)
    turn = (QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    wheel = QWheelEvent(place, view.mapToGlobal(place), *turn, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), wheel)
    camera = canvas.views.camera
    before = camera.visible(view.width(), view.height())
    assert before.width() < 60
    canvas.set_mode("grid")
    canvas.show_table(Table(("a",) * 4, ("b",) * 5, {(0, 0): Cell(one(FLAT)), (3, 4): Cell(one(FLAT))}))
    QApplication.processEvents()
    cell = canvas.grid.grab().height() / 5
    seen = camera.visible(cell, cell)
    assert seen.center() == before.center()
    # The margin that a fitted picture has in the overlay is none in a cell.
    assert min(before.width(), before.height()) * 0.8 < seen.height() < max(before.width(), before.height())
    canvas.set_mode("overlay")
    QApplication.processEvents()
    assert camera.visible(view.width(), view.height()).width() == pytest.approx(before.width(), rel=0.02)
