from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.canvas import Canvas
from gui.canvas.view import View
from tests.gui.canvas.samples import blob, heat, picture, ramp
from tests.shared import shared
from tfcore.figure.display import Display
from tfcore.pictures import read
from tfcore.results import Box

BOX = Box(0, 0, 60, 40)


def colour_at(view: View, x: float, y: float) -> QColor:
    """The colour on screen at a picture position."""
    image = view.grab().toImage()
    seen = view._camera.visible(view.width(), view.height())
    scale = view._camera.scale * image.devicePixelRatio()
    return image.pixelColor(round((x - seen.x()) * scale), round((y - seen.y()) * scale))


def hues(image: QImage) -> set[int]:
    """The colours along a line through the middle."""
    return {image.pixel(x, image.height() // 2 - 40) for x in range(image.width())}


def wheel(view: View, x: int, y: int, delta: int) -> None:
    at = QPointF(x, y)
    event = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_it_starts_with_an_invitation(canvas: Canvas) -> None:
    assert canvas.message.isVisible()
    assert canvas.message.text.text() == "Drop pictures or a folder here"


@pytest.mark.parametrize("kind", ["empty", "loading", "error"])
def test_a_message_takes_the_place_of_the_picture_until_the_next_one(canvas: Canvas, kind: str) -> None:
    canvas.show_picture(ramp())
    canvas.show_message(kind, "One sentence.", "a hint")
    assert canvas.message.isVisible()
    assert canvas.message.busy.isVisible() == (kind == "loading")
    assert not canvas.views.isVisible()
    canvas.show_picture(ramp())
    assert canvas.views.isVisible()
    assert not canvas.message.isVisible()


def test_a_long_sentence_is_readable_to_its_end(canvas: Canvas) -> None:
    canvas.show_message("error", "This picture ends before its last strip; copy it again from its source. " * 4)
    text = canvas.message.text
    QApplication.processEvents()
    assert text.height() >= text.heightForWidth(text.width())


def test_rows_go_down_and_columns_to_the_right(canvas: Canvas) -> None:
    array = np.zeros((40, 60), np.uint8)
    array[:20, 30:] = 255
    canvas.show_picture(picture(array))
    (view,) = canvas.views.shown()
    assert colour_at(view, 45, 10).lightness() == 255
    assert [colour_at(view, *at).lightness() for at in ((15, 10), (15, 30), (45, 30))] == [0, 0, 0]


def test_heat_covers_the_box_and_nothing_else(canvas: Canvas) -> None:
    canvas.show_picture(picture(np.zeros((40, 60), np.uint8)))
    canvas.set_display(Display(colours="grey", opacity=1.0))
    map = np.zeros((10, 10))
    map[:, 5:] = 1.0
    canvas.show_heat(heat(map, Box(20, 10, 20, 20)))
    (view,) = canvas.views.shown()
    assert colour_at(view, 37, 20).lightness() == 255
    assert [colour_at(view, *at).lightness() for at in ((43, 20), (23, 20), (37, 8), (37, 33))] == [0, 0, 0, 0]


def test_late_heat_of_another_picture_is_not_shown(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob(), BOX, name="another.png"))
    assert canvas.views.shown()[0].heat is None
    assert canvas.colour_bar.ticks() == []
    canvas.show_heat(heat(blob(), BOX))
    assert canvas.views.shown()[0].heat is not None


def test_the_next_picture_starts_without_the_last_ones_heat(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob(), BOX))
    canvas.show_picture(picture(np.zeros((40, 60), np.uint8), "two.png"))
    assert canvas.views.shown()[0].heat is None
    assert canvas.colour_bar.ticks() == []


def test_no_evidence_is_said_instead_of_drawn(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(np.zeros((8, 8)), BOX, degenerate=True))
    (view,) = canvas.views.shown()
    assert view.badge.isVisible()
    assert view.badge.text() == "no positive evidence for glioma"
    assert view.heat is None
    canvas.show_heat(heat(blob(), BOX))
    assert not view.badge.isVisible()


def test_side_by_side_shows_the_picture_alone_on_the_left(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob(), BOX))
    with qtbot.waitSignal(canvas.mode_changed) as changed:
        canvas.set_mode("side by side")
    assert changed.args == ["side by side"]
    assert canvas.mode() == "side by side"
    assert [view.heat is not None for view in canvas.views.shown()] == [False, True]


def test_an_unknown_mode_is_refused(canvas: Canvas) -> None:
    with pytest.raises(ValueError, match="no mode 'film'"):
        canvas.set_mode("film")


def test_views_zoom_and_pan_together(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.set_mode("side by side")
    QApplication.processEvents()
    left, right = canvas.views.shown()
    corner, end = QPointF(0, 0), QPointF(right.width(), right.height())
    before = right.position(end) - right.position(corner)
    wheel(left, 150, 200, 240)
    assert (left.position(end) - left.position(corner)).x() < before.x() / 1.3
    wheel(right, 90, 120, 120)
    QTest.mousePress(right.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(right.viewport(), QPoint(130, 90))
    QTest.mouseRelease(right.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(130, 90))
    a, b = (view.position(QPointF(view.rect().center())) for view in (left, right))
    assert (a.x(), a.y()) == pytest.approx((b.x(), b.y()))
    QTest.mouseDClick(right.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert canvas.views.camera.fitted


def test_the_wheel_zooms_about_the_cursor(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    (view,) = canvas.views.shown()
    before = view.position(QPointF(300, 250))
    wheel(view, 300, 250, 360)
    after = view.position(QPointF(300, 250))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_a_picture_pixel_is_as_high_as_it_is_wide(canvas: Canvas) -> None:
    canvas.show_picture(picture(np.zeros((20, 400), np.uint8)))
    canvas.set_mode("side by side")
    canvas.resize(700, 650)
    QApplication.processEvents()
    for view in canvas.views.shown():
        step = view.position(QPointF(10, 10)) - view.position(QPointF(0, 0))
        assert step.x() == pytest.approx(step.y())


def test_hovering_reads_the_pixel_and_crosses_both_views(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob(), BOX))
    canvas.set_mode("side by side")
    QApplication.processEvents()
    left, right = canvas.views.shown()
    middle = QPoint(left.width() // 2, left.height() // 2)
    QTest.mouseMove(left.viewport(), middle)
    at = left.position(QPointF(middle))
    assert canvas.readout.text("x") == str(int(at.x()))
    assert canvas.readout.text("value").strip("\u2007") == str(3 * int(at.y()) + int(at.x()))
    assert (left._cross, right._cross) == (at, at)
    QApplication.sendEvent(left, QEvent(QEvent.Type.Leave))
    assert canvas.readout.text("x") == "—"
    assert right._cross is None


def test_space_takes_the_heat_away_while_it_is_held(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob(), BOX))
    (view,) = canvas.views.shown()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert view.heat is None
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert view.heat is not None


def test_settings_go_in_and_come_out(canvas: Canvas, qtbot: QtBot) -> None:
    display = Display(colours="magma", opacity=0.25, normalise="from zero", outline=1.5)
    with qtbot.waitSignal(canvas.display_changed):
        canvas.set_display(display)
    assert canvas.display() == display
    with qtbot.assertNotEmitted(canvas.display_changed):
        canvas.set_display(display)
    with qtbot.waitSignal(canvas.display_changed):
        canvas.controls.opacity.setValue(70)
    assert canvas.display().opacity == 0.7


def test_a_signed_map_does_not_change_the_picked_colours(canvas: Canvas) -> None:
    canvas.set_display(Display(colours="magma"))
    canvas.show_picture(ramp())
    canvas.show_heat(heat(blob() - 0.5, BOX, signed=True))
    assert canvas.controls.colours.currentText() == "diverging"
    assert canvas.colour_bar.low == -canvas.colour_bar.high
    assert canvas.display().colours == "magma"


def test_zoom_is_told_and_goes_to_one_pixel_per_pixel(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.heading.zoom.click()
    assert canvas.heading.zoom.text() == "100 %"
    assert canvas.views.camera.scale * canvas.devicePixelRatioF() == pytest.approx(1.0)


def test_drops_are_left_to_the_window(canvas: Canvas) -> None:
    canvas.set_mode("side by side")
    for view in canvas.findChildren(QAbstractScrollArea):
        assert not view.acceptDrops()
        assert not view.viewport().acceptDrops()


def test_the_surroundings_follow_the_colours_of_the_window(canvas: Canvas, qapp: QApplication) -> None:
    canvas.show_picture(picture(np.zeros((100, 10), np.uint8)))
    (view,) = canvas.views.shown()
    for scheme, tones in (("light", theme.LIGHT), ("dark", theme.DARK)):
        theme.apply(qapp, scheme)
        QApplication.processEvents()
        assert view.grab().toImage().pixelColor(3, 3).name() == tones.window


@pytest.mark.parametrize("shape", [(1, 1), (10, 200), (5000, 4000), (3, 3, 3)])
def test_any_shape_can_be_shown_and_read(canvas: Canvas, shape: tuple[int, ...]) -> None:
    canvas.show_picture(picture(np.full(shape, 90, np.uint8)))
    canvas.show_heat(heat(blob(), Box(0, 0, shape[1], shape[0])))
    (view,) = canvas.views.shown()
    canvas.hide_heat(True)
    assert colour_at(view, shape[1] / 2, shape[0] / 2).getRgb()[:3] == (90, 90, 90)


def test_real_slices_are_shown_as_their_files_hold_them(canvas: Canvas) -> None:
    path = min(shared("data/yes_no").rglob("*.jpg"))
    slice = read(path)
    canvas.show_picture(slice)
    canvas.views.camera.zoom(4.0)
    (view,) = canvas.views.shown()
    column, row = slice.width // 2 + 3, slice.height // 2 - 5
    shown = colour_at(view, column + 0.5, row + 0.5).getRgb()[:3]
    assert shown == tuple(int(value) for value in slice.display()[row, column])


def test_a_heading_without_room_shortens_the_name_and_keeps_what_is_said(canvas: Canvas) -> None:
    canvas.show_picture(ramp())
    canvas.set_heading("a very long name of a picture in a file.png · glioma 0.98")
    title = canvas.heading.title
    assert title.text() == title.whole()
    lacking = title.fontMetrics().horizontalAdvance("name of a picture")
    canvas.resize(canvas.width() - title.width() + title.fontMetrics().horizontalAdvance(title.whole()) - lacking, 700)
    QApplication.processEvents()
    assert title.text().endswith(".png · glioma 0.98")
    assert "…" in title.text()
    # Beside a badge there is room for neither: of both something is seen.
    canvas.resize(canvas.width() - title.width() + title.fontMetrics().horizontalAdvance("a name glioma 0.98"), 700)
    QApplication.processEvents()
    assert title.text().startswith("a")
    assert "· g" in title.text()
