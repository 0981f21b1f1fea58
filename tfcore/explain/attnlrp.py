"""AttnLRP: relevance through transformers, as gradient × input of a network with gentler slopes (METHODS.md §5).

Relevance that is divided at every step by what was summed there is unstable in a transformer. The same rules are had
without a division: σ of a norm over the picture's own values is a constant, x·g(x) has the slope g(x), and of a product
of activations each factor takes an equal part. Everything else has its own gradient.
"""

from __future__ import annotations

from typing import Any

from tfcore.explain import passes
from tfcore.explain.attention import FAMILY
from tfcore.explain.lrp.methods import TERMS
from tfcore.explain.pointwise import Function, changed, with_slopes
from tfcore.explain.runners import Answer, Ask, Request
from tfcore.lazy import tf, tree
from tfcore.models.kinds import SELF_GATED, Does, kind_of
from tfcore.models.program import Step, infer
from tfcore.registry import MethodSpec

Tensor = Any
# Nearer to zero the quotient f(x)/x is taken here.
_SMALL = 1e-6
# What is left of the gradient on the way to queries, values and keys, by how a layer takes them: attention × values
# halves it, queries × keys halve it again.
_SHARES = {
    "probabilities": (0.5, 0.5),
    "layer": (0.25, 0.5, 0.25),
    "list": (0.25, 0.5, 0.25),
    "additive": (0.5, 0.5, 0.5),
    "bare": (0.25, 0.25, 0.5),
}


def run(request: Request, asks: list[Ask]) -> list[Answer]:
    return passes.run(request, asks, _CALL)


@passes.one_pass(
    MethodSpec(
        "attnlrp",
        FAMILY,
        "Relevance of each pixel through attention and norms: about one class, in one backward pass",
        signed=True,
        note="grad-times-input where there is no attention, no norm and no smooth activation",
        terms=TERMS,
    ),
    run,
)
def attnlrp(image: Tensor, gradient: Tensor) -> Tensor:
    """x ⊙ ∂S/∂x with the slopes of AttnLRP."""
    return image * gradient


def _self_gated(name: str, function: Function) -> Function:
    """x·g(x) with the slope g(x) = f(x)/x."""
    if name not in SELF_GATED:
        return function

    def gated(value: Tensor) -> Tensor:
        away = tf.where(tf.abs(value) < _SMALL, _SMALL, value)
        return with_slopes(function(value), (function(away) / away, value))

    return gated


def _slowed(value: Any, share: float) -> Any:
    """The same value, of whose gradient a share passes."""
    return with_slopes(value, (tf.constant(share, value.dtype), value)) if tf.is_tensor(value) else value


def _product(step: Step, *args: Any, **kwargs: Any) -> Any:
    factors = sum(map(tf.is_tensor, tree.flatten((args, kwargs))))
    args, kwargs = tree.map_structure(lambda each: _slowed(each, 1 / max(factors, 1)), (args, kwargs))
    return infer(step, *args, **kwargs)


def _attention(step: Step, *args: Any, **kwargs: Any) -> Any:
    form = kind_of(step.operation).form
    names = ("query", "key", "value") if form in ("probabilities", "bare") else ("query", "value", "key")
    in_list = form in ("list", "additive")
    given = dict(zip(names, args[0] if in_list else args, strict=False))
    given |= {name: kwargs.pop(name) for name in names if kwargs.get(name) is not None}
    if form != "probabilities":
        # Whoever is given no keys takes the values for them.
        given.setdefault("key", given["value"])
    tensors = [_slowed(given[name], share) for name, share in zip(names, _SHARES[form], strict=False)]
    others = args[1:] if in_list else args[len(names) :]
    return infer(step, tensors, *others, **kwargs) if in_list else infer(step, *tensors, *others, **kwargs)


def _norm(step: Step, value: Tensor, **kwargs: Any) -> Tensor:
    """What a norm does to its input when its σ is a number that is known beforehand."""
    layer, form = step.operation, kind_of(step.operation).form
    found = value
    if form == "group":
        found = layer._reshape_into_groups(value)
        group = layer.axis % value.shape.rank
        axes = [axis for axis in range(1, found.shape.rank) if axis != group]
    else:
        axes = [axis % value.shape.rank for axis in tree.flatten(layer.axis)]
    if form in ("layer", "group") and not getattr(layer, "rms_scaling", False):
        found -= tf.reduce_mean(found, axes, keepdims=True)
    size = tf.reduce_sum(found**2, axes, keepdims=True)
    if form == "unit":
        size = tf.sqrt(tf.maximum(size, 1e-24))
    else:
        count = tf.cast(tf.reduce_prod([tf.shape(found)[axis] for axis in axes]), found.dtype)
        size = tf.sqrt(size / count + layer.epsilon)
    found = tf.reshape(found / tf.stop_gradient(size), tf.shape(value))
    scale = getattr(layer, "scale" if form == "rms" else "gamma", None)
    if tf.is_tensor(scale) or hasattr(scale, "shape"):
        scaled = [layer.axis % value.shape.rank] if form == "group" else axes
        shape = [value.shape[axis] if axis in scaled else 1 for axis in range(value.shape.rank)]
        found *= tf.reshape(tf.convert_to_tensor(scale), shape)
    result = infer(step, value, **kwargs)
    return tf.stop_gradient(result) + (found - tf.stop_gradient(found))


_RULES = {
    Does.NORMALISES: _norm,
    Does.ATTENDS: _attention,
    **dict.fromkeys((Does.GATHERS, Does.MULTIPLIES, Does.CONTRACTS), _product),
}


def _by_what_it_does(step: Step, *args: Any, **kwargs: Any) -> Any:
    return _RULES.get(kind_of(step.operation).does, infer)(step, *args, **kwargs)


_CALL = changed(_self_gated, otherwise=_by_what_it_does)
