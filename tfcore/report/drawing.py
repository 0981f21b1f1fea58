"""Tables, dots and curves as SVG, without a plotting library, which takes half a second for each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from unicodedata import east_asian_width

from tfcore.figure.style import INK
from tfcore.marks import PROGRAM

Point = tuple[float, float]
_HEAD = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{0:g}pt" height="{1:g}pt" viewBox="0 0 {0:g} {1:g}">
<metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" \
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work><dc:format>image/svg+xml</dc:format>
<dc:creator><cc:Agent><dc:title>{2}</dc:title></cc:Agent></dc:creator></cc:Work></rdf:RDF></metadata>
<g font-family="DejaVu Sans, Helvetica, Arial, sans-serif" fill="none" stroke-linejoin="round">
<path d="M0,0H{0:g}V{1:g}H0Z" fill="#ffffff"/>
"""
# Of a letter's size, what it takes across: a little more than most do.
_LETTER, _WIDE = 0.62, 1.05


class Drawing:
    """What is added lies over what was there; from the upper left corner, in points."""

    def __init__(self, width: float, height: float) -> None:
        self._parts = [_HEAD.format(round(width, 1), round(height, 1), PROGRAM)]

    def text(
        self, x: float, y: float, words: str, size: float, anchor: str = "start", bold: bool = False, turn: float = 0
    ) -> None:
        """Words on the line at y."""
        how = ' font-weight="bold"' * bold + f' transform="rotate({turn:g} {x:.1f} {y:.1f})"' * bool(turn)
        place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{INK}"{how}'
        self._parts.append(f"<text {place}>{escape(_visible(words), quote=False)}</text>\n")

    def line(self, points: Iterable[Point], colour: str, width: float, opacity: float = 1) -> None:
        """From point to point."""
        self._parts.append(
            f'<path d="{_path(points)}" stroke="{colour}" stroke-width="{width:g}" stroke-opacity="{opacity:g}"/>\n'
        )

    def area(self, points: Iterable[Point], colour: str, opacity: float = 1) -> None:
        """What lies between the points."""
        self._parts.append(f'<path d="{_path(points)}Z" fill="{colour}" fill-opacity="{opacity:g}"/>\n')

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        right, bottom = left + width, top + height
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}"/>\n')

    def content(self) -> bytes:
        """The file."""
        return "".join([*self._parts, "</g>\n</svg>\n"]).encode()


def room(words: str, size: float) -> float:
    """What a line of text takes at most, in points.

    >>> room("grad", 10)
    24.8
    """
    return round(size * sum(_WIDE if east_asian_width(letter) in "WF" else _LETTER for letter in words), 3)


def ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Round numbers between the two, with how they are written.

    >>> ticks(-0.03, 0.52)
    [(0.0, '0'), (0.2, '0.2'), (0.4, '0.4')]
    """
    reach = high - low
    if not reach > 0:
        return [(low, f"{low:.3g}")]
    power = 10.0 ** math.floor(math.log10(reach / most))
    step = next(power * round_ for round_ in (1, 2, 5, 10) if reach / (power * round_) <= most)
    numbers = range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    return [(number * step, f"{number * step:.6g}") for number in numbers]


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _visible(words: str) -> str:
    """What XML may hold."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
