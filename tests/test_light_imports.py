"""What must be there at once does not wait for TensorFlow."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tfcore import lazy

_HEAVY = ("tensorflow", "keras", "matplotlib", "cv2", "scipy", "skimage", "sklearn", "pydicom", "nibabel")


def _loaded_after(code: str) -> list[str]:
    """The heavy modules that a fresh interpreter has imported after the code."""
    program = f"{code}\nimport sys, json\nprint(json.dumps([m for m in {_HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def _command(*arguments: str) -> str:
    return f"import main, contextlib\nwith contextlib.suppress(SystemExit): main.main({list(arguments)!r})"


def test_importing_leaves_tensorflow_unimported() -> None:
    code = "import gui.app, gui.main_window, tfcore, tfcore.explain, tfcore.models.loading"
    assert not {"tensorflow", "keras"} & set(_loaded_after(code))


def test_commands_that_only_tell_import_nothing_heavy() -> None:
    told = [["--help"], ["--version"], ["methods"], ["models"], ["explain", "--help"]]
    assert _loaded_after("\n".join(_command(*arguments) for arguments in told)) == []


def test_every_spec_can_be_read_without_tensorflow() -> None:
    kinds = ("method", "architecture", "recipe", "metric")
    code = f"from tfcore.registry import catalogue\nassert all(map(catalogue, {kinds!r}))"
    assert not {"tensorflow", "keras"} & set(_loaded_after(code))


def test_the_core_works_without_qt() -> None:
    code = "import sys\nsys.modules['PySide6'] = None\nimport tfcore.cli\nfrom tfcore.registry import catalogue\n"
    assert _loaded_after(code + "assert catalogue('method')") == []


def test_tensorflow_comes_without_what_it_only_looks_for_and_whoever_needs_that_finds_it() -> None:
    looked_for = {"matplotlib", "scipy", "sklearn"}
    code = "from tfcore.device import start\nstart()\n"
    code += f"import gc, sys\nassert not {looked_for!r} & set(sys.modules)\n"
    # What it consists of is never looked through for garbage; what comes later is.
    code += "assert gc.isenabled() and gc.get_freeze_count() > 100_000\n"
    code += "import sklearn.metrics, matplotlib.figure"
    assert {"tensorflow", *looked_for} <= set(_loaded_after(code))


def test_only_the_thread_that_imports_tensorflow_is_told_that_nothing_else_is_there() -> None:
    finder, beside = lazy._NotThere(), ThreadPoolExecutor(1)
    with pytest.raises(ModuleNotFoundError, match="while TensorFlow"):
        finder.find_spec("scipy")
    finder.find_spec("scipy.sparse")
    with beside:
        beside.submit(finder.find_spec, "scipy").result()
