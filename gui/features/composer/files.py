"""Figures that leave the composer, and recipes that come back into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from gui import choosing
from gui.canvas.painting import qimage
from gui.export.drawing import Drawing
from gui.export.where import ask_file, figures_folder
from gui.features.composer.draft import PAGE, Draft
from gui.features.composer.preview import MM_PER_INCH, composed_of
from gui.state import OneJob
from gui.texts import tr
from tfcore.figure import export
from tfcore.figure.composition import Composition
from tfcore.figure.display import Display
from tfcore.figure.provenance import check_names, provenance
from tfcore.plain import plain
from tfcore.results import FigureParts

if TYPE_CHECKING:
    from gui.desk import Desk
    from tfcore.figure.templates import Material, Template

_KINDS = "PNG (*.png);;TIFF (*.tiff);;PDF (*.pdf);;SVG (*.svg)"
_RECIPES = tr("Recipes and records of figures (*.json)")


class Files(QObject):
    """Asks for names, writes and reads."""

    # A figure came in: from a file, or with its session.
    opened = Signal(object)
    recalled = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._writing: Drawing | None = None
        # Of the heatmaps in the figure, which are kept as long as they are in it.
        self._records: dict[int, dict[str, Any]] = {}
        self._parts = OneJob(desk.engine, "figure_parts", self)
        self._parts.answered.connect(self._opened)
        self._recalling = False
        self._by_job = OneJob(desk.engine, "template_figure", self)
        self._by_job.answered.connect(lambda path: self._say(tr("The figure and its tables are in {path}.", path=path)))
        self._by_job.failed.connect(lambda why: self._say(why, "error"))

    @property
    def settled(self) -> bool:
        return self._writing is None and self._parts.idle and self._by_job.idle

    def save(self, draft: Draft) -> None:
        """Ask for a name and write the figure, its recipe beside it."""
        if (path := ask_file(self._desk, tr("Save figure"), "figure.png", _KINDS)) is None:
            return

        def work() -> Path:
            # Asked was for the figure alone: a record of somebody else's is not replaced with it.
            check_names([path], draft.items)
            return export(
                draft.items,
                path,
                draft.display,
                dpi=draft.dpi,
                width_mm=draft.width_mm,
                text_size=draft.text_size,
                overwrite=True,
                composition=draft.made,
            )

        def done(written: Path) -> None:
            pages = "" if written == path else tr(", its other pages")
            self._say(
                tr(
                    "Saved {written}{pages} and, with everything needed to make it again, {stem}.json.",
                    written=written,
                    pages=pages,
                    stem=path.stem,
                )
            )

        self._write(work, done)

    def copy(self, draft: Draft) -> None:
        """The figure with the pixels its file would have."""

        def work() -> QImage:
            from tfcore.figure.redrawn import Redrawn

            width = int(draft.width_mm / MM_PER_INCH * draft.dpi)
            return qimage(Redrawn().image(composed_of(draft, 4096), 0, width))

        def done(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self._say(tr("Figure copied."))

        self._write(work, done)

    def _write(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def ended(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def now(found: Any) -> None:
                self._writing = None
                then(found)

            return now

        self._writing = Drawing(work, ended(done), ended(lambda why: self._say(why, "error")), self)

    def open(self) -> None:
        """A recipe, whose maps are computed."""
        if path := choosing.file(self._desk.parent, tr("Open recipe"), _RECIPES, self._desk.home.exports):
            self.make(path, tr("figure {name}", name=Path(path).name))

    def make(self, recipe: str | Mapping[str, Any], what: str, trust: bool = False) -> None:
        """The figure of a recipe in place of the one on show; its maps are computed."""
        self._recalling = False
        self._parts.ask({"recipe": recipe, "trust": trust}, what)

    def make_by_job(self, template: Template, material: Material) -> None:
        """A figure that shows no heatmaps, in a folder of its own among the figures."""
        out = figures_folder(self._desk.home) / f"{template.name}-{Path(material.models[0]).stem}"
        known = self._desk.opening.known[material.models[0]]
        asked = {"job": template.job, "asked": template.asked(material), "out": str(out)}
        self._by_job.ask(known.asked(**asked), template.title)

    def recall(self, record: Mapping[str, Any]) -> None:
        """The figure of a session."""
        self._recalling = True
        self._parts.ask({"recipe": record}, tr("the figure of the session"))

    def record(self, draft: Draft) -> dict[str, Any]:
        """What a session keeps of it."""
        if draft.empty:
            return {}
        self._records = {
            id(heat): self._records.get(id(heat)) or provenance([(heat, picture)], draft.display)["items"][0]
            for heat, picture in draft.items
        }
        page = {name: getattr(draft, name) for name in PAGE}
        page["composition"] = plain(draft.made.as_dict())
        items = [self._records[id(heat)] for heat, _ in draft.items]
        return {"figure": page, "display": asdict(draft.display), "items": items}

    def _opened(self, found: FigureParts) -> None:
        made = Composition.of(found.composition)
        page = {name: found.page[name] for name in PAGE if found.page.get(name)}
        draft = Draft(found.items, made, Display(**found.display), across=max(made.across, 1))
        (self.recalled if self._recalling else self.opened).emit(replace(draft, **page))
        for problem in found.problems:
            self._say(problem, "error")

    def _say(self, sentence: str, kind: str = "") -> None:
        self._desk.jobs.history.add(sentence, kind)
