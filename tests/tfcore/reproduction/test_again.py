"""A figure is made again to the byte; where something has changed since, that is what is said."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import resources
import tfcore
from tests.gui.features.segment.networks import by_brightness, by_contrast
from tests.shared import telling as some
from tests.tfcore.packed import telling
from tfcore import cli
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.evaluate.verdict import judged
from tfcore.explain.drawn import mask_of
from tfcore.explain.files import explain_files
from tfcore.figure import Display, export, unseen
from tfcore.figure.alike import difference
from tfcore.figure.masks import save_mask
from tfcore.figure.spreads import heat_of_pixels, heat_under_dropout
from tfcore.jobs import find as find_job
from tfcore.models.model import Model
from tfcore.pictures import read
from tfcore.pictures.many import Left
from tfcore.results import Mask, Sureness
from tfcore.training.predictions import draw_files
from tfcore.uncertainty.explanation import of_explanation
from tfcore.uncertainty.files import uncertain_files


def heats(model: Model, paths: list[Path], *methods: str, **how: Any) -> list[Any]:
    found = explain_files(model, paths, methods, **how)
    return [(heat, one.picture) for one in found if not isinstance(one, Left) for heat in one.heats]


def again(figure: Path, demo: Model, **where: Any) -> Any:
    return tfcore.reproduce(figure, figure.parent / "again", load=lambda _: demo, **where)


def test_the_command_makes_the_same_bytes_from_the_figure_or_its_record(
    tmp_path: Path, pictures: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Pictures passed together, two methods, figures of three kinds, and the arrays behind them."""
    asked = "--method", "grad-cam,layer-cam", "--format", "png,pdf,npz", "--dpi", "40"
    first, second = tmp_path / "first", tmp_path / "second"
    where = [str(path) for path in pictures[::2]]
    assert cli.main(["explain", *where, "--model", "demo", *asked, "--out", str(first)], lambda _: 0) == cli.DONE
    named = [str(first / "P0132.png"), str(first / "P0137.json")]
    assert cli.main(["reproduce", *named, "--out", str(second)], lambda _: 0) == cli.DONE
    assert capsys.readouterr().err.count("the same bytes as the first one") == 2
    for name in ("P0132.png", "P0132.pdf", "P0132.npz", "P0137.png"):
        assert (second / name).read_bytes() == (first / name).read_bytes(), name


def test_planes_of_a_volume_are_cut_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import nibabel

    voxels = np.random.default_rng(0).integers(0, 900, (20, 24, 5)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "scan.nii")
    first, second = tmp_path / "first", tmp_path / "second"
    # Not of all slices, so that it matters which.
    asked = "--method", "grad-cam", "--format", "planes,png", "--dpi", "60", "--model", "demo", "--out", str(first)
    assert cli.main(["explain", f"{tmp_path}/scan.nii#axial=1:4", *asked], lambda _: 0) == cli.DONE
    figures = [next(first.glob("*planes*.png")), next(first.glob("*axial2.png"))]
    assert cli.main(["reproduce", *map(str, figures), "--out", str(second)], lambda _: 0) == cli.DONE
    assert capsys.readouterr().err.count("the same bytes as the first one") == 2
    for figure in figures:
        assert (second / figure.name).read_bytes() == figure.read_bytes()


def test_a_film_strip_comes_out_of_one_pass_again(tmp_path: Path, pictures: list[Path], demo: Model) -> None:
    items = heats(demo, pictures[:1], "grad-cam", "lrp-epsilon", layers=["stage1", "stage3", "stage4"])
    figure = export(items, tmp_path / "strip.png", dpi=50, layout="strip")
    assert again(figure, demo).same


@pytest.mark.slow
def test_the_relevance_that_a_method_goes_by_comes_out_the_same(tmp_path: Path, pictures: list[Path]) -> None:
    """As the film strip of the window has it, in part."""
    models = OpenModels()
    context = Context(Job("", {}), lambda _: None, models, threading.Event())
    strip = find_job("layer_strip")(context, model="demo", picture=str(pictures[0]), method="relevance-cam")
    items = [(heat, read(pictures[0])) for heat in strip.heats[::2]]
    figure = export(items, tmp_path / "strip.png", dpi=50, layout="strip")
    found = tfcore.reproduce(figure, tmp_path / "again", load=lambda source: models.get(source, False))
    assert found.same, found.differences


def test_what_a_network_draws_is_drawn_again(tmp_path: Path, pictures: list[Path]) -> None:
    """All of its classes; that only some were ticked, another test claims."""
    model = tfcore.load_model(by_brightness(tmp_path))
    ((heat, picture),) = heats(model, pictures[:1], "saliency", target=2)
    batch, (box,) = model.prepare_with_boxes([picture])
    mask = mask_of(model, picture, model.predict(batch)[0], box)
    figure = export([(replace(heat, mask=mask), picture)], tmp_path / "figure.png", dpi=50)
    again(figure, model)
    assert (tmp_path / "again" / "figure.png").read_bytes() == figure.read_bytes()


def passes(model: Model, paths: list[Path]) -> list[Any]:
    (heat, picture), *_ = heats(model, paths[:1], "grad-cam")
    (sure,) = uncertain_files(model, paths[:1], passes=5, seed=3)
    return [(replace(heat, sureness=sure), picture)]


def two_and_their_difference(model: Model, paths: list[Path]) -> list[Any]:
    items = heats(model, paths[:1], "grad-cam", "layer-cam")
    return [*items, (difference(*(heat for heat, _ in items)).heat, items[0][1])]


def windowed(model: Model, paths: list[Path]) -> list[Any]:
    return [(heat, replace(picture, window=(30, 120))) for heat, picture in heats(model, paths, "xgrad-cam")]


def with_verdict(model: Model, paths: list[Path]) -> list[Any]:
    return [(judged(model, picture, heat), picture) for heat, picture in heats(model, paths[:1], "grad-cam")]


def under_dropout(model: Model, paths: list[Path]) -> list[Any]:
    ((heat, picture),) = heats(model, paths[:1], "grad-cam")
    batch = model.prepare([picture])
    spread = of_explanation(model, batch, "grad-cam", heat.layer, heat.target, passes=4, seed=2)[0]
    spread = replace(spread, box=heat.box)
    return [(heat_under_dropout(heat, spread, which, False), picture) for which in ("mean", "sd")]


def alone_and_out_of_a_pass(model: Model, paths: list[Path]) -> list[Any]:
    """Some of the maps that came out of one pass, and one of the same question that came alone."""
    (alone,) = heats(model, paths[:1], "grad-cam", layers=["stage4"])
    return [alone, *heats(model, paths[:1], "grad-cam", "layer-cam", layers=["stage1", "stage3", "stage4"])[1:4]]


KINDS = (passes, two_and_their_difference, alone_and_out_of_a_pass, windowed, with_verdict, under_dropout)


@pytest.mark.parametrize(
    "kind", some([passes, two_and_their_difference, alone_and_out_of_a_pass, under_dropout], KINDS)
)
def test_every_kind_of_row_comes_out_the_same(
    kind: Callable[..., list[Any]], tmp_path: Path, demo: Model, pictures: list[Path]
) -> None:
    display = Display(colours="magma", outline=1.0, normalise="manual", low=-0.1, high=0.4)
    figure = export(kind(demo, pictures), tmp_path / "figure.png", display, dpi=50, width_mm=120)
    found = again(figure, demo)
    assert found.same, found.differences


def test_what_a_network_draws_and_is_unsure_of_comes_out_the_same(tmp_path: Path) -> None:
    model = tfcore.load_model(by_contrast(tmp_path, dropout=0.2))
    path = Path(f"{resources.path('demo-brain')}#axial=15")
    ((heat, picture),) = heats(model, [path], "grad-cam")
    (mask,) = draw_files(model, [path])
    assert isinstance(mask, Mask)
    (sure,) = uncertain_files(model, [path], passes=3, seed=1)
    assert isinstance(sure, Sureness)
    unsure = heat_of_pixels(heat, sure, "entropy")
    assert unsure is not None
    # One of the classes was taken off.
    items = [(replace(heat, mask=mask.only([2])), picture), (replace(unsure, mask=mask), picture)]
    figure = export(items, tmp_path / "figure.png", dpi=50)
    # The numbers of the classes alone, as the window saves them.
    (tmp_path / "drawn").mkdir()
    alone = tmp_path / "drawn" / "mask.png"
    save_mask(mask.labels, alone)
    line = unseen.unmapped(path, mask.hashes["picture"], mask.model, mask.hashes["model"], alone.parent, mask)
    unseen.Records(unseen.CLASSES).keep([line], alone)
    for file in (figure, alone):
        found = tfcore.reproduce(file, tmp_path / "again", load=lambda _: model)
        assert found.same, found.differences


def test_what_has_changed_since_is_said(tmp_path: Path, demo: Model, pictures: list[Path]) -> None:
    figure = export(heats(demo, pictures[:1], "grad-cam"), tmp_path / "figure.png", dpi=50)
    record = json.loads(figure.with_suffix(".json").read_text())
    record["packages"]["numpy"] = "1.0"
    record["items"][0]["model"]["hashes"]["model"] = "0" * 64
    figure.with_suffix(".json").write_text(json.dumps(record))
    assert again(figure, demo).differences == ("demo holds other weights than then (its hash differs).",)
    Image.fromarray(255 - np.asarray(Image.open(pictures[0]))).save(pictures[0])
    record["items"][0]["classes"][0] = "class 0"
    figure.with_suffix(".json").write_text(json.dumps(record))
    found = tfcore.reproduce(figure, tmp_path / "other", load=lambda _: demo)
    assert found.same is False
    said = " ".join(found.differences)
    for part in (
        "P0132.png is another picture",
        "numpy 1.0 →",
        "probabilities differ by",
        "of the pixels differ",
        "then class 0",
    ):
        assert part in said


def test_pictures_that_moved_are_found_where_they_are_now(tmp_path: Path, demo: Model, pictures: list[Path]) -> None:
    figure = export(heats(demo, pictures[:1], "grad-cam"), tmp_path / "figure.png", dpi=50)
    pictures[0].parent.rename(tmp_path / "elsewhere")
    with pytest.raises(HeatlensError, match=r"P0132\.png"):
        again(figure, demo)
    assert again(figure, demo, pictures=tmp_path / "elsewhere").same


@pytest.mark.parametrize("suffix", some([".png", ".svg"], [".png", ".tiff", ".svg"]))
def test_a_figure_that_lost_its_record_carries_what_is_needed(
    suffix: str, tmp_path: Path, demo: Model, pictures: list[Path]
) -> None:
    """All but the places where the files lay."""
    items = heats(demo, pictures[:1], "grad-cam")
    figure = export(items, tmp_path / f"figure{suffix}", dpi=50)
    # Saved once more in another format, whose record lies beside it now.
    export(items, tmp_path / "figure.pdf", dpi=40)
    found = again(figure, demo)
    assert (found.files[0].name, found.same) == (figure.name, True)
    figure.with_suffix(".json").unlink()
    found = again(figure, demo, pictures=pictures[0].parent, overwrite=True)
    assert found.same, found.differences
    assert str(tmp_path).encode() not in figure.read_bytes()


@pytest.mark.parametrize("text", ["", "[]", '{"display": {}}', '{"display": {}, "items": [{}]}'])
def test_what_is_no_record_is_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "figure.json").write_text(text)
    with pytest.raises(HeatlensError, match=r"figure\.json (is not the record|tells of no figure)"):
        tfcore.reproduce(tmp_path / "figure.png", tmp_path / "out")


def test_names_in_a_record_lead_nowhere_else(tmp_path: Path, demo: Model, pictures: list[Path]) -> None:
    figure = export(heats(demo, pictures[:1], "grad-cam"), tmp_path / "figure.png", dpi=50)
    record = json.loads(figure.with_suffix(".json").read_text())
    record["figure"]["file"], record["figure"]["files"] = "../x.png", ["../x.png"]
    figure.with_suffix(".json").write_text(json.dumps(record))
    assert again(figure.with_suffix(".json"), demo).files == (tmp_path / "again" / "x.png",)


def test_what_is_no_figure_has_a_record_too(tmp_path: Path, demo: Model, pictures: list[Path]) -> None:
    """A volume of heat, heat and masks in DICOM, and the table of what the titles say."""
    import nibabel

    voxels = np.random.default_rng(0).integers(0, 900, (20, 24, 3)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "scan.nii")
    slices = heats(demo, [Path(f"{tmp_path}/scan.nii#axial={number}") for number in (1, 2)], "grad-cam")
    made = [
        unseen.write(unseen.VOLUME, slices, tmp_path / "out" / "heat.nii.gz"),
        unseen.write_told([[heat] for heat, _ in heats(demo, pictures, "grad-cam")], tmp_path / "out" / "said.csv"),
    ]
    for file in made:
        found = again(file, demo)
        assert found.same, found.differences
    assert telling(tmp_path / "out", str(tmp_path)) == []
    made[0].with_name("heat.json").unlink()
    found = again(made[0], demo, pictures=tmp_path)
    assert found.same, found.differences
    voxels[10:] = 0
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "scan.nii")
    with pytest.raises(HeatlensError, match="names its pictures without their folders"):
        again(made[0], demo)
    said = " ".join(again(made[0], demo, overwrite=True, pictures=tmp_path).differences)
    assert "is another picture than then" in said
    assert "of the values differ, by at most" in said


def test_a_card_that_prepares_pictures_otherwise_is_what_is_named(tmp_path: Path, pictures: list[Path]) -> None:
    for suffix in (".keras", ".json"):
        shutil.copy(resources.path(f"demo{suffix}"), tmp_path / f"m{suffix}")
    model = str(tmp_path / "m.keras")
    figure = export(heats(tfcore.load_model(model), pictures[:1], "grad-cam"), tmp_path / "figure.pdf", dpi=50)
    figure.with_suffix(".json").unlink()
    card = json.loads((tmp_path / "m.json").read_text())
    (tmp_path / "m.json").write_text(json.dumps(card | {"scaling": "none"}))
    found = tfcore.reproduce(figure, tmp_path / "again", model, pictures[0].parent)
    assert any("prepares pictures by scaling none" in said for said in found.differences), found.differences
