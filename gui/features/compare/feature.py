"""Compare mode: keeps the grid on the canvas in step with the picture, the model, the ticks and the target."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from gui.canvas.table import Place, Table
from gui.desk import Desk
from gui.features.compare.asking import Asking
from gui.features.compare.many import Many
from gui.features.compare.panel import ComparePanel
from gui.features.compare.plan import Column, Plan, Question, has_layers, settled_params
from gui.features.compare.tables import Pair, difference_table, grid_table
from gui.figures import Subject
from gui.panels import DEMO, Request
from gui.shown import Steps
from gui.state import Opened
from gui.texts import tr
from gui.trail import Form
from tfcore.errors import HeatlensError
from tfcore.registry import INPUT
from tfcore.results import Heat
from tfcore.words import model_names

# Long enough to tick three boxes or to leaf past a picture, short enough to feel at once.
_PAUSE_MS = 150

Pick = tuple[str, Column]


class Comparing(QObject):
    """The grid of the window."""

    place = 10

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._canvas, self._explaining = desk.canvas, desk.explaining
        self.panel = ComparePanel()
        self.dock = desk.docks.add_tab("Compare", self.panel)
        self.asking = Asking(desk.engine, self)
        self._params: dict[str, dict[str, object]] = {}
        self._asked: tuple[Question, ...] = ()
        self._picked: tuple[Pick, ...] = ()
        self._pair: Pair | None = None
        # A layout that the user made stays as it is.
        self._cramped = not desk.home.layout
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        desk.figures.offer(self._subject)
        self.many = Many(desk, self)
        self._list_models()
        self._ticks = Form(desk, "compare", tr("what is compared"), self.panel.ticks, self.panel.set_ticks)
        self._connect()

    @property
    def on(self) -> bool:
        """Whether the grid is on show."""
        return self._canvas.mode() == "grid"

    @property
    def of_two(self) -> bool:
        """Whether it shows the difference of two maps."""
        return len(self._picked) == 2

    @property
    def settled(self) -> bool:
        """All maps of the grid are there, or never will be."""
        own = not self.on or (not self._pause.isActive() and self.asking.idle)
        return own and self.many.settled

    # --- what is asked ---

    def questions(self, path: str) -> dict[Place, Question]:
        """What each cell of the grid asks about a picture."""
        return {place: replace(self._question(*cell), path=path) for place, cell in self._plan().cells().items()}

    def columns(self) -> tuple[Column, ...]:
        """Layers, models or planes across."""
        return self._plan().columns

    def _here(self) -> dict[Place, Question]:
        picture, path = self._explaining.picture, self._explaining.path
        return {} if picture is None or path is None else self.questions(path)

    def _plan(self) -> Plan:
        plan = self.panel.plan()
        # Of one picture the planes have a view of their own.
        return plan if plan.fits and (self.many.on or not plan.planes) else Plan()

    def _question(self, method: str, column: Column) -> Question:
        model = self._desk.opening.known.get(column.model)
        layer = column.layer if has_layers(method) else None
        return Question(
            str(self._explaining.path),
            column.model,
            model.card if model else "",
            method,
            layer,
            self._target(column),
            settled_params(method, self._params.get(method, {})),
        )

    def _target(self, column: Column) -> int | str | None:
        """The class by its number in the open model; other models are asked for it by its name."""
        info, target = self._desk.opening.info, self._desk.method.request().target
        if info is None or target is None or column.model == info.source or target >= len(info.classes):
            return target
        return info.classes[target]

    def _ask(self) -> None:
        """Ask the engine for what the grid lacks, or, where that takes long, leave it to the button."""
        questions = tuple(self._here().values()) if self.on else ()
        if questions != self._asked:
            self._asked = questions
            self.asking.want(questions if self.panel.plan().automatic else (), self._desk.opening.known)
        self.show()

    def run(self) -> None:
        """Compute what is ticked now, and again what failed."""
        if self.many.on:
            self.many.run()
            return
        self.asking.forget_failures()
        self._canvas.set_mode("grid")
        self._asked = tuple(self._here().values())
        self.asking.want(self._asked, self._desk.opening.known)
        self.show()

    # --- what is shown ---

    def show(self) -> None:
        """Fill the grid with what is known."""
        if not self.on or self._explaining.picture is None:
            return
        self._canvas.show_table(self._difference() if self.of_two else self._grid())
        self._desk.figures.refresh()

    def _subject(self) -> Subject | None:
        """All maps on show, for a figure; nothing while the grid is off."""
        picture = self._explaining.picture
        if picture is None or not self.on:
            return None
        items = [(self._desk.shown.told(heat), picture) for heat in self._canvas.grid.table().heats()]
        if self.of_two and items:
            return Subject(items, tr("difference of {method}", method=items[-1][0].method), self._again)
        return Subject(items, "comparison", self._again, "grid")

    def _again(self, path: str) -> Steps:
        """The same maps of another picture."""
        cells = self._picked if self.of_two else self._plan().cells().values()
        questions = [replace(self._question(*cell), path=path) for cell in cells]
        answers = yield from self.asking.steps(questions, self._desk.opening.known)
        heats = [answer for answer in answers if isinstance(answer, Heat)]
        if not heats or (self.of_two and len(heats) < 2):
            raise HeatlensError(next(answer for answer in answers if not isinstance(answer, Heat)))
        yield from self._desk.shown.bring(heats[0])
        difference = [Pair.of(*heats).found.heat] if self.of_two else []
        return [self._desk.shown.told(heat) for heat in (*heats, *difference)]

    def _grid(self) -> Table:
        plan, questions = self._plan(), self._here()
        cells = plan.cells()
        return grid_table(
            plan,
            {place: self.asking.answer(question) for place, question in questions.items()},
            {place for place, question in questions.items() if self.asking.awaited(question) or self._pause.isActive()},
            self._current(cells),
            tuple(place for place, cell in cells.items() if cell in self._picked),
            self._why_nothing(),
        )

    def _difference(self) -> Table:
        questions = [self._question(*pick) for pick in self._picked]
        answers = [self.asking.answer(question) for question in questions]
        first, second = (answer if isinstance(answer, Heat) else None for answer in answers)
        if first is None or second is None:
            self._pair = None
        elif self._pair is None or not self._pair.is_of(first, second):
            self._pair = Pair.of(first, second)
        names = [f"{method} · {column.name}" for method, column in self._picked]
        awaited = [self.asking.awaited(question) or self._pause.isActive() for question in questions]
        return difference_table(names, answers, awaited, self._pair)

    def _why_nothing(self) -> str:
        if not self.panel.plan().fits:
            return self.panel.count.text()
        if self._desk.opening.info is None:
            return tr("Open a model to compare its heatmaps.")
        if self.panel.plan().planes:
            return tr("Planes stand beside each other on the desk of many pictures (Ctrl+5).")
        return tr("Tick methods and columns under Compare.")

    def _current(self, cells: dict[Place, Pick]) -> Place | None:
        info, request = self._desk.opening.info, self._desk.method.request()
        if info is None:
            return None
        for place, (method, column) in cells.items():
            layer = self._path(column.layer)
            same_layer = column.layer is None or not has_layers(method) or layer == request.layer
            if method == request.method and column.model == info.source and same_layer:
                return place
        return None

    def _path(self, layer: str | None) -> str | None:
        """As the method panel calls it: a stage by the path of its last layer, the pixels by nothing."""
        info = self._desk.opening.info
        stages = {each.stage: each.path for each in info.layers if each.stage} if info else {}
        return stages.get(layer, layer) if layer and layer != INPUT else None

    # --- what the user does in the grid ---

    def choose(self, place: Place) -> None:
        """Make the method and layer of a cell the current ones, and its model the open one."""
        if self.of_two:
            if place[1] >= 2:
                return
            method, column = self._picked[place[1]]
        else:
            method, column = self._plan().cells()[place]
        desk, asked = self._desk, self._desk.method.request()
        params = dict(settled_params(method, self._params.get(method, {})))
        request = Request(method, params, self._path(column.layer), asked.target)
        if desk.opening.info is not None and column.model != desk.opening.info.source:
            desk.method.set_request(request)
            desk.opening.open(column.model)
        else:
            desk.method.ask(request)

    def pick(self, place: Place) -> None:
        """Take a cell for the difference, or put it back; the second one shows it."""
        if self.of_two:
            return
        cell = self._plan().cells()[place]
        left = tuple(each for each in self._picked if each != cell)
        self._picked = left if len(left) < len(self._picked) else (*self._picked, cell)
        self.show()

    def leave_difference(self) -> None:
        """Back to all maps."""
        self._picked, self._pair = (), None
        self.show()

    # --- what happens in the window ---

    def _changed(self) -> None:
        """Something the grid depends on: it is asked for after a pause, and shown as it stands at once."""
        request = self._desk.method.request()
        if request.method:
            self._params[request.method] = request.params
        cells = self._plan().cells().values()
        self._picked = tuple(pick for pick in self._picked if pick in cells)
        self._pause.start()
        self.show()
        self.many.refresh()

    def _mode_changed(self) -> None:
        if self.on and self._cramped:
            # Two lists need more height than what shares the column with them.
            self._cramped = False
            self._desk.docks.resize({"Model": 190, "Prediction": 140, "Compare": 500})
        # Only the grid's own list gives its place back.
        if self.on or self.panel.isVisible():
            (self.dock if self.on else self._desk.docks["Method"]).raise_()
        self._changed()

    def _model_opened(self, model: Opened) -> None:
        self._list_models()
        self.panel.set_model(model.info)

    def _list_models(self) -> None:
        names = model_names(dict.fromkeys([*self._desk.opening.known, DEMO, *self._desk.home.recent_models]))
        current = self._desk.opening.info.source if self._desk.opening.info else DEMO
        self.panel.set_models(sorted(names.items(), key=lambda model: model[0] != current))

    def _connect(self) -> None:
        desk, grid = self._desk, self._canvas.grid
        self.panel.changed.connect(self._changed)
        self.panel.ticked.connect(self._ticks.edited)
        self.panel.run_requested.connect(self.run)
        self._canvas.mode_changed.connect(self._mode_changed)
        self._explaining.outdated.connect(lambda _: setattr(self, "_asked", ()))
        self._explaining.picture_shown.connect(self._changed)
        desk.opening.opened.connect(self._ticks.by_itself(self._model_opened))
        desk.opening.added.connect(self._ticks.by_itself(lambda _: self._list_models()))
        desk.method.changed.connect(self._changed)
        desk.prediction.target_chosen.connect(self._changed)
        self.asking.changed.connect(self.show)
        grid.chosen.connect(self.choose)
        grid.picked.connect(self.pick)
        grid.left.connect(self.leave_difference)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._canvas)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave_difference)
