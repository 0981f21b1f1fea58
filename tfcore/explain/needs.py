"""What a method needs of the network, checked before anything is computed."""

from __future__ import annotations

from tfcore.errors import HeatlensError
from tfcore.explain.lrp.walk import treatments
from tfcore.models.kinds import Does, function_of, is_bare, keeps_values, kind_of
from tfcore.models.program import Program, Step
from tfcore.registry import MethodSpec


def check(spec: MethodSpec, program: Program, layer: Step | None) -> None:
    """A sentence where the network lacks what the method needs."""
    if "gap-dense" in spec.needs and layer is not None:
        _check_gap_dense(spec, program, layer)
    if "attention" in spec.needs:
        _check_attention(spec, program)
    if spec.propagation is not None:
        treatments(program, {layer.output if layer else program.input})


def _check_attention(spec: MethodSpec, program: Program) -> None:
    attending = [step for step in program.steps if kind_of(step.operation).does is Does.ATTENDS]
    if not attending:
        raise HeatlensError(
            f"{spec.name} shows what a transformer attends to, and the network has no attention layer; use grad-cam."
        )
    if fused := next((step for step in attending if is_bare(step.operation)), None):
        raise HeatlensError(
            f"{spec.name} cannot read the attention of {fused.path!r} ({fused.kind}), which keeps it to itself; use "
            "attnlrp."
        )


def _check_gap_dense(spec: MethodSpec, program: Program, layer: Step) -> None:
    if _read_by_gap_dense(program, layer):
        return
    fitting = next((step.path for step in program.steps if _read_by_gap_dense(program, step)), None)
    instead = f"choose {fitting!r} or " if fitting else ""
    raise HeatlensError(
        f"{spec.name} needs a global average pooling and one dense layer right behind the layer, which is not so "
        f"for {layer.path!r}; {instead}use grad-cam, which works for every network."
    )


def _read_by_gap_dense(program: Program, layer: Step) -> bool:
    if len(layer.shape) != 4:
        return False
    try:
        behind = program.between([layer.output], [program.output])
    except ValueError:
        return False
    changing = [step.operation for step in behind if not keeps_values(step.operation)]
    kinds = [(kind.does, kind.form) for kind in map(kind_of, changing)]
    return kinds == [(Does.AVERAGES, "global"), (Does.WEIGHS, "dense")] and function_of(changing[-1]) == "linear"
