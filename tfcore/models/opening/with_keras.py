"""Getting on with Keras: no remarks on the user's terminal, complaints in one line, files by the names it goes by."""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def quiet() -> Iterator[None]:
    """Within it only errors are logged and no warnings shown; what a user must know is said in one sentence."""
    if "tensorflow" not in sys.modules:
        _import_tensorflow()
    loggers = [logging.getLogger(name) for name in ("absl", "tensorflow", "keras")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def called(path: Path, *endings: str) -> Iterator[Path]:
    """The file under a name with one of these endings, by which Keras tells its formats apart; ``.weights.h5`` is no
    ``.h5`` to it.
    """
    if path.name.endswith(endings) and (".weights.h5" in endings or not path.name.endswith(".weights.h5")):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="heatlens-") as folder:
        link = Path(folder) / f"shown{endings[0]}"
        try:
            link.symlink_to(path.resolve())
        except OSError:  # Windows without the right to make links
            shutil.copyfile(path, link)
        yield link


def first_line(error: Exception) -> str:
    """What it says, from where it went wrong, short enough to be read."""
    text = str(error).rpartition("Exception encountered:")[2].strip()
    return text.splitlines()[0].rstrip(".:")[:300] if text else type(error).__name__


def _import_tensorflow() -> None:
    from tfcore.device import quiet_stderr
    from tfcore.lazy import tf

    with quiet_stderr():
        # Looking for graphics cards is when it has most to say.
        tf.config.list_physical_devices("GPU")
