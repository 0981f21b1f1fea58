"""A method, a metric with a curve, an architecture and a recipe are one file each: everything else follows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import tfcore
from gui.features.train.request_form import RequestForm
from gui.panels.form import ParamForm
from gui.panels.method import MethodPanel, Request
from tests.gui.panels.samples import INFO
from tfcore import cli, registry
from tfcore.data.phantom import write
from tfcore.registry import Kind, catalogue, find
from tfcore.training.report import files

FILES = {
    "gain_cam.py": """
from tfcore.explain.cam import gradient_cam
from tfcore.lazy import tf
from tfcore.registry import Param

@gradient_cam("gain-cam", "All channels alike", Param("gain", "float", 2.0, "what a channel counts", low=0, high=10))
def gain_cam(activation, gradient, gain):
    return gain * tf.ones_like(gradient[:, 0, 0])
""",
    "heat_curve.py": """
import numpy as np
from tfcore.evaluate.metric import ZERO_MAP, Curve
from tfcore.registry import MetricSpec, Param, register

_POINTS = Param("points", "int", 5, "points of the curve", low=2, high=100)

@register(MetricSpec("heat-curve", "shape", "Share of the heat in the hottest share of the picture", (_POINTS,)))
def heat_curve(images, found, settings):
    x = np.linspace(0, 1, settings["points"])
    return [ZERO_MAP if empty else Curve(x, share(heat, x)) for heat, empty in zip(found.maps, found.degenerate)]

def share(heat, x):
    sums = np.cumsum(np.sort(heat.astype(float), axis=None)[::-1])
    return np.array([0.0, *sums / sums[-1]])[np.round(x * heat.size).astype(int)]
""",
    "tiny_net.py": """
from tfcore.lazy import keras
from tfcore.models.parts import classifier
from tfcore.registry import ArchSpec, Param, register

_FILTERS = Param("filters", "int", 3, "filters of the only layer", low=1, high=9)

@register(ArchSpec("tiny-net", "tiny", "one convolution", (_FILTERS,), input_shape=(16, 16, 1), smallest=8))
def tiny_net(classes, input_shape, weights=None, filters=3):
    images = keras.Input(input_shape)
    values = keras.layers.Conv2D(filters, 3, activation="relu", name="conv")(images)
    values = keras.layers.GlobalAveragePooling2D(name="gap")(values)
    return keras.Model(images, classifier(values, classes), name="tiny-net")
""",
    "first_few.py": """
from tfcore.registry import Param, RecipeSpec, register
from tfcore.training.settings import params

_MOST = Param("most", "int", 9, "most pictures of a class", low=1, high=99)

@register(RecipeSpec("first-few", "classification", "few of each", params(_MOST, epochs=1), arch="tiny-net"))
def first_few(data):
    return data
""",
}


@pytest.fixture(scope="module", autouse=True)
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The files in a package on disk that the registry walks; afterwards nothing of them is left."""
    folder = tmp_path_factory.mktemp("added") / "added_by_a_test"
    folder.mkdir()
    for name, text in {"__init__.py": "", **FILES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    for kind in get_args(Kind):
        catalogue(kind)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder.parent))
        for name in ("_specs", "_functions"):
            patch.setattr(registry, name, dict(getattr(registry, name)))
        registry.walk(folder.name)
        yield
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def phantoms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("phantoms") / "few", n=48, size=32, seed=1).parent


@pytest.mark.parametrize(
    ("command", "flags"),
    [("explain", ["--gain"]), ("evaluate", ["--gain", "--points"]), ("train", ["--most", "--filters"])],
)
def test_their_parameters_are_flags(command: str, flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"], lambda _: 7)
    told = capsys.readouterr().out
    assert all(f"{flag} VALUE" in told for flag in flags)


@pytest.mark.parametrize(
    ("command", "key", "name"),
    [
        ("methods", "name", "gain-cam"),
        ("metrics", "name", "heat-curve"),
        ("recipes", "name", "first-few"),
        ("models", "model", "zoo:tiny-net"),
    ],
)
def test_they_are_rows_of_the_lists(command: str, key: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--json"], lambda _: 7) == cli.DONE
    assert name in [row[key] for row in json.loads(capsys.readouterr().out)]
    assert cli.main([command], lambda _: 7) == cli.DONE
    assert name in capsys.readouterr().out


def test_their_parameters_are_forms(qtbot) -> None:
    for kind, name, values in (
        ("method", "gain-cam", {"gain": 2.0}),
        ("metric", "heat-curve", {"points": 5}),
        ("architecture", "tiny-net", {"filters": 3}),
    ):
        form = ParamForm(find(kind, name).params)
        qtbot.addWidget(form)
        assert form.values() == values
    panel = MethodPanel()
    qtbot.addWidget(panel)
    panel.set_model(INFO)
    panel.set_request(Request("gain-cam", {}, None, None))
    assert panel.request().params == {"gain": 2.0}
    training = RequestForm()
    qtbot.addWidget(training)
    training.set_values({"recipe": "first-few"})
    assert training.values() == {"recipe": "first-few", "arch": "tiny-net"}


def test_they_give_results(phantoms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FORMATS", (".png",))
    run = tfcore.train(phantoms, "first-few", out=tmp_path / "run", filters=4)
    model = tfcore.load_model(run.folder)
    assert model.layers()[0].shape[-1] == 4
    batch = model.prepare(sorted(phantoms.glob("glioma/*.png"))[:1])
    one, two = (tfcore.explain(model, batch, "gain-cam", gain=gain).maps for gain in (1, 2))
    np.testing.assert_allclose(two, 2 * one, rtol=1e-5)

    table = tfcore.evaluate(
        model, phantoms, ["gain-cam"], ["heat-curve", "iou"], params={"heat-curve": {"points": 3}}, limit=2
    )
    value = table.values[0]
    assert value.curve is not None
    assert (value.curve.y[0], value.curve.y[-1]) == pytest.approx((0, 1))
    assert value.value == pytest.approx((value.curve.y[0] / 2 + value.curve.y[1] + value.curve.y[2] / 2) / 2)
    assert table.row("gain-cam", value.layer, "heat-curve").mean == pytest.approx(
        np.mean([each.value for each in table.values[:2]])
    )
    table.write(tmp_path / "out")
    with np.load(tmp_path / "out" / "curves.npz") as curves:
        assert curves["rows"].tolist() == [[value.model, "gain-cam", value.layer, "heat-curve"]]
        assert curves["x_0"].tolist() == [0, 0.5, 1]
        assert curves["y_0"][0] == pytest.approx(value.curve.y)
    heading = "picture,model,method,layer,metric,value,left_out\n"
    assert (tmp_path / "out" / "results.csv").read_text().startswith(heading)
