"""Absurd values are one sentence, odd names are printed, and a long search says how far it is."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from tfcore import cli
from tfcore.commands import _pictures
from tfcore.registry import catalogue

PICTURE = resources.path("demo") / "P0132.png"
ABSURD = ("-1", "nan", "inf", "-inf", "1e400", "1" + "0" * 20, "10^20", "many", "", "½", "9" * 5000)
OF = {
    "explain": (PICTURE, "--model", "demo", "--out", "{out}"),
    "uncertainty": (PICTURE, "--model", "demo", "--insert-dropout", "0.2"),
    "evaluate": (PICTURE.parent, "--model", "demo", "--out", "{out}"),
    "sanity": (PICTURE.parent, "--model", "demo", "--out", "{out}"),
    "train": (PICTURE.parent, "--out", "{out}"),
    "phantom": ("{out}",),
}
FLAGS = [
    *(("explain", flag) for flag in ("--dpi", "--opacity", "--threshold")),
    *(("uncertainty", flag) for flag in ("--passes", "--insert-dropout")),
    *(("evaluate", flag) for flag in ("--limit", "--seed")),
    *(("sanity", flag) for flag in ("--limit", "--samples", "--seed")),
    *(("train", flag) for flag in ("--epochs", "--folds")),
    ("phantom", "--size"),
    *(
        ("train", f"--{param.name.replace('_', '-')}")
        for param in catalogue("recipe")[0].params
        if param.type in ("int", "float") and not param.optional
    ),
]


def heatlens(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 0)


@pytest.mark.parametrize(("command", "flag"), FLAGS)
def test_an_absurd_number_is_one_sentence(
    command: str, flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(argument).format(out=tmp_path / "out") for argument in OF[command]]
    for value in ABSURD:
        assert heatlens(command, *arguments, f"{flag}={value}") == cli.WRONG, value
        said = capsys.readouterr()
        assert not said.out
        assert said.err.count("\n") == 1, value
        assert flag.strip("-").partition("-")[0] in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("seed", ["-1", "nan", "1" + "0" * 20, "10^20"])
@pytest.mark.parametrize("command", ["train", "uncertainty"])
def test_a_seed_is_a_whole_number_that_generators_take(
    command: str, seed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(argument).format(out=tmp_path / "out") for argument in OF[command]]
    assert heatlens(command, *arguments, "--seed", seed) == cli.WRONG
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "utf-16"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_odd_names_are_printed_in_any_encoding(
    encoding: str, more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (b"bad\xff.png", "ä😀.png".encode(), b"new\nline.png"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(PICTURE.read_bytes())
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2)]
    for name, stream in zip(("stdout", "stderr"), streams, strict=True):
        monkeypatch.setattr(sys, name, stream)
    assert heatlens("predict", tmp_path, tmp_path / "no\nsuch.png", "--model", "demo", *more) == cli.DONE
    printed, said = (stream.buffer.getvalue().decode(encoding) for stream in streams)  # type: ignore[attr-defined]
    assert len(said.splitlines()) == 2
    if more:
        found = [json.loads(line) for line in printed.splitlines()]
        names = {Path(one["path"]).name for one in found}
        assert names == {"bad\udcff.png", "ä😀.png", "new\nline.png", "no\nsuch.png"}


def test_a_long_search_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def slow(asked: object, masks: object, tell: object) -> Iterator[Path]:
        yield Path("/a/1.png")
        while "1 pictures found so far" not in told():
            time.sleep(0.01)
        raise KeyboardInterrupt

    text = ""

    def told() -> str:
        nonlocal text
        text += capsys.readouterr().err
        return text

    monkeypatch.setattr(_pictures, "_PATIENCE", 0.01)
    monkeypatch.setattr("tfcore.pictures.find", slow)
    assert heatlens("predict", "/a", "--model", "demo") == cli.CANCELLED


@pytest.mark.parametrize("kind", ["pipe", "folder", "deep", "missing"])
def test_what_is_no_record_is_refused_and_not_waited_for(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "record.json"
    if kind == "pipe":
        os.mkfifo(record)
    elif kind == "folder":
        record.mkdir()
    elif kind == "deep":
        record.write_text("[" * 200_000)
    asked = ("explain", tmp_path / "none.png", "--model", "demo", "--out", tmp_path / "out", "--like", record)
    assert heatlens(*asked) == cli.WRONG
    assert (
        f"--like {record} {'cannot be read' if kind == 'missing' else 'is not the record'}" in capsys.readouterr().err
    )
