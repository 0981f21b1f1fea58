"""Numbers that keep their width: the same number of digits for all values of one scale."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10


def formatter(low: float, high: float) -> Callable[[float], str]:
    """How values between ``low`` and ``high`` are written: to a hundredth of the range, with a proper minus sign.

    >>> formatter(0.0, 1.0)(0.642)
    '0.64'
    >>> formatter(-3e-6, 3e-6)(-1.25e-6)
    '−1.25e-06'
    """
    reach, span = max(abs(low), abs(high)), high - low
    if reach and not 1e-3 <= reach < 1e6:
        pattern = "{:.2e}"
    else:
        decimals = min(max(2 - floor(log10(span)), 0), 6) if span > 0 else 2
        pattern = f"{{:.{decimals}f}}"

    def write(value: float) -> str:
        text = pattern.format(value)
        # Rounded to nothing is zero, not minus zero.
        return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−", 1 if value < 0 else 0)

    return write
