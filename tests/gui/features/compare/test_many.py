"""Many pictures on one desk: what is in sight is computed, what is selected is acted on."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.canvas.samples import heat
from tests.gui.engines import Silent
from tests.gui.hands import button, named, press
from tests.gui.panels.samples import INFO
from tfcore.engine.protocol import Job
from tfcore.results import Box

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def desk(quiet: MainWindow, silent: Silent, qtbot: QtBot, tmp_path: Path) -> QAbstractScrollArea:
    """A hundred pictures on the desk, of a model that is open."""
    for number in range(100):
        Image.fromarray(np.full((30, 40), 90 + number, np.uint8)).save(tmp_path / f"{number}.png")
    quiet.resize(1280, 720)
    quiet.open_pictures([tmp_path])
    quiet.open_model("demo")
    silent.answer(silent.last("open_model"), INFO)
    qtbot.waitUntil(lambda: len(quiet.browser.paths()) == 100 and not quiet.browser.looking)
    press(quiet, Key.Key_5, Held.ControlModifier)
    found: QAbstractScrollArea = named(quiet, "desk of many pictures")
    return found


def asked(silent: Silent) -> list[Job]:
    """What is still wanted of maps."""
    gone = {*silent.withdrawn, *silent.ended}
    return [job for job in silent.asked if job.kind == "compare" and job.id not in gone]


def stems(jobs: list[Job]) -> list[int]:
    return [int(Path(job.arguments["picture"]).stem) for job in jobs]


def answered(silent: Silent, job: Job) -> None:
    what, ramp = job.arguments, np.tile(np.linspace(0, 1, 40), (30, 1))
    cells = [(method, layer) for method in what["methods"] for layer in what["layers"]]
    box = Box(0, 0, 40, 30)
    silent.answer(
        job, {(m, layer): heat(ramp, box, what["picture"], method=m, layer=layer or "stage4") for m, layer in cells}
    )


def colours(desk: QAbstractScrollArea) -> int:
    """How many pixels in sight are no grey: heat."""
    image = desk.viewport().grab().toImage()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].astype(int)
    return int((np.ptp(pixels[:, 160:], axis=2) > 60).sum())


def click(desk: QAbstractScrollArea, row: int, held: Held = Held.NoModifier, twice: bool = False) -> None:
    """Into the picture of a row in sight, as the desk stands at its top."""
    height = (desk.verticalScrollBar().maximum() + desk.verticalScrollBar().pageStep()) // 100
    place = QPoint(200, desk.viewport().height() - desk.verticalScrollBar().pageStep() + row * height + height // 2)
    act = QTest.mouseDClick if twice else QTest.mouseClick
    act(desk.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_what_is_in_sight_is_computed_and_what_is_not_is_not(
    desk: QAbstractScrollArea, quiet: MainWindow, silent: Silent, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(asked(silent)) >= 2)
    first = stems(asked(silent))
    assert first == list(range(len(first)))
    assert len(first) < 12
    before = colours(desk)
    answered(silent, done := asked(silent)[0])
    qtbot.waitUntil(lambda: colours(desk) > before + 500)
    bar = desk.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    silent.ended.append(done.id)
    qtbot.waitUntil(lambda: min(stems(asked(silent)), default=0) > 20)
    assert len(asked(silent)) < 12, "those that are out of sight are not waited for"


def test_its_rows_are_the_list_and_are_selected_as_there(desk: QAbstractScrollArea, quiet: MainWindow) -> None:
    def selected() -> list[int]:
        return [int(Path(path).stem) for path in quiet.browser.selected()]

    click(desk, 1)
    assert selected() == [1]
    click(desk, 2, Held.ControlModifier)
    assert selected() == [1, 2]
    press(quiet, "S")
    assert [said.star for said in quiet.session.judgments.values()] == [True, True]
    click(desk, 3, Held.ShiftModifier)
    assert selected() == [1, 2, 3]
    named(quiet, "Filter").setText("7")
    press(quiet, Key.Key_A, Held.ControlModifier)
    quiet.menus.actions["Copy addr&esses of selected"].trigger()
    assert len(selected()) == len(QApplication.clipboard().text().splitlines()) == 19
    named(quiet, "Filter").setText("77")
    click(desk, 0)
    assert selected() == [77]
    click(desk, 0, twice=True)
    assert not desk.isVisible()
    assert quiet.canvas.isVisible()


def test_compare_computes_the_selected_pictures_also_out_of_sight(
    desk: QAbstractScrollArea, quiet: MainWindow, silent: Silent, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: len(asked(silent)) >= 2)
    quiet.browser.choose(quiet.browser.paths()[-3:])
    button(quiet.docks["Compare"], "Compare").click()
    finished: list[Job] = []
    for _ in range(40):
        for job in [each for each in asked(silent) if each.id not in {done.id for done in finished}]:
            answered(silent, job)
            finished.append(job)
    assert {97, 98, 99} <= set(stems(finished))
    assert len(finished) < 20, "and none besides"
    history = quiet.jobs.history
    told = [history.item(n).text() for n in range(history.count())]
    assert any(text.endswith("The maps of the selected pictures are computed.") for text in told)


def test_every_view_of_one_picture_leads_back_to_it(desk: QAbstractScrollArea, quiet: MainWindow) -> None:
    # The first of them is the one that was left.
    for key in (Key.Key_1, Key.Key_2, Key.Key_5):
        press(quiet, key, Held.ControlModifier)
        assert not desk.isVisible()
        assert quiet.canvas.isVisible()
        press(quiet, Key.Key_5, Held.ControlModifier)
        assert desk.isVisible()


def test_all_pictures_come_nearer_and_brighter_together(
    desk: QAbstractScrollArea, quiet: MainWindow, qtbot: QtBot
) -> None:
    def dark(row: int, down: int = 3) -> float:
        """How light it is at the upper edge of a cell: there is no picture unless it is near."""
        image = desk.viewport().grab().toImage()
        top = desk.viewport().height() - desk.verticalScrollBar().pageStep()
        height = (desk.verticalScrollBar().maximum() + desk.verticalScrollBar().pageStep()) // 100
        return image.pixelColor(160 + height // 2, top + row * height + down).lightness()

    qtbot.waitUntil(lambda: quiet.explaining.reader.get(quiet.browser.paths()[1]) is not None)
    QApplication.processEvents()
    assert max(dark(0), dark(1)) < 60
    middle = QPointF(desk.viewport().rect().center())
    wheel = QWheelEvent(
        middle, desk.viewport().mapToGlobal(middle), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
        Held.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(desk.viewport(), wheel)
    assert min(dark(0), dark(1)) > 60
    press(quiet, Key.Key_0, Held.ControlModifier)
    assert max(dark(0), dark(1)) < 60
    # A drag with the right button is one of the window of each.
    before = [dark(row, 60) for row in (0, 1)]
    right, port = Qt.MouseButton.RightButton, desk.viewport()
    QTest.mousePress(port, right, pos=QPoint(300, 200))
    QTest.mouseMove(port, QPoint(300, 140))
    QTest.mouseRelease(port, right, pos=QPoint(300, 140))
    assert all(dark(row, 60) > was + 20 for row, was in enumerate(before))
    press(quiet, Key.Key_0, Held.ControlModifier)
    assert [dark(row, 60) for row in (0, 1)] == before


def test_the_planes_of_volumes_stand_beside_each_other(
    quiet: MainWindow, silent: Silent, qtbot: QtBot, tmp_path: Path
) -> None:
    """Through the middle; what has one plane stands in one column."""
    scan, flat = str(tmp_path / "scan.nii"), str(tmp_path / "flat.png")
    nibabel.save(nibabel.Nifti1Image(np.arange(20 * 24 * 10, dtype=np.int16).reshape(20, 24, 10), np.eye(4)), scan)
    Image.fromarray(np.full((30, 40), 90, np.uint8)).save(flat)
    quiet.resize(1280, 720)
    quiet.open_pictures([scan, flat])
    quiet.open_model("demo")
    silent.answer(silent.last("open_model"), INFO)
    planes = next(
        each for each in quiet.findChildren(QToolButton) if each.toolTip().startswith("Columns are the planes")
    )
    QTest.mouseClick(planes, Qt.MouseButton.LeftButton)
    press(quiet, Key.Key_5, Held.ControlModifier)
    desk: QAbstractScrollArea = named(quiet, "desk of many pictures")
    wanted = {scan, f"{scan}#coronal=12", f"{scan}#sagittal=10", flat}
    qtbot.waitUntil(lambda: {job.arguments["picture"] for job in asked(silent)} == wanted)
    for job in asked(silent):
        answered(silent, job)
    qtbot.waitUntil(lambda: colours(desk) > 1000)
