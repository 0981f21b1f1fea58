"""Whether a heatmap adds up to what it explains, in a line."""

from __future__ import annotations

from dataclasses import dataclass

from tfcore.engine.protocol import Heat

# Shares of less than this are told as none.
_TINY = 1e-9


@dataclass(frozen=True)
class Line:
    """What is said of the sums, and what that means."""

    text: str = ""
    tip: str = ""


def line(heat: Heat) -> Line:
    """Conservation for relevance methods, completeness for gradient methods that promise it; empty for all others."""
    facts = heat.facts
    if "relevance_at_output" in facts:
        return _conservation(facts["relevance_at_output"], facts["relevance_at_input"], facts["absorbed"])
    if "completeness_gap" in facts:
        return _completeness(float(heat.map.sum(dtype=float)), facts["completeness_gap"])
    return Line()


def number(value: float) -> str:
    """Four digits, with a minus that is as long as a plus."""
    return f"{0.0 if abs(value) < _TINY else value:.4g}".replace("-", "−")


def _conservation(output: float, pixels: float, absorbed: float) -> Line:
    # Contrasts may begin with a sum of zero, of which there are no shares.
    share = (
        f" ({100 * absorbed / output:.1f} %)".replace("-", "−") if abs(output) > 1e-3 * abs(absorbed) + _TINY else ""
    )
    return Line(
        f"Relevance: {number(output)} at the output, {number(pixels)} at the pixels, "
        f"{number(absorbed)} absorbed{share}",
        "Sum of the relevance that the output begins with, and what of it reaches the pixels.\n"
        "The rest was absorbed by biases, and where no input contributes.",
    )


def _completeness(total: float, gap: float) -> Line:
    difference = total - gap
    share = f" ({100 * abs(gap / difference):.2g} %)" if abs(difference) > _TINY else ""
    return Line(
        f"Sum of the map: {number(total)} for a score difference of {number(difference)}; "
        f"completeness gap {number(gap)}{share}",
        "The values should add up to the score of the picture minus the score of the baseline.\n"
        "The gap is what they are off by; more steps make it smaller where the method has steps.",
    )
