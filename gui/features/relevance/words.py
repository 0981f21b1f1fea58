"""Whether a heatmap adds up to what it explains, in a line."""

from __future__ import annotations

from dataclasses import dataclass

from gui.texts import tr
from tfcore.registry import INPUT, MethodSpec
from tfcore.results import Heat

# Shares of less than this are told as none.
_TINY = 1e-9


@dataclass(frozen=True)
class Line:
    """What is said of the sums, and what that means."""

    text: str = ""
    tip: str = ""


def adds_up(spec: MethodSpec) -> bool:
    """Whether there will be something to say of a heatmap."""
    based = any(param.name in ("baseline", "reference") for param in spec.params)
    return spec.propagation is not None or (based and not spec.asks and not spec.has_layers)


def line(heat: Heat) -> Line:
    """Conservation for relevance methods, completeness for gradient methods that promise it; empty for all others."""
    facts = heat.facts
    if "why" in facts:
        return Line(tr("No heatmap: {why}", why=facts["why"]))
    if "relevance_at_output" in facts:
        return _conservation(heat)
    if "completeness_gap" in facts:
        return _completeness(heat)
    return Line()


def number(value: float) -> str:
    """Four digits, with a minus that is as long as a plus."""
    return f"{0.0 if abs(value) < _TINY else value:.4g}".replace("-", "−")


def _conservation(heat: Heat) -> Line:
    at_input = heat.layer == INPUT
    output, absorbed = heat.facts["relevance_at_output"], heat.facts["absorbed"]
    arrived = heat.facts["relevance_at_input" if at_input else "relevance_at_layer"]
    where = tr("the pixels") if at_input else heat.place
    past = "" if at_input else tr("\nWhere shortcuts lead past the layer, some passes by it.")
    # Contrasts may begin with a sum of zero, of which there are no shares.
    share = ""
    if abs(output) > 1e-3 * abs(absorbed) + _TINY:
        # Added to zero, a share that is rounded to zero loses its minus.
        share = f" ({round(100 * absorbed / output, 1) + 0.0} %)".replace("-", "−")
    return Line(
        tr(
            "Relevance: {output} at the output, {arrived} at {where}, {absorbed} absorbed{share}",
            output=number(output),
            arrived=number(arrived),
            where=where,
            absorbed=number(absorbed),
            share=share,
        ),
        tr(
            "Sum of the relevance that the output begins with, and what of it reaches {where}.\n"
            "The rest was absorbed by biases, and where no input contributes.{past}",
            where=where,
            past=past,
        ),
    )


def _completeness(heat: Heat) -> Line:
    gap, difference = heat.facts["completeness_gap"], heat.facts["score_difference"]
    share = f" ({100 * abs(gap / difference):.2g} %)" if abs(difference) > _TINY else ""
    remedy = tr(". More steps bring it nearer.") if heat.note and "steps" in heat.params else ""
    return Line(
        tr(
            "Sum of the heatmap: {sum} for a score difference of {score}; completeness gap {gap}{share}{remedy}",
            sum=number(difference + gap),
            score=number(difference),
            gap=number(gap),
            share=share,
            remedy=remedy,
        ),
        tr(
            "The values should add up to the score of the picture minus the score of the baseline.\n"
            "The gap is what they are off by; more steps make it smaller where the method has steps."
        ),
    )
