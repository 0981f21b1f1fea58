from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.features.audit.pairs import KINDS, PairsView, caption, name_of
from tests.gui.features.audit.samples import pair, pictures, sample
from tests.gui.hands import OnScreen


@pytest.fixture
def view(on_screen: OnScreen) -> PairsView:
    return on_screen(PairsView(), 700, 400)


def test_both_pictures_of_a_pair_in_sight_are_read(view: PairsView, qtbot: QtBot, tmp_path: Path) -> None:
    paths = pictures(tmp_path, 2)
    view.show_pairs([pair(sample(paths[0]), sample(paths[1], "test"))])
    qtbot.waitUntil(lambda: all(view.thumbnails.get(str(path)) for path in paths), timeout=20_000)
    assert all(view.thumbnails.get(str(path)).pixmap is not None for path in paths)


def test_pairs_out_of_sight_are_not_read(view: PairsView, qtbot: QtBot, tmp_path: Path) -> None:
    paths = pictures(tmp_path, 40)
    view.show_pairs([pair(sample(path), sample(path)) for path in paths])
    qtbot.waitUntil(lambda: view.thumbnails.get(str(paths[0])) is not None, timeout=20_000)
    assert view.thumbnails.get(str(paths[-1])) is None
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.thumbnails.get(str(paths[-1])) is not None, timeout=20_000)


def test_a_picture_that_cannot_be_read_costs_its_half_only(view: PairsView, qtbot: QtBot, tmp_path: Path) -> None:
    good = pictures(tmp_path, 1)[0]
    view.show_pairs([pair(sample(good), sample(tmp_path / "gone.png"))])
    qtbot.waitUntil(lambda: view.thumbnails.get(str(tmp_path / "gone.png")) is not None, timeout=20_000)
    view.grab()
    assert view.thumbnails.get(str(tmp_path / "gone.png")).pixmap is None


def test_a_double_clicked_pair_is_asked_for(view: PairsView, qtbot: QtBot) -> None:
    view.show_pairs([pair(sample("a.png"), sample("b.png"))])
    with qtbot.waitSignal(view.opened) as told:
        view.activated.emit(view.model().index(0, 0))
    assert told.args == [["a.png", "b.png"]]


def test_a_pair_says_in_words_what_is_odd_about_it(view: PairsView) -> None:
    view.show_pairs([pair(sample("d/a.png"), sample("d/b.png", "test", "yes"), exact=False)])
    said = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "a.png; b.png; Nearly equal, correlation 0.981; On two sides: train and test; Labelled differently: no and yes"
    )


def test_samples_are_named_by_file_frame_split_label_and_patient() -> None:
    one = sample("v/a.avi", frame=12) | {"patient": "7", "label": None}
    assert name_of(one) == "a.avi frame 12"
    assert caption(one) == "train · unannotated · patient 7"


def test_every_pair_is_of_the_kinds_it_should_be() -> None:
    one = pair(sample("a"), sample("b", "test"), exact=False)
    assert [name for name, belongs in KINDS.items() if belongs(one)] == [
        "All pairs",
        "On two sides of the split",
        "Nearly equal",
    ]


def test_a_picture_that_arrives_when_the_list_is_gone_harms_nobody(qapp: QApplication) -> None:
    view = PairsView()
    thumbnails = view.thumbnails
    view.deleteLater()
    QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    thumbnails.arrived.emit("late.png")
