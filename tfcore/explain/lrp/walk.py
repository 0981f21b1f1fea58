"""The two passes of relevance propagation: forward through the network, and back with a rule in place of each gradient.

Relevance is added up where a value is used several times, so residual, branched, nested and shared layers need
nothing of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tfcore.explain.lrp.canonize import Fold, folds
from tfcore.explain.lrp.composites import OTHERS, Composite, assigned
from tfcore.explain.lrp.graph import nonnegative, producers
from tfcore.explain.lrp.linear import Part, is_linear, parts
from tfcore.explain.lrp.rules import AlphaBeta, Linear, Rule, per_image
from tfcore.explain.lrp.through import Through
from tfcore.explain.lrp.treatments import Passed, Sharing, Treatment, heirs, treatment
from tfcore.lazy import tf, tree
from tfcore.models.kinds import Does, keeps_values, kind_of
from tfcore.models.model import Model
from tfcore.models.program import Program, Step, infer

Tensor = Any


@dataclass(frozen=True, eq=False)
class Plan:
    """What will be done at every step relevance reaches, settled before anything is computed."""

    program: Program
    treatments: Mapping[Step, Treatment | None]
    rules: Mapping[Step, Rule]
    folds: Mapping[Step, Fold]
    # By batch norm, the linear layer before it that it is folded into.
    folded: Mapping[Step, Step]
    nonnegative: set[int]
    made: Mapping[int, Step]
    sharing: Sharing
    bias: bool
    # The last linear layer of a network with a single unit, which is seen from both sides.
    unit: Step | None
    through: Through | None


def plan(
    model: Model,
    rules: Composite,
    down_to: set[int],
    epsilon: float,
    bias: bool,
    canonize: bool,
    through: Through | None = None,
) -> Plan:
    """The plan for relevance from the output down to the given values."""
    program = model.program
    found = folds(program, model.input_shape) if canonize else {}
    return Plan(
        program=program,
        treatments=treatments(program, down_to),
        rules=assigned(program, rules),
        folds=found,
        folded={fold.after: step for step, fold in found.items() if fold.after},
        nonnegative=nonnegative(program),
        made=producers(program),
        sharing=Sharing(rules[OTHERS].positive, epsilon),
        bias=bias,
        unit=_last_linear(program) if model.binary else None,
        through=through,
    )


def treatments(program: Program, down_to: set[int]) -> dict[Step, Treatment | None]:
    """What to do at every step between the output and the given values; layers without a rule are refused here."""
    found: dict[Step, Treatment | None] = {}
    reached = {program.output}
    below = behind(program, down_to)
    for step in reversed(program.steps):
        if step in below and reached.intersection(step.outputs):
            found[step] = treatment(program, step)
            reached |= heirs(step, found[step], program)
    return found


class Run:
    """One batch on its way through the network and back."""

    def __init__(self, plan: Plan, batch: Tensor, bounds: tuple[Tensor, Tensor], mask: Tensor = None) -> None:
        self.plan, self._mask = plan, mask
        self.values: dict[int, Tensor] = {plan.program.input: batch}
        self.absorbed: dict[str, Tensor] = {}
        # Σ of the relevance that goes on down.
        self.total: Tensor = None
        self._bounds = bounds
        self._passed: list[Passed] = []
        self._chains: dict[Step, tuple[int, list[Part]]] = {}
        plan.program.run(self.values, [plan.program.output], call=self._call)

    @property
    def outputs(self) -> Tensor:
        """Logits; of a single unit both sides, −logit and logit."""
        unit = self.plan.unit
        logits = self.values[unit.output if unit else self.plan.program.output]
        return tf.concat([-logits, logits], -1) if logits.shape[-1] == 1 else logits

    def back(self, relevance: Tensor) -> dict[int, Tensor]:
        """The relevance of every value from that of the outputs."""
        plan = self.plan
        unit, output = plan.unit, plan.program.output
        if unit is None and self.values[output].shape[-1] == 1:
            relevance = tf.reduce_sum(relevance, -1, keepdims=True)
        found, self.total, through = {unit.output if unit else output: relevance}, per_image(relevance), plan.through
        for passed in reversed(self._passed):
            step = passed.step
            if through and through.number in step.outputs:
                found, through = self._cut(found, through), None
            if not found.keys() & set(step.outputs):
                continue
            shares, kept = self._shared(passed, found)
            if kept is not None:
                self.absorbed[step.path] = kept
            for number, share in zip(step.inputs, shares, strict=True):
                if share is not None:
                    found[number] = found[number] + share if number in found else share
        return self._cut(found, through) if through else found

    def _cut(self, found: dict[int, Tensor], through: Through) -> dict[int, Tensor]:
        """What passes the chosen channels alone, and the books from there on."""
        found.setdefault(through.number, tf.zeros_like(self.values[through.number]))
        found = through.cut(found, self._mask)
        self.total, self.absorbed = per_image(found[through.number]), {}
        return found

    def relevance_of(self, number: int, found: Mapping[int, Tensor]) -> Tensor:
        """The relevance of one value in its own shape; zero where none came."""
        value = self.values[number]
        if number not in found:
            return tf.zeros_like(value)
        both = found[number]
        return both if both.shape[-1] == value.shape[-1] else tf.reduce_sum(both, -1, keepdims=True)

    def _call(self, step: Step, *args: Any, **kwargs: Any) -> Any:
        inputs = [self.values[number] for number in step.inputs]
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(inputs)
            output = self._folded(step) if step in self.plan.folded else infer(step, *args, **kwargs)
        self.values.update(zip(step.outputs, tree.flatten(output), strict=True))
        if step in self.plan.treatments:
            self._passed.append(Passed(step, inputs, output, tape))
        return output

    def _chain(self, step: Step) -> tuple[int, list[Part]]:
        """Which value a linear layer reads and what it consists of, batch norms beside it included."""
        if step not in self._chains:
            fold = self.plan.folds.get(step, Fold())
            number = fold.before.inputs[0] if fold.before else step.inputs[0]
            self._chains[step] = number, fold.into(parts(step.operation))
        return self._chains[step]

    def _folded(self, norm: Step) -> Tensor:
        """The value behind a folded batch norm, by the linear layer's folded weights: one operation, not three."""
        number, chain = self._chain(self.plan.folded[norm])
        value = self.values[number]
        for part in chain:
            value = part(value)
        return value

    def _shared(self, passed: Passed, found: Mapping[int, Tensor]) -> tuple[Any, Tensor | None]:
        step = passed.step
        treat = self.plan.treatments[step]
        if treat is None:
            share, kept = self._by_rule(passed, found[step.output])
            return [share], kept
        if len(step.outputs) > 1:
            values = [self.values[number] for number in step.outputs]
            arriving = [
                found.get(number, tf.zeros_like(value)) for number, value in zip(step.outputs, values, strict=True)
            ]
            return treat(passed, arriving, self.plan.sharing)
        return treat(passed, found[step.output], self.plan.sharing)

    def _by_rule(self, passed: Passed, relevance: Tensor) -> tuple[Tensor, Tensor]:
        step, plan = passed.step, self.plan
        number, chain = self._chain(step)
        if step is plan.unit:
            chain = [*chain[:-1], chain[-1].both_sides()]
        inputs = [self.values[number]]
        for part in chain[:-1]:
            inputs.append(part(inputs[-1]))
        absorbed = []
        for position, part in reversed(list(enumerate(chain))):
            rule = plan.rules[step]
            if position > 0 and rule.of_picture:
                # Only the first part of a separable convolution reads the picture.
                rule = AlphaBeta(epsilon=plan.sharing.epsilon)
            layer = Linear(
                x=inputs[position],
                operation=part.operation,
                kernel=part.kernel,
                bias=part.bias if plan.bias else None,
                nonnegative=position == 0 and number in plan.nonnegative,
                present=partial(self._present, number),
                bounds=partial(self._limits, number),
            )
            relevance, kept = rule(layer, relevance)
            absorbed.append(kept)
        return relevance, tf.add_n(absorbed)

    def _present(self, number: int) -> Tensor:
        """One where the value holds something, zero where a layer right before it padded."""
        padding = self.plan.made.get(number)
        if padding is None or kind_of(padding.operation).does is not Does.PADS:
            return tf.ones_like(self.values[number])
        return padding.operation(self._present(padding.inputs[0]))

    def _limits(self, number: int) -> tuple[Tensor, Tensor]:
        """The least and the greatest a value before the first linear layer can be."""
        program = self.plan.program
        picture = tf.zeros_like(self.values[program.input])
        one, other = (program.run({program.input: bound + picture}, [number])[number] for bound in self._bounds)
        return tf.minimum(one, other), tf.maximum(one, other)


def behind(program: Program, values: set[int]) -> set[Step]:
    """The steps that depend on one of the values."""
    known, found = set(values), set()
    for step in program.steps:
        if known.intersection(step.inputs):
            found.add(step)
            known.update(step.outputs)
    return found


def _last_linear(program: Program) -> Step | None:
    """The linear layer whose single unit is the output, layers in between that change no value left aside."""
    made = producers(program)
    step = made.get(program.output)
    while step is not None and keeps_values(step.operation):
        step = made.get(step.inputs[0])
    return step if step is not None and is_linear(step.operation) else None
