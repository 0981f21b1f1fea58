"""How pictures, models and tables come in: by dialogs, by drops, and as they were listed last time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

import resources
from gui import choosing
from gui.browser import Browser
from gui.browser.notes import Note
from gui.browser.scan import absolute, visible
from gui.browser.workers import folders_among, within
from gui.home import Home
from gui.opening import Opening
from gui.panels.model import called
from gui.state import Opened
from gui.texts import counted, tr
from tfcore.dropped import TABLE_ENDINGS, Kind, kind_of, promised
from tfcore.pictures import is_picture
from tfcore.pictures.address import file_of
from tfcore.review import Session
from tfcore.review.parts import MOST_OPENED

_MODELS = tr("Models (*.keras *.h5 *.hdf5 *.onnx *.model *.json saved_model.pb);;All files (*)")


class Arrivals(QObject):
    """Hands everything that comes in to the list or to the engine, and remembers it."""

    # Something that the session keeps.
    changed = Signal()
    # A sentence about what could not be taken in.
    message = Signal(str)
    # A sentence about what was.
    told = Signal(str)
    # A table that may say what the pictures really show, and whether the user has to be asked about that.
    table_came = Signal(str, bool)
    # The file of a session that is to be shown.
    session_came = Signal(str)
    # The folder of a cross-validation, whose folds are to be asked as one.
    folds_came = Signal(str)
    # The folder of an evaluation that is to be seen.
    evaluation_came = Signal(str)
    # The file of a reader study that is to be read.
    study_came = Signal(str)

    def __init__(self, browser: Browser, opening: Opening, session: Session, home: Home, window: QWidget) -> None:
        super().__init__(window)
        self._browser, self._opening, self._window = browser, opening, window
        self._session, self._home = session, home
        # What was opened, for as long as the list it made is empty and may be put back.
        self._emptied: list[str] = []
        # What is being looked for, and what was listed before.
        self._sought: list[str] = []
        # What came together with a session that is still being read.
        self._waiting: list[str] = []
        self._before: set[str] = set()
        browser.finding.changed.connect(self._tell_found)
        self._let_stand_in("demo")
        browser.message.connect(self.message)
        browser.dropped.connect(self.take_in)

    def open_pictures(self, paths: Iterable[str | Path]) -> None:
        """List files and folders, in place of the demo, and show the first picture of them."""
        named = [absolute(path) for path in paths]
        self._sought, self._before = named, self._browser.acts.listed()
        self._browser.add(named, show=True)
        self._session.remember_opened(named)
        folders = folders_among(named)
        for folder in folders:
            self._home.remember_folder(folder)
        if named:
            choosing.remember(folders[-1] if folders else str(file_of(named[-1]).parent))
        self.changed.emit()

    def _tell_found(self) -> None:
        """What came of it, when all of it is found; where nothing did, that is said by whoever looked."""
        if self._sought and not self._browser.looking:
            sought, self._sought = self._sought, []
            what = visible(Path(sought[0]).name) if len(sought) == 1 else tr("{n} files and folders", n=len(sought))
            if self._browser.acts.opened(what, self._before):
                count = len(self._browser.paths())
                self.told.emit(
                    tr("Opened {what}: {pictures} in the list.", what=what, pictures=counted(count, "picture"))
                )

    def take_in(self, paths: Iterable[str | Path], asking: bool = True) -> None:
        """Each for what it is by its content: a model is opened, a table offered as labels, pictures are listed."""
        asked = list(map(str, paths))
        # Of a drive that does not answer the names must do; whoever reads there waits elsewhere.
        names: dict[str, Kind | None] = {path: promised(path) for path in asked}
        kinds = within(lambda: {path: _kind(path) for path in asked}, names)
        models, folds, tables, sessions, studies = (
            [path for path, its in kinds.items() if its == kind]
            for kind in ("model", "folds", "data", "session", "study")
        )
        gone = within(lambda: [path for path, its in kinds.items() if its is None and not _there(path)], list[str]())
        pictures = [path for path, its in kinds.items() if its in ("picture", "folder") or path in gone]
        known = {*models, *folds, *tables, *pictures, *sessions, *studies}
        if sessions:
            # Pictures beside it come to those that it lists.
            self._waiting, pictures = pictures, []
            self.session_came.emit(absolute(sessions[-1]))
        if studies:
            self.study_came.emit(absolute(studies[-1]))
        if pictures:
            self.open_pictures(pictures)
        if models:
            self._opening.open(absolute(models[-1]))
        elif folds:
            self.folds_came.emit(absolute(folds[-1]))
        if len(models) > 1:
            self.message.emit(
                tr(
                    "Of {n} models {name} is opened; open the others one by one.",
                    n=len(models),
                    name=Path(models[-1]).name,
                )
            )
        for path in tables:
            if path.lower().endswith(TABLE_ENDINGS):
                self.table_came.emit(absolute(path), asking)
            else:
                self.message.emit(
                    tr("{path} describes a data set; name it where one is trained on or audited.", path=visible(path))
                )
        for path in kinds.keys() - known:
            self.message.emit(
                tr("{path} is no picture, model, table or session that Heatlens can read.", path=visible(path))
            )

    def open_demo(self, name: str = "demo") -> None:
        """List what ships for this network until others are opened; among those that are it is one of them."""
        self._emptied = []
        shown = self._let_stand_in(name)
        if self._browser.finding.others:
            self._browser.finding.stand_in = ""
            self._session.remember_opened([shown])
        self._browser.add([shown], show=True)
        self.changed.emit()

    def _let_stand_in(self, demo: str) -> str:
        self._browser.finding.stand_in = str(resources.path(resources.SHOWN.get(demo, "demo")))
        return self._browser.finding.stand_in

    def counted(self, count: int) -> None:
        """With the last picture goes what was opened; it is known again when that is put back."""
        session = self._session
        if count == 0 and not self._browser.looking:
            self._emptied, session.opened = session.opened, []
        elif count and not session.opened:
            session.opened, self._emptied = self._emptied, []

    def open_last(self, demo: bool = True) -> None:
        """List what was listed when the session was saved; the ``demo``, if that was nothing or is gone."""
        session, self._emptied = self._session, []
        there = within(lambda: list(filter(_there, session.opened)), session.opened)
        if (shown := self._let_stand_in(session.model)) in there:
            self._browser.finding.stand_in = ""
        self._browser.add(there or [shown] * demo)
        if session.current and within(lambda: _there(session.current), True):
            self._browser.select(session.current)
        self._browser.choose(session.selected)
        self._browser.finding.removed = dict.fromkeys(session.removed)
        if waiting := self._waiting:
            self._waiting = []
            self.open_pictures(waiting)

    def keep(self) -> None:
        """Put into the session how the list stands and what is written in it."""
        session, model = self._session, self._opening.now
        session.removed = list(self._browser.finding.removed)[-MOST_OPENED:]
        session.browsing = self._browser.look()
        if model is not None and model.info.source == session.model:
            notes, labels = self._browser.notes(MOST_OPENED), self._browser.labels()
            session.answers = {"model": model.digest, "notes": notes, "labels": labels}

    def recall(self, model: Opened) -> None:
        """What this model said in the last session stands under the pictures again."""
        answers, self._session.answers = self._session.answers, {}
        if answers.get("model") == model.digest:
            self._browser.recall({path: Note(*note) for path, note in answers["notes"].items()})

    # --- by menus and dialogs ---

    def choose_pictures(self) -> None:
        """Ask for picture files."""
        if paths := choosing.files(self._window, tr("Open pictures")):
            self.take_in(paths)

    def choose_folder(self) -> None:
        """Ask for a folder; pictures below it are listed."""
        if path := choosing.folder(self._window, tr("Open folder")):
            self.take_in([path])

    def choose_model(self) -> None:
        """Ask for a model file, and open it."""
        if path := self.ask_model(tr("Open model")):
            self._opening.open(path)

    def ask_model(self, title: str) -> str:
        """Ask for a model file; its path, or nothing."""
        path = choosing.file(self._window, title, _MODELS)
        # A SavedModel is the folder of this file.
        return str(Path(path).parent) if Path(path).name == "saved_model.pb" else path

    def offer_recent(self, menu: QMenu, before: QAction) -> None:
        """What was opened before, to open again."""
        home = self._home
        again: list[tuple[str, Callable[[], list[str]], Callable[[str], object]]] = [
            (tr("&Recent folders"), lambda: home.recent_folders, lambda path: self.open_pictures([path])),
            (tr("Recent mode&ls"), lambda: home.recent_models, self._opening.open),
            (tr("Re&cent sessions"), lambda: home.recent_sessions, self.session_came.emit),
        ]
        for title, known, open_one in again:
            recent = QMenu(title, menu, toolTipsVisible=True)
            recent.aboutToShow.connect(partial(_fill, recent, known, open_one))
            menu.insertMenu(before, recent)

    # --- by drops ---

    def drag(self, event: QDragEnterEvent) -> None:
        """Anything that is a file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def drop(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        self.take_in(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())


def _there(path: str) -> bool:
    # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
    return os.path.exists(file_of(path))  # noqa: PTH110


def _kind(path: str | Path) -> Kind | None:
    # A thousand pictures are not opened one by one while the window waits; reading each says what it really is.
    return "picture" if is_picture(path) and not os.path.isdir(path) else kind_of(path)  # noqa: PTH112


def _fill(menu: QMenu, known: Callable[[], list[str]], open_one: Callable[[str], object]) -> None:
    menu.clear()
    for path, name in called(known()).items():
        action = menu.addAction(visible(name).replace("&", "&&"))
        action.setToolTip(visible(path))
        action.triggered.connect(partial(open_one, path))
    if menu.isEmpty():
        menu.addAction(tr("None yet")).setEnabled(False)
