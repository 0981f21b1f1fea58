"""Which network and which way of learning tell hard phantoms apart best, and most calmly, in the same time?

Run with ``python -m tests.benchmarks.recipes`` (twenty minutes on one core; ``--kept FILE`` goes on where it stopped).
It writes docs/results/recipes-phantoms.md, anew after every run. All rows of a network learn for the same seconds of
computing on one thread, by the loop of ``heatlens train``, from the same pictures in memory.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from tests.benchmarks.localisation import RESULTS, page
from tfcore.data.phantom import CLASSES, phantom
from tfcore.lazy import keras, tf
from tfcore.training.averages import Averages
from tfcore.training.checkpoint import WHOLE, Checkpoint
from tfcore.training.classes import Classes
from tfcore.training.feeds import Features
from tfcore.training.history import History
from tfcore.training.loop import Loop, Stage, answered, forward_of
from tfcore.training.network import compiled, fresh
from tfcore.training.plan import plan
from tfcore.training.watch import Watch

LEARNT, VALIDATED, TESTED, DIFFICULTY = 640, 160, 400, 0.1
# Side of the pictures, so that some places are left behind the last pooling, and seconds of learning.
SIZES, SECONDS = {"cnn-2": 48, "cnn-5": 64}, {"cnn-2": 16, "cnn-5": 50}
# A run of the real data at the recipe's rate of 1e-4 makes about six times as many steps as fit in here.
RATES = {"cnn-2": 3e-4, "cnn-5": 1e-3}
SEEDS = (0, 1)
# Epochs at the end over which calmness is measured.
LAST = 5
Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Way:
    """A network and how it learns."""

    arch: str
    head: str = "flatten"
    norm: str = "none"
    batch: int = 32
    # Times the usual one.
    rate: float = 1
    learning: Mapping[str, Any] = field(default_factory=dict)
    init: str = ""

    @property
    def cells(self) -> list[str]:
        words = [f"rate × {self.rate:g}"] * (self.rate != 1) + [self.init] * bool(self.init)
        words += [f"{name} {value}" for name, value in self.learning.items()]
        return [self.arch, self.head, self.norm, str(self.batch), ", ".join(words)]


COSINE = {"warm_up": 0.1, "decay": "cosine"}
AVERAGED = {"averaging": 2}
WAYS = [
    Way("cnn-2"),
    Way("cnn-2", learning=AVERAGED),
    Way("cnn-2", rate=3, learning=COSINE),
    Way("cnn-5", "gap", "batch"),
    Way("cnn-5", "gap", "batch", learning=AVERAGED),
    Way("cnn-5", "gap", "batch", learning=COSINE),
    Way("cnn-5", "flatten", "batch", learning=COSINE),
    Way("cnn-5"),
    Way("cnn-5", learning=COSINE, init="HeNormal"),
]


FOUND = """## What follows

**Averaged weights** change nothing about the training, only what is judged and kept. cnn-5 with batch norm swings no
longer (sd 0.2 before, 0.01 with them) and is as accurate within the spread of the seeds; cnn-2 swings less and gains
0.07 and 0.08. So `mri-4class` averages over 2 epochs; `--averaging 0` takes the weights as they are. (An earlier table
had averages lag behind: Keras's optimisers put them in the weights' place whenever `fit` returns, so after every epoch.
Ours stand in for the judging only, take batch norm's statistics along, and soon forget the first steps.)

**Warm-up, a higher rate, half a cosine** learn more than the plain rate in cnn-2, and end calmly, but swing on the
way; with batch norm they calm the last epochs only. They are settings, not the default: 1e-4 is the rate of the
recipe's source, and half a cosine at that rate learns half as far.

**Head and norm of cnn-5.** In these few steps only the mean over all places with batch norm learns (0.9, and now
calmly); flattened, nothing has begun yet, with batch norm or without, unless He's initial weights help it. The
recipe leaves the networks' own defaults all the same, flattened and without norm. A run on 7,023 real slices makes
ten times as many steps, and there flattened reached 0.939 with a calm curve, the mean over places with batch norm
0.912 (in batches of 8, not averaged); phantoms, whose small lesions may lie anywhere, favour that mean. For fewer
pictures, or where cnn-5 does not begin to learn, take `--head gap --norm batch`.

Not measured: cnn-3, orthogonal initial weights, flattened cnn-5 for long enough, averages and cosine together.
"""


def pictures(seed: int, n: int, size: int) -> Arrays:
    """Phantoms as the networks are fed them, and their classes."""
    made = [phantom([seed, index], CLASSES[index % 4], size, difficulty=DIFFICULTY).image for index in range(n)]
    return np.repeat(np.stack(made)[..., np.newaxis], 3, -1).astype(np.float32) / 255, np.arange(n, dtype=np.int32) % 4


def learnt(way: Way, seed: int, parts: Sequence[Arrays], epochs: int) -> dict[str, Any]:
    """Seconds of every epoch, its validation accuracy, and the test accuracy of the best one."""
    arch = way.arch
    shape = {"head": way.head, "norm": way.norm, "batch": way.batch, "size": SIZES[arch]}
    # The recipe's own way is one of those that are compared.
    learning = {"averaging": 0, "warm_up": 0, "decay": "none", "lr": RATES[arch] * way.rate, **way.learning}
    intended = plan("mri-4class", arch, seed, epochs=epochs, **shape, **learning)
    task, history = Classes(CLASSES), History("loss")
    network = compiled(fresh(intended, CLASSES).keras, intended, intended["lr"], task)
    for layer in network.layers if way.init else ():
        if hasattr(layer, "kernel"):
            layer.kernel.assign(getattr(keras.initializers, way.init)()(layer.kernel.shape))
    (images, classes), (validated, truth), (tested, wanted) = parts
    train, val = Features(images, classes, way.batch, seed), Features(validated, truth, 80)
    how = Averages(network, intended["averaging"] * train.steps), intended["warm_up"], intended["decay"]
    laps = [time.process_time()]
    watch = Watch(epoch=lambda _: laps.append(time.process_time()))
    with tempfile.TemporaryDirectory(prefix="heatlens-recipes-") as place:
        checkpoint = Checkpoint(Path(place))
        loop = Loop(task, history, checkpoint, watch, lambda: None)
        loop.run(Stage(WHOLE, network, train, val, epochs, intended["lr"], *how))
        checkpoint.restore_best(network)
    right = [
        logits.argmax(1) == true
        for logits, true in answered(forward_of(network), Features(tested, wanted, 80).epoch(0))
    ]
    return {
        "seconds": np.diff(laps).tolist(),
        "accuracy": float(np.mean(np.concatenate(right))),
        "validation": [row["val_accuracy"] for row in history.rows],
    }


class Measured:
    """Runs that are done, a JSON line each; those in the file are not made again."""

    def __init__(self, kept: Path | None) -> None:
        self._kept = kept
        lines = kept.read_text().splitlines() if kept is not None and kept.exists() else []
        self._runs: dict[str, dict[str, Any]] = dict(map(json.loads, lines))

    def run(self, way: Way, seed: int, parts: Sequence[Arrays], epochs: int) -> dict[str, Any]:
        key = json.dumps([asdict(way), seed, epochs])
        if key not in self._runs:
            self._runs[key] = learnt(way, seed, parts, epochs)
            if self._kept is not None:
                with self._kept.open("a") as stream:
                    stream.write(json.dumps([key, self._runs[key]]) + "\n")
        return self._runs[key]


def figures(runs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Of every seed: test accuracy; sd, lowest and last of the validation accuracies at the end."""
    ends = [run["validation"][-LAST:] for run in runs]
    each = [[run["accuracy"] for run in runs], map(np.std, ends), map(min, ends), [end[-1] for end in ends]]
    return [" ".join(f"{value:.3f}" for value in values) for values in each]


def written(out: Path, rows: Sequence[str]) -> None:
    """The page."""
    page(
        out / "recipes-phantoms.md",
        [
            "# Which small network learns hard phantoms best, and most calmly\n\n"
            f"Made by `python -m tests.benchmarks.recipes`: {LEARNT} phantoms of seed 1 to learn from, {VALIDATED} of "
            f"seed 2 to validate, {TESTED} of seed 3 to test, all of difficulty {DIFFICULTY:g}; cnn-2 at "
            f"{SIZES['cnn-2']} px for {SECONDS['cnn-2']} s, cnn-5 at {SIZES['cnn-5']} px for {SECONDS['cnn-5']} s of "
            "computing on one thread (validation and checkpoints counted), so that what is slower has fewer epochs. "
            "AdamW and weight decay as in `mri-4class`, rate "
            f"{RATES['cnn-2']:g} for cnn-2 and {RATES['cnn-5']:g} for cnn-5 (times what the row says), dropout 0.5. "
            f"Figures of seeds {' and '.join(map(str, SEEDS))}, side by side. "
            "Test accuracy is that of the epoch with the least validation loss, with a standard error of about 0.02 "
            f"from the {TESTED} pictures alone; sd, lowest and last are of the validation accuracy over the last "
            f"{LAST} epochs.\n",
            "| network | head | norm | batch | learning | epochs | test accuracy | sd | lowest | last |\n"
            f"|{' --- |' * 10}\n" + "\n".join(rows) + "\n",
            FOUND,
        ],
    )


def main() -> None:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    parser.add_argument("--share", type=float, default=1.0, help="share of the seconds, for a quick look")
    parser.add_argument("--kept", type=Path, help="file of the runs that are done")
    given = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    sides = ((1, LEARNT), (2, VALIDATED), (3, TESTED))
    parts = {arch: [pictures(*side, size) for side in sides] for arch, size in SIZES.items()}
    measured, rows = Measured(given.kept), {}
    for seed in SEEDS:
        for way in WAYS:
            # How many epochs fit: by the quickest of three, the first of which traces.
            plain = Way(way.arch, way.head, way.norm, way.batch)
            lap = min(measured.run(plain, 0, parts[way.arch], 3)["seconds"])
            epochs = round(given.share * SECONDS[way.arch] / lap)
            runs = [measured.run(way, each, parts[way.arch], epochs) for each in SEEDS if each <= seed]
            rows[way] = f"| {' | '.join([*way.cells, str(epochs), *figures(runs)])} |"
            written(given.out, [*rows.values()])


if __name__ == "__main__":
    main()
