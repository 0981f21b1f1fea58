"""The engine remembers what it made ready: the second question about a picture opens no file."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import resources
from tfcore import jobs
from tfcore.engine import context
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.pictures import many


@pytest.fixture(scope="module")
def models() -> OpenModels:
    return OpenModels()


@pytest.fixture
def asking(models: OpenModels) -> Context:
    models.pictures = context.KeptPictures()
    return Context(Job("explain", {}), lambda _: None, models, threading.Event())


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every file that is read."""
    names: list[str] = []
    really = many.read
    monkeypatch.setattr(many, "read", lambda path: names.append(Path(path).name) or really(path))
    return names


def settled(path: Path, seconds: int = 100) -> None:
    """As if written a while ago."""
    os.utime(path, (1_000_000_000 + seconds,) * 2)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    shutil.copy(resources.path("demo") / "P0132.png", path)
    settled(path)
    return path


def test_the_second_question_reads_no_file_and_gets_the_same_answer(
    asking: Context, picture: Path, read: list[str]
) -> None:
    first = jobs.find("explain")(asking, "demo", str(picture), "grad-cam")
    again = jobs.find("explain")(asking, "demo", str(picture), "hires-cam")
    assert read == ["scan.png"]
    assert np.array_equal(first.probabilities, again.probabilities)
    assert first.hashes == again.hashes


def test_a_changed_file_is_read_anew(asking: Context, picture: Path, read: list[str]) -> None:
    before = asking.ready("demo", str(picture))
    Image.new("L", (50, 40), 90).save(picture)
    settled(picture, 200)
    after = asking.ready("demo", str(picture))
    assert len(read) == 2
    assert before.picture.sha256 != after.picture.sha256
    assert after.picture.width == 50


def test_a_file_that_may_change_without_a_trace_is_not_remembered(
    asking: Context, picture: Path, read: list[str]
) -> None:
    picture.touch()
    asking.ready("demo", str(picture))
    asking.ready("demo", str(picture))
    assert len(read) == 2


def test_another_card_prepares_anew(asking: Context, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = asking.models.get("demo")
    before = asking.ready("demo", str(picture)).batch
    monkeypatch.setattr(model, "card", model.card.with_(scaling="none"))
    assert not np.array_equal(asking.ready("demo", str(picture)).batch, before)


def test_a_file_that_has_gone_is_named_although_it_was_seen_before(asking: Context, picture: Path) -> None:
    asking.ready("demo", str(picture))
    picture.unlink()
    with pytest.raises(Exception, match=r"scan\.png does not exist"):
        asking.ready("demo", str(picture))


def test_memory_is_bounded_and_the_oldest_makes_room(
    asking: Context, picture: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = asking.models.pictures.get(asking.models.get("demo"), str(picture)).size
    monkeypatch.setattr(context, "MOST_BYTES", 2 * one)
    for name in ("a.png", "b.png", "scan.png", "a.png", "b.png", "scan.png"):
        path = picture.with_name(name)
        if not path.exists():
            shutil.copy2(picture, path)
        asking.ready("demo", str(path))
    assert read == ["scan.png", "a.png", "b.png", "scan.png", "a.png", "b.png", "scan.png"]
    asking.ready("demo", str(picture))
    assert len(read) == 7
