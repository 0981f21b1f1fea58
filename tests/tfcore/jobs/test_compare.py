"""The job behind a grid: every method at every layer of one picture, and what becomes of those that fail."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import resources
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Event, Job, Partial, Progress
from tfcore.errors import Cancelled, HeatlensError
from tfcore.jobs.compare import compare
from tfcore.jobs.explain import explain
from tfcore.results import Heat

PICTURE = str(resources.path("demo") / "P0132.png")


class Watched(Context):
    """A context whose events can be read, of a job that may be cancelled."""

    def __init__(self, models: OpenModels) -> None:
        self.events: list[Event] = []
        self.flag = threading.Event()
        super().__init__(Job("compare", {}), self.events.append, models, self.flag)

    def parts(self) -> list[Any]:
        return [event.value for event in self.events if isinstance(event, Partial)]


@pytest.fixture(scope="module")
def models() -> OpenModels:
    return OpenModels()


@pytest.fixture
def context(models: OpenModels) -> Watched:
    return Watched(models)


def test_heats_come_row_by_row_and_are_those_of_single_jobs(context: Watched) -> None:
    found = compare(context, "demo", PICTURE, ["layer-cam", "grad-cam"], ["stage3", "stage4"], target=2)
    assert list(found) == [
        ("layer-cam", "stage3"),
        ("layer-cam", "stage4"),
        ("grad-cam", "stage3"),
        ("grad-cam", "stage4"),
    ]
    alone = explain(context, "demo", PICTURE, "grad-cam", "stage3", target=2)
    heat = found["grad-cam", "stage3"]
    assert isinstance(heat, Heat)
    assert (heat.method, heat.layer, heat.target) == (alone.method, alone.layer, 2)
    np.testing.assert_allclose(heat.map, alone.map, atol=1e-5 * alone.map.max())


def test_all_stages_can_be_joined_into_one_map(context: Watched) -> None:
    found = compare(context, "demo", PICTURE, ["grad-cam"], ["aggregate"])
    heat = found["grad-cam", "aggregate"]
    assert isinstance(heat, Heat)
    assert heat.layer.count("+") == 3
    assert heat.map.max() == pytest.approx(1.0)


def test_a_method_at_input_resolution_appears_once(context: Watched) -> None:
    found = compare(context, "demo", PICTURE, ["saliency", "grad-cam"], ["stage3", "stage4"])
    assert list(found) == [("saliency", "stage3"), ("grad-cam", "stage3"), ("grad-cam", "stage4")]


def test_one_that_fails_says_why_and_the_others_go_on(context: Watched) -> None:
    found = compare(context, "demo", PICTURE, ["cam", "grad-cam"], ["stage2", "no such layer", "stage4"])
    assert isinstance(found["grad-cam", "stage2"], Heat)
    assert isinstance(found["grad-cam", "stage4"], Heat)
    why = found["grad-cam", "no such layer"]
    assert isinstance(why, str)
    assert "no such layer" in why
    refused = found["cam", "stage2"]
    assert isinstance(refused, str)
    assert "grad-cam" in refused
    assert isinstance(found["cam", "stage4"], Heat)


def test_a_fault_inside_one_method_is_a_sentence_in_its_place(
    context: Watched, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import tfcore.explain

    right = tfcore.explain.explain_many

    def broken(model: Any, batch: Any, methods: Any, *rest: Any) -> Any:
        if "saliency" in methods:
            raise ZeroDivisionError
        return right(model, batch, methods, *rest)

    monkeypatch.setattr(tfcore.explain, "explain_many", broken)
    found = compare(context, "demo", PICTURE, ["saliency", "grad-cam"], ["stage4"])
    assert isinstance(found["grad-cam", "stage4"], Heat)
    assert found["saliency", "stage4"] == (
        "saliency failed inside (ZeroDivisionError); the details are in the engine's log."
    )
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_groups_that_share_passes_arrive_ahead_of_the_end(context: Watched) -> None:
    found = compare(context, "demo", PICTURE, ["grad-cam", "eigen-cam", "saliency", "occlusion"], ["stage3", "stage4"])
    first, second = context.parts()
    assert set(first) == {place for place in found if place[0] != "occlusion"}
    assert set(second) == {("occlusion", "stage3")}
    progress = [(event.done, event.total) for event in context.events if isinstance(event, Progress)]
    assert {total for _, total in progress} == {len(found)}
    assert all(0 <= done <= total for done, total in progress)


def test_cancelling_ends_it_between_two_groups(context: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "partial", lambda _: context.flag.set())
    with pytest.raises(Cancelled):
        compare(context, "demo", PICTURE, ["grad-cam", "occlusion"], ["stage4"])


def test_a_picture_that_cannot_be_read_fails_the_whole(context: Watched, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    with pytest.raises(HeatlensError, match=r"broken\.png"):
        compare(context, "demo", str(broken), ["grad-cam"])
