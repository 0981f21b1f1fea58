"""Peak memory of a piece of work, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def peaks(title: str, module: str, sizes: tuple[int, int], of: str) -> None:
    """Print the peaks of ``python -m module --peak SIZE`` for a small and a large size, and their ratio."""
    print(f"\npeak memory, {title}")
    measured = [_peak(module, size) for size in sizes]
    for size, megabytes in zip(sizes, measured, strict=True):
        print(f"  {size:5d} {of} {megabytes:8.0f} MB")
    print(f"  × {measured[1] / measured[0]:.3f}   goal: flat (≤ 1.05)")


def say_peak() -> None:
    """Print the megabytes this process needed at most (Linux)."""
    # Not getrusage: what that says was inherited from the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in status if line.startswith("VmHWM"))
    print(int(line.split()[1]) / 1024)


def _peak(module: str, size: int) -> float:
    command = [sys.executable, "-m", module, "--peak", str(size)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return float(answer.stdout)
