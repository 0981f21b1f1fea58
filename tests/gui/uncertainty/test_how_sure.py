"""How sure the model is, asked in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.uncertainty import HowSure
from gui.uncertainty.panel import HEAT, SD, SHOWN, Settings
from tfcore.engine.protocol import DropoutLayers, Dropped, Job, Result, Sureness

Settled = Callable[[], None]


@pytest.fixture
def sure(window: MainWindow, settled: Settled) -> HowSure:
    """The feature, in a window that shows the demo."""
    window.open_demo()
    settled()
    found = next(feature for feature in window.features if isinstance(feature, HowSure))
    found.panel.passes.setValue(20)
    return found


def _answer(sure: HowSure, window: MainWindow) -> Sureness:
    path = window.explaining.path
    assert path is not None
    found = sure.answers.get(sure._question(path))
    assert isinstance(found, Sureness)
    return found


def _pick(sure: HowSure, shown: str) -> None:
    sure.panel.shown.setCurrentText(shown)
    sure.panel.shown.activated.emit(list(SHOWN).index(shown))


def test_nothing_is_asked_before_the_user_asks(sure: HowSure, window: MainWindow) -> None:
    assert sure.layers.get(sure._model_key()) is None
    assert sure.panel.histogram.isHidden()
    assert all(bar.interval is None for bar in window.prediction._bars.bars())


def test_passes_give_the_bars_intervals_and_the_heading_its_spread(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    sure.run()
    settled()
    found = _answer(sure, window)
    assert found.passes == 20
    bars = {bar.name: bar for bar in window.prediction._bars.bars()}
    assert found.intervals is not None
    assert bars["glioma"].interval == tuple(found.intervals[0].tolist())
    assert bars["glioma"].value == pytest.approx(found.mean[0])
    assert "20 passes" in window.prediction._legend.text()
    assert f"{found.mean[0]:.2f} ± " in window.canvas.heading.title.whole()
    assert sure.panel.words() == found.words
    assert "20 passes · seed 0" in sure.panel.figures()
    assert int(sure.panel.histogram.counts.sum()) == 20
    assert sure.panel.histogram.mean == pytest.approx(float(found.mean[0]))


def test_other_settings_take_the_old_intervals_off_the_bars(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    sure.run()
    settled()
    sure.panel.seed.setValue(1)
    settled()
    assert all(bar.interval is None for bar in window.prediction._bars.bars())
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
    plain, shown = window.explaining.heat, window.canvas._heat
    assert plain is not None
    assert shown is not None
    assert not np.array_equal(shown.map, plain.map)
    assert float(shown.map.min()) >= 0
    assert window.canvas.heading.title.whole() == "P0132.png · sd of grad-cam over 20 passes"
    assert "rank correlation" in sure.panel.spread()
    _pick(sure, HEAT)
    assert window.canvas._heat is plain
    assert "sd of" not in window.canvas.heading.title.whole()


def test_ranking_writes_the_spread_under_every_picture_and_sorts_by_it(
    sure: HowSure, window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    sure.rank()
    settled()
    listing = window.browser._files.listing
    assert listing.order == "least sure"
    qtbot.waitUntil(lambda: all("±" in listing.note(row) for row in range(len(listing.rows))))

    def levels() -> list[float]:
        return [listing._levels[number] for number in listing.rows]

    qtbot.waitUntil(lambda: levels() == sorted(levels()))
    assert len(listing.rows) == 12
    # The plain prediction of a picture that is looked at later does not take the place of the passes.
    window.browser.select(listing.path(5))
    settled()
    assert all("±" in listing.note(row) for row in range(len(listing.rows)))


def test_a_cancelled_ranking_keeps_what_it_has(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    sure.rank()
    sure.ranking.ranked.connect(lambda *_: window.jobs.cancel_requested.emit(sure.ranking._line.id))  # type: ignore[union-attr]
    settled()
    assert not sure.ranking.running
    listing = window.browser._files.listing
    noted = sum("±" in listing.note(row) for row in range(len(listing.rows)))
    assert 1 <= noted <= 3


def test_a_network_without_dropout_says_so_and_offers_to_put_some_in(
    sure: HowSure, window: MainWindow, settled: Settled
) -> None:
    window.docks["How sure"].raise_()
    settled()
    sure.layers._known[sure._model_key()] = DropoutLayers((), ())
    sure.panel.set_layers(DropoutLayers((), ()))
    sure._refresh()
    assert "no dropout layer" in sure.panel._missing.text()
    assert sure.panel._missing.isVisibleTo(sure.panel)
    assert not sure.panel.ask.isEnabled()
    sure.rank()
    assert not sure.ranking.running
    sure.panel.insert.setChecked(True)
    assert sure.panel.settings() == Settings(20, 0, 0.2)
    sure.run()
    settled()
    assert _answer(sure, window).inserted
    assert "dropout 0.2 inserted" in sure.panel.figures()
    assert "inserted" in window.canvas.heading.title.whole()
    assert "inserted" in window.prediction._legend.text()


def test_a_stopped_run_shows_the_passes_it_did(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    sure.run()
    settled()
    found = _answer(sure, window)
    sure.panel.show_sureness(found, 0, asked=500)
    assert "stopped after 20 of 500" in sure.panel.figures()


def test_methods_without_a_spread_keep_the_plain_heat(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    sure.run()
    settled()
    _pick(sure, SD)
    settled()
    method = window.method
    method._method.setCurrentIndex(method._method.findData("score-cam"))
    window.explaining.run()
    settled()
    if window.explaining.heat is not None and window.explaining.heat.method == "score-cam":
        assert window.canvas._heat is window.explaining.heat
        assert sure.panel.spread() == "not computed for score-cam"


def test_the_line_of_a_ranking_is_the_panels_own(sure: HowSure, window: MainWindow, settled: Settled) -> None:
    seen: list[object] = []
    window.engine.happened.connect(seen.append)
    sure.rank()
    settled()
    window.engine.happened.disconnect(seen.append)
    jobs = [event.job for event in seen if isinstance(event, Result | Dropped)]
    assert {Path(str(job.image)).name for job in jobs if job.kind == "uncertainty"} >= {"P0132.png", "P0159.png"}
    assert all(isinstance(job, Job) and job.priority < 0 for job in jobs if job.kind == "uncertainty")
