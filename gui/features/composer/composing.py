"""The figure composer: what is shown, and pictures of the list, become cells of a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget

from gui.features.composer.draft import Draft, Place, inside, nearer, pointed, shifted
from gui.features.composer.files import Files
from gui.features.composer.gathering import Gathering
from gui.features.composer.page import Page
from gui.features.composer.preview import Preview
from gui.features.composer.sheet import INSET, PART, WORDS
from gui.features.composer.templates import button_of
from gui.texts import tr
from gui.undo import Step
from tfcore.errors import HeatlensError
from tfcore.figure.composition import Note, Part
from tfcore.figure.display import SETTINGS

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.figures import Subject
    from tfcore.figure.panel import Item

# Of a picture, by one key.
_STEP = 0.02


class Composing(QObject):
    """Holds the draft, draws it soon after every change, and takes changes back."""

    def __init__(self, desk: Desk, dock: QDockWidget, shown: str) -> None:
        super().__init__(desk.parent)
        self._desk, self._dock, self._draft = desk, dock, Draft()
        self._gathering, self._files = Gathering(desk, self), Files(desk, self)
        selected = tr("The selected pictures, explained as the one on show is")
        self.page = Page(
            {
                tr("Add what is shown"): ("mdi6.plus", shown, self.add_shown),
                tr("Add selected"): ("mdi6.plus", selected, self.add_selected),
                # Words alone: all are in one line of a small screen.
                tr("Open…"): ("", tr("A recipe, or the record beside a composed figure"), self._files.open),
                tr("Save…"): ("", tr("The figure, with its recipe beside it"), lambda: self._files.save(self._draft)),
                tr("Copy"): ("", tr("The figure onto the clipboard"), lambda: self._files.copy(self._draft)),
                tr("Clear"): ("", tr("An empty figure"), lambda: self.become(Draft(), tr("clearing the figure"))),
            },
            button_of(desk, self._files.make, self._files.make_by_job),
        )
        self._stack = desk.docks.pages.addWidget(self.page)
        self._preview = Preview(self.page)
        self._connect()
        self._show()
        self._recall()

    @property
    def settled(self) -> bool:
        return self._gathering.idle and self._files.settled and self._preview.settled

    @property
    def on(self) -> bool:
        """Whether the composer is on show."""
        return self._desk.docks.pages.currentIndex() == self._stack

    def turn(self) -> None:
        """To the composer, or back to one picture."""
        self._desk.docks.pages.setCurrentIndex(0 if self.on else self._stack)
        if self.on:
            self._dock.show()
            self._dock.raise_()
            self.page.sheet.setFocus()
            self._preview.show(self._draft)

    # --- what comes in ---

    def add_shown(self) -> None:
        subject = self._desk.figures.subject()
        if subject is None:
            self._say(tr("There is no heatmap on show; look at a picture first, or drag pictures in."), "warning")
            return
        self.take(subject)

    def take(self, subject: Subject) -> None:
        """All maps of a subject: what is compared, and a strip of layers, as rows and columns."""
        draft, labels = self._begun(), self._desk.browser.labels()
        laid = subject.layout == "grid" or (subject.layout == "strip" and "head" not in subject.items[0][0].params)
        self._try(
            lambda: (draft.with_grid if laid else draft.added)(subject.items, labels),
            tr("adding {what}", what=subject.what),
        )
        if not self.on:
            self._say(tr("{what} is in the figure (Ctrl+6).", what=subject.what))

    def add_selected(self) -> None:
        self.add(self._desk.browser.selected())

    def add(self, paths: Sequence[str], place: Place | None = None) -> None:
        """These pictures, explained as the one on show; a single one may take the place of another."""
        if not paths:
            return

        def then(items: list[Item]) -> None:
            labels = self._desk.browser.labels()
            if place is not None and len(items) == 1 and self._draft.cell(place) is not None:
                self.become(self._draft.replaced(place, items[0], labels), tr("replacing a picture"))
            elif items:
                self.become(self._begun().added(items, labels), tr("adding pictures"))

        self._gathering.gather(paths, then)

    def _begun(self) -> Draft:
        """An empty figure takes the look of the canvas."""
        return replace(self._draft, display=self._desk.canvas.display()) if self._draft.empty else self._draft

    # --- changes, and the way back ---

    def become(self, draft: Draft, what: str, of: str = "") -> None:
        before = self._draft

        def go(to: Draft) -> None:
            self._draft = to
            self._desk.session.figure = self._files.record(to)
            self._desk.remember()
            self._show()

        self._desk.undo.did(Step(what, lambda: go(before), lambda: go(draft), of=of))
        go(draft)

    def _recall(self) -> None:
        """The figure of the session on show."""
        self._draft = Draft()
        self._show()
        if self._desk.session.figure:
            self._files.recall(self._desk.session.figure)

    def _take_up(self, draft: Draft) -> None:
        """What the session keeps of it stays as it is, also of cells that cannot be had at the moment."""
        if self._draft.empty:
            self._draft = draft
            self._show()

    def _set(self, changes: dict[str, Any]) -> None:
        self._try(lambda: self._draft.with_made(**changes), tr("a setting of the figure"))

    def _set_page(self, changes: dict[str, Any]) -> None:
        self.become(replace(self._draft, **changes), tr("the page of the figure"), "page")

    def _set_cell(self, changes: dict[str, Any]) -> None:
        if (place := self.page.sheet.chosen) is not None:
            self._try(lambda: self._draft.changed(place, **changes), tr("a cell of the figure"))

    def _try(self, change: Callable[[], Draft], what: str) -> None:
        try:
            self.become(change(), what)
        except HeatlensError as error:
            self._say(str(error), "error")
            self.page.caption.setText(str(error))

    def _move(self, source: Place, target: Place) -> None:
        self.page.sheet.chosen = target
        self.become(self._draft.moved(source, target), tr("moving a cell"))

    def _move_line(self, axis: int, source: int, target: int) -> None:
        if chosen := self.page.sheet.chosen:
            self.page.sheet.chosen = (chosen[0], target) if axis else (target, chosen[1])
        self.become(self._draft.line_moved(axis, source, target), tr("moving a column") if axis else tr("moving a row"))

    def _remove(self, place: Place) -> None:
        if self._draft.cell(place) is not None:
            self.become(self._draft.without(place), tr("removing a cell"))

    def _wish(self, what: str) -> None:
        place = self.page.sheet.chosen
        if place is None or self._draft.cell(place) is None:
            return
        if what == "remove":
            self._remove(place)
        elif what == "double":
            self.become(self._draft.doubled(place), tr("doubling a cell"))
        elif what == "part of all":
            self.become(self._draft.like(place, "crop"), tr("the part that is seen"))
        elif what == "look":
            now, usual = asdict(self._desk.canvas.display()), asdict(self._draft.display)
            other = {name: now[name] for name in SETTINGS if now[name] != usual[name]}
            self._set_cell({"look": other})

    def _of_models(self, which: str) -> None:
        if (place := self.page.sheet.chosen) is None or (cell := self._draft.cell(place)) is None:
            return

        def then(item: Item) -> None:
            # It may have gone elsewhere meanwhile.
            if self._draft.cell(place) == cell:
                self.become(
                    self._draft.replaced(place, item, self._desk.browser.labels()), tr("whose heat a cell shows")
                )

        self._gathering.over_models(self._draft.items[cell.item], which, then)

    def _frame(self, place: Place, framed: Part) -> None:
        """A part was framed with one of the tools, or words were put somewhere."""
        cell, tool = self._draft.cell(place), self.page.sheet.tool
        if cell is None:
            return
        left, top, right, bottom = cell.crop or (0.0, 0.0, 1.0, 1.0)
        x = [left + share * (right - left) for share in framed[::2]]
        y = [top + share * (bottom - top) for share in framed[1::2]]
        if tool in (PART, INSET):
            box = inside((min(x), min(y), max(x), max(y)))
            self._set_cell({"crop" if tool == PART else "inset": box})
        elif words := self.page.words.text().strip():
            ends = (x[1], y[1]) if (x[0], y[0]) != (x[1], y[1]) else None
            self._set_cell({"notes": (*cell.notes, Note(words, (x[0], y[0]), ends))})
        else:
            self._say(tr("Type the words first."), "warning")

    def _zoom(self, place: Place, factor: float, at: tuple[float, float] | None) -> None:
        if (cell := self._draft.cell(place)) is None:
            return
        name = "crop" if at is not None or self.page.sheet.tool != INSET or cell.inset is None else "inset"
        box = nearer(getattr(cell, name), factor, at or (0.5, 0.5))
        self.become(
            self._draft.changed(place, **{name: box}), tr("the part that is seen"), tr("part of {place}", place=place)
        )

    def _shift(self, place: Place, steps: tuple[int, int], tip: bool) -> None:
        """What the tool has framed or written last."""
        if (cell := self._draft.cell(place)) is None:
            return
        tool, by = self.page.sheet.tool, (steps[0] * _STEP, steps[1] * _STEP)
        changes: dict[str, Any] = {}
        if tool == WORDS and cell.notes:
            changes["notes"] = (*cell.notes[:-1], pointed(cell.notes[-1], *by, tip))
        elif tool == INSET and cell.inset:
            changes["inset"] = shifted(cell.inset, *by)
        elif cell.crop:
            changes["crop"] = shifted(cell.crop, *by)
        if changes:
            self.become(
                self._draft.changed(place, **changes), tr("the part that is seen"), tr("part of {place}", place=place)
            )

    # --- drawing ---

    def _show(self) -> None:
        draft, sheet = self._draft, self.page.sheet
        if draft.cell(sheet.chosen) is None:
            sheet.chosen = None
        self.page.figure.show_draft(draft)
        self._pick(sheet.chosen)
        for name in (tr("Save…"), tr("Copy"), tr("Clear")):
            self.page.buttons[name].setEnabled(not draft.empty)
        self._preview.show(draft)

    def _pick(self, place: Place | None) -> None:
        self.page.sheet.chosen, cell = place, self._draft.cell(place)
        heat = self._draft.items[cell.item][0] if cell is not None else None
        said = f"{Path(heat.path).name} · {heat.method} · {heat.place}" if heat is not None else ""
        which, why_not = self._gathering.of_models(heat) if heat is not None else ("", "")
        self.page.cell.show_cell(cell, said, which, why_not)
        self.page.sheet.update()

    def _say(self, sentence: str, kind: str = "") -> None:
        self._desk.jobs.history.add(sentence, kind)

    def _connect(self) -> None:
        page, sheet = self.page, self.page.sheet
        page.figure.changed.connect(self._set)
        page.figure.page_changed.connect(self._set_page)
        page.figure.across_changed.connect(lambda n: self.become(self._draft.with_across(n), tr("cells across")))
        page.figure.rows_wanted.connect(lambda: self.become(self._draft.in_rows(), tr("rows of three")))
        page.cell.changed.connect(self._set_cell)
        page.cell.wished.connect(self._wish)
        page.cell.models_wished.connect(self._of_models)
        sheet.picked.connect(self._pick)
        sheet.moved.connect(self._move)
        sheet.line_moved.connect(self._move_line)
        sheet.removed.connect(self._remove)
        sheet.dropped.connect(self.add)
        sheet.framed.connect(self._frame)
        sheet.zoomed.connect(self._zoom)
        sheet.shifted.connect(self._shift)
        self._files.opened.connect(lambda draft: self.become(draft, tr("opening a figure")))
        self._files.recalled.connect(self._take_up)
        self._desk.sessions.changed.connect(self._recall)
