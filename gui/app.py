"""The start: environment, first paint, then the engine; nothing heavier than Qt is imported before the window."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import resources
from gui import crash, texts, theme
from gui import home as homes
from gui.crash import Crashes
from gui.engine_client import EngineClient
from gui.home import Home
from gui.screenshot import Screenshot
from gui.texts import tr
from tfcore import places
from tfcore.errors import HeatlensError
from tfcore.files import check_free
from tfcore.lazy import bring
from tfcore.registry import find, loading
from tfcore.review import Session

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.state import Opened

_COLLECT_MS = 1000
_LOOK_MS = 5


def run(given: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if missing := _missing(given.pictures):
        raise HeatlensError(tr("There is no file or folder {missing}; check the name.", missing=missing[0]))
    if given.screenshot:
        check_free(given.screenshot, given.overwrite)
    qInstallMessageHandler(crash.note)
    sys.excepthook = crash.reporter(lambda sentence: print(f"heatlens: {sentence}", file=sys.stderr))
    app = application()
    crashes = Crashes(places.logs())
    crashes.watch()
    window = build(app, given)
    show(app, window, given)
    _listen_to_ctrl_c(app, window)
    sys.excepthook = crash.reporter(lambda sentence: window.jobs.history.add(sentence, "error"))
    if not given.screenshot:
        crashes.offer(window)
        code = app.exec()
        crashes.done()
        return code
    shot = Screenshot(window, Path(given.screenshot), given.overwrite)
    app.exec()
    window.close()
    crashes.done()
    if shot.problem:
        raise HeatlensError(shot.problem)
    print(given.screenshot)
    return 0


def build(app: QApplication, given: argparse.Namespace) -> MainWindow:
    """The window as it was left, in the colours asked for; nothing is opened and no engine runs yet."""
    folder = places.settings()
    told: list[str] = list(filter(None, (texts.missing(),)))
    # A picture of the window shows what was asked for, not what was open last.
    home, session = (Home(), Session()) if given.screenshot else homes.load(folder, told.append)
    try:
        window = _window(app, given, home, session)
    except HeatlensError:
        raise
    except Exception as error:  # whatever a session holds, there must be a window
        if session == Session():
            raise
        log = crash.logged(error)
        told.append(
            tr(
                "The last session could not be restored (log: {log}){keep_aside}",
                log=log,
                keep_aside=homes.keep_aside(folder / homes.UNNAMED),
            )
        )
        window = _window(app, given, Home(), Session())
    for sentence in told:
        print(f"heatlens: {sentence}", file=sys.stderr)
        window.jobs.history.add(sentence, "warning")
    if not given.screenshot:
        window.sessions.folder = folder
    return window


def _window(app: QApplication, given: argparse.Namespace, home: Home, session: Session) -> MainWindow:
    """The window with this session, where nothing else was stated."""
    home, session = replace(home), replace(session)
    if given.method:
        session.request = {"method": find("method", given.method).name}
    if given.layer:
        session.request = {**session.request, "layer": given.layer}
    if given.scheme != "system":
        home.scheme = given.scheme
    theme.load_fonts(app)
    if home.text != 100:
        theme.enlarge(app, home.text)

    # Imported late: a wrong request needs no window.
    from gui.main_window import MainWindow

    # What is imported stays: the collector need not look through it, which takes a tenth of a second.
    gc.freeze()
    window = MainWindow(EngineClient(given.device), session, home)
    # Last: what is put together under a style sheet asks it again for everything at each step.
    theme.apply(app, cast(theme.Scheme, home.scheme))
    return window


def show(app: QApplication, window: MainWindow, given: argparse.Namespace) -> None:
    """First paint, then the engine, then what was asked for."""
    wanted = window.size()
    # The frame is not known before the window is seen.
    fits = wanted.boundedTo(window.screen().availableSize() - QSize(8, 40))
    if given.screenshot or fits == wanted:
        window.show()
    else:
        # What is said at the bottom must be on the screen, also where nobody makes windows as large as that.
        window.resize(fits)
        window.showMaximized()
    app.processEvents()
    window.starting = True
    # Pictures are arrays: what reads them is imported beside the window's thread, and nobody waits for it but they.
    arrays, look = threading.Thread(target=bring, args=("numpy",), daemon=True), QTimer(window, interval=_LOOK_MS)

    def go_on() -> None:
        if not arrays.is_alive():
            look.stop()
            _open(window, given)
            window.starting = False

    look.timeout.connect(go_on)
    for begin in (window.engine.start, arrays.start, look.start):
        QTimer.singleShot(0, begin)


def application() -> QApplication:
    """The application object, with a garbage collector that keeps to the window's thread."""
    app = cast(QApplication, QApplication.instance() or QApplication(["heatlens"]))
    app.setApplicationName("Heatlens")
    app.setOrganizationName("Heatlens")
    app.setDesktopFileName("heatlens")
    app.setWindowIcon(QIcon(str(resources.path("icon.svg"))))
    texts.speak(app)
    # Threads that read files hand Python over five times as often as usual: with several of them at work the window
    # would wait for tens of milliseconds for its turn.
    sys.setswitchinterval(0.001)
    # A collection that happens to start in a worker thread would delete widgets there, and Qt does not survive that.
    gc.disable()
    collector = QTimer(app, interval=_COLLECT_MS)
    collector.timeout.connect(lambda: gc.collect(1))
    collector.start()
    return app


def _open(window: MainWindow, given: argparse.Namespace) -> None:
    from gui.browser.scan import absolute
    from gui.browser.workers import within
    from tfcore.dropped import kind_of, promised

    # Also from elsewhere the session finds it again.
    own = given.model and given.model not in resources.DEMOS and within(lambda: _there(given.model), True)
    model = absolute(given.model) if own else given.model
    session, asked = window.session, given.pictures
    names: set[str | None] = set(map(promised, asked))
    kinds = within(lambda: set[str | None](map(kind_of, asked)), names)
    _offer_zoo(window)
    named = kinds & {"session"} or (window.home.named and not kinds & {"picture", "folder"})
    if named and not kinds & {"session"}:
        window.sessions.open(window.home.named)
    elif not named and kinds & {"picture", "folder"}:
        session.opened, window.home.named = [], ""
    elif not named:
        window.arrivals.open_last()
    if named and model:
        # Stated outright, it takes the place of the one in the session.
        once = Qt.ConnectionType.SingleShotConnection
        window.sessions.changed.connect(lambda: setattr(session, "model", model), once)
    window.arrivals.take_in(given.pictures, asking=False)
    if not named and (given.model or window.opening.idle):
        window.open_model(model or session.model or "demo")
    _obey(window, given)


def _offer_zoo(window: MainWindow) -> None:
    """The list of architectures, a file of theirs at a time between whatever else the window has to do."""
    files, timer = loading("architecture"), QTimer(window)

    def step() -> None:
        for _ in files:
            return
        timer.stop()
        window.offer_zoo()

    timer.timeout.connect(step)
    timer.start(0)


def _missing(paths: list[str]) -> list[str]:
    if not paths:
        return []
    # Imported late: it brings the list with it.
    from gui.browser.workers import within

    # A drive that hangs is not waited for.
    return within(lambda: [path for path in paths if not _there(path)], list[str]())


def _there(path: str) -> bool:
    from tfcore.pictures.address import file_of

    # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
    return os.path.exists(file_of(path))  # noqa: PTH110


def _obey(window: MainWindow, given: argparse.Namespace) -> None:
    """A method stated outright runs once even if it is slow; a layer the model lacks is named."""
    from gui.explaining import State

    def run() -> None:
        if window.explaining.state is State.UNASKED:
            window.explaining.heat_changed.disconnect(run)
            window.explaining.run()

    def check(model: Opened) -> None:
        window.opening.opened.disconnect(check)
        if model.info.layer_path(given.layer) is None:
            window.jobs.history.add(
                tr(
                    "{name} has no layer {layer!r}; pick one from the list of layers.",
                    name=model.info.name,
                    layer=given.layer,
                ),
                "error",
            )

    if given.method and find("method", given.method).slow:
        window.explaining.heat_changed.connect(run)
    if given.layer:
        window.opening.opened.connect(check)


def _listen_to_ctrl_c(app: QApplication, window: MainWindow) -> None:
    def leave(*_: object) -> None:
        # It comes from elsewhere: perhaps nobody sees the window.
        window.leaving.agree()
        app.closeAllWindows()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)
    # Python hears signals only when it runs; Qt's loop must hand over now and then.
    ticker = QTimer(app, interval=300)
    ticker.timeout.connect(lambda: None)
    ticker.start()
