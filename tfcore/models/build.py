"""Building a network of the zoo: the named architecture with fresh or pretrained weights, and its card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.models import weight_files
from tfcore.models import weights as weight_store
from tfcore.models.card import Card
from tfcore.models.model import Model
from tfcore.models.weight_files import WeightFile
from tfcore.registry import ArchSpec, catalogue, find, function

# Where nobody says otherwise.
_CLASSES = 4


def build(
    name: str,
    classes: int | Iterable[str] | None = None,
    input_shape: Iterable[int | None] | None = None,
    weights: str | Path | None = None,
    **params: Any,
) -> Model:
    """The network of that name with its card, as :func:`tfcore.load_model` would open it.

    ``classes`` is a number or the names; by default as many as a file of weights was trained on, else 4.
    ``input_shape`` is (height, width, channels), by default the architecture's own. ``weights`` is ``None`` (random),
    ``"imagenet"`` or a file. ``params`` are those its Spec lists.

    >>> tfcore.build("vgg16", classes=["glioma", "meningioma"]).card.classes                # doctest: +SKIP
    ('glioma', 'meningioma')
    """
    spec = find("architecture", name)
    settings = spec.parse(params)
    file = None
    if weights is not None:
        file = weight_files.read(weight_store.find(spec.pretrained or name, settings, weights))
    # ImageNet's own thousand classes are nobody's here.
    counted = file.classes if file and str(weights) != "imagenet" else None
    names, guessed = _names(counted or _CLASSES if classes is None else classes)
    stated: Any = spec.input_shape if input_shape is None else input_shape
    card = Card(
        classes=names,
        input_shape=tuple(stated),
        task=spec.task,
        guessed=("classes",) if guessed else (),
        provenance={"architecture": name, "settings": settings, **_origin(file, len(names))},
    )
    _check_size(spec, card)
    if card.channels == 3:
        card = card.with_(scaling=spec.scaling)
    network = function(spec)(len(names), card.input_shape, file.path if file else None, **settings)
    trained = file is not None and file.classes == len(names)
    weights = "file" if trained else "random classifier" if file else "random"
    return Model(network, card, f"zoo:{name}", weights)


def checked_weights(path: str | Path) -> WeightFile:
    """The file, after its weights have been loaded into the network they are for."""
    file = weight_files.read(path)
    known = file.pretrained
    if known is None:
        raise HeatlensError(f"{path} holds {weight_store.sized(file)}, which fits no pretrained network of Heatlens.")
    if any(spec.name == known.architecture for spec in catalogue("architecture")):
        build(known.architecture, weights=path, **known.params)
    return file


def _names(classes: int | Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The classes' names, and whether they are only numbered."""
    if not isinstance(classes, int):
        names = (classes,) if isinstance(classes, str) else tuple(classes)
        if len(names) < 2:
            raise HeatlensError(f"classes = {classes!r} names fewer than two; name all of them or give their number.")
        return names, False
    if classes < 2:
        raise HeatlensError(f"classes = {classes} is too few; two classes tell what is absent from what is present.")
    return tuple(f"class {number}" for number in range(classes)), True


def _origin(file: WeightFile | None, classes: int) -> Mapping[str, Any]:
    """Where the weights come from, for the card."""
    if file is None:
        return {"weights": "random"}
    known = file.pretrained
    return {
        "weights": f"ImageNet, {known.name}" if known and file.official else known.name if known else "file",
        "weights file": file.path.name,
        "weights md5": file.md5,
        "classifier": "from the file" if file.classes == classes else "random",
    }


def _check_size(spec: ArchSpec, card: Card) -> None:
    smallest, multiple = spec.smallest, spec.multiple
    for side in card.input_shape[:2]:
        if side is None and not spec.any_size:
            raise HeatlensError(f"{spec.name} needs a stated height and width; give input_shape, as 224, 224, 3.")
        if side is not None and side < smallest:
            raise HeatlensError(f"{spec.name} takes pictures of at least {smallest} pixels a side, not {side}.")
        if side is not None and side % multiple:
            raise HeatlensError(f"{spec.name} takes sides that are multiples of {multiple} pixels, not {side}.")
