from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from gui.panels.job_row import JobRow, duration
from gui.panels.jobs import JobsPanel
from tests.gui.hands import OnScreen, button, named, texts
from tfcore.engine.protocol import Dropped, Failed, Job, Log, Lost, Memory, Progress, Result, Started, Starting


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(on_screen: OnScreen, clock: Clock) -> JobsPanel:
    return on_screen(JobsPanel(clock=clock), 800, 120)


def explain(title: str = "grad-cam · P0132", priority: int = 0) -> Job:
    return Job("explain", {}, title=title, priority=priority)


def seen(panel: JobsPanel) -> list[JobRow]:
    return [row for row in panel.findChildren(JobRow) if row.isVisible()]


def history(panel: JobsPanel) -> list[str]:
    return [panel.history.item(row).text().split("  ", 1)[1] for row in range(panel.history.count())]


def running(panel: JobsPanel, clock: Clock, job: Job) -> JobRow:
    panel.submitted(job)
    panel.handle(Started(job))
    clock.now += 1
    panel.refresh()
    return next(row for row in seen(panel) if row.job.id == job.id)


def test_a_waiting_job_has_a_line_of_its_own(panel: JobsPanel, clock: Clock) -> None:
    panel.submitted(explain())
    clock.now += 1
    panel.refresh()
    assert [row.text() for row in seen(panel)] == ["waiting"]


def test_hundreds_of_quick_jobs_leave_one_line_and_no_rows(panel: JobsPanel, clock: Clock) -> None:
    for number in range(300):
        job = explain(f"grad-cam · P{number:04}")
        panel.submitted(job)
        panel.handle(Started(job))
        clock.now += 0.04
        panel.handle(Result(job, None, 0.038))
        panel.refresh()
        assert seen(panel) == []
    assert named(panel, "last finished job").text() == "grad-cam · P0299 ✓ 38 ms"
    assert panel.findChildren(JobRow) == []
    assert len(history(panel)) == 300


def test_a_finished_job_stays_for_a_while_and_is_kept_in_the_history(panel: JobsPanel, clock: Clock) -> None:
    job = explain()
    row = running(panel, clock, job)
    panel.handle(Result(job, None, 3.21))
    assert row.text() == "✓ 3.2 s"
    clock.now += 1
    panel.refresh()
    assert seen(panel) == [row]
    clock.now += 10
    panel.refresh()
    assert seen(panel) == []
    assert history(panel) == ["grad-cam · P0132 ✓ 3.2 s"]
    assert "Nothing is running." in texts(panel)


def test_progress_says_how_far_and_after_two_seconds_how_long(panel: JobsPanel, clock: Clock) -> None:
    job = explain()
    row = running(panel, clock, job)
    panel.handle(Progress(job, 100, 400, "masks"))
    assert (row.text(), row.remaining()) == ("masks · 100/400", "")
    clock.now += 3
    panel.handle(Progress(job, 200, 400))
    assert row.remaining() == "0:04"
    clock.now += 1
    panel.refresh()
    assert row.remaining() == "0:03"


def test_the_cross_asks_to_cancel_and_the_line_says_what_came_of_it(panel: JobsPanel, clock: Clock, qtbot) -> None:
    job = explain()
    row = running(panel, clock, job)
    with qtbot.waitSignal(panel.cancel_requested) as told:
        named(row, f"cancel {job.title}").click()
    assert told.args == [job.id]
    panel.handle(Progress(job, 1, 4))
    assert row.text() == "cancelling …"
    panel.handle(Dropped(job))
    assert row.text() == "cancelled"


def test_what_nobody_waits_for_any_more_leaves_without_a_word(panel: JobsPanel, clock: Clock) -> None:
    job = explain()
    panel.submitted(job)
    clock.now += 1
    panel.refresh()
    assert seen(panel)
    panel.handle(Dropped(job))
    assert seen(panel) == []
    assert history(panel) == []


def test_a_failure_stays_with_its_sentence_until_it_is_taken_away(panel: JobsPanel, clock: Clock) -> None:
    job = explain()
    panel.submitted(job)
    panel.handle(Failed(job, "P0132.png is truncated.", "engine.log"))
    clock.now += 1000
    panel.refresh()
    (row,) = seen(panel)
    assert row.text() == "P0132.png is truncated."
    button(row, "Copy details").click()
    assert QGuiApplication.clipboard().text() == "grad-cam · P0132\nP0132.png is truncated.\nLog: engine.log"
    assert history(panel) == ["grad-cam · P0132: P0132.png is truncated.  (log: engine.log)"]
    named(row, f"dismiss {job.title}").click()
    assert seen(panel) == []


def test_hundreds_of_failures_do_not_flood_the_panel(panel: JobsPanel) -> None:
    for _ in range(520):
        panel.handle(Failed(explain(), "It went wrong."))
    assert len(seen(panel)) == 20
    assert len(history(panel)) == 500


def test_work_ahead_of_need_is_only_counted(panel: JobsPanel, clock: Clock) -> None:
    jobs = [explain(priority=-1) for _ in range(3)]
    for job in jobs:
        panel.submitted(job)
    panel.handle(Started(jobs[0]))
    panel.handle(Progress(jobs[0], 1, 2))
    clock.now += 5
    panel.refresh()
    assert (seen(panel), named(panel, "engines").text()) == ([], "3 ahead")
    panel.handle(Result(jobs[0], None, 0.1))
    panel.handle(Dropped(jobs[1]))
    panel.handle(Failed(jobs[2], "P0009.png is empty."))
    assert (seen(panel), named(panel, "engines").text()) == ([], "")
    assert history(panel) == ["grad-cam · P0132: P0009.png is empty."]


def test_a_lost_engine_ends_what_was_waiting_for_it(panel: JobsPanel, clock: Clock) -> None:
    row = running(panel, clock, explain())
    panel.submitted(explain(priority=-1))
    panel.handle(Lost("The engine cannot be started."))
    assert row.failed
    assert row.text() == "The engine cannot be started."
    assert named(panel, "engines").text() == ""


def test_a_restart_and_the_engine_s_own_words_are_kept(panel: JobsPanel) -> None:
    panel.handle(Starting())
    panel.handle(Starting("it was killed (often: out of memory)"))
    panel.handle(Log("warning", "Half the memory is in use."))
    assert history(panel) == [
        "Half the memory is in use.",
        "The engine is started again: it was killed (often: out of memory).",
    ]


def test_the_memory_of_each_engine_is_stated_until_it_ends(panel: JobsPanel) -> None:
    (engines,) = [one for one in panel.findChildren(QLabel) if one.accessibleName() == "engines"]
    panel.handle(Memory("heatmaps", 612_000_000))
    panel.handle(Memory("training", 1_430_000_000))
    assert engines.text() == "memory: heatmaps 612 MB · training 1.4 GB"
    panel.handle(Memory("training", 0))
    assert engines.text() == "memory: heatmaps 612 MB"


def test_the_loss_of_the_heatmaps_engine_leaves_a_training_alone(panel: JobsPanel, clock: Clock) -> None:
    training = running(panel, clock, Job("train", {}, title="train mri-4class"))
    panel.handle(Lost("The engine cannot be started."))
    assert not training.failed
    assert training.isVisible()


def test_a_job_of_more_than_a_minute_is_not_lost_without_a_question(panel: JobsPanel, clock: Clock) -> None:
    job = Job("compare", {}, title="compare")
    running(panel, clock, job)
    assert panel.costly() == []
    clock.now += 60
    assert panel.costly() == [(job, 61)]


def test_the_history_can_be_copied(panel: JobsPanel) -> None:
    panel.history.add("one")
    panel.history.add("two")
    panel.history.copy()
    assert [line.split("  ")[1] for line in QGuiApplication.clipboard().text().splitlines()] == ["two", "one"]
    panel.history.item(0).setSelected(True)
    panel.history.copy()
    assert QGuiApplication.clipboard().text().endswith("two")


def test_nothing_ticks_while_nothing_runs(panel: JobsPanel, clock: Clock) -> None:
    panel.handle(Result(explain(), None, 0.01))
    assert panel.findChild(QTimer).isActive()
    clock.now += 10
    panel.refresh()
    assert not panel.findChild(QTimer).isActive()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.038, "38 ms"), (0.9999, "1.0 s"), (3.21, "3.2 s"), (59.99, "1:00 min"), (3725, "1:02:05 h")],
)
def test_times_read_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
