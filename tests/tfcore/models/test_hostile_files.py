"""Every kind of spoilt model, in every form: one sentence, and nothing else happens."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz import model_changes, models
from tfcore.errors import HeatlensError

_CHANGING = ("os.remove", "os.rename", "os.mkdir", "os.link", "os.truncate", "os.chmod", "os.system", "os.exec",
             "os.posix_spawn", "subprocess.Popen", "socket.connect", "socket.bind", "socket.getaddrinfo")  # fmt: skip
_heard: list[str] = []
_listening: list[Path] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _listening:
        return
    if event == "os.remove" and isinstance(arguments[1], int) and arguments[1] > 0:
        return  # inside a temporary folder that is being cleared
    writes = event == "open" and isinstance(arguments[1], str) and not set(arguments[1]).isdisjoint("wax+")
    reads = event == "open" and str(arguments[0]).startswith(("/etc/", "/root/.ssh"))
    if writes or reads or event.startswith(_CHANGING):
        paths = [str(each) for each in arguments if isinstance(each, str | Path)]
        if not any(path.startswith((str(_listening[0]), "/dev/", "/proc/")) or "/heatlens-" in path for path in paths):
            _heard.append(f"{event} {paths}")


@pytest.fixture
def quietly(tmp_path: Path) -> Iterator[Path]:
    """A folder outside which nothing may happen."""
    if _hear not in _added:
        sys.addaudithook(_hear)  # for good, so that it listens only here
        _added.append(_hear)
    _heard.clear()
    (tmp_path / "marker").mkdir()
    yield tmp_path
    assert list((tmp_path / "marker").iterdir()) == []
    assert _heard == []


_added: list[Any] = []


def open_one(folder: Path, path: Path) -> None:
    _listening.append(folder)
    try:
        models._opened(path)
    except HeatlensError as error:
        said = str(error)
    else:
        said = "opened"
    finally:
        _listening.clear()
    assert "\n" not in said


FORMS = tuple(models._FORMS)


@pytest.mark.parametrize("others", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("turn", "kind"), list(enumerate(model_changes.CHANGES)))
def test_a_spoilt_configuration_is_one_sentence(quietly: Path, turn: int, kind: str, others: bool) -> None:
    # In every run each change in the form that most models come in, and some in others by turns.
    usual = {"archive", FORMS[turn % len(FORMS)]} if turn % 3 == 0 else {"archive"}
    for number, form in enumerate(FORMS):
        if (form in usual) == others:
            continue
        draw = random.Random(number)
        folder = quietly / form
        folder.mkdir()
        config, weights = models._made(draw, form)
        try:
            model_changes.CHANGES[kind](draw, config, quietly / "marker")
        except (IndexError, KeyError, TypeError, AttributeError, ValueError):
            continue  # no such place in this form
        open_one(folder, models._FORMS[form](draw, folder, (config, weights)))


@pytest.mark.parametrize("others", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("number", "kind"), list(enumerate(models._DAMAGES)))
def test_a_damaged_file_is_one_sentence(
    quietly: Path, number: int, kind: str, others: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_DAMAGES", {kind: models._DAMAGES[kind]})
    # Every third in another form, too.
    usual = {"archive", FORMS[number % len(FORMS)]} if number % 3 == 0 else {"archive"}
    for form in set(FORMS) - usual if others else usual:
        draw = random.Random(number)
        folder = quietly / form
        folder.mkdir()
        path = models._FORMS[form](draw, folder, models._made(draw, form))
        models._spoilt(draw, path)
        open_one(folder, path)
