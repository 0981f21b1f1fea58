"""Where a run stands, in two files that are there whole or not at all: the last epoch, to go on, and the best one."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.training.history import History

if TYPE_CHECKING:
    import keras

LAST, BEST = "last.npz", "best.npz"


class Checkpoint:
    """Variables of the network that learns (random states included), of its optimiser, and the history so far."""

    def __init__(self, folder: Path) -> None:
        self._last, self._best = folder / LAST, folder / BEST

    def save(self, network: keras.Model, stage: str, history: History) -> None:
        """The end of an epoch, from which the next follows exactly."""
        variables = [*network.variables, *network.optimizer.variables]
        self._write(self._last, variables, {"stage": stage, "history": history.rows})

    def save_best(self, network: keras.Model, stage: str) -> None:
        """The epoch that is the best so far."""
        self._write(self._best, network.variables, {"stage": stage})

    def state(self) -> dict[str, Any] | None:
        """Stage and history of the last epoch; ``None`` before there is one."""
        return self._state(self._last)

    def best_stage(self) -> str | None:
        """The stage that the best epoch is of."""
        state = self._state(self._best)
        return None if state is None else str(state["stage"])

    def restore(self, network: keras.Model) -> None:
        """Network and optimiser as the last epoch left them."""
        self._read(self._last, [*network.variables, *network.optimizer.variables])

    def restore_best(self, network: keras.Model) -> None:
        """The network as in its best epoch."""
        self._read(self._best, network.variables)

    def _write(self, path: Path, variables: list[Any], state: dict[str, Any]) -> None:
        arrays: dict[str, Any] = {f"{number:04d}": np.asarray(variable) for number, variable in enumerate(variables)}
        with written_whole(path, overwrite=True) as temporary:
            np.savez(temporary, state=np.array(json.dumps(state)), **arrays)

    def _read(self, path: Path, variables: list[Any]) -> None:
        with _opened(path) as arrays:
            if len(arrays.files) != len(variables) + 1:
                raise HeatlensError(f"{path} does not fit the network; start the run anew in another folder.")
            for number, variable in enumerate(variables):
                variable.assign(arrays[f"{number:04d}"])

    def _state(self, path: Path) -> dict[str, Any] | None:
        if not path.exists():
            return None
        with _opened(path) as arrays:
            state: dict[str, Any] = json.loads(str(arrays["state"]))
        return state


def _opened(path: Path) -> Any:
    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise HeatlensError(f"{path} is damaged, so the run cannot go on; start anew in another folder.") from error
