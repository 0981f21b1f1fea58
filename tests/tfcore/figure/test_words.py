from __future__ import annotations

import numpy as np
import pytest

from tests.tfcore.figure.made import heat, scan
from tfcore.figure import words
from tfcore.figure.display import Display
from tfcore.figure.style import drawable, fitted, shortened, width, wrapped
from tfcore.results import Sureness


def test_the_title_names_prediction_probability_method_layer_and_model() -> None:
    assert " · ".join(words.title(heat())) == "glioma 0.97 · grad-cam · layer stage4 · demo"
    own = heat(layer="conv2d_10", stage="stage4", model="/study/nets/own.keras")
    assert words.title(own)[2:] == ["layer stage4 (conv2d_10)", "own.keras"]


def test_what_many_passes_say_stands_in_place_of_the_single_prediction() -> None:
    mean = np.array([0.96, 0.03, 0.0, 0.01])
    samples, scalar = np.tile(mean, (20, 1)), np.array(0.1)
    found = Sureness(heat().classes, mean, np.full(4, 0.0009), scalar, scalar, mean, samples, 20, 1.4)
    assert words.title(heat(sureness=found))[0] == "glioma 0.96 ± 0.03"
    assert "± standard deviation over 20 passes, seed 0" in words.subtitle(heat(sureness=found), scan(), Display())


def test_the_title_names_the_target_when_it_is_not_the_prediction() -> None:
    assert words.title(heat(target=1))[:2] == ["glioma 0.97", "target meningioma 0.02"]


def test_methods_without_a_layer_name_none() -> None:
    assert words.title(heat(layer="", method="saliency"))[1:] == ["saliency", "demo"]


def test_one_sigmoid_unit_is_two_classes() -> None:
    binary = heat(classes=("healthy", "tumour"), probabilities=np.array([0.3]), target=0)
    assert words.title(binary)[0] == "healthy 0.70"


def test_models_of_one_file_name_are_told_apart_where_there_are_several() -> None:
    assert not words.several_models([heat(), heat()])
    assert words.several_models([heat(), heat(model="other")])
    one, other, fold = "/study/one/best.keras", "/study/other/best.keras", "/study/cv/fold-1/model.keras"
    names = [words.title(heat(model=model), (one, other, fold))[-1] for model in (one, other, fold)]
    assert names == ["one/best.keras", "other/best.keras", "fold-1"]


def test_the_subtitle_says_what_the_reader_has_to_know() -> None:
    row = words.subtitle(heat(note="class-agnostic"), scan(note="frame 1 of 3"), Display(outline=1.5))
    assert row == ["P0132.png", "frame 1 of 3", "outline at mean + 1.5 sd", "class-agnostic"]


@pytest.mark.parametrize(
    ("low", "high", "numbers", "power"),
    [
        (0.0, 1.0, ["0.0", "0.5", "1.0"], ""),
        (-2.0, 2.0, ["−2.0", "0.0", "2.0"], ""),
        (0.0, 3e-7, ["0.0", "1.5", "3.0"], "×10⁻⁷"),
        (0.0, 250.0, ["0", "125", "250"], ""),
        (0.0, 4e6, ["0.0", "2.0", "4.0"], "×10⁶"),
        (0.0, 0.98, ["0.00", "0.49", "0.98"], ""),
        (-0.001, 0.0, ["−0.0010", "−0.0005", "0.0000"], ""),
    ],
)
def test_colour_bars_have_short_numbers(low: float, high: float, numbers: list[str], power: str) -> None:
    said, label = words.scale(low, high, signed=False, display=Display())
    assert said == numbers
    assert label == ["min-max per image", *([power] if power else [])]


def test_the_label_names_normalisation_and_sign() -> None:
    assert words.scale(-1, 1, True, Display(normalise="shared"))[1] == ["one scale for all", "signed"]
    assert words.scale(0, 1, False, Display(normalise="from zero"))[1] == ["from zero"]


def test_long_names_keep_their_beginning_and_end() -> None:
    assert shortened("patient_0132_t1_contrast.png", 16) == "patient_…ast.png"
    assert shortened("short.png", 16) == "short.png"


def test_shortening_twice_leaves_one_ellipsis() -> None:
    assert shortened(shortened("a" * 40, 20), 15).count("…") == 1


def test_lines_are_no_wider_than_their_room() -> None:
    parts = ["glioma 0.97", "grad-cam", "x" * 200]
    lines = wrapped(parts, 40, 7)
    assert len(lines) == 2
    assert all(width(line, 7) <= 40 for line in lines)
    assert width(fitted("y" * 100, 20, 7), 7) <= 20


def test_letters_without_a_font_get_a_stand_in_and_dollars_stay() -> None:
    assert drawable("a\nb\U0010fffd$x$") == "a\ufffdb\ufffd$x$"
