"""A sentence is one line, and there is one for what is no fault of the program."""

from __future__ import annotations

import pickle
from pathlib import Path

import keras
import pytest
from PIL import Image

from tfcore.cli import main
from tfcore.errors import HeatlensError, NeedsTrust, known_fault


@pytest.mark.parametrize("kind", [HeatlensError, NeedsTrust])
def test_no_name_breaks_the_line_of_a_sentence(kind: type[HeatlensError]) -> None:
    error = kind("a\nb\r\x1b[2J\u2028é\x85.png is damaged.")
    assert str(error) == "a\\nb\\r\\x1b[2J\\u2028é\\x85.png is damaged."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(36, "File name too long", "a" * 300), "aaa cannot be used: file name too long."),
        (MemoryError(), "There was not enough memory"),
        (OSError("no file in sight"), ""),
        (ValueError("inside"), ""),
    ],
)
def test_what_is_no_fault_of_the_program_is_a_sentence(error: Exception, said: str) -> None:
    assert said in known_fault(error)
    assert bool(known_fault(error)) == bool(said)


def test_a_network_that_tensorflow_cannot_run_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = keras.Input((16, 16, 3))
    sides = [keras.layers.Conv2D(4, 3, padding="same")(picture) for _ in range(2)]
    # TensorFlow fuses this sum and mish into a step that it has no code for.
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.Activation("mish")(keras.layers.Add()(sides)))
    keras.Model(picture, keras.layers.Dense(2, activation="softmax")(x)).save(tmp_path / "m.keras")
    Image.new("RGB", (16, 16), "red").save(tmp_path / "p.png")
    code = main(["predict", str(tmp_path / "p.png"), "--model", str(tmp_path / "m.keras")], lambda _: 1)
    last = capsys.readouterr().err.splitlines()[-1]
    assert code == 0 or (code == 2 and "TensorFlow cannot run a part of this network here" in last)
