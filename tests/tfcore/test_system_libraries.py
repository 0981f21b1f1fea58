"""A missing library of the system is named together with the package that brings it."""

from __future__ import annotations

import ctypes

import pytest

from tfcore import system_libraries


@pytest.mark.parametrize(
    ("message", "package"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
        ("libGL.so.1: cannot open shared object file: No such file or directory", "libgl1"),
        ("libxkbcommon.so.0: cannot open shared object file", "libxkbcommon0"),
        ("libglib-2.0.so.0: cannot open shared object file", "libglib2.0-0"),
        ("libxcb-cursor.so.0: cannot open shared object file", "libxcb-cursor0"),
    ],
)
def test_the_package_of_a_missing_library_is_named(message: str, package: str) -> None:
    sentence = system_libraries.explain(ImportError(message))
    assert f"'apt-get install {package}'" in sentence
    assert "\n" not in sentence


def test_an_unknown_library_is_named_as_it_is() -> None:
    assert "libstrange.so.4" in system_libraries.explain(ImportError("libstrange.so.4: cannot open"))


def test_a_missing_pyside_is_said_plainly() -> None:
    assert "make run" in system_libraries.explain(ImportError("No module named 'PySide6'"))


def test_what_a_window_on_x_lacks_is_found_before_qt_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        if "cursor" in name:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", load)
    missing = system_libraries.missing_for_x()
    assert missing is not None
    assert "libxcb-cursor0" in system_libraries.explain(missing)
