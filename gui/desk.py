"""What a feature gets of the window: what it may hear and ask, and the places where it may add something of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.arrivals import Arrivals
from gui.browser import Browser
from gui.canvas import Canvas
from gui.docks import Docks
from gui.engine_client import EngineClient
from gui.explaining import Explaining
from gui.figures import Figures
from gui.home import Home
from gui.menus import Menus
from gui.opening import Opening
from gui.panels import JobsPanel, MethodPanel, ModelPanel, PredictionPanel
from gui.session import Sessions
from gui.shown import Shown
from gui.undo import Undo
from tfcore.review import Session


@dataclass(frozen=True)
class Desk:
    """Nothing here leads to the window; a feature never emits a signal of a part."""

    # Owns what a feature makes, and lies below its dialogs.
    parent: QWidget
    engine: EngineClient
    # Tells of tables that come in.
    arrivals: Arrivals
    # The model in use, and the question put to it about the picture that is looked at.
    opening: Opening
    explaining: Explaining
    # Offers: layers over the picture, and subjects of figures.
    shown: Shown
    figures: Figures
    canvas: Canvas
    browser: Browser
    model: ModelPanel
    method: MethodPanel
    prediction: PredictionPanel
    jobs: JobsPanel
    docks: Docks
    menus: Menus
    # What Ctrl+Z takes back.
    undo: Undo
    # The work on show, what tells that it is another one, and what belongs to the program.
    session: Session
    sessions: Sessions
    home: Home
    # The session was changed.
    remember: Callable[[], None]
    # List pictures as if the user had opened them.
    open_pictures: Callable[[Iterable[str | Path]], None]
