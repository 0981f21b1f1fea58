from __future__ import annotations

import pytest

from gui.canvas.camera import MARGIN, Camera


@pytest.fixture
def camera() -> Camera:
    camera = Camera()
    camera.set_viewport(400 + 2 * MARGIN, 300 + 2 * MARGIN)
    camera.set_picture(200, 100)
    return camera


def test_fitting_shows_the_whole_picture_in_the_middle(camera: Camera) -> None:
    assert camera.scale == 2.0
    assert (camera.x, camera.y) == (100, 50)
    seen = camera.visible(400 + 2 * MARGIN, 300 + 2 * MARGIN)
    assert seen.contains(0, 0)
    assert seen.contains(200, 100)


def test_zooming_keeps_the_point_under_the_cursor_in_its_place(camera: Camera) -> None:
    def on_screen(x: float, y: float) -> tuple[float, float]:
        seen = camera.visible(424, 324)
        return (x - seen.x()) * camera.scale, (y - seen.y()) * camera.scale

    before = on_screen(130, 60)
    camera.zoom(3.0, 130, 60)
    assert camera.scale == 6.0
    assert on_screen(130, 60) == pytest.approx(before)


def test_panning_moves_by_screen_pixels(camera: Camera) -> None:
    camera.pan(10, -6)
    assert (camera.x, camera.y) == (95, 53)


def test_the_picture_cannot_be_dragged_out_of_reach(camera: Camera) -> None:
    camera.pan(1e6, -1e6)
    assert (camera.x, camera.y) == (0, 100)


def test_a_fitted_picture_stays_fitted_when_the_room_grows(camera: Camera) -> None:
    camera.set_viewport(800 + 2 * MARGIN, 600 + 2 * MARGIN)
    assert camera.scale == 4.0


def test_a_zoomed_picture_keeps_its_scale_when_the_room_grows(camera: Camera) -> None:
    camera.zoom(1.5)
    camera.set_viewport(800, 600)
    assert camera.scale == 3.0


def test_the_next_slice_of_the_same_size_is_seen_at_the_same_place(camera: Camera) -> None:
    camera.zoom(4.0, 20, 30)
    place = camera.x, camera.y, camera.scale
    camera.set_picture(200, 100)
    assert (camera.x, camera.y, camera.scale) == place
    camera.set_picture(100, 200)
    assert camera.fitted


def test_zooming_ends_before_anything_vanishes(camera: Camera) -> None:
    camera.zoom(1e-9)
    assert camera.scale == 0.25
    camera.zoom(1e9)
    assert camera.scale == 64.0


@pytest.mark.parametrize("size", [(1, 1), (2000, 100), (1, 5000)])
def test_odd_shapes_fit(size: tuple[int, int]) -> None:
    camera = Camera()
    camera.set_viewport(500, 400)
    camera.set_picture(*size)
    seen = camera.visible(500, 400)
    assert seen.left() < 0 < size[0] < seen.right()
    assert seen.top() < 0 < size[1] < seen.bottom()
