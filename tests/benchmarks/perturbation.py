"""What asking costs: each method that asks about altered copies against as many forwards in the batches that suit best.

Run with ``python -m tests.benchmarks.perturbation`` (an hour; ``--only rise`` for a part; ``--page`` writes what
is printed to docs/results/asking-cost.md, part by part). Nothing is asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from statistics import median

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np

import tfcore
from tests.benchmarks.explain import cnn_3, images
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.localisation import RESULTS, page
from tests.benchmarks.memory import peaks, say_peak
from tests.benchmarks.timing import Timing, interleaved, show
from tests.tfcore.explain import networks
from tfcore.explain import shapley
from tfcore.explain.pieces import copies_per_pass, forward
from tfcore.explain.superpixels import Shown, superpixels
from tfcore.models.model import Model

SIDE, BOX_SIDE = 256, 96
# How many copies are timed one by one.
FORWARDS = 128
# Each at least this share of the speed of bare forwards.
GOAL = 0.9


def settings(copies: int, side: int) -> dict[str, dict[str, object]]:
    """Every method about as many copies; the Gaussian of prediction-difference, fitted once, wants more."""
    stride = max(1, round((side - 16) / copies**0.5))
    return {
        "occlusion": {"patch": 16, "stride": stride},
        "rise": {"samples": copies},
        "lime": {"samples": copies},
        "kernel-shap": {"samples": copies, "superpixels": 20},
        "prediction-difference": {"patch": 8, "stride": 2, "samples": 10, "budget": f"{2 * copies}passes"},
        "flip": {"budget": f"{copies}passes"},
    }


def throughput(name: str, model: Model, side: int, copies: int, rounds: int = 21) -> None:
    """Every method against as many forwards, in batches of several sizes."""
    image, asked_with = images(1, side), settings(copies, side)
    forward = model.box.ask if model.box else compiled_forward(model)
    together = copies_per_pass(model, image)
    sizes = sorted({8, 16, 32, 64, together})
    # Arrays, as the methods' copies are, and about as many: what takes a fifth of the time is disturbed less often.
    batches = {size: images(size, side) for size in sizes}
    forwards = {
        f"{copies} forwards in batches of {size}": lambda some=some, size=size: [
            forward(some[: copies - done]) for done in range(0, copies, size)
        ]
        for size, some in batches.items()
    }
    things = {method: partial(tfcore.explain, model, image, method, **given) for method, given in asked_with.items()}
    found = {method: thing() for method, thing in things.items()}
    asked = {method: int(each.facts["passes"][0]) for method, each in found.items()}
    # What is asked next may hang on what was said last: such a method has passes of all sizes, and none to choose.
    sizes_of = {method: [len(scores) for scores in each.told[0].scores] for method, each in found.items()}
    own = {method: sizes for method, sizes in sizes_of.items() if len({*sizes}) > 2}
    forwards |= {
        f"forwards in the passes of {method}": lambda sizes=sizes: [forward(batches[64][:size]) for size in sizes]
        for method, sizes in own.items()
    }
    timings = interleaved({**forwards, **things}, rounds=rounds, warm=0)
    # By the median: the least of many forwards would be held against the least of a few methods.
    best = min(list(forwards)[: len(batches)], key=lambda each: timings[each].median)
    show(f"{name}, {side} px, {together} in a pass", timings, best, {})
    print(f"\n  copies in a second against forwards in the best batches, by the clock and by computing (goal ≥ {GOAL})")
    for method, count in asked.items():
        _say(f"{method:32s} {count:5d} copies", timings[best], count / copies, timings[method])
    for method in own:
        _say(
            f"{method}, against forwards in its passes",
            timings[f"forwards in the passes of {method}"],
            1,
            timings[method],
        )


def _say(what: str, of: Timing, times: float, found: Timing) -> None:
    clock, computing = (
        times * median(a) / median(b) for a, b in zip(vars(of).values(), vars(found).values(), strict=True)
    )
    print(f"  {what}   {clock:5.2f} {computing:5.2f}", flush=True)


def small() -> None:
    throughput("cnn-3", tfcore.load_model(cnn_3()), SIDE, 256)


def large() -> None:
    throughput(
        "vgg16", tfcore.load_model(tfcore.build("vgg16", classes=4, input_shape=(224, 224, 3)).keras), 224, 64, 5
    )


def rise() -> None:
    """The memory of 4,000 masks, and how long it takes to a standard error of 5 % of the map's range, beside captum's
    way in our rendering, for it is not installed here: a copy for each forward (its usual ``perturbations_per_eval``).
    """
    peaks("4,000 masks of rise on cnn-3, goal ≤ 2048 MB", "tests.benchmarks.perturbation", (200, 4000), "masks")
    model, image = tfcore.load_model(cnn_3()), images(1, SIDE)
    tfcore.explain(model, image, "rise", samples=64)
    began = time.perf_counter(), time.process_time()
    found = tfcore.explain(model, image, "rise", error=0.05, samples=40_000)
    seconds, computing = time.perf_counter() - began[0], time.process_time() - began[1]
    passes, reached = int(found.facts["passes"][0]), float(found.facts["error"][0])
    print(
        f"  rise to ±5 % of the range: {passes:,} masks, {seconds:.0f} s, {computing:.0f} s of computing (reached "
        f"{reached:.3f})"
    )
    forward, draw = compiled_forward(model), np.random.default_rng(0)
    cells = (draw.random((FORWARDS + 1, 8, 8)) < 0.5).astype(np.float32)
    forward(image * cv2.resize(cells[0], (SIDE, SIDE))[..., None])
    began = time.perf_counter(), time.process_time()
    for each in cells[1:]:
        forward(image * cv2.resize(each, (SIDE, SIDE))[..., None])
    times = passes / FORWARDS
    print(
        f"  captum's way, as many, one by one: {times * (time.perf_counter() - began[0]):.0f} s, "
        f"{times * (time.process_time() - began[1]):.0f} s of computing (from {FORWARDS}), and nobody knows the error",
        flush=True,
    )


def peak(count: int) -> None:
    """Print the megabytes that so many masks need at most."""
    tfcore.explain(tfcore.load_model(cnn_3()), images(1, SIDE), "rise", samples=count)
    say_peak()


def honest(runs: int = 100) -> None:
    """How often what very many samples give lies within two standard errors of what few give."""
    model = networks.model("branched")
    image = networks.batch(model, 1)
    print("\nhow often two standard errors hold the true value, over pixels and seeds (honest: 0.95)")
    for method, few, true in (
        ("rise", {"samples": 500}, {"samples": 100_000, "seed": 7}),
        ("kernel-shap", {"samples": 200, "superpixels": 12}, {"samples": 4096, "superpixels": 12}),
        ("lime", {"samples": 200, "superpixels": 12}, {"samples": 100_000, "superpixels": 12, "seed": 7}),
    ):
        wanted = tfcore.explain(model, image, method, target=1, **true).maps
        inside = []
        for seed in range(runs):
            found = tfcore.explain(model, image, method, target=1, seed=seed, **few)
            inside.append(np.mean(np.abs(found.maps - wanted) <= 2 * found.standard_error))
        print(f"  {method:32s} {np.mean(inside):.3f} over {runs} seeds", flush=True)


def coalitions(runs: int = 200) -> None:
    """Shapley values from coalitions in pairs, and in captum's way in our rendering: drawn one by one, 25 of them by
    default. By how much they miss the exact ones, all coalitions of one picture having been asked about.
    """
    model, players = networks.model("branched"), 12
    image = networks.batch(model, 1)[0]
    segments = superpixels(image, players)
    players = int(segments.max()) + 1
    every, weights = shapley._all(players)
    rows = every.rows(slice(len(every)))
    scores = forward(model, np.where(rows[:, segments][..., None], image, 0).astype(np.float32)).numpy()[:, 1]
    nothing, whole = forward(model, np.stack([np.zeros_like(image), image])).numpy()[:, 1].tolist()
    known = {row.tobytes(): i for i, row in enumerate(rows)}
    exact, _ = shapley._solved(every, scores, weights, nothing, whole, True)
    sizes = np.arange(1, players)
    share = 1 / (sizes * (players - sizes))
    print(
        f"\n  by how much Shapley values of {players} super-pixels miss the exact ones, of the largest ({runs} seeds)"
    )
    for count in (25, 100, 400):
        missed: dict[str, list[float]] = {"in pairs": [], "one by one, captum's way": []}
        for seed in range(runs):
            draw = np.random.default_rng(seed)
            one = draw.random((count, players)).argsort(1).argsort(1) < draw.choice(
                sizes, (count, 1), p=share / share.sum()
            )
            half = one[: count // 2]
            for way, some in zip(missed, (np.concatenate([half, ~half]), one), strict=True):
                said = scores[[known[row.tobytes()] for row in some]]
                asked = Shown(len(some), players, partial(np.ndarray.__getitem__, some))
                found, _ = shapley._solved(asked, said, np.ones(len(some)), nothing, whole, True)
                missed[way].append(float(np.sqrt(np.mean((found - exact) ** 2)) / np.abs(exact).max()))
        print(f"  {count:4d} coalitions: " + ", ".join(f"{way} {np.median(each):.3f}" for way, each in missed.items()))


def attention() -> None:
    """Relevance and attention of a vision transformer against its forward pass."""
    model = tfcore.load_model(tfcore.build("vit-tiny16", classes=4).keras)
    forward = compiled_forward(model)
    for batch in (images(1, 224), images(8, 224)):
        methods = ("attention", "attention-rollout", "gradient-rollout", "attnlrp", "gradient")
        things = {method: lambda method=method, batch=batch: tfcore.explain(model, batch, method) for method in methods}
        timings = interleaved({"forward": lambda batch=batch: forward(batch), **things})
        show(f"vit-tiny16, batch of {len(batch)}", timings, "forward", {"attnlrp": 3.5})


def boxes() -> None:
    """Models whose inside nobody sees, against what they answer by themselves."""
    with tempfile.TemporaryDirectory() as folder:
        cnn_3(BOX_SIDE).export(f"{folder}/saved", verbose=False)
        throughput("cnn-3 as a SavedModel", tfcore.load_model(f"{folder}/saved"), BOX_SIDE, 512)
        _onnx(f"{folder}/net.onnx")
        throughput("three convolutions as ONNX", tfcore.load_model(f"{folder}/net.onnx"), BOX_SIDE, 512)


def _onnx(path: str) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    draw, nodes, weights, given = np.random.default_rng(0), [], [], "x"
    for number, (before, after) in enumerate(((3, 32), (32, 64), (64, 128))):
        kernel = draw.normal(0, 0.1, (after, before, 3, 3)).astype(np.float32)
        weights.append(numpy_helper.from_array(kernel, f"w{number}"))
        nodes += [
            helper.make_node("Conv", [given, f"w{number}"], [f"c{number}"], pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"c{number}"], [f"r{number}"]),
            helper.make_node("MaxPool", [f"r{number}"], [given := f"p{number}"], kernel_shape=[2, 2], strides=[2, 2]),
        ]
    weights.append(numpy_helper.from_array(draw.normal(0, 0.1, (128, 4)).astype(np.float32), "dense"))
    nodes += [
        helper.make_node("GlobalAveragePool", [given], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["flat"]),
        helper.make_node("MatMul", ["flat", "dense"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["y"]),
    ]
    ends = (("x", ["n", 3, BOX_SIDE, BOX_SIDE]), ("y", ["n", 4]))
    shown, said = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in ends)
    graph = helper.make_graph(nodes, "cnn", [shown], [said], weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


_TOP = """# What asking costs

Made part by part by `python -m tests.benchmarks.perturbation --page --only PART`, on two cores that others use too:
read ratios of one run, and times of computing before those by the clock.
"""
PARTS = {
    "small": small,
    "large": large,
    "boxes": boxes,
    "rise": rise,
    "honest": honest,
    "coalitions": coalitions,
    "attention": attention,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="*", default=list(PARTS))
    parser.add_argument("--peak", type=int, metavar="MASKS", help="only print the peak memory of rise")
    parser.add_argument("--page", action="store_true", help="write docs/results/asking-cost.md")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
        return
    path = RESULTS / "asking-cost.md"
    # What is not measured anew stays on the page.
    known = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", path.read_text("utf-8"), re.MULTILINE | re.DOTALL))
    for part in given.only:
        # How soon a random network changes its answer, and how much its scores vary, is then the same in every run.
        keras.utils.set_random_seed(0)
        with redirect_stdout(StringIO()) as printed:
            PARTS[part]()
        print(printed.getvalue(), flush=True)
        about = " ".join((PARTS[part].__doc__ or "").split())
        known[part] = f"{about}\n\n```\n{printed.getvalue().strip(chr(10))}\n```"
        if given.page:
            page(path, [_TOP, *(f"## {part}\n\n{known[part].strip()}\n" for part in PARTS if part in known)])


if __name__ == "__main__":
    main()
