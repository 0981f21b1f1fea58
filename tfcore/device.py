"""TensorFlow on the device that was asked for: imported quietly, memory taken as it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.lazy import tf

# What TensorFlow reads when it is imported.
_THREADS = "TF_NUM_INTRAOP_THREADS"
PACKAGES = ("tensorflow", "keras", "numpy", "PySide6-Essentials", "opencv-python-headless", "h5py")


def start_tensorflow(device: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Import TensorFlow, choose the device, and name it and all there are.

    ``None`` is the first GPU if there is one; the others stay visible, so that training can use them too.
    """
    with quiet_stderr():
        gpus = tf.config.list_physical_devices("GPU")
    # TensorFlow takes many small functions of many models for one that is traced again and again, and warns.
    tf.get_logger().setLevel("ERROR")
    names = ("cpu", *(f"gpu:{number}" for number in range(len(gpus))))
    wanted = (device or ("gpu:0" if gpus else "cpu")).lower()
    wanted = "gpu:0" if wanted == "gpu" else wanted
    if wanted not in names:
        raise HeatlensError(f"There is no device {device!r} on this machine; there is {', '.join(names)}.")
    chosen = gpus if device is None else [gpu for name, gpu in zip(names[1:], gpus, strict=True) if name == wanted]
    try:
        tf.config.set_visible_devices(chosen, "GPU")
        for gpu in chosen:
            # Without growth TensorFlow takes the whole memory of a card that others use too.
            tf.config.experimental.set_memory_growth(gpu, True)
    except RuntimeError:
        if tf.config.get_visible_devices("GPU") != chosen:
            raise HeatlensError("The device cannot change while TensorFlow runs; start Heatlens again.") from None
    return wanted, names


def start(device: str | None = None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """All that a backend says of itself once it is ready: the device used, those there are, the versions."""
    return (*start_tensorflow(device), versions())


def start_without_tensorflow(_: str | None = None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """What is to be said where pictures are only looked at."""
    return "cpu", ("cpu",), {}


def share_cores(cores: int) -> None:
    """Before TensorFlow is imported: as many threads as this process is to have."""
    for name in (_THREADS, "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = str(cores)


def cores_here() -> int:
    """Cores that this process may use: those it was given, or all there are."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    given = os.environ.get(_THREADS, "")
    return min(there, int(given)) if given.isdecimal() and int(given) else there


def memory_held() -> int:
    """Bytes of memory that this process holds: now where the system says so, else the most it held; 0 if unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        try:
            import resource
        except ImportError:
            return 0
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on, for results and ``doctor``."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """TensorFlow's C++ side writes to stderr before it can be told not to; nobody needs to read it."""
    try:
        number = sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):
        yield  # stderr is no file here (a test, a notebook): nothing to keep quiet
        return
    sys.stderr.flush()
    kept = os.dup(number)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, number)
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)
        os.close(nowhere)
