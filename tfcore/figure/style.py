"""One style for every figure, and text that is measured before it is placed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

MM_PER_POINT = 25.4 / 72
INK = "#1a1a1a"
PALE = "#6b6b6b"
SEPARATOR = " · "
# Told apart by everyone, also in grey (Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5c5c5c", "#b8a800")

# matplotlib carries DejaVu; the others are taken, where installed, for file and class names it has no letters for.
_FAMILY = "DejaVu Sans"
_FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "PingFang SC",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
)

# matplotlib's settings belong to the whole process: only one figure at a time is drawn under ours.
_drawing = threading.RLock()
# Whether they are ours now: read and written under the lock only.
_ours = False


@contextmanager
def drawing() -> Iterator[None]:
    """matplotlib with the settings of this program, whatever the machine's own settings file says."""
    import matplotlib

    global _ours
    params: Any = matplotlib.rcParams
    with _drawing:
        if _ours:
            # Whoever draws many figures takes and leaves them once.
            yield
            return
        with matplotlib.rc_context():
            # There are hundreds, and matplotlib checks what it is given: those that stand already are not given again.
            params.update({name: value for name, value in _settings().items() if params[name] != value})
            _ours = True
            try:
                yield
            finally:
                _ours = False


@cache
def _settings() -> dict[str, Any]:
    import matplotlib

    params: Any = matplotlib.rcParams
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        params.update(
            {
                "font.family": list(_families()),
                "pdf.fonttype": 42,
                "svg.fonttype": "none",
                # Names inside an SVG come from this word instead of from chance: same figure, same bytes.
                "svg.hashsalt": "heatlens",
            }
        )
        # Asking for the backend would choose one, and import what it needs.
        return {name: params[name] for name in params if name != "backend"}


@cache
def _families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return (_FAMILY, *(name for name in _FALLBACKS if name in installed))


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset().union(*(get_font(findfont(family)).get_charmap() for family in _families()))


def drawable(text: str) -> str:
    """The text with a visible stand-in for every character that no font at hand can draw."""
    return "".join(letter if ord(letter) in _letters() and letter.isprintable() else "\ufffd" for letter in text)


def line_height(size: float) -> float:
    """Millimetres from one line of text to the next."""
    return 1.4 * size * MM_PER_POINT


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """Millimetres that a line of text takes."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    font = FontProperties(family=list(_families()), size=size)
    points: float = text_to_path.get_text_width_height_descent(text, font, False)[0]
    return points * MM_PER_POINT


def shortened(text: str, letters: int) -> str:
    """At most so many letters: the beginning and the end, which tell names apart, with an ellipsis between.

    >>> shortened("patient_0132_t1_contrast.png", 16)
    'patient_…ast.png'
    """
    if len(text) <= letters:
        return text
    tail = (letters - 1) // 2
    # What was shortened before does not get a second ellipsis.
    return text[: letters - 1 - tail].rstrip("…") + "…" + text[len(text) - tail :].lstrip("…")


def fitted(text: str, room: float, size: float) -> str:
    """The text, shortened in the middle until it fits into so many millimetres."""
    letters, short = len(text), text
    while letters > 1 and width(short, size) > room:
        letters -= 1
        short = shortened(text, letters)
    return short


def wrapped(parts: Iterable[str], room: float, size: float, separator: str = SEPARATOR) -> list[str]:
    """Lines no wider than the room, broken between the parts only; a part wider than the room is shortened."""
    lines: list[str] = []
    for part in parts:
        part = fitted(part, room, size)
        longer = f"{lines[-1]}{separator}{part}" if lines else part
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
