"""How sure the model is, asked in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.features.uncertainty.asking import Asking
from gui.features.uncertainty.feature import HowSure
from gui.features.uncertainty.panel import HEAT, SD, SHOWN, Settings
from gui.main_window import MainWindow
from gui.panels import Request, Task
from gui.state import Opened
from tests.gui.hands import Settled, bars, texts
from tests.tfcore.uncertainty import networks
from tfcore.engine.protocol import Dropped, Job, Result
from tfcore.results import Sureness


@pytest.fixture
def sure(window: MainWindow, demo: None) -> HowSure:
    """The feature, in a window that shows the demo."""
    found = next(feature for feature in window.features if isinstance(feature, HowSure))
    found.panel.passes.setValue(20)
    return found


def _asking(sure: HowSure) -> Asking:
    asking = sure.passes.asking()
    assert asking is not None
    return asking


def _answer(sure: HowSure, window: MainWindow) -> Sureness:
    path = window.explaining.path
    assert path is not None
    found = sure.passes.pictures.get(_asking(sure).of_picture(path))
    assert isinstance(found, Sureness)
    return found


def _task(window: MainWindow) -> Task:
    """The work of the window's own that has a line among the jobs."""
    found = window.jobs.findChild(Task)
    assert isinstance(found, Task)
    return found


def _pick(sure: HowSure, shown: str) -> None:
    sure.panel.shown.setCurrentText(shown)
    sure.panel.shown.activated.emit(list(SHOWN).index(shown))


def test_passes_give_the_bars_intervals_and_the_heading_its_spread(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    # Nothing is asked before the user asks.
    assert sure.passes.models.get(_asking(sure).of_model()) is None
    assert sure.panel.histogram.isHidden()
    assert all(bar.interval is None for bar in bars(window.prediction))
    sure.run()
    settled()
    found = _answer(sure, window)
    assert found.passes == 20
    by_name = {bar.name: bar for bar in bars(window.prediction)}
    assert found.intervals is not None
    assert by_name["glioma"].interval == tuple(found.intervals[0].tolist())
    assert by_name["glioma"].value == pytest.approx(found.mean[0])
    assert any("20 passes" in text for text in texts(window.prediction))
    assert f"{found.mean[0]:.2f} ± " in window.canvas.heading.title.whole()
    assert sure.panel.words() == found.words
    assert "20 passes · seed 0" in sure.panel.figures()
    assert int(sure.panel.histogram.counts.sum()) == 20
    assert sure.panel.histogram.mean == pytest.approx(float(found.mean[0]))
    sure.panel.show_sureness(found, 0, asked=500)
    assert "stopped after 20 of 500" in sure.panel.figures()
    # Other settings take all of it away.
    sure.panel.seed.setValue(1)
    settled()
    assert all(bar.interval is None for bar in bars(window.prediction))
    assert sure.panel.histogram.isHidden()
    assert "±" not in window.canvas.heading.title.whole()


def test_every_picture_looked_at_is_asked_when_that_is_ticked(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    sure.run()
    settled()
    sure.panel.every.setChecked(True)
    window.browser.select(window.browser.paths()[2])
    settled()
    assert _answer(sure, window).path == window.browser.paths()[2]
    assert "±" in window.canvas.heading.title.whole()


def test_the_spread_of_the_heatmap_lies_over_the_picture_and_the_heading_says_so(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    sure.run()
    settled()
    _pick(sure, SD)
    settled()
    plain, shown = window.explaining.heat, window.canvas.heat()
    assert plain is not None
    assert shown is not None
    assert not np.array_equal(shown.map, plain.map)
    assert float(shown.map.min()) >= 0
    assert window.canvas.heading.title.whole() == "P0132.png · sd of grad-cam over 20 passes"
    assert "rank correlation" in sure.panel.spread()
    _pick(sure, HEAT)
    assert window.canvas.heat() is plain
    assert "sd of" not in window.canvas.heading.title.whole()


def test_ranking_writes_the_spread_under_every_picture_and_sorts_by_it(
    sure: HowSure, window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    seen: list[object] = []
    window.engine.happened.connect(seen.append)
    sure.rank()
    settled()
    window.engine.happened.disconnect(seen.append)
    # It waits for everything else, and has one line among the jobs.
    jobs = [event.job for event in seen if isinstance(event, Result | Dropped) and event.job.kind == "uncertainty"]
    assert {Path(job.arguments["picture"]).name for job in jobs} >= {"P0132.png", "P0159.png"}
    assert all(job.priority < 0 for job in jobs)
    listing = window.browser.focusProxy().model().listing
    assert listing.order == "least sure"
    qtbot.waitUntil(lambda: all("±" in listing.note_of(listing.path(row)) for row in range(len(listing.rows))))

    def levels() -> list[float]:
        notes = listing.notes(len(listing))
        return [notes[listing.path(row)].level for row in range(len(listing.rows))]

    qtbot.waitUntil(lambda: levels() == sorted(levels(), reverse=True))
    assert len(listing.rows) == 12
    found = sure.passes.background.get(_asking(sure).of_picture(listing.path(0)))
    assert levels()[0] == pytest.approx(float(found.entropy))
    assert f"entropy {found.entropy:.2f}" in listing.note_of(listing.path(0))
    # The plain prediction of a picture that is looked at later does not take the place of the passes.
    window.browser.select(listing.path(5))
    settled()
    assert all("±" in listing.note_of(listing.path(row)) for row in range(len(listing.rows)))


def test_a_cancelled_ranking_keeps_what_it_has(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    sure.rank()
    sure.ranking.answered.connect(lambda *_: _task(window).cancelled.emit())
    settled()
    assert not sure.ranking.running
    listing = window.browser.focusProxy().model().listing
    noted = sum("±" in listing.note_of(listing.path(row)) for row in range(len(listing.rows)))
    assert 1 <= noted <= 3


def test_settings_changed_meanwhile_do_not_mix_a_ranking(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    sure.rank()
    sure.ranking.answered.connect(lambda *_: sure.panel.seed.setValue(3))
    settled()
    sure.panel.seed.setValue(0)
    ranked = [sure.passes.of(path) for path in window.browser.paths()]
    assert len(ranked) == 12
    assert {found.seed for found in ranked if found is not None} == {0}
    assert None not in ranked


def test_another_model_ends_a_ranking_and_takes_its_notes(
    sure: HowSure, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "plain.keras"
    networks.without_dropout().keras.save(file)
    sure.rank()
    sure.ranking.answered.connect(lambda *_: window.open_model(str(file)))
    settled()
    assert not sure.ranking.running
    listing = window.browser.focusProxy().model().listing
    assert not any("±" in listing.note_of(listing.path(row)) for row in range(len(listing.rows)))


def test_a_network_without_dropout_says_so_and_offers_to_put_some_in(
    sure: HowSure, window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "plain.keras"
    networks.without_dropout().keras.save(file)
    window.open_model(str(file))
    window.docks["How sure"].raise_()
    settled()
    assert any("no dropout layer" in text for text in texts(sure.panel))
    assert not sure.panel.ask.isEnabled()
    sure.rank()
    assert not sure.ranking.running
    sure.panel.insert.setChecked(True)
    assert sure.panel.settings() == Settings(20, 0, 0.2)
    sure.run()
    settled()
    assert _answer(sure, window).inserted
    assert "dropout 0.2 inserted" in sure.panel.figures()
    # What has no room is left out of the middle.
    assert "inserted" in window.canvas.heading.title.whole()
    assert any("20 passes, inserted" in text for text in texts(window.prediction))
    listing = window.browser.focusProxy().model().listing
    assert listing.note_of(str(window.explaining.path)).splitlines()[-1] == "inserted"


def test_any_method_has_a_spread(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    window.method.set_request(Request("score-cam", {"top_k": 4}, None, None))
    window.method.changed.emit()
    window.explaining.run()
    sure.panel.passes.setValue(3)
    sure.run()
    settled()
    _pick(sure, SD)
    settled()
    heat = window.canvas.heat()
    assert heat is not None
    assert heat.method == "sd of score-cam over 3 passes"
    assert heat.made["method"] == "score-cam"
    assert float(heat.map.max()) > 0
    assert "rank correlation" in sure.panel.spread()


def test_a_spread_cancelled_before_its_first_pass_is_not_asked_for_again(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    sure.run()
    settled()
    asked: list[Job] = []
    window.engine.submitted.connect(asked.append)
    _pick(sure, SD)
    window.engine.submitted.disconnect(asked.append)
    window.engine.happened.emit(Dropped(asked[-1]))
    assert sure.over_picture.spreads.idle
    assert sure.panel.shown.currentText() == HEAT
    assert window.canvas.heat() is window.explaining.heat


def test_passes_of_one_model_never_stand_beside_another(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    one = window.opening.info
    assert one is not None
    other = replace(one, card={**one.card, "sha256": "other"})
    sure.run()
    settled()
    window.opening.use(Opened(other))
    settled()
    window.opening.use(Opened(one))
    settled()
    assert all(bar.interval is not None for bar in bars(window.prediction))
    window.opening.use(Opened(other))
    assert window.explaining.heat is not None, "the heat of the other model is at hand"
    assert all(bar.interval is None for bar in bars(window.prediction))
    assert "±" not in window.canvas.heading.title.whole()
