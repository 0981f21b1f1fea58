"""The session on show: which file it lives in, how it comes into the window, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from gui import choosing
from gui import home as homes
from gui.browser.workers import within
from gui.canvas.windowing import OWN
from gui.docks import Drawer
from gui.missing import Finder
from gui.panels import Request
from gui.texts import tr
from gui.undo import Step
from tfcore import review
from tfcore.dropped import SESSION_ENDING
from tfcore.errors import HeatlensError
from tfcore.figure.display import Display
from tfcore.review import Session
from tfcore.review.moved import missing
from tfcore.words import listed

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# In place of what is known of a file, while its drive does not answer.
_HANGS: tuple[int, int] | None = (-1, -1)
_KINDS = tr("Sessions (*{session_ending});;All files (*)", session_ending=SESSION_ENDING)


class Held(NamedTuple):
    """A session with the file it lives in, if it has one, and what that file is known to be."""

    session: Session
    path: Path | None = None
    # Nobody else's changes are written over.
    known: tuple[int, int] | None = None


class Sessions(QObject):
    """A session has a file of its own, or, while it has no name, lies in the program's folder."""

    # Another session is on show: features take up what it holds.
    changed = Signal()
    # List, canvas and question are as it has them.
    restored = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session, self._home = window, window.session, window.home
        # Where the program keeps its own; nothing is remembered without it.
        self.folder: Path | None = None
        self.path: Path | None = None
        self._known: tuple[int, int] | None = None
        self._finder = Finder(window)
        self._finder.failed.connect(self._fail)

    @property
    def idle(self) -> bool:
        return self._finder.idle

    # --- by menus, drops and the command line ---

    def choose(self) -> None:
        """Ask for a session file."""
        if path := choosing.file(self._window, tr("Open session"), _KINDS, str(self.path or "")):
            self.open(path)

    def open(self, path: str | Path) -> None:
        """Show the session in a file, when it is read and asked about."""
        self._finder.find(Path(path).absolute(), partial(self._found, Path(path).absolute()))

    def new(self) -> None:
        """An empty list; model, method and looks stay."""
        self.remember()
        kept = {name: getattr(self._session, name) for name in ("model", "request", "training", "evaluation", "forms")}
        looks = {name: getattr(self._session, name) for name in ("display", "mode", "docks")}
        self._go(Session(**kept, **looks), None, tr("the new session"))

    def save_as(self) -> None:
        """Ask for a name, which the session is kept under from now on."""
        start = str(self.path or Path(choosing.last()) / f"review{SESSION_ENDING}")
        # The dialog asks before a file is replaced.
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save session as"), start, _KINDS)
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(name).with_suffix(SESSION_ENDING)
        # Nothing that is still being written may come after it.
        self._window.autosave.now()
        try:
            self._write(self.remember(), path)
        except HeatlensError as error:
            self._say(str(error), "error")
        else:
            self._name(path)
            self._say(tr("Saved as {path}; from now on it is saved there by itself.", path=path))

    def save_now(self) -> None:
        """At once; a session without a name asks for one."""
        if self.path is None:
            self.save_as()
        else:
            self._window.autosave.now()

    # --- keeping ---

    def remember(self) -> Session:
        """The session as it stands."""
        window, session = self._window, self._session
        session.display = asdict(window.canvas.display())
        session.windows = {file: seen for file, seen in window.canvas.windowing.kept.items() if seen != OWN}
        session.selected = window.browser.chosen()
        out = [dock for dock in window.docks.all() if not dock.isHidden()]
        # Drawers come out in this order: those in front of others last.
        session.docks = [dock.objectName() for dock in sorted(out, key=lambda dock: dock.widget().isVisible())]
        window.arrivals.keep()
        return session

    def kept(self) -> Callable[[], None]:
        """Memory and session as they stand; what is given writes each where it belongs, in whichever thread."""
        session, home = replace(self._window.remember()), replace(self._home)
        folder, path = self.folder, self.path

        def write() -> None:
            if folder is not None:
                # First, so that a session that was saved is found again.
                homes.save(home, None if path else session, folder)
            if path is not None:
                now = within(partial(_state, path), _HANGS)
                if now is _HANGS:
                    raise HeatlensError(
                        tr(
                            "The drive of {path} does not answer; the session is saved there as soon as it does",
                            path=path,
                        )
                    )
                if self._known is not None and now not in (None, self._known):
                    raise HeatlensError(
                        tr(
                            "{path} was changed elsewhere and is left as it is; save this session under another name "
                            "(File ▸ Save session as…).",
                            path=path,
                        )
                    )
                self._write(session, path)

        return write

    def _write(self, session: Session, path: Path) -> None:
        review.write(session, path)
        self._known = _state(path)

    # --- coming in ---

    def _found(self, path: Path, session: Session, wrong: str) -> None:
        self._home.remember_session(str(path))
        if wrong:
            self._say(tr("{wrong}, and this goes on without a name.", wrong=wrong), "warning")
        self._go(session, None if wrong else path, path.name)
        if lost := missing(session):
            self._say(tr("Not there, and kept in the session: {lost}.", lost=listed(lost)), "warning")

    def _fail(self, sentence: str) -> None:
        self._say(sentence, "error")
        opening = self._window.opening
        if opening.now is None and opening.idle:
            # At the start: what had no name is shown in its place.
            self._home.named = ""
            self.show_last()

    def show_last(self) -> None:
        """What was on show last, by the session that the window was built on."""
        self._window.arrivals.open_last()
        self._window.open_model(self._session.model or "demo")

    def _go(self, session: Session, path: Path | None, what: str) -> None:
        """From the session on show to another, and a way back."""
        other = Held(session, path, None if path is None else _state(path))

        def swap() -> None:
            nonlocal other
            self._window.autosave.now()
            here = Held(replace(self.remember()), self.path, self._known)
            self._take_up(other)
            other = here

        self._window.undo.does(Step(tr("going to {what}", what=what), swap, swap))

    def _take_up(self, held: Held) -> None:
        window, session = self._window, held.session
        window.clear()
        self._session.become(session)
        self._name(held.path)
        self._known = held.known
        self.changed.emit()
        self.restore()
        out = set(session.docks or [dock.objectName() for dock in window.docks.all() if not dock.isHidden()])
        order = {name: place for place, name in enumerate(session.docks)}
        for dock in sorted(window.docks.all(), key=lambda dock: order.get(dock.objectName(), -1)):
            if isinstance(dock, Drawer) and dock.objectName() in out and dock.isHidden():
                dock.open()
            else:
                dock.setVisible(dock.objectName() in out)
        window.arrivals.open_last(demo=False)
        model = self._session.model
        if window.opening.now is None or window.opening.now.info.source != model:
            window.open_model(model)
        else:
            window.arrivals.recall(window.opening.now)
        window.autosave.touch()

    def restore(self) -> None:
        """List, canvas and question as the session has them."""
        window, session = self._window, self._session
        window.browser.set_look(**session.browsing)
        window.canvas.set_display(Display(**session.display))
        window.canvas.windowing.kept = dict(session.windows)
        window.canvas.set_mode(session.mode)
        if session.request:
            asked = {"method": "", "params": {}, "layer": None, "target": None} | session.request
            names = ("method", "params", "layer", "target")
            window.method.set_request(Request(**{name: asked[name] for name in names}))
        self.restored.emit()

    def _name(self, path: Path | None) -> None:
        self.path, self._home.named = path, str(path or "")
        if path is not None:
            self._home.remember_session(str(path))
        self._window.setWindowTitle(tr("{stem} – Heatlens", stem=path.stem) if path else "Heatlens")

    def _say(self, sentence: str, kind: str = "") -> None:
        self._window.jobs.history.add(sentence, kind)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
