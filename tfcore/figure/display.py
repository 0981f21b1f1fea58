"""How a raw map becomes colour: the one place where a heatmap is normalised, for the canvas and for every figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

import resources
from tfcore.errors import HeatlensError
from tfcore.pictures.sides import CONVENTIONS, Convention, mirrored
from tfcore.registry import Param

if TYPE_CHECKING:
    from tfcore.pictures import Picture
    from tfcore.results import Heat

Normalise = Literal["min-max", "from zero", "percentiles", "manual", "shared"]
Blend = Literal["heat", "wash"]
Interpolation = Literal["smooth", "pixels", "by size"]

COLOURS = ("viridis", "magma", "inferno", "cividis", "grey", "diverging", "red")
NORMALISE_HELP: dict[Normalise, str] = {
    "min-max": "each heatmap from its own smallest to its own largest value",
    "from zero": "each heatmap from zero to its own largest value",
    "percentiles": "each heatmap without so many percent of its values at each end",
    "manual": "from one value to another, the same for all heatmaps",
    "shared": "all heatmaps of the figure on one scale",
}
# What a scale may reach over, and the least it has to.
WIDEST, NARROWEST = 1e12, 1e-30
NORMALISE: tuple[Normalise, ...] = tuple(NORMALISE_HELP)

# How a heatmap is drawn, each setting with all that a form, a flag and a check need to know.
SETTINGS = {
    param.name: param
    for param in (
        Param(
            "colours", "choice", "viridis", "colours of the heat; signed heatmaps are always diverging", choices=COLOURS
        ),
        Param("opacity", "float", 0.7, "of the heat on the picture where it is strongest, 0 to 1", 0, 1),
        Param(
            "blend",
            "choice",
            "heat",
            "heat: it fades in with its own strength, and where there is none the picture is seen as it is; "
            "wash: it covers everything alike",
            choices=("heat", "wash"),
        ),
        Param("threshold", "float", 0.0, "share of the scale from which on heat is laid over the picture", 0, 1),
        Param(
            "normalise",
            "choice",
            "min-max",
            "; ".join(f"{name}: {help}" for name, help in NORMALISE_HELP.items()),
            choices=NORMALISE,
        ),
        Param("percent", "float", 1.0, "of the values left out at each end of the scale (percentiles)", 0, 49),
        Param("low", "float", 0.0, "value at the lower end of the scale (manual)", -WIDEST, WIDEST),
        Param("high", "float", 1.0, "value at the upper end of the scale (manual)", -WIDEST, WIDEST),
        Param("outline", "float", None, "line at mean + so many standard deviations", 0, 100, optional=True),
        Param(
            "interpolation",
            "choice",
            "smooth",
            "smooth: values of a heatmap blend into each other; pixels: each is seen; by size: pixels from three "
            "times the size on",
            choices=("smooth", "pixels", "by size"),
        ),
        Param(
            "convention",
            "choice",
            "radiological",
            "radiological: seen from the feet and the front, the patient's left on the right; neurological: the other "
            "way round. The network gets the same picture in both",
            choices=CONVENTIONS,
        ),
        Param(
            "marks",
            "bool",
            True,
            "the sides of the patient and a scale bar in mm at the edges of the picture, where its file knows them",
        ),
    )
}
# What the records of figures do not state that are older than these settings.
_BEFORE: dict[str, Any] = {"blend": "wash", "interpolation": "by size", "marks": False}
# Of the largest value: a map whose values reach over less than this is nearly flat.
FLAT = 0.25


@dataclass(frozen=True)
class Display:
    """What the user set for looking: it changes the drawing, never the map. ``SETTINGS`` says what each is."""

    colours: str = "viridis"
    opacity: float = 0.7
    normalise: Normalise = "min-max"
    # Outline where the map exceeds mean + this many standard deviations; None: no outline.
    outline: float | None = None
    blend: Blend = "heat"
    threshold: float = 0.0
    interpolation: Interpolation = "smooth"
    percent: float = 1.0
    low: float = 0.0
    high: float = 1.0
    convention: Convention = "radiological"
    marks: bool = True

    def __post_init__(self) -> None:
        for name, param in SETTINGS.items():
            object.__setattr__(self, name, param.parse(getattr(self, name)))
        if self.high - self.low < NARROWEST:
            raise HeatlensError(f"low = {self.low:g} is not below high = {self.high:g}; choose a scale that goes up.")

    @classmethod
    def recorded(cls, record: Mapping[str, Any]) -> Display:
        """Of the record beside a figure, whichever version wrote it: the figure looks as it did."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (_BEFORE | dict(record)).items() if name in known})

    def mirrors(self, picture: Picture) -> bool:
        """Whether the picture is seen the other way round, left for right."""
        return mirrored(picture.sides, self.convention)

    def for_map(self, signed: bool, own: str = "") -> Display:
        """Signed maps are drawn with the diverging colours, some in their ``own``, whatever is picked for others."""
        return replace(self, colours="diverging" if signed else own or self.colours)


@cache
def table(colours: str) -> np.ndarray:
    """256 RGB rows of a colour map."""
    with np.load(resources.path("colours.npz")) as tables:
        rows: np.ndarray = tables[colours]
    rows.setflags(write=False)
    return rows


def limits(maps: Iterable[np.ndarray], signed: bool, display: Display) -> tuple[float, float]:
    """The values at the two ends of the colour bar; symmetric about zero for signed maps.

    Give one map for a scale of its own, all of them for a shared one.
    """
    if display.normalise == "manual":
        low, high = display.low, display.high
    else:
        maps = list(maps)
        low, high = min(float(map.min()) for map in maps), max(float(map.max()) for map in maps)
        if display.normalise == "percentiles":
            cut = np.percentile(
                np.concatenate([map.ravel() for map in maps]), [display.percent, 100 - display.percent]
            ).tolist()
            # Where nearly all values are one, the percentiles are no scale.
            low, high = cut if cut[0] < cut[1] else (low, high)
    if signed:
        reach = max(abs(low), abs(high))
        low, high = -reach, reach
    elif display.normalise in ("from zero", "shared"):
        low = min(low, 0.0)
    # A constant map has no scale; an empty range would divide by zero.
    return (low, high) if high > low else (low, low + 1.0)


def scale_of(heat: Heat, shown: Iterable[Heat], display: Display) -> tuple[float, float]:
    """The ends of this map's colour bar when all the maps in ``shown`` are looked at together.

    One scale for all means all of a kind: signed maps are symmetric about zero, the others are not.
    """
    maps = [heat.map]
    if display.normalise == "shared" and not heat.degenerate:
        maps = [other.map for other in shown if other.signed == heat.signed and not other.degenerate]
    return limits(maps, heat.signed, display)


def nearly_flat(heat: Heat) -> bool:
    """Whether colours from its smallest to its largest value show differences that the map hardly makes.

    It is so where the values reach over less than a quarter of the largest magnitude among them: 0.243 to 0.304, which
    a gradient CAM answers to white noise, is 0.2 of it. A map has no unit, so it is measured against itself. One that
    touches zero, as most do after their ReLU, reaches over all of its largest value and is never nearly flat; nor is
    one of both signs. Whether a map that is not flat says anything is a question that only other maps can answer.
    """
    if heat.degenerate or (low := float(heat.map.min())) == 0:
        return False
    high = float(heat.map.max())
    return high - low < FLAT * max(abs(low), abs(high))


def painted(heat: Heat, display: Display, scale: tuple[float, float]) -> np.ndarray:
    """The map as (H, W, 4) uint8, as it covers a picture: colours between its limits, and how strong it is there.

    All that draws heat over a picture draws this, with the opacity of the display on top.
    """
    low, high = scale
    steps = np.clip((heat.map - low) * (255.0 / (high - low)), 0, 255).astype(np.uint8)
    colours = display.for_map(heat.signed, heat.colours).colours
    return _covering(colours, heat.signed, display.blend, display.threshold)[steps]


def smooth(interpolation: Interpolation, across: float, down: float) -> bool:
    """Whether values blend into each other in a map that is drawn so many times as wide and as high."""
    if interpolation == "by size":
        return min(across, down) <= 3 and not (float(across).is_integer() and float(down).is_integer())
    return interpolation == "smooth" or min(across, down) < 1


@lru_cache(maxsize=64)
def _covering(colours: str, signed: bool, blend: Blend, threshold: float) -> np.ndarray:
    """256 RGBA rows from the lower to the upper end of a scale; of a signed one zero is the middle."""
    place = np.linspace(-1 if signed else 0, 1, 256)
    strength = abs(place)
    alpha = np.where(strength < threshold, 0, strength if blend == "heat" else 1)
    return np.column_stack([table(colours), np.rint(255 * alpha)]).astype(np.uint8)
