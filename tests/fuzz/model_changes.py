"""Ways to spoil a parsed configuration: a stranger's part anywhere, absurd sizes, wrong types, odd graphs."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.fuzz.model_parts import calls, parts

Config = dict[str, Any]
Change = Callable[[random.Random, Config, Path], str]
CHANGES: dict[str, Change] = {}

_NUMBERS = (0, -1, 1, 2, 3, 7, 64, 1000, 20_000, 10**6, 10**9, 2**31 - 1, 2**31, 2**62, 2**63, 10**30, -(10**9), 0.5,
            1e308, -1e308, 1e-300, float("inf"), float("nan"))  # fmt: skip
_ODD = (None, True, False, "", "x", "channels_first", [], {}, [[]], [None], {"a": 1}, [1, 2, 3, 4, 5, 6, 7], "\0",
        "../../x", "a" * 5000, [0] * 2000, {"class_name": "Dense"}, {"class_name": None, "config": None})  # fmt: skip


def change(function: Change) -> Change:
    CHANGES[function.__name__] = function
    return function


def places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        keys = list(part) if isinstance(part, dict) else range(len(part))
        for key in keys:
            yield part, key
            if isinstance(part[key], dict | list):
                waiting.append(part[key])


def entries(config: Config) -> list[Config]:
    """Every layer, model, initialiser or policy, wherever it stands."""
    return [config] + [part[key] for part, key in places(config)
                       if isinstance(part[key], dict) and "class_name" in part[key]]  # fmt: skip


def _layers(config: Config) -> list[Config]:
    return [each for each in entries(config) if not str(each["class_name"]).startswith("__")]


def _settings(draw: random.Random, config: Config, wanted: str = "") -> tuple[Any, Any]:
    found = [(part["config"], key) for part in _layers(config) if isinstance(part.get("config"), dict)
             for key in part["config"] if wanted in key]  # fmt: skip
    return draw.choice(found) if found else (config, "config")


def _part(draw: random.Random, marker: Path) -> tuple[str, Any]:
    return draw.choice(list(parts(marker).items()))


# --- a stranger's part, wherever a value is taken ---


def _in_a_setting(wanted: str) -> Change:
    def spoil(draw: random.Random, config: Config, marker: Path) -> str:
        place, key = _settings(draw, config, wanted)
        name, place[key] = _part(draw, marker)
        return f"{name} as {key}"

    return spoil


for _wanted in ("activation", "initializer", "regularizer", "constraint", "dtype", "layer", "seed", "axis", "name",
                "shape", "padding", "data_format", ""):  # fmt: skip
    CHANGES[f"part_as_{_wanted or 'any_setting'}"] = _in_a_setting(_wanted)


@change
def part_instead_of_a_layer(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    name, part = _part(draw, marker)
    if isinstance(part, dict):
        entry.update({key: value for key, value in part.items() if key != "name"})
        return f"{name} instead of a layer"
    entry["class_name"] = part
    return f"{name} as a type"


@change
def part_among_the_layers(draw: random.Random, config: Config, marker: Path) -> str:
    lists = [part[key] for part, key in places(config) if key == "layers" and isinstance(part[key], list)]
    row = draw.choice(lists)
    name, part = _part(draw, marker)
    called = draw.choice([[], [draw.choice(list(calls(marker).values()))]])
    row.insert(draw.randrange(len(row) + 1), {**part, "inbound_nodes": called} if isinstance(part, dict) else part)
    return f"{name} among the layers"


@change
def part_in_a_call(draw: random.Random, config: Config, marker: Path) -> str:
    nodes = [part[key] for part, key in places(config) if key == "inbound_nodes" and isinstance(part[key], list)]
    name, part = _part(draw, marker)
    for node in [draw.choice(nodes)] if nodes else []:
        call = draw.choice(node) if node else None
        if isinstance(call, dict):
            call["args"].append(part)
        else:
            node.append([["conv", 0, 0, {"y": part}]])
    return f"{name} in a call"


@change
def call_at_once(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    name, call = draw.choice(list(calls(marker).items()))
    kinds = (
        ("keras.src.ops.core", "Switch"),
        ("keras.src.ops.core", "Map"),
        (entry.get("module"), entry["class_name"]),
    )
    entry["module"], entry["class_name"] = draw.choice(kinds)
    entry["inbound_nodes"] = [call]
    return f"{name} at once"


@change
def another_module(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    modules = ("os", "builtins", "keras.utils", "keras.saving", "keras.src.ops.core", "keras.visualization", "this",
               "keras.src.utils.file_utils", "keras.config", "tensorflow", "keras.", "keras..layers", ".", "", 3, None,
               "keras_nlp.layers", "keras.layers.", "keras.src.backend.tensorflow.core", "tests.shared")  # fmt: skip
    entry["module"] = draw.choice(modules)
    return f"module {entry['module']!r}"


@change
def another_registered_name(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    names = (
        "heatlens>ClassToken",
        "heatlens>GroupedConv2D",
        "Custom>Dense",
        "Dense",
        "Lambda",
        ">",
        3,
        [],
        "os.system",
    )
    entry["registered_name"] = draw.choice(names)
    return f"registered as {entry['registered_name']!r}"


@change
def another_class(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    kinds = ("Lambda", "function", "__lambda__", "__typespec__", "__tensor__", "__bytes__", "deserialize", "Layer",
             "Functional", "Sequential", "Model", "Graph", "Merge", "TFOpLambda", "SlicingOpLambda", "", "Wrapper",
             "TensorFlowOpLayer", "ClassMethod", "__init__", "__class__", "InputSpec", "RNN", "StackedRNNCells",
             "TFSMLayer", "Pipeline", "IndexLookup", "Variable", "KerasTensor", "Operation", 7, None, [])  # fmt: skip
    entry["class_name"] = draw.choice(kinds)
    return f"type {entry['class_name']!r}"


@change
def more_beside_a_layer(draw: random.Random, config: Config, marker: Path) -> str:
    entry = draw.choice(_layers(config))
    name, part = _part(draw, marker)
    key = draw.choice(("compile_config", "build_config", "shared_object_id", "spec_name", "value", "items"))
    entry[key] = draw.choice([part, {"optimizer": part, "loss": part}, {"input_shape": [1, 10**6, 10**6]}, 1, "x"])
    return f"{key} with {name}"


@change
def more_settings(draw: random.Random, config: Config, marker: Path) -> str:
    place, _ = _settings(draw, config)
    name, part = _part(draw, marker)
    key = draw.choice(("filepath", "vocabulary", "cell", "layer", "layers", "arguments", "weights", "lora_rank",
                       "function", "custom_objects", "quantization_config", "mean", "unroll",
                       "stateful", "sparse", "autocast", "input_shape",
                       "batch_input_shape", "build_input_shape", "cells", "policy_map", "ragged"))  # fmt: skip
    place[key] = draw.choice([part, [part], {"a": part}, True, 10**9])
    return f"{key} = {name}"


@change
def part_anywhere(draw: random.Random, config: Config, marker: Path) -> str:
    place, key = draw.choice(list(places(config)))
    name, part = _part(draw, marker)
    place[key] = draw.choice([part, [part], {"class_name": "__numpy__", "config": {"value": part, "dtype": "float32"}}])
    return f"{name} at {key}"


# --- sizes and types ---


@change
def absurd_size(draw: random.Random, config: Config, marker: Path) -> str:
    for _ in range(draw.choice((1, 1, 2, 5))):
        numbers = [(part, key) for part, key in places(config) if type(part[key]) is int]
        place, key = draw.choice(numbers)
        place[key] = draw.choice(_NUMBERS)
    return "absurd sizes"


@change
def absurd_shape(draw: random.Random, config: Config, marker: Path) -> str:
    shapes = [(part, key) for part, key in places(config) if key in ("batch_shape", "batch_input_shape", "kernel_size",
              "size", "target_shape", "build_input_shape", "strides", "pool_size")]  # fmt: skip
    place, key = draw.choice(shapes) if shapes else (config, "config")
    sizes = ([None, 10**5, 10**5, 3], [None] * 4, [2000, 2000], [10**9], [], 3, [0, 0], [-1, 3], [None, 8, 8, 10**7])
    place[key] = draw.choice([*sizes, [1] * 300, "8"])
    return f"absurd {key}"


@change
def wrong_type(draw: random.Random, config: Config, marker: Path) -> str:
    for _ in range(draw.choice((1, 1, 3))):
        place, key = draw.choice(list(places(config)))
        place[key] = copy.deepcopy(draw.choice(_ODD))
    return "wrong types"


@change
def missing_key(draw: random.Random, config: Config, marker: Path) -> str:
    place, key = draw.choice(list(places(config)))
    del place[key]
    return f"without {key}"


@change
def swapped(draw: random.Random, config: Config, marker: Path) -> str:
    (one, left), (two, right) = draw.choices(list(places(config)), k=2)
    one[left], two[right] = copy.deepcopy(two[right]), copy.deepcopy(one[left])
    return "two parts swapped"


# --- graphs ---


def _row(draw: random.Random, config: Config) -> list[Any]:
    lists = [part[key] for part, key in places(config) if key == "layers" and isinstance(part[key], list)]
    found: list[Any] = draw.choice(lists)
    return found


@change
def layers_turned_round(draw: random.Random, config: Config, marker: Path) -> str:
    row = _row(draw, config)
    draw.choice([row.reverse, lambda: draw.shuffle(row), row.clear, lambda: row.extend(copy.deepcopy(row))])()
    return "layers in another order"


@change
def many_layers(draw: random.Random, config: Config, marker: Path) -> str:
    row = _row(draw, config)
    one = draw.choice(row)
    for number in range(draw.choice((50, 300, 4000))):
        new = copy.deepcopy(one)
        new["name"] = f"copy_{number}"
        if isinstance(new.get("config"), dict):
            new["config"]["name"] = f"copy_{number}"
        row.insert(draw.randrange(len(row) + 1), new)
    return "many layers"


@change
def tensors_of_elsewhere(draw: random.Random, config: Config, marker: Path) -> str:
    found = [part[key] for part, key in places(config) if key in ("keras_history", "input_layers", "output_layers")]
    tensor = draw.choice(found) if found else []
    if isinstance(tensor, list) and tensor:
        tensor[draw.randrange(len(tensor))] = draw.choice(
            ("sly", "dense", 0, 1, -1, 99, 10**12, None, [], [["conv", 0, 0]])
        )
    return "tensors of elsewhere"


@change
def model_in_a_model(draw: random.Random, config: Config, marker: Path) -> str:
    depth = draw.choice((1, 3, 12, 60))
    for _ in range(depth):
        inner = copy.deepcopy(config)
        if len(str(inner)) > 200_000:
            break
        draw.choice(_layers(config)).update({key: inner[key] for key in ("class_name", "config") if key in inner})
    return "a model in itself"


@change
def one_layer_twice(draw: random.Random, config: Config, marker: Path) -> str:
    for entry in draw.choices(_layers(config), k=3):
        entry["shared_object_id"] = draw.choice((1, 1, 2, None, "1", []))
    return "shared numbers"
