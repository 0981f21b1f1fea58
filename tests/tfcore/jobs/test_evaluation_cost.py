"""The time of one picture, asked before an evaluation begins."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import tfcore
from tfcore.data.phantom import write
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.jobs.evaluation_cost import evaluation_cost


def test_all_models_are_timed_together_since_labels_may_mean_something_to_one_of_them(tmp_path: Path) -> None:
    data = str(write(tmp_path / "four", n=4, size=32).parent)
    other = tfcore.build("cnn-3", classes=["glioma", "tumour of the pituitary"], input_shape=(32, 32, 1))
    other.keras.save(tmp_path / "other.keras")
    context = Context(Job("evaluation_cost", {}), lambda _: None, OpenModels(), threading.Event())
    asked = (context, data, [("demo", False), (str(tmp_path / "other.keras"), False)], ["saliency"])
    meant = {"demo:pituitary": "pituitary", "other:pituitary": ""}
    assert evaluation_cost(*asked, ["complexity"], map=meant) > 0
    with pytest.raises(HeatlensError, match="no picture is labelled 'third:pituitary'"):
        evaluation_cost(*asked, ["complexity"], map={"third:pituitary": ""})
