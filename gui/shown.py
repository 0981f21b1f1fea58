"""The one writer of picture, heat, heading and bars; features offer layers to it and never draw over it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.browser import Browser
from gui.canvas import Canvas
from gui.explaining import Explaining, State
from gui.panels import JobsPanel, PredictionPanel
from gui.panels.labels import RANDOM_TIP, Badge
from gui.predicting import Predicting
from gui.said import answer, heading
from gui.state import Questions
from gui.texts import tr
from gui.whole import name_of
from tfcore.engine.protocol import Job
from tfcore.pictures import Picture
from tfcore.pictures.address import file_of
from tfcore.results import Heat, Mask, Outline, Prediction, Sureness
from tfcore.results.model import untrained
from tfcore.words import percent

# A picture that is there sooner must not flash a message.
_PATIENCE_MS = 150


@dataclass(frozen=True, eq=False)
class Layer:
    """What a feature has to show with the heat of a picture; what it leaves out stays as it is."""

    # Laid over the picture in place of the method's own heat.
    heat: Heat | None = None
    # What the map is: said in place of the predicted class and its probability.
    answer: str = ""
    # The whole heading.
    title: str = ""
    # Many passes in place of the single prediction.
    sureness: Sureness | None = None
    # What a network that segments draws on the picture, as it is seen.
    mask: Mask | None = None
    # What the user drew on the picture, for figures of it.
    regions: tuple[Outline, ...] = ()


Source = Callable[[Heat], Layer | None]
# A question to the engine: where its answer is kept, under what, and the job that finds it.
Ask = tuple[Questions, Hashable, Job]
# Asks for what the layer of a heat needs, of any picture; each ask is met with its answer.
Steps = Generator[Ask, Any, Any]


class Shown(QObject):
    """Hears :class:`Explaining`, asks the features for their layers, and turns that into something to look at."""

    # What is on show is there, or no longer is: figures can be made, or not.
    changed = Signal()
    # What was just written under the thumbnail of its picture.
    annotated = Signal(object)

    def __init__(
        self,
        explaining: Explaining,
        predicting: Predicting,
        browser: Browser,
        canvas: Canvas,
        prediction: PredictionPanel,
        jobs: JobsPanel,
    ) -> None:
        super().__init__(explaining)
        self._explaining = explaining
        # What the bars say, and of which picture.
        self.said: Heat | Prediction | None = None
        self._browser, self._canvas, self._prediction, self._jobs = browser, canvas, prediction, jobs
        self._annotated: dict[str, str] = {}
        self._sources: list[tuple[Source, Callable[[Heat], Steps]]] = []
        self._badges: list[Callable[[], Badge | None]] = [self._untrained, self._estimate]
        explaining.picture_awaited.connect(self._picture_awaited)
        explaining.picture_shown.connect(self._picture_shown)
        explaining.picture_failed.connect(self._picture_failed)
        explaining.outdated.connect(self._outdate)
        explaining.heat_changed.connect(self._heat_changed)
        explaining.heat_known.connect(self.annotate)
        predicting.known.connect(self._predicted)
        predicting.failed.connect(self._no_prediction)

    def offer(self, source: Source, bring: Callable[[Heat], Steps]) -> None:
        """A feature that may have a layer for a heat; of several the last one is asked first.

        ``bring`` asks for what the source needs to have, for a heat of another picture, the layer that it has now.
        """
        self._sources.insert(0, (source, bring))

    def drawn(self, heat: Heat) -> Heat:
        """What lies over the picture where this is its heat, with what is said of it: as figures show it."""
        layer = self._layer(heat)
        over = _covering(layer.heat or heat, layer.mask)
        return replace(over, sureness=layer.sureness, mask=layer.mask, regions=layer.regions)

    def told(self, heat: Heat) -> Heat:
        """The heat itself with what is said of its picture."""
        layer = self._layer(heat)
        return replace(_covering(heat, layer.mask), sureness=layer.sureness, regions=layer.regions)

    def bring(self, heat: Heat) -> Steps:
        """Ask for all that :meth:`drawn` needs to show this heat as the present one is shown."""
        for _, bring in self._sources:
            yield from bring(heat)

    def offer_badge(self, source: Callable[[], Badge | None]) -> None:
        """A feature that may have a few words beside the heading, about the picture that is looked at."""
        self._badges.append(source)

    def refresh_badges(self) -> None:
        """Show them as they stand; a feature calls this when its badge is another."""
        self._canvas.heading.show_badges([badge for source in self._badges if (badge := source())])

    def annotate(self, said: Heat | Prediction) -> None:
        """Write what the model says of a picture under its thumbnail."""
        told = self._annotated[said.path] = answer(said)
        if said.shares is None:
            best = int(said.probabilities.argmax())
            self._browser.annotate(said.path, told, said.entropy, said.classes[best], float(said.probabilities[best]))
        else:
            self._browser.annotate(said.path, told)
        self.annotated.emit(said)

    def refresh(self) -> None:
        """Draw heat, heading and bars as they stand; a feature calls this when its layer is another."""
        match self._explaining.state:
            case State.THERE | State.GROWING if self._explaining.heat is not None:
                self._draw(self._explaining.heat)
            case State.AWAITED:
                self._without_heat(tr("computing …"))
            case State.UNASKED:
                self._without_heat(tr("press Explain to compute"), self.said)
            case State.CANCELLED:
                self._without_heat(tr("cancelled"), self.said)
            case State.FAILED:
                self._without_heat(tr("not explained"))
        self.refresh_badges()
        self.changed.emit()

    def nothing(self) -> None:
        """No picture is listed."""
        self._canvas.show_message(
            "empty", tr("Drop pictures or a folder here"), tr("or File ▸ Open pictures, or Open demo")
        )
        self._no_prediction()
        self.changed.emit()

    def forget_notes(self) -> None:
        """What was said no longer stands beside any picture."""
        self._browser.forget_notes()
        self._annotated.clear()

    def forget_predictions(self) -> None:
        """Another model is asked from now on."""
        self.forget_notes()
        self.said = None
        if self._explaining.path is not None:
            self._prediction.show_loading()

    # --- pictures ---

    def _picture_awaited(self, path: str) -> None:
        def say() -> None:
            if self._explaining.path != path or self._explaining.picture is not None:
                return
            reading, before = tr("Reading {path} …", path=name_of(path)), self._explaining.before
            if before is not None and before.address.file == file_of(path):
                # The last slice stays in sight until the next one is there.
                self._canvas.set_heading(reading)
            else:
                self._canvas.show_message("loading", reading)

        QTimer.singleShot(_PATIENCE_MS, self, say)
        self.changed.emit()

    def _picture_shown(self, picture: Picture) -> None:
        self._canvas.show_picture(picture, self._explaining.whole)
        if self.said is None:
            # Why there was no prediction of the last picture is nothing to say of this one.
            self._prediction.show_empty()
        self._canvas.set_heading(" · ".join(filter(None, (picture.file.name, picture.note))))
        QTimer.singleShot(_PATIENCE_MS, self, self._await_prediction)
        self.changed.emit()

    def _picture_failed(self, path: str, sentence: str) -> None:
        self._canvas.show_message("error", tr("{path} cannot be shown", path=name_of(path)), sentence)
        self._browser.annotate(path, "unreadable")
        self._no_prediction(tr("No prediction: the picture cannot be read."))
        self._jobs.history.add(sentence, "error")
        self.changed.emit()

    def _outdate(self, path: str) -> None:
        self._annotated.pop(path, None)
        self._browser.refresh(path)
        if self.said is not None and self.said.path == path:
            self.said = None
            self._prediction.show_loading()

    # --- heats ---

    def _heat_changed(self) -> None:
        if self._explaining.state is State.FAILED:
            self._no_prediction(self._explaining.why)
        self.refresh()

    def _draw(self, heat: Heat) -> None:
        layer = self._layer(heat)
        if (over := layer.heat or heat) is not self._canvas.heat():
            self._canvas.show_heat(over)
        self.said = heat = _covering(heat, layer.mask)
        if (sureness := layer.sureness) is None or sureness.intervals is None:
            self._show_bars(heat, heat.target, layer.mask, heat.found if "lead" in heat.facts else "")  # of the answer
        else:
            each = tr("models") if sureness.members else tr("passes") + tr(", inserted") * sureness.inserted
            note = tr("mean, middle 90 % of {passes} {each}", passes=sureness.passes, each=each)
            self._prediction.set(sureness.mean, heat.classes, heat.target, sureness.intervals, note, heat.shift)
        if self._annotated.get(heat.path) != answer(heat) or self._explaining.whole is not None:
            # Another slice of the volume spoke last, another model or another threshold.
            self.annotate(heat)
        self._canvas.set_heading(layer.title or heading(replace(heat, sureness=sureness), layer.answer))

    def _show_bars(self, said: Heat | Prediction, target: int, drawn: Mask | None = None, found: str = "") -> None:
        told = said.belief.words(said.classes) if said.belief else ""
        values, note = said.probabilities, "\n".join(filter(None, (told, found)))
        if said.shares is not None:
            values, note = (
                said.shares,
                tr("share of the picture that each class covers{together}", together=drawn.together if drawn else ""),
            )
        self._prediction.set(values, said.classes, target, note=note, shift=said.shift)

    def _layer(self, heat: Heat) -> Layer:
        """What the features have to show with it; where several have the same, what the first has."""
        found = Layer()
        for layer in filter(None, [source(heat) for source, _ in reversed(self._sources)]):
            said = {name: each for name, each in vars(layer).items() if each is not None and each != ""}
            found = replace(found, **said | {"regions": layer.regions + found.regions})
        return found

    def _without_heat(self, why: str, said: Heat | Prediction | None = None) -> None:
        self._canvas.show_heat(None)
        if self._explaining.picture is not None:
            told = answer(said) if said is not None and said.path == self._explaining.path else ""
            self._canvas.set_heading(" · ".join(filter(None, (name_of(self._explaining.picture.path), told, why))))

    # --- predictions without a heat ---

    def _predicted(self, found: Prediction) -> None:
        self.said = found
        asked = self._explaining.request
        target = int(found.probabilities.argmax()) if asked is None or asked.target is None else asked.target
        self._show_bars(found, target)
        self.annotate(found)
        self.refresh()

    def _await_prediction(self) -> None:
        """The bars of one picture must not stand beside another."""
        path, awaited = self._explaining.path, self._explaining.state is State.AWAITED
        if path is not None and (awaited if self.said is None else self.said.path != path):
            self.said = None
            self._prediction.show_loading()

    def _no_prediction(self, *why: str) -> None:
        self.said = None
        self._prediction.show_empty(*why)

    def _estimate(self) -> Badge | None:
        """How sure a heat is that is not computed to its end."""
        heat = self._explaining.heat
        if heat is None or not heat.unfinished:
            return None
        sure = f" ±{percent(heat.facts['error'])}" if "error" in heat.facts else ""
        return Badge(tr("estimate{sure}", sure=sure), tip=str(heat.facts["said"]))

    def _untrained(self) -> Badge | None:
        said = untrained(self.said.weights) if self.said is not None else ""
        return Badge(said, "warning", RANDOM_TIP) if said else None


def _covering(heat: Heat, mask: Mask | None) -> Heat:
    """What classes cover is what is drawn of them: the threshold may have been moved since the heat was computed."""
    of_classes = mask if heat.shares is not None and mask is not None and mask.meaning else None
    return heat if of_classes is None else replace(heat, shares=of_classes.shares(len(heat.classes)))
