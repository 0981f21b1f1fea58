"""Where a run stands, in two files that are there whole or not at all: the last epoch, to go on, and the best one."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.lazy import keras
from tfcore.training.history import History

if TYPE_CHECKING:
    from tfcore.training.averages import Averages

LAST, BEST = "last.npz", "best.npz"
HEAD, WHOLE, FINE_TUNING = "head", "whole", "fine-tuning"


class Checkpoint:
    """Variables of the network that learns (random states included), of its optimiser and its averages, and the
    history so far."""

    def __init__(self, folder: Path) -> None:
        self._last, self._best = folder / LAST, folder / BEST

    def save(self, network: keras.Model, stage: str, history: History, averages: Averages) -> None:
        """The end of an epoch, from which the next follows exactly."""
        variables = [*network.variables, *network.optimizer.variables, *averages.variables]
        self._write(self._last, variables, {"stage": stage, "history": history.rows})

    def save_best(self, network: keras.Model, stage: str) -> None:
        """The epoch that is the best so far."""
        self._write(self._best, network.variables, {"stage": stage})

    def state(self, figures: Iterable[str]) -> dict[str, Any] | None:
        """Stage and history of the last epoch, each epoch with these figures; ``None`` before there is one."""
        return self._state(self._last, figures)

    def best_stage(self) -> str | None:
        """The stage that the best epoch is of."""
        state = self._state(self._best)
        return None if state is None else str(state["stage"])

    def restore(self, network: keras.Model, averages: Averages) -> None:
        """Network, optimiser and averages as the last epoch left them."""
        self._read(self._last, [*network.variables, *network.optimizer.variables, *averages.variables])

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
            stored = [np.asarray(arrays[f"{number:04d}"]) for number in range(len(variables))]
            # All of them before the first, so that no network is half of one and half of another.
            for number, (array, variable) in enumerate(zip(stored, variables, strict=True)):
                if array.shape != tuple(variable.shape) or array.dtype.kind not in "biufV":
                    raise HeatlensError(
                        f"{path} does not fit the network (its array {number} is {array.dtype} {array.shape}); start "
                        "the run anew in another folder."
                    )
        for array, variable in zip(stored, variables, strict=True):
            variable.assign(array)

    def _state(self, path: Path, figures: Iterable[str] = ()) -> dict[str, Any] | None:
        if not path.exists():
            return None
        with _opened(path) as arrays:
            state = json.loads(str(arrays["state"]))
        return _checked(state, path, {"epoch", *figures})


def _checked(state: Any, path: Path, figures: set[str]) -> dict[str, Any]:
    """Stage and history, each of the kind it must be."""
    again = "start the run anew in another folder."
    if not isinstance(state, dict) or state.get("stage") not in (HEAD, WHOLE, FINE_TUNING):
        raise HeatlensError(f"{path}: 'stage' is no name of a stage; {again}")
    rows = state.setdefault("history", [])
    for row in rows if isinstance(rows, list) else [rows]:
        if not isinstance(row, dict) or not isinstance(row.get("stage"), str):
            raise HeatlensError(f"{path}: 'history' is no list of epochs; {again}")
        for name, value in row.items():
            if name != "stage" and (isinstance(value, bool) or not isinstance(value, int | float)):
                raise HeatlensError(f"{path}: {name!r} in the history is no number; {again}")
        if not row.keys() >= figures:
            raise HeatlensError(f"{path}: 'history' has an epoch without its figures; {again}")
    return state


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The arrays of a checkpoint; whatever is wrong with the file, also further in, is one sentence."""
    try:
        # Opened here, since NumPy leaves a file open that is not what it should be.
        with path.open("rb") as stream:
            arrays = np.load(stream, allow_pickle=False)
            if not isinstance(arrays, np.lib.npyio.NpzFile):
                raise ValueError
            with arrays:
                yield arrays
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        MemoryError,
        RecursionError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise HeatlensError(f"{path} is damaged, so the run cannot go on; start anew in another folder.") from error
