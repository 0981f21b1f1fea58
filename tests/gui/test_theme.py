from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from gui import theme


@pytest.fixture(autouse=True)
def undressed(qapp: QApplication) -> Iterator[None]:
    """The next test meets the light scheme."""
    yield
    theme.apply(qapp, "light")


def luminance(name: str) -> float:
    channels = QColor(name).getRgbF()[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("worn", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_every_text_tone_is_readable_on_every_surface(worn: theme.Tones) -> None:
    for text in ("text", "quiet", "focus", "warning", "error"):
        for surface in ("window", "base", "raised"):
            assert contrast(getattr(worn, text), getattr(worn, surface)) >= 4.5, (text, surface)
    assert contrast("#ffffff", worn.accent) >= 4.5
    assert contrast(worn.text, worn.hover) >= 4.5


@pytest.mark.parametrize("worn", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_disabled_text_and_selection_can_still_be_made_out(worn: theme.Tones) -> None:
    for surface in ("window", "base", "raised"):
        assert contrast(worn.disabled, getattr(worn, surface)) >= 3, surface
    assert contrast(worn.accent, worn.window) >= 3
    assert contrast(worn.focus, worn.raised) >= 3


@pytest.mark.parametrize("worn", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_surfaces_are_neutral_so_that_colour_means_something(worn: theme.Tones) -> None:
    for name in ("window", "base", "raised", "hover", "border", "text", "quiet", "disabled"):
        assert QColor(getattr(worn, name)).saturation() == 0, name


@pytest.mark.parametrize(("scheme", "worn"), [("dark", theme.DARK), ("light", theme.LIGHT)])
def test_a_scheme_dresses_the_application(qapp: QApplication, scheme: theme.Scheme, worn: theme.Tones) -> None:
    theme.apply(qapp, scheme)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == worn.window
    assert theme.tones() is worn
    assert worn.error in qapp.styleSheet()
    assert "$" not in qapp.styleSheet().split("*/", 1)[1]


def test_the_window_follows_the_system_while_it_runs(qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tones() is theme.DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tones() is theme.LIGHT


def test_a_chosen_scheme_stays_when_the_system_changes(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tones() is theme.DARK


def drawn(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> list[str]:
    image = icon.pixmap(QSize(24, 24), mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [pixel.name() for pixel in pixels if pixel.alpha() == 255]


def test_an_icon_made_before_the_scheme_changed_is_drawn_in_the_new_colour(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    close = theme.icon("mdi6.close-thick")
    assert set(drawn(close)) == {theme.DARK.text}
    theme.apply(qapp, "light")
    assert set(drawn(close)) == {theme.LIGHT.text}
    assert set(drawn(close, QIcon.Mode.Disabled)) == {theme.LIGHT.disabled}


def test_an_icon_squeezed_to_nothing_is_quiet(qapp: QApplication) -> None:
    assert theme.icon("mdi6.close").pixmap(QSize(0, 0)).isNull()


def test_a_role_changes_the_colour_of_a_label(qapp: QApplication, qtbot) -> None:
    theme.apply(qapp, "light")
    label = QLabel("wrong")
    qtbot.addWidget(label)
    theme.set_role(label, "error")
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == theme.LIGHT.error


def test_a_machine_without_fonts_gets_letters_and_matplotlib_and_the_icon_fonts_stay_unimported(tmp_path: Path) -> None:
    nothing = tmp_path / "fonts.conf"
    nothing.write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    script = (
        "import sys\n"
        "from PySide6.QtGui import QFontMetrics\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from gui import theme\n"
        "app = QApplication([])\n"
        "theme.apply(app)\n"
        "theme.icon('mdi6.close')\n"
        "print(QFontMetrics(app.font()).inFont('a'), 'matplotlib' in sys.modules, 'qtawesome' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "FONTCONFIG_FILE": str(nothing)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["True", "False", "False"], done.stderr
