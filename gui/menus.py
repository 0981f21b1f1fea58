"""The menus of the window, from one table; Help lists their shortcuts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from gui import commands as _commands
from gui import theme
from gui.commands import Command

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MODES = ("overlay", "side by side", "grid")
_SCHEMES: dict[theme.Scheme, str] = {"system": "Colours of the s&ystem", "light": "&Light", "dark": "&Dark"}


def commands(window: MainWindow) -> list[Command]:
    """Every menu entry of the window."""
    canvas = window.canvas
    return [
        Command("&File", "&Open pictures…", window.choose_pictures, "Ctrl+O", "mdi6.image-plus-outline"),
        Command("&File", "Open &folder…", window.choose_folder, "Ctrl+Shift+O", "mdi6.folder-open-outline"),
        Command("&File", "Open &model…", window.choose_model, "Ctrl+M", "mdi6.graph-outline"),
        Command("&File", "Open &demo", window.open_demo, "", "mdi6.school-outline", "Phantom slices and their network"),
        Command("&File", "-"),
        Command("&File", "&Export panel…", window.figures.export, "Ctrl+E", "mdi6.image-move", name="export"),
        Command("&File", "-"),
        Command("&File", "&Quit", window.close, "Ctrl+Q", "mdi6.exit-to-app"),
        Command("&Edit", "&Copy panel", window.figures.copy, "Ctrl+Shift+C", "mdi6.content-copy", name="copy"),
        Command("&Edit", "Edit model c&ard…", window.model_panel.edit_card, "", "mdi6.card-text-outline"),
        Command("&Edit", "Clear &list", window.clear, "", "mdi6.playlist-remove", "Take all pictures off the list"),
        *(
            Command(
                "&View",
                f"&{mode.capitalize()}",
                partial(canvas.set_mode, mode),
                f"Ctrl+{key}",
                name=mode,
                checkable=True,
            )
            for key, mode in enumerate(MODES, start=1)
        ),
        Command("&View", "&Fit to window", canvas.fit, "Ctrl+0", "mdi6.fit-to-screen-outline"),
        Command("&View", "-"),
        Command(
            "E&xplain", "&Explain now", window.method.run, "", "mdi6.play-outline", "Compute, or try again what failed"
        ),
        Command("E&xplain", "Explain &second guess", window.explain_second, "Ctrl+G", "", "Ask about the runner-up"),
        Command("E&xplain", "Explain &predicted class", partial(window.method.set_target, None), "Ctrl+P"),
        Command("&Help", "&Shortcuts", window.show_shortcuts, "F1", "mdi6.keyboard-outline"),
        Command("&Help", "&Restart engine", window.engine.restart, "", "mdi6.restart", "Start TensorFlow again"),
        Command("&Help", "-"),
        Command("&Help", "&About Heatlens", window.show_about),
        *window.extra_commands,
    ]


def fill(window: MainWindow) -> dict[str, QAction]:
    """Make the menus; the actions by name."""
    made = _commands.fill(window.menuBar(), commands(window), window)
    modes = QActionGroup(window)
    for mode in MODES:
        modes.addAction(made[mode])
    return made


def add(window: MainWindow, more: list[Command]) -> None:
    """Menu entries of a feature, behind those that are there."""
    window.extra_commands += more
    window.actions_by_name.update(_commands.fill(window.menuBar(), more, window))


def complete(window: MainWindow) -> None:
    """Docks and colours under View, when all docks are there."""
    view = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&View")
    for dock in window.docks.values():
        view.addAction(dock.toggleViewAction())
    view.addAction("&Reset layout", lambda: window.restoreState(window.first_layout))
    view.addSeparator()
    schemes = QActionGroup(window)
    for scheme, text in _SCHEMES.items():
        action = QAction(text, schemes, checkable=True, checked=scheme == window.session.scheme)
        action.triggered.connect(lambda _checked=False, scheme=scheme: window.use_scheme(scheme))
        view.addAction(action)
