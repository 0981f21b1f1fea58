"""Weights for the networks of the zoo: the offline store, Keras's cache, Keras's download, or any file.

A hospital workstation has no network: whatever weights are needed can be brought as a file and put into the store
with ``heatlens weights add FILE``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfcore import places
from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.lazy import keras
from tfcore.models import timm
from tfcore.models.opening.with_keras import called, first_line
from tfcore.models.pretrained import Pretrained, pretrained
from tfcore.models.weight_files import WeightFile, read
from tfcore.words import counted

# Seconds without an answer after which the network counts as absent.
_PATIENCE = 10


def find(architecture: str, settings: Mapping[str, Any], wanted: str | Path) -> Path:
    """The file behind ``weights=``: ``"imagenet"`` is looked for and fetched, anything else is a file."""
    if str(wanted) != "imagenet":
        return Path(wanted)
    known = pretrained(architecture, settings)
    if known is None:
        width = f" alpha {settings['alpha']:g}" if "alpha" in settings else ""
        raise HeatlensError(
            f"There are no ImageNet weights for {architecture}{width}; give a file or leave weights out."
        )
    return in_store(known) or in_keras_cache(known) or _downloaded(known)


def stored() -> list[WeightFile]:
    """Every file of weights in the store; what cannot be read is passed over."""
    found = []
    for path in sorted(places.weights().iterdir()):
        with contextlib.suppress(HeatlensError):
            found.append(read(path))
    return found


def add(path: str | Path) -> WeightFile:
    """Copy a file into the store, under the name it is known by, and return the copy."""
    file = read(path)
    known = file.pretrained
    if known is None:
        raise HeatlensError(
            f"{path} holds {sized(file)}, which fits no pretrained network of Heatlens; "
            "give it where it is needed instead (weights=FILE)."
        )
    # Another file for the same network (trained on other pictures) stands beside the official one.
    ending = "".join(file.path.suffixes[-2:]) if file.path.name.endswith(".weights.h5") else file.path.suffix
    name = known.file if file.official else f"{known.name.replace(' ', '-')}-{file.md5[:8]}{ending}"
    place = places.weights() / name
    if not place.exists() or place.resolve() != file.path.resolve():
        with written_whole(place, overwrite=True) as temporary:
            shutil.copyfile(file.path, temporary)
    return read(place)


def in_store(known: Pretrained) -> Path | None:
    """The ImageNet file in the store, by md5 where Keras publishes one, else by its shapes."""
    return next((file.path for file in stored() if _is(file, known)), None)


def in_keras_cache(known: Pretrained) -> Path | None:
    """The file Keras has downloaded before."""
    path = _keras_home() / "models" / known.file
    if not known.folder or not path.is_file():
        return None
    try:
        file = read(path)
    except HeatlensError:
        # A download that was interrupted; Keras will repeat it.
        return None
    return path if _is(file, known) else None


def with_weights(network: keras.Model, weights: Path | None, base: keras.Model | None = None) -> keras.Model:
    """The network with the file's weights in it; ``base`` is the part of it that pretrained files are for.

    A timm file whose classifier has other classes leaves the network's own classifier as it is.
    """
    if weights is None:
        return network
    file = read(weights)
    if file.timm:
        try:
            timm.load_state(network, file.arrays(), classifier=file.classes == network.output_shape[-1])
        except HeatlensError as error:
            raise HeatlensError(f"{weights}: {error}") from error
        return network
    shapes = Counter(file.shapes.values())
    part = next((each for each in (base, network) if each is not None and shapes == _shapes(each)), None)
    if part is None:
        raise _misfit(file, network, base)
    try:
        with called(file.path, ".weights.h5" if file.format == "keras" else ".h5") as path:
            part.load_weights(path)
    except Exception as error:  # Keras names its own reasons, in many lines
        raise HeatlensError(f"{weights} could not be loaded: {first_line(error)}.") from error
    return network


def _shapes(network: keras.Model) -> Counter[tuple[int, ...]]:
    return Counter(tuple(weight.shape) for weight in network.weights)


def _misfit(file: WeightFile, network: keras.Model, base: keras.Model | None) -> HeatlensError:
    known = file.pretrained
    ours = f"the network takes {len(network.weights)} with {network.count_params():,}"
    if base is not None:
        ours += f", or {len(base.weights)} with {base.count_params():,} without its head"
    if known and known.architecture != network.name:
        what_to_do = f"the file is for {known.name}"
    else:
        what_to_do = "give weights of the same network, input channels and settings"
    return HeatlensError(f"{file.path} does not fit {network.name}: it holds {sized(file)}, {ours}; {what_to_do}.")


def sized(file: WeightFile) -> str:
    """How much a file holds, in words."""
    return f"{counted(len(file.shapes), 'tensor')} with {file.values:,} values"


def _is(file: WeightFile, known: Pretrained) -> bool:
    # The md5 last: it takes a second per half a gigabyte.
    return file.pretrained == known and (not known.md5 or file.official)


def _keras_home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


def _downloaded(known: Pretrained) -> Path:
    hash_ = f" (md5 {known.md5})" if known.md5 else ""
    bring = f"bring {known.file}{hash_} and run 'heatlens weights add FILE'"
    if not known.folder:
        raise HeatlensError(f"The ImageNet weights of {known.name} are timm's and not in the weight store; {bring}.")
    patience = socket.getdefaulttimeout()
    socket.setdefaulttimeout(_PATIENCE)
    try:
        # Keras tells of its progress on stdout, which is for results.
        with contextlib.redirect_stdout(sys.stderr):
            path = keras.utils.get_file(
                known.file, known.url, cache_subdir="models", file_hash=known.md5 or None, cache_dir=str(_keras_home())
            )
    except Exception as error:  # get_file raises a bare Exception when there is no network
        raise HeatlensError(
            f"The ImageNet weights of {known.name} are not on this machine and could not be fetched; {bring}."
        ) from error
    finally:
        socket.setdefaulttimeout(patience)
    return Path(path)
