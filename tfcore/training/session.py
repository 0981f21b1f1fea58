"""One run from its first epoch to its last: stages, the best model, and what is left when it is interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from tfcore.data.augmentations import parse, preview, save_preview
from tfcore.data.dataset import Dataset
from tfcore.data.pipeline import Pipeline, pipeline
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.training.averages import Averages
from tfcore.training.checkpoint import FINE_TUNING, HEAD, WHOLE
from tfcore.training.classes import Classes
from tfcore.training.features import Frozen, features, frozen_part
from tfcore.training.feeds import Features, Feed, Pictures
from tfcore.training.folder import RunFolder
from tfcore.training.history import History
from tfcore.training.loop import Loop, Stage, answered
from tfcore.training.machines import Machines
from tfcore.training.network import compiled, fresh, hardware, mixed, portable, thaw
from tfcore.training.pixels import Pixels
from tfcore.training.plan import Plan
from tfcore.training.sides import Sides
from tfcore.training.task import Task
from tfcore.training.watch import Watch

# By the family of the recipe.
_TASKS: dict[str, Callable[[Plan, Dataset], Task]] = {"classification": Classes.of, "segmentation": Pixels.of}


def task_of(plan: Plan, data: Dataset) -> Task:
    """What the plan's network learns from these data."""
    return _TASKS[plan.spec.family](plan, data)


class Session:
    """The network of a plan, learning from the sides into a folder."""

    def __init__(
        self,
        plan: Plan,
        sides: Sides,
        folder: RunFolder,
        watch: Watch,
        provenance: dict[str, Any],
        machines: Machines | None = None,
    ) -> None:
        self._machines = machines
        self.plan, self.sides, self.folder, self.watch = plan, sides, folder, watch
        self.classes = sides.data.classes
        self.task = task_of(plan, sides.data)
        self._open: list[Pipeline] = []
        self.steps = parse(plan["augment"]) if plan["augment"] else ()
        self.strategy = hardware()
        with self.strategy.scope():
            self.model = fresh(plan, self.classes, sides.data.channels)
            self.frozen = frozen_part(self.model)
        before = self.model.card.provenance
        began = {name: before[name] for name in before if name not in ("architecture", "settings")}
        built = {name: before[name] for name in before if name not in began}
        origin = {**built, "weights": "trained", "trained from": began, "training": provenance}
        self.card: Card = self.model.card.with_(recipe=plan.recipe, provenance=origin)
        state = folder.checkpoint.state(f"val_{figure}" for figure in self.task.chosen_by)
        self._resumed = None if state is None else str(state["stage"])
        self.history = History(plan["best"], None if state is None else state["history"])
        self.loop = Loop(
            task=self.task,
            history=self.history,
            checkpoint=folder.checkpoint,
            watch=watch,
            improved=lambda: folder.improved(lambda: portable(self.model, plan, self.classes), self.card),
            patience=plan["patience"],
            machines=machines,
        )

    @property
    def notes(self) -> list[str]:
        """What a reader of the results should know about how the network learnt."""
        notes = list(self.task.notes)
        if self.frozen is not None and self.steps:
            notes.append(
                "The frozen base is run for every picture in every epoch, because augmented pictures are always new; "
                "without augmentation it would be run once."
            )
        if self.frozen is not None and not self.steps:
            notes.append("The frozen base was run once per picture and its features were reused in every epoch.")
        if self._machines is not None:
            notes.append(self._machines.note)
        if mixed(self.plan):
            notes.append("Trained with 16-bit arithmetic on a GPU; the model is saved in 32 bits.")
        if self.plan["label_smoothing"] or self.plan["class_weights"]:
            notes.append(
                "The training loss is smoothed or weighted, the validation loss is plain; do not compare them."
            )
        return notes

    def run(self) -> None:
        """Every stage; however it ends, the best epoch so far is a model that opens."""
        plan = self.plan
        if self.steps:
            grid = preview(self.sides.part("train", plan), self.card, self.steps, seed=plan.seed)
            self.watch.say(
                f"Augmented pictures are shown in {save_preview(grid, self.folder.augmented, overwrite=True)}."
            )
        try:
            first = WHOLE if self.frozen is None else HEAD
            if self._resumed in (None, first):
                self._stage(first, plan["epochs"], plan["lr"])
            if plan["fine_tune_epochs"]:
                thaw(self.model.keras)
                if self._resumed != FINE_TUNING:
                    # From here on the base changes too, so the best epoch is one of the whole network.
                    self.folder.checkpoint.save_best(self.model.keras, FINE_TUNING)
                self._stage(FINE_TUNING, plan["fine_tune_epochs"], plan["fine_tune_lr"])
        except BaseException as error:
            # What stopped the run is what is heard of; a disk that is full is still full.
            with suppress(HeatlensError):
                self._save_best()
            raise self._reason(error) or error from None
        self._save_best()

    def keep(self, card: Card) -> None:
        """The card of the best epoch's model from now on."""
        self.card = card
        self.folder.keep(card)

    def predictions(self, side: str) -> tuple[Pipeline, Iterator[np.ndarray]]:
        """The pictures of a side and the best network's probabilities for them, batch by batch."""
        self._open.clear()
        pictures = self._pictures(self.sides.part(side, self.plan))
        total = len(pictures)
        tick: Callable[[int], None] = lambda done: self.watch.tick(done, total, f"predicting {side}")  # noqa: E731
        found = answered(self.loop.forward(self.model.keras), pictures.data, tick)
        return pictures, (self.model.outputs.probabilities(logits) for logits, _ in found)

    # --- stages ---

    def _stage(self, name: str, epochs: int, lr: float) -> None:
        """The epochs that are left of it; the network is then that of the best epoch so far."""
        plan, network = self.plan, self._learning(name)
        if self.loop.remaining(name, epochs):
            train, val = self._feeds(name)
            with self.strategy.scope():
                compiled(network, plan, lr, self.task)
            averages = Averages(network, plan["averaging"] * train.steps)
            if self._resumed == name:
                self.folder.checkpoint.restore(network, averages)
            self.loop.run(Stage(name, network, train, val, epochs, lr, averages, plan["warm_up"], plan["decay"]))
        self._restore_best()

    def _learning(self, stage: str) -> Any:
        """The network whose variables the checkpoints of a stage hold."""
        if stage == HEAD and self.frozen is not None and not self.steps:
            return self.frozen.head
        return self.model.keras

    def _feeds(self, stage: str) -> tuple[Feed, Feed]:
        plan = self.plan
        if stage == HEAD and self.frozen is not None and not self.steps:
            return self._features(self.frozen, "train", plan.seed), self._features(self.frozen, "val", None)
        # First those that are measured, which are never rounded to save room.
        val = self._pictures(self.sides.part("val", plan))
        train = self._pictures(self.sides.part("train", plan), training=True, augment=self.steps, seed=plan.seed)
        return Pictures(train), Pictures(val)

    def _features(self, frozen: Frozen, side: str, seed: int | None) -> Features:
        data = self.sides.part(side, self.plan)
        once = data.with_samples({sample.identity: sample for sample in data}.values())
        pictures = self._pictures(once)
        total = len(pictures)
        tick: Callable[[int], None] = lambda done: self.watch.tick(done, total, f"running the base ({side})")  # noqa: E731
        values = features(frozen, pictures.data, total, self._room() // 2, tick)
        # They were looked at once; their place is free for others.
        self._open.remove(pictures)
        row = {sample.identity: number for number, sample in enumerate(pictures.samples)}
        chosen = np.array([row[sample.identity] for sample in data if sample.identity in row])
        if len(chosen) == total:
            return Features(values, pictures.targets, self.plan["batch"], seed)
        return Features(values[chosen], pictures.targets[chosen], self.plan["batch"], seed)

    def _pictures(self, data: Dataset, **how: Any) -> Pipeline:
        def tick(done: int, total: int) -> None:
            self.watch.tick(done, total, "reading pictures")

        made = pipeline(data, self.card, self.plan["batch"], memory=self._room(), progress=tick, **how)
        self._open.append(made)
        for left in made.left_out:
            self.watch.say(left.sentence)
        return made

    def _room(self) -> int:
        """Bytes of memory that the pictures kept so far leave."""
        return (self.plan["memory"] << 20) - sum(pictures.kept for pictures in self._open)

    def _reason(self, error: BaseException) -> HeatlensError | None:
        """What TensorFlow's complaint comes from, where that is known."""
        if type(error).__name__ == "ResourceExhaustedError":
            batch = self.plan["batch"]
            return HeatlensError(
                f"There is not enough memory for batches of {batch}; use --batch {max(1, batch // 2)}."
            )
        return next((pictures.failure for pictures in self._open if pictures.failure), None)

    # --- the best epoch ---

    def _restore_best(self) -> None:
        stage = self.folder.checkpoint.best_stage()
        if stage is not None:
            self.folder.checkpoint.restore_best(self._learning(stage))

    def _save_best(self) -> None:
        if self.history.rows:
            self.history.save(self.folder.history)
        if self.folder.checkpoint.best_stage() is not None and self.folder.unsaved:
            self._restore_best()
            self.folder.save(portable(self.model, self.plan, self.classes), self.card)
