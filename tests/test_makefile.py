"""What ``make run`` would do, with uv and without, and that ``make test`` fails of each of its parts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.mark.parametrize("uv", [True, False])
def test_the_same_packages_are_installed_by_uv_and_by_pip(uv: bool, tmp_path: Path) -> None:
    tools = {"make": shutil.which("make"), "sh": shutil.which("sh"), "python3.12": shutil.which("true")}
    for name, tool in tools.items():
        (tmp_path / name).symlink_to(str(tool))
    if uv:
        (tmp_path / "uv").write_text("#!/bin/sh\n")
        (tmp_path / "uv").chmod(0o755)
    environment = {**inherited(), "PATH": str(tmp_path)}
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
    python = ".venv/bin/python"
    install = f"uv pip install --quiet --python {python}" if uv else f"{python} -m pip install --quiet --no-compile"
    assert pinned == f"{install} --requirement requirements.txt"
    assert own == f"{install} --no-deps --no-build-isolation --editable ."
    assert lines[-1] == ".venv/bin/python main.py"


@pytest.mark.parametrize("failing", [None, "ruff", "lint-imports", "mypy", "pytest"])
def test_a_part_that_fails_fails_the_whole(failing: str | None, tmp_path: Path) -> None:
    parts = ("ruff", "lint-imports", "mypy", "pytest")
    for name in (*parts, "python"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho ran {name}\nexit {int(name == failing)}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "installed").touch()
    command = ["make", "test", f"BIN={tmp_path}", f"STAMP={tmp_path / 'installed'}"]
    done = subprocess.run(command, cwd=ROOT, env=inherited(), capture_output=True, text=True, check=False)
    assert (done.returncode != 0) == (failing is not None), done.stderr
    if failing in (None, "mypy", "pytest"):
        assert all(f"ran {name}" in done.stdout for name in parts)


def inherited() -> dict[str, str]:
    """The environment without what make, if it runs these tests, hands down."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
