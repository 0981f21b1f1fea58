"""Figures as papers have them: recipes whose rows and columns are filled from what is open.

The numbers of figures are those of the papers that the methods come from: 000 brain tumours by small networks, 001 the
first heatmaps, 002 networks that segment, 003 chest X-rays, 004 the thesis on activation methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.registry import find

Recipe = dict[str, Any]
Cells = list[dict[str, Any]]

_CAMS = ("grad-cam", "grad-cam++", "xgrad-cam", "layer-cam", "relevance-cam", "xrelevance-cam")
_OPACITIES = (0.2, 0.4, 0.6, 0.8, 1.0)
# Filters shown, and pictures that they are held against concepts in.
_FILTERS, _PICTURES = 8, 100
_UNSURE = {"map": "entropy over passes with dropout on", "passes": 20, "seed": 0, "inserted_dropout": None}
_INPUT = {"show": "input", "name": "input"}
# Saliency is too fine to be seen over a picture.
_OF_MODELS: Cells = [
    _INPUT,
    {"method": "saliency", "name": "saliency", "show": "heatmap"},
    {"method": "grad-cam", "name": "grad-cam"},
]
# What the thesis cuts out of a map: from its mean and one standard deviation on.
_CUT_OUT = {"look": {"outline": 1.0, "opacity": 0.25}}


@dataclass(frozen=True)
class Material:
    """What is open: pictures, models (first the one in use), its stages, the methods that are compared."""

    pictures: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    # From fine to coarse.
    stages: tuple[str, ...] = ()
    layer: str = ""
    method: str = ""
    methods: tuple[str, ...] = ()
    # Models that are asked as one.
    together: tuple[str, ...] = ()
    segments: bool = False
    # The class that is explained; None: the predicted one.
    target: str | int | None = None
    # The folder or table that they come from.
    data: str = ""

    @property
    def last(self) -> str:
        return self.layer or self.stages[-1]

    @property
    def heat(self) -> str:
        """The method in use where it has layers; else the usual one."""
        return self.method if self.method and find("method", self.method).has_layers else _CAMS[0]

    @property
    def compared(self) -> tuple[str, ...]:
        """Methods with layers: those that are compared, or the usual ones."""
        some = tuple(name for name in self.methods if find("method", name).has_layers)
        return some if len(some) > 1 else _CAMS

    @property
    def joined(self) -> list[str]:
        """The last stage, and with ever more of those before it."""
        back = self.stages[::-1]
        return ["+".join(back[:count]) for count in range(1, len(back) + 1)]


@dataclass(frozen=True)
class Template:
    """A kind of figure; ``needs`` are names of :data:`NEEDS`, ``job`` what makes it where it shows no heatmaps."""

    name: str
    title: str
    papers: str
    needs: tuple[str, ...] = ()
    across: Callable[[Material], Cells] = lambda _: []
    down: Callable[[Material], Cells] = lambda material: [{"picture": one} for one in material.pictures]
    more: Callable[[Material], Recipe] = lambda _: {}
    job: str = ""
    # What that is asked besides the model, small enough to wait for.
    asked: Callable[[Material], dict[str, Any]] = lambda _: {}

    def missing(self, material: Material) -> str:
        """Why it cannot be made now; empty where it can."""
        return next((why for need in self.needs if (why := NEEDS[need](material))), "")

    def recipe(self, material: Material) -> Recipe:
        """What ``tfcore.compose`` makes of it; a sentence where something is missing."""
        if why := self.missing(material):
            raise HeatlensError(f"{self.title} cannot be made: {why}.")
        every: Recipe = {"model": material.models[0], "method": material.heat, "picture": material.pictures[0]}
        every |= {} if material.target is None else {"target": material.target}
        figure = {"width_mm": "double column", "bars": "none", "titles": "", "files": [f"{self.name}.png"]}
        more = self.more(material)
        grid = {} if "cells" in more else {"down": self.down(material), "across": self.across(material)}
        return {**figure, "every": every, **grid, **more}


NEEDS: dict[str, Callable[[Material], str]] = {
    "picture": lambda of: "" if of.pictures else "no picture is open",
    "model": lambda of: "" if of.models else "no model is open",
    "models": lambda of: "" if len(of.models) > 1 else "a second model is needed; open one",
    "alike": lambda of: "" if len(of.together) > 1 else "a second model of the same classes is needed; open one",
    "layers": lambda of: "" if of.stages else "the model has no feature maps with height and width",
    "stages": lambda of: "" if len(of.stages) > 1 else "the model has one stage only",
    "data": lambda of: "" if of.data else "no folder of pictures with masks or classes is open",
    "masks": lambda of: "" if of.segments else "the model in use does not segment",
}
_ALWAYS = ("picture", "model")


def _methods(more: dict[str, Any], layer: Callable[[Material], str] | None = None) -> Callable[[Material], Cells]:
    """The picture and the methods; their layer is that of the row, or the same in all."""

    def across(of: Material) -> Cells:
        at = {"layer": layer(of)} if layer else {}
        return [{**_INPUT, **at}, *({"method": name, "name": name, **at, **more} for name in of.compared)]

    return across


def _picture_at_stages(of: Material) -> Cells:
    return [{"picture": one, "layer": stage, "name": stage} for one in of.pictures for stage in of.stages]


def _each_and_all(of: Material) -> Cells:
    from tfcore.figure.spreads import MEAN, OVER_MODELS, SD
    from tfcore.figure.words import called

    members, maps = [*of.together], {"mean": MEAN, "spread": SD}
    each: Cells = [{"model": one, "name": called(one, of.together)} for one in members]
    made = {name: {"map": f"{which}{OVER_MODELS}", "members": members} for name, which in maps.items()}
    return each + [{"made": one, "name": name} for name, one in made.items()]


def _forgotten(of: Material) -> Recipe:
    """The network as it is, and with the weights of its head and of one stage after the other drawn anew."""
    parts, orders = ["head", *of.stages[::-1]], ["cascading", "independent"]
    trained: dict[str, Any] = {"layer": of.last}
    rows = [
        [trained, *({**trained, "made": {"randomised": order, "part": part, "seed": 0}} for part in parts)]
        for order in orders
    ]
    return {"cells": rows, "rows": orders, "columns": ["trained", *parts]}


def _each_filter(of: Material) -> Recipe:
    """Pictures one below the other, each with the filters that fire strongest in it."""
    filters: Cells = [{"made": {"filter": f"strongest {rank}"}, "title": "{method}"} for rank in range(1, _FILTERS + 1)]
    shown = [{**_INPUT, "title": "input"}, *filters]
    rows = [[{**cell, "picture": picture, "layer": of.last} for cell in shown] for picture in of.pictures]
    return {"cells": rows}


TEMPLATES = (
    Template(
        "input-heat-overlay",
        "Input, heat, overlay",
        "001 figure 6; 003 figure 6",
        _ALWAYS,
        lambda _: [{"show": show, "name": show} for show in ("input", "heatmap", "overlay")],
    ),
    Template(
        "models",
        "Saliency and Grad-CAM of several models",
        "000 figures 4–6",
        (*_ALWAYS, "models"),
        lambda of: [{"picture": one, **cell} for one in of.pictures for cell in _OF_MODELS],
        lambda of: [{"model": one} for one in of.models],
        lambda _: {"titles": "{model}\n{predicted} {p:.2f}"},
    ),
    Template(
        "together",
        "Several models, their mean and their spread",
        "",
        (*_ALWAYS, "alike"),
        lambda of: [
            {**_INPUT, "title": ""},
            *_each_and_all(of),
        ],
        more=lambda _: {"titles": "{predicted} {p:.2f}", "bars": "cell"},
    ),
    Template(
        "layers",
        "Layer by layer",
        "002 figures 5, 11, 12; 004 figures 4.1, 4.2",
        (*_ALWAYS, "layers"),
        lambda of: [
            {**_INPUT, "layer": of.stages[0]},
            *({"layer": stage, "name": stage} for stage in of.stages),
        ],
    ),
    Template(
        "opacities",
        "Overlays of several opacities",
        "003 figure 7",
        _ALWAYS,
        lambda _: [{"look": {"opacity": share, "blend": "wash"}, "name": f"α = {share:g}"} for share in _OPACITIES],
    ),
    Template(
        "methods",
        "Methods × layers",
        "004 figures 5.3–5.7",
        (*_ALWAYS, "layers"),
        _methods({}),
        _picture_at_stages,
    ),
    Template(
        "methods-cut-out",
        "What methods cut out at each layer",
        "004 figures 5.8–5.11",
        (*_ALWAYS, "layers"),
        _methods(_CUT_OUT),
        _picture_at_stages,
    ),
    Template(
        "joined",
        "Layers joined, one after the other",
        "004 figures 5.12, 5.14",
        (*_ALWAYS, "stages"),
        lambda of: [
            {**_INPUT, "layer": of.joined[0]},
            *({"layer": layer, "name": layer.replace("stage", "")} for layer in of.joined),
        ],
    ),
    Template(
        "methods-joined",
        "Methods, all layers joined",
        "004 figure 5.13",
        (*_ALWAYS, "stages"),
        _methods({}, lambda of: of.joined[-1]),
    ),
    Template(
        "methods-joined-cut-out",
        "What methods cut out, all layers joined",
        "004 figure 5.15",
        (*_ALWAYS, "stages"),
        _methods(_CUT_OUT, lambda of: of.joined[-1]),
    ),
    Template(
        "forgetting",
        "Weights drawn anew, layer by layer",
        "004 figures 5.16, 5.17",
        (*_ALWAYS, "layers"),
        more=_forgotten,
    ),
    Template(
        "unsure",
        "Truth, prediction, uncertainty",
        "002 figures 7, 14",
        (*_ALWAYS, "masks"),
        lambda _: [
            {"mask": {"all": True, "truth": True}, "look": {"opacity": 0.0}, "name": "truth"},
            {"mask": {"all": True}, "look": {"opacity": 0.0}, "name": "prediction"},
            {"mask": {"all": True}, "made": _UNSURE, "name": "unsure"},
        ],
    ),
    Template(
        "filters",
        "The filters of a layer that fire strongest",
        "002 figures 9, 10",
        (*_ALWAYS, "layers"),
        more=_each_filter,
    ),
    Template(
        "concepts",
        "Filters and the concepts they stand for",
        "002 figures 2–4",
        ("model", "data", "layers"),
        job="dissect",
        asked=lambda of: {"data": of.data, "limit": _PICTURES},
    ),
    Template(
        "made-pictures",
        "Pictures that filters would like to see",
        "002 figures 6, 13",
        ("model", "layers"),
        job="maximise",
        asked=lambda of: {"layer": of.last, "filters": list(range(_FILTERS))},
    ),
)


def template(name: str) -> Template:
    """By its name, or a sentence with all of them."""
    if found := next((one for one in TEMPLATES if one.name == name), None):
        return found
    raise HeatlensError(f"There is no template {name!r}; choose among {', '.join(one.name for one in TEMPLATES)}.")
