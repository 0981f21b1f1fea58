"""``heatlens doctor``: what is installed, what TensorFlow can run on, and what is missing for a GPU."""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from typing import Any

from tfcore import places
from tfcore.commands._lists import print_rows


def add(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="check versions, devices, the weight store, Qt and the GPU")
    parser.add_argument("--device", help="cpu, gpu:0 …: check that this device can be used")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.device import start_tensorflow, versions

    used, devices = start_tensorflow(given.device)
    found = {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        **versions(),
        "devices": ", ".join(devices),
        "device used": used,
        "GPU": _gpu(devices),
        "window": _window(),
        "weight store": f"{places.weights()} ({sum(1 for _ in places.weights().iterdir())} files)",
        "logs": str(places.logs()),
    }
    print_rows([{"what": name, "found": value} for name, value in found.items()], found if given.json else None)
    return 0


def _gpu(devices: tuple[str, ...]) -> str:
    from tfcore.lazy import tf

    if len(devices) > 1:
        return "ready"
    if not tf.test.is_built_with_cuda():
        return "this build of TensorFlow has no GPU support; install heatlens[gpu] on Linux"
    if shutil.which("nvidia-smi") is None:
        return "none: no NVIDIA driver found (nvidia-smi is missing); install the driver, then heatlens[gpu]"
    return "none: a driver is there, but TensorFlow sees no GPU; install the CUDA libraries with heatlens[gpu]"


def _window() -> str:
    # In a process of its own: nothing below tfcore imports Qt.
    tried = subprocess.run([sys.executable, "-c", "import PySide6.QtWidgets"], capture_output=True, text=True)
    if tried.returncode == 0:
        return "Qt can be loaded"
    from tfcore.system_libraries import explain

    return explain(ImportError(tried.stderr.strip().splitlines()[-1]))
