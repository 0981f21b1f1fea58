"""What ``make run`` would do, with uv and without."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("uv", [True, False])
def test_the_same_packages_are_installed_by_uv_and_by_pip(uv: bool, tmp_path: Path) -> None:
    tools = {"make": shutil.which("make"), "sh": shutil.which("sh"), "python3.12": shutil.which("true")}
    for name, tool in tools.items():
        (tmp_path / name).symlink_to(str(tool))
    if uv:
        (tmp_path / "uv").write_text("#!/bin/sh\n")
        (tmp_path / "uv").chmod(0o755)
    # These tests may be run by make themselves, which hands its own settings down.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    environment = {**inherited, "PATH": str(tmp_path)}
    done = subprocess.run(["make", "-nB", "run"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    made, pinned, own = (
        next(line for line in lines if word in line) for word in (" .venv", "requirements.txt", "--edit")
    )
    python = tmp_path / "python3.12"
    if uv:
        assert made == f"uv venv --quiet --seed --allow-existing --python {python} .venv"
    else:
        assert made.startswith(f"{python} -m venv .venv ||")
    install = "uv pip install --quiet --python .venv/bin/python" if uv else ".venv/bin/python -m pip install --quiet"
    assert pinned == f"{install} --requirement requirements.txt"
    assert own == f"{install} --no-deps --editable ."
    assert lines[-1] == ".venv/bin/python main.py"
