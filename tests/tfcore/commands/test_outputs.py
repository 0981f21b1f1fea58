"""What commands write goes below the folder that was named, and never in the place of a user's file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import resources
from tfcore import cli
from tfcore.data.phantom import write
from tfcore.marks import is_own

PICTURE = (resources.path("demo") / "P0132.png").read_bytes()
QUICK = ("--model", "demo", "--dpi", "30")


def heatlens(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 0)


def save(path: Path, content: bytes = PICTURE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("phantoms") / "four", n=4, size=32).parent


def as_jpeg(path: Path) -> Path:
    Image.fromarray(np.tile(np.arange(64, dtype=np.uint8) * 4, (64, 1))).save(path)
    return path


def test_masks_beside_their_pictures_are_predicted_only_where_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path / "P1.png")
    mask = save(tmp_path / "P1_mask.png")
    assert heatlens("predict", tmp_path, "--model", "demo") == cli.DONE
    said = capsys.readouterr()
    assert "1 file left out as masks of pictures, as P1_mask.png" in said.err
    assert len(said.out.splitlines()) == 2
    assert heatlens("predict", mask, "--model", "demo") == cli.DONE
    assert "P1_mask.png" in capsys.readouterr().out


def test_pictures_that_have_no_planes_are_named_before_anything_is_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = save(tmp_path / "P1.png")
    heatlens("explain", picture, "--model", tmp_path / "none.keras", "--format", "planes", "--out", tmp_path / "out")
    assert f"{picture} is no slice of a plane; for --format planes write #axial=*" in capsys.readouterr().err


# --- files of somebody else's ---


def test_explaining_into_the_folder_of_the_pictures_replaces_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = save(tmp_path / "P1.png")
    jpeg = as_jpeg(tmp_path / "P1.jpg")
    other = save(tmp_path / "P2.jpeg")
    assert heatlens("explain", jpeg, other, *QUICK, "--out", tmp_path) == cli.DONE
    assert theirs.read_bytes() == PICTURE
    said = capsys.readouterr()
    assert f"{theirs} exists and was not written by Heatlens" in said.err
    assert "1 explained, 1 left out" in said.err
    assert said.out.split() == [str(tmp_path / "P2.png")]


def test_figures_of_an_earlier_run_are_replaced_and_are_no_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_jpeg(tmp_path / "P1.jpg")
    for _ in range(2):
        assert heatlens("explain", tmp_path, *QUICK, "--out", tmp_path) == cli.DONE
        assert names(tmp_path) == ["P1.jpg", "P1.json", "P1.png"]
    assert "1 figures of earlier runs are passed over" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "formats"), [("json", "png"), ("npz", "npz"), ("pdf", "png,pdf")])
def test_no_file_beside_is_replaced_and_overwrite_replaces_it(ending: str, formats: str, tmp_path: Path) -> None:
    picture, theirs = save(tmp_path / "in/P1.png"), save(tmp_path / f"out/P1.{ending}", b"theirs")
    asked = ("explain", picture, *QUICK, "--out", tmp_path / "out", "--format", formats)
    assert heatlens(*asked) == cli.WRONG
    assert names(tmp_path / "out") == [f"P1.{ending}"]
    assert theirs.read_bytes() == b"theirs"
    assert heatlens(*asked, "--overwrite") == cli.DONE
    assert theirs.read_bytes() != b"theirs"


def test_a_folder_in_the_way_and_a_long_name_cost_one_picture_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "b.png", "x" * 251 + ".png"):
        save(tmp_path / "in" / name)
    (tmp_path / "out/a.npz").mkdir(parents=True)
    asked = ("explain", tmp_path / "in", *QUICK, "--out", tmp_path / "out", "--format", "npz,png", "--json")
    assert heatlens(*asked) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["explained"], found["left_out"]) == (1, 2)
    said = " ".join(one.get("error", "") for one in found["pictures"])
    assert "a folder of that name is in the way" in said
    assert "too long" in said


@pytest.mark.parametrize("name", ["labels.csv", "P2.png"])
def test_a_table_never_replaces_what_a_shell_has_put_behind_out(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture, theirs = save(tmp_path / "P1.png"), save(tmp_path / name, b"path,label\n")
    for more in ((), ("--json",)):
        assert heatlens("predict", picture, "--model", "demo", "--out", theirs, *more) == cli.WRONG
        assert capsys.readouterr().err.count("\n") == 1
        assert theirs.read_bytes() == b"path,label\n"


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_own_table_is_made_anew(more: tuple[str, ...], tmp_path: Path) -> None:
    picture, out = save(tmp_path / "P1.png"), tmp_path / "out" / "table"
    for count in (2, 1):
        assert heatlens("predict", *[picture] * count, "--model", "demo", "--out", out, *more) == cli.DONE
    assert len(out.read_text().splitlines()) == (1 if more else 2)


@pytest.mark.parametrize(
    ("command", "theirs"),
    [
        (("evaluate", "--model", "demo"), "results.csv"),
        (("evaluate", "--model", "demo"), "summary.csv"),
        (("evaluate", "--model", "demo"), "evaluation.json"),
        (("audit",), "audit.json"),
        (("audit",), "copies.png"),
        (("uncertainty", "--model", "demo", "--insert-dropout", "0.2"), "uncertainty.csv"),
        (("uncertainty", "--model", "demo", "--insert-dropout", "0.2"), "coverage.csv"),
        (("uncertainty", "--model", "demo", "--insert-dropout", "0.2"), "coverage.png"),
    ],
)
def test_tables_and_sheets_are_refused_before_any_work(
    command: tuple[str, ...],
    theirs: str,
    phantoms: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def worked(*_: object, **__: object) -> None:
        raise AssertionError("nothing is to be computed")

    for work in ("evaluate.run.explain_many", "uncertainty.files.uncertainty"):
        monkeypatch.setattr(f"tfcore.{work}", worked)
    monkeypatch.setattr("tfcore.data.audit", worked)
    file = save(tmp_path / theirs, b"a,b\n1,2\n")
    name, *flags = command
    assert heatlens(name, phantoms, *flags, "--out", tmp_path) == cli.WRONG
    assert theirs in capsys.readouterr().err
    assert file.read_bytes() == b"a,b\n1,2\n"
    assert names(tmp_path) == [theirs]


def test_a_folder_with_settings_of_another_program_is_no_run(
    phantoms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path / "settings.json", b'{"theme": "dark"}')
    assert heatlens("train", phantoms, "--arch", "cnn-2", "--out", tmp_path) == cli.WRONG
    assert "holds no run" in capsys.readouterr().err
    assert (tmp_path / "settings.json").read_bytes() == b'{"theme": "dark"}'


@pytest.mark.parametrize("theirs", [b'{"shapes": []}', b'["theirs"]', b"theirs"])
def test_a_card_replaces_nothing_but_cards(theirs: bytes, tmp_path: Path) -> None:
    from tfcore.errors import HeatlensError
    from tfcore.models.card import Card

    beside = save(tmp_path / "model.json", theirs)
    with pytest.raises(HeatlensError, match="something else than a model card"):
        Card.guess((32, 32, 3), 2).save(tmp_path / "model.keras")
    assert beside.read_bytes() == theirs


def test_a_screenshot_replaces_no_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import main

    theirs = save(tmp_path / "scan.png")
    assert main.main(["--screenshot", str(theirs)]) == cli.WRONG
    assert "was not written by Heatlens" in capsys.readouterr().err
    assert theirs.read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("command", "read"),
    [
        (("predict", "--model", "demo", "--out", "{read}"), "scan"),
        (("uncertainty", "--model", "demo", "--insert-dropout", "0.2", "--out", "{folder}"), "coverage.png"),
        (("explain", "--model", "demo", "--out", "{folder}"), "scan.png"),
        (("evaluate", "--model", "demo", "--out", "{folder}"), "results.csv"),
        (("audit", "--out", "{folder}"), "copies.png"),
    ],
)
def test_what_is_read_is_not_replaced_even_if_asked_for(
    command: tuple[str, ...], read: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = PICTURE if not read.endswith(".csv") else b"path,label\nresults.csv,a\n"
    file = save(tmp_path / read, content)
    name, *flags = (word.format(read=file, folder=tmp_path) for word in command)
    source = tmp_path if name == "audit" else file
    assert heatlens(name, source, *flags, "--overwrite") == cli.WRONG
    assert "is one of the files that are read" in capsys.readouterr().err
    assert file.read_bytes() == content


# --- names ---


def test_results_never_leave_their_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in/sub/a.png")
    save(tmp_path / "in/t.png")
    ways = (tmp_path / "in/sub", tmp_path / "in/sub/../t.png", tmp_path / "in/sub/..")
    assert heatlens("explain", *ways, *QUICK, "--out", tmp_path / "o/p", "--format", "npz") == cli.DONE
    assert {path.parts[0] for path in map(Path, names(tmp_path))} == {"in", "o"}
    assert names(tmp_path / "o") == ["p/a.npz", "p/explain.recipe.json", "p/sub/a.npz", "p/t.npz"]


def test_a_link_out_of_the_results_is_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in/sub/a.png")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/sub").symlink_to(tmp_path / "elsewhere")
    assert heatlens("explain", tmp_path / "in", *QUICK, "--out", tmp_path / "out", "--format", "npz") == cli.WRONG
    assert "a link leads" in capsys.readouterr().err
    assert not names(tmp_path / "elsewhere")


def test_pictures_that_would_share_a_name_get_a_number(tmp_path: Path) -> None:
    for name in ("P1.png", "P1.bmp", "p1.png", "P1-2.png", "ä.png", "a\u0308.png", "..png"):
        save(tmp_path / "in" / name)
    pictures = sorted((tmp_path / "in").iterdir())
    assert heatlens("explain", *pictures, *QUICK, "--out", tmp_path / "out", "--format", "npz") == cli.DONE
    written = [name for name in names(tmp_path / "out") if name.endswith(".npz")]
    assert len({name.casefold() for name in written}) == len(pictures)


def test_several_formats_have_one_record_that_names_all(tmp_path: Path) -> None:
    picture = save(tmp_path / "in/P1.png")
    asked = ("--out", tmp_path / "out", "--format", "npz,png,pdf,svg,tiff")
    assert heatlens("explain", picture, *QUICK, *asked) == cli.DONE
    record = json.loads((tmp_path / "out/P1.json").read_text())
    assert sorted(record["figure"]["files"]) == ["P1.npz", "P1.pdf", "P1.png", "P1.svg", "P1.tiff"]
    assert all(is_own(tmp_path / "out" / name) for name in names(tmp_path / "out"))


# --- how heat is drawn ---


def test_flags_say_how_heat_is_drawn_and_a_record_says_it_again(tmp_path: Path) -> None:
    picture = save(tmp_path / "P1.png")
    look = ("--blend", "wash", "--percent", "2", "--interpolation", "pixels", "--outline", "1.5")
    assert heatlens("explain", picture, *QUICK, *look, "--out", tmp_path / "one") == cli.DONE
    record = tmp_path / "one" / "P1.json"
    drawn = json.loads(record.read_text(encoding="utf-8"))["display"]
    assert (drawn["blend"], drawn["normalise"], drawn["percent"], drawn["outline"]) == ("wash", "percentiles", 2, 1.5)
    assert heatlens("explain", picture, *QUICK, "--like", record, "--out", tmp_path / "two") == cli.DONE
    assert (tmp_path / "two" / "P1.png").read_bytes() == (tmp_path / "one" / "P1.png").read_bytes()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--low", "2", "--high", "1"), "low = 2 is not below high = 1"),
        (("--low", "2", "--scale", "shared"), "--low is of use with --scale manual only"),
        (("--like", "nothing.json"), "--like nothing.json cannot be read"),
        (("--like", __file__), "is not the record of a figure"),
    ],
)
def test_a_look_that_means_nothing_is_one_sentence(
    flags: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert heatlens("explain", save(tmp_path / "P1.png"), *QUICK, *flags, "--out", tmp_path / "out") == cli.WRONG
    assert said in capsys.readouterr().err
