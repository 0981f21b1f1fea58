"""Commands over many pictures give the same bytes with workers and without, and go on where they were ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

import resources
from tfcore import cli
from tfcore.data.phantom import write
from tfcore.data.phantom.brain import write_brains

PICTURES = sorted(resources.path("demo").glob("*.png"))[:2]


def heatlens(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 0)


def made(out: Path) -> dict[str, bytes]:
    """Everything but the parts, and the record of the command, which was another."""
    files = [out] if out.is_file() else [file for file in out.rglob("*") if file.is_file()]
    kept = (file for file in files if "parts" not in file.parts and not file.name.endswith(".recipe.json"))
    return {str(file.relative_to(out)): file.read_bytes() for file in kept}


def test_what_is_finished_is_not_explained_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("no picture")
    asked = ("explain", *PICTURES, broken, "--model", "demo", "--format", "npz", "--out")
    assert heatlens(*asked, tmp_path / "plain") == cli.DONE
    plain = capsys.readouterr()
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0) == cli.DONE
    said = capsys.readouterr()
    assert made(tmp_path / "kept") == made(tmp_path / "plain")
    assert said.err == plain.err
    assert said.out.replace("kept", "plain") == plain.out
    assert heatlens("cohort", "status", tmp_path / "kept") == cli.DONE
    assert "finished; 1 of 1 part done, 3 of 3 pictures" in capsys.readouterr().out

    # The same command once more computes nothing, and says the same.
    times = {file: file.stat().st_mtime_ns for file in (tmp_path / "kept").glob("*.npz")}
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0) == cli.DONE
    assert capsys.readouterr() == said
    assert times == {file: file.stat().st_mtime_ns for file in times}

    # What there is to do is said before it begins, and who comes later finds out how it was asked for.
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0, "--plan") == cli.DONE
    assert capsys.readouterr().out.startswith("3 pictures in 1 part, 1 of them done; about 0:00 by this process")
    assert heatlens(*asked, tmp_path / "other", "--workers", 0, "--plan", "--json") == cli.DONE
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line).items() >= {"pictures": 3, "parts": 1, "done": 0}.items()
    assert not made(tmp_path / "other")
    assert heatlens("cohort", "status", tmp_path / "kept", "--json") == cli.DONE
    status = json.loads(capsys.readouterr().out)
    assert status["line"][:3] == [str(each) for each in asked[:3]]
    assert heatlens(*asked, tmp_path / "kept", "--plan") == cli.WRONG
    assert "--workers or --cluster" in capsys.readouterr().err


def test_what_workers_measured_is_not_measured_again(tmp_path: Path) -> None:
    data = write(tmp_path / "data", n=20, size=64).parent
    asked = ("evaluate", data, "--model", "demo", "--metrics", "complexity", "--out")
    assert heatlens(*asked, tmp_path / "plain") == cli.DONE
    assert heatlens(*asked, tmp_path / "kept", "--workers", 0) == cli.DONE
    # The numbers lie in parts that are named by what they come from.
    plain, kept = ({file.name for file in (tmp_path / out / "parts").rglob("*.npz")} for out in ("plain", "kept"))
    assert plain == kept
    assert plain


def test_slices_of_a_volume_that_is_cut_into_parts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tfcore.cohort.plan._PICTURES", 8)
    brains = tmp_path / "brains"
    write_brains(brains, n=5, size=32)
    for name, many in (("plain", ()), ("kept", ("--workers", 0))):
        (tmp_path / name).mkdir()
        assert heatlens("audit", brains, *many, "--out", tmp_path / name / "out") == cli.DONE
    assert made(tmp_path / "kept" / "out") == made(tmp_path / "plain" / "out")
    capsys.readouterr()
    assert heatlens("cohort", "status", tmp_path / "kept" / "out") == cli.DONE
    assert "finished; 10 of 10 parts done, 78 of 78" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "word"),
    [
        (("--workers", 2), "say where with --out"),
        (("--workers", 2, "--ship", "--out", "x.csv"), "--ship takes pictures to the workers of a --cluster"),
        (("--workers", -1, "--out", "x.csv"), "--workers -1 is no number of processes"),
        (("--workers", 2, "--cpus-per-worker", 0, "--out", "x.csv"), "--cpus-per-worker 0"),
    ],
)
def test_a_request_without_sense_is_one_sentence(
    flags: tuple[object, ...],
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert heatlens("predict", *PICTURES, "--model", "demo", *flags) == cli.WRONG
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_shipped_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("train", PICTURES[0].parent, "--folds", 2, "--cluster", "auto", "--ship", "--out", tmp_path / "out")
    assert heatlens(*asked) == cli.WRONG
    said = capsys.readouterr().err.splitlines()[-1]
    assert "written into its folder" in said
    assert "without --ship" in said


# All that take --workers and --cluster but a training.
every_command = pytest.mark.parametrize(
    "asked",
    [
        ("predict", "--labels", "folders"),
        ("explain", "--format", "npz", "--method", "grad-cam,integrated-gradients", "--layer", "stage3,stage4"),
        ("uncertainty", "--passes", 10, "--insert-dropout", 0.2),
        ("evaluate", "--metrics", "iou,deletion,aopc"),
        ("sanity", "--samples", 1),
        ("triage",),
        ("audit",),
        ("dissect", "--layers", "stage4", "--limit", 70),
    ],
    ids=lambda asked: str(asked[0]),
)


def write_the_same(asked: tuple[object, ...], ways: Iterable[tuple[object, ...]], folder: Path) -> None:
    """Whoever computes writes the files that one process does."""
    data = write(folder / "data", n=24 if asked[0] in ("evaluate", "sanity") else 80, size=64).parent
    (data / "glioma" / "zz.png").write_text("no picture")
    command, *flags = asked
    model = () if command == "audit" else ("--model", "demo")
    name = "out.csv" if command == "predict" else "out"
    # Without workers a dissection has all activations at hand, and needs no histograms.
    alone = ("--workers", 0) if command == "dissect" else ()
    plain: dict[str, bytes] = {}
    for number, many in enumerate([alone, *ways]):
        (folder / str(number)).mkdir()
        # Named alike, since tables say where they lie.
        out = folder / str(number) / name
        assert heatlens(command, data, *model, *flags, *many, "--out", out) == cli.DONE
        plain = plain or made(out)
        assert plain
        assert made(out) == plain


@pytest.mark.slow
@pytest.mark.timeout(900)
@every_command
def test_the_same_bytes_by_one_two_and_three_workers(asked: tuple[object, ...], tmp_path: Path) -> None:
    write_the_same(asked, [("--workers", workers) for workers in (1, 2, 3)], tmp_path)
