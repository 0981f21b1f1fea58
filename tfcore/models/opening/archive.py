"""A ``.keras`` file: a zip archive with the architecture and the weights, checked before anything is unpacked."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.models.opening import hdf5, text
from tfcore.models.opening.claims import absurd
from tfcore.models.opening.stored import Stored

WEIGHTS = "model.weights.h5"
_DAMAGED = "{} is damaged or cut short; copy or download the model again."
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


def read(path: Path) -> Stored:
    """The architecture in the archive, once the archive has shown itself harmless."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path)
            config = text.parsed(archive.read("config.json"), path)
            notes = text.parsed(archive.read("metadata.json"), path) if "metadata.json" in archive.namelist() else {}
            if WEIGHTS not in archive.namelist():
                raise HeatlensError(f"{path} has no {WEIGHTS}, so its weights are missing; save the model again.")
    except KeyError:
        raise HeatlensError(
            f"{path} is a zip file without config.json, so it is not a Keras model; "
            "save the model with model.save('name.keras')."
        ) from None
    except _BROKEN as error:
        raise HeatlensError(_DAMAGED.format(path)) from error
    if not isinstance(config, dict):
        raise HeatlensError(f"{path} has no architecture in its config.json; save the model again.")
    version = notes.get("keras_version", "") if isinstance(notes, dict) else ""
    return Stored(path, "archive", config, str(version), path)


@contextmanager
def unpacked_weights(path: Path) -> Iterator[Path]:
    """The checked weights of a checked archive as a file of their own, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="heatlens-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                # Reading to the end compares the checksum.
                weights = Path(archive.extract(WEIGHTS, folder))
        except _BROKEN as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise HeatlensError(f"{path} was not unpacked: {why(error)}.") from error
            raise HeatlensError(_DAMAGED.format(path)) from error
        hdf5.check(weights, path)
        yield weights


def _check(archive: zipfile.ZipFile, path: Path) -> None:
    names = [info.filename for info in archive.infolist()]
    name, times = Counter(names).most_common(1)[0] if names else ("", 0)
    if times > 1:
        raise HeatlensError(f"{path} holds {name!r} twice; it was not written by Keras.")
    for info in archive.infolist():
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in info.filename:
            raise HeatlensError(f"{path} holds {info.filename!r}, which points outside the archive; not opened.")
        if absurd(info.file_size, info.compress_size) or (
            info.filename.endswith(".json") and info.file_size > text.MOST_BYTES
        ):
            raise HeatlensError(
                f"{path} holds {info.filename!r}, which claims {info.file_size >> 20} MB in "
                f"{info.compress_size} stored bytes; not opened."
            )
    claimed = sum(info.file_size for info in archive.infolist())
    held = sum(info.compress_size for info in archive.infolist())
    if absurd(claimed, held):
        raise HeatlensError(f"{path} claims {claimed >> 20} MB in {held} stored bytes; not opened.")
