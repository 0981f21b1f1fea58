"""The folder of a run: who may write into it, and what lies where."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tfcore.errors import Cancelled, HeatlensError
from tfcore.files import make_folder, sha256, write_whole, written_whole
from tfcore.lazy import keras
from tfcore.marks import PROGRAM, version
from tfcore.models.card import Card
from tfcore.plain import json_text
from tfcore.training.checkpoint import BEST, LAST, Checkpoint
from tfcore.training.lock import LOCK, STOP, asked_to_stop, holder, locked
from tfcore.training.plan import Plan
from tfcore.training.watch import Watch

# Writing the model may take this share of the time at most, except at the end.
_SHARE = 0.1
# Seconds between two looks for somebody who wants the run to stop.
_LOOKS = 1.0


class RunFolder:
    """Paths and files of one run. ``settings.json`` is what makes a folder a run."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.settings = self.path / "settings.json"
        self.split = self.path / "split.csv"
        self.history = self.path / "history.csv"
        self.model = self.path / "model.keras"
        self.plots = self.path / "plots"
        # A training picture per row, first as it is, then as the network learns from it.
        self.augmented = self.plots / "augmented.png"
        self.checkpoint = Checkpoint(self.path / "checkpoint")
        # Of an earlier attempt nobody knows whether it came to writing its best epoch.
        self._unsaved = True
        self._next_write = 0.0

    @property
    def needed(self) -> list[str]:
        """Whatever somebody who goes on with it has to have."""
        return [self.settings.name, *(f"checkpoint/{name}" for name in (LAST, BEST))]

    @property
    def begun(self) -> bool:
        """Whether anything has been learnt here."""
        inner = ("", "fold-*/", "seed-*/")
        return any(any(self.path.glob(f"{of}checkpoint/{LAST}")) for of in inner)

    @contextmanager
    def claimed(self, plan: Plan, resume: bool) -> Iterator[None]:
        """The folder is this run's until the block ends; says why it cannot be, before anything is written."""
        self._check(plan, resume)
        # Of cross-validation, the folds are parts of one run.
        above = holder(self.path.absolute().parent)
        if above is not None:
            raise HeatlensError(
                f"{self.path} is part of a run that is being written by {above}; wait until it is done."
            )
        with self.held():
            # Another run may have come and gone since.
            self._check(plan, resume)
            yield

    def held(self) -> AbstractContextManager[None]:
        """Nobody else writes into the folder until the block ends."""
        return locked(self.path)

    def heeding(self, watch: Watch) -> Watch:
        """The watch, which also ends the run when somebody elsewhere asked it to stop."""
        looked = 0.0

        def tick(done: int, total: int, text: str) -> None:
            nonlocal looked
            if time.monotonic() - looked >= _LOOKS:
                looked = time.monotonic()
                if asked_to_stop(self.path):
                    raise Cancelled
            watch.tick(done, total, text)

        return replace(watch, tick=tick)

    def _check(self, plan: Plan, resume: bool) -> None:
        before = self.stored()
        if resume:
            if before is None:
                raise HeatlensError(f"{self.path} holds no run to go on with; leave --resume out to start one.")
            self._agree(plan.differences(before))
        elif self.begun:
            raise HeatlensError(f"{self.path} holds a run already; go on by --resume, or choose another folder.")
        elif (
            "recipe" not in (before or {})
            and self.path.exists()
            and {each.name for each in self.path.iterdir()} - {LOCK, STOP}
        ):
            raise HeatlensError(f"{self.path} is not empty and holds no run; name a new folder.")

    def begin(self, plan: Plan, **facts: Any) -> None:
        """Write settings.json; a resumed run must have been begun with the same facts."""
        before = (self.stored() or {}) if self.begun else {}
        self._agree([name for name, value in facts.items() if before.get(name, value) != value])
        make_folder(self.path)
        self.write(self.settings, {**before, **plan.as_dict(), **facts})

    def _agree(self, odd: list[str]) -> None:
        if odd:
            raise HeatlensError(
                f"The run in {self.path} was begun with another {', '.join(odd)}; resume it as it was begun, or "
                "choose another folder."
            )

    def stored(self) -> dict[str, Any] | None:
        """What settings.json says, ``None`` where no run has begun."""
        try:
            stored = json.loads(self.settings.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except NotADirectoryError:
            raise HeatlensError(f"{self.path} is a file; name a folder for the run.") from None
        except (OSError, ValueError, RecursionError) as error:
            raise HeatlensError(f"{self.settings} cannot be read; choose another folder.") from error
        if not isinstance(stored, dict):
            raise HeatlensError(f"{self.settings} holds no settings of a run; choose another folder.")
        for group in ("settings", "architecture"):
            if not isinstance(stored.get(group, {}), dict):
                raise HeatlensError(f"{self.settings}: {group!r} is no group of settings; choose another folder.")
        return stored

    def write(self, path: Path, value: Any) -> None:
        write_whole(path, json_text({PROGRAM: version(), **value}, indent=2) + "\n", overwrite=True)

    # --- the model: at each improvement, unless writing it would take more time than learning ---

    def improved(self, network: Callable[[], keras.Model], card: Card) -> None:
        """Write the model now, or remember that it has to be written."""
        self._unsaved = True
        if time.monotonic() >= self._next_write:
            self.save(network(), card)

    @property
    def unsaved(self) -> bool:
        """Whether the best epoch is newer than the model file."""
        return self._unsaved

    def keep(self, card: Card) -> None:
        """The card of the model that is there."""
        card.with_(sha256=sha256(self.model)).save(self.model)

    def save(self, network: keras.Model, card: Card) -> None:
        began = time.monotonic()
        with written_whole(self.model, overwrite=True) as temporary:
            network.save(temporary)
        self.keep(card)
        self._unsaved = False
        now = time.monotonic()
        self._next_write = now + (now - began) / _SHARE
