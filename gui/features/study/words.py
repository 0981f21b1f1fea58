"""What a reader is told before the first case."""

from __future__ import annotations

from gui.texts import tr
from tfcore.review.study import Study

_HOW = tr(
    "Time runs from when you see a case until Next. An answer can be changed until Next, and "
    "not afterwards; Pause hides the case and stops the time. What is answered is kept at "
    "once: close at any time, and go on later under the same name.\n"
    "\n"
    "Keys: 1 to 9 answer, ↑ and ↓ go to another question, Enter is Next, P pauses; Space "
    "hides the heat for as long as it is held; R, E and F draw, Delete erases (without a "
    "mouse: N puts a shape in the middle, Alt and the arrow keys move it, with Shift bend "
    "it); 0 shows the whole picture. The wheel zooms, a drag moves, a drag with the right "
    "button changes brightness and contrast."
)
_LEAFING = tr(
    " In a volume the wheel, and the keys , and . (with Ctrl ten at a time), lead through the slices; Ctrl+wheel zooms."
)
# So many slices on by a key.
STEPS = {",": -1, ".": 1, "Ctrl+,": -10, "Ctrl+.": 10}


def how(study: Study) -> str:
    """Time, pauses, keys and mouse, as far as this study has a use for them."""
    return _HOW + _LEAFING * any(case.slices for case in study.cases)
