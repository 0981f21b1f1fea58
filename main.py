"""The front door: a command goes to ``tfcore.cli``, everything else opens the window.

Only what the taken door needs is imported; the engine process starts from here too and must find nothing heavy.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys


def open_window(given: argparse.Namespace) -> int:
    """The door to the window; what Qt lacks on this machine is said in one line."""
    # What is imported now stays; the window goes on with a collector of its own.
    gc.disable()
    from gui.display import needs_x, there_is_a_display
    from tfcore.errors import HeatlensError
    from tfcore.files import check_free
    from tfcore.system_libraries import explain, missing_for_x

    if given.screenshot:
        check_free(given.screenshot)

    try:
        from PySide6 import QtWidgets  # noqa: F401 — the import is the check
    except ImportError as error:
        raise HeatlensError(explain(error)) from error

    if not there_is_a_display():
        if not given.screenshot:
            if given.pictures or given.model:
                raise HeatlensError(
                    "There is no display here, so no window; use 'heatlens explain', or --screenshot FILE for a "
                    "picture of the window."
                )
            return demo_without_a_window()
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif needs_x() and (missing := missing_for_x()) is not None:
        raise HeatlensError(explain(missing))
    from gui.app import run

    return run(given)


def demo_without_a_window() -> int:
    """What the window would show first, as a figure panel."""
    import resources
    from tfcore import cli

    print(
        "heatlens: there is no display here, so no window; the demo goes into a figure panel instead", file=sys.stderr
    )
    picture = sorted(resources.path("demo").glob("*.png"))[0]
    return cli.main(["explain", str(picture), "--model", "demo", "--out", "heatlens-demo"], open_window)


def main(arguments: list[str] | None = None) -> int:
    """Run Heatlens; the exit code."""
    from tfcore import cli

    return cli.main(sys.argv[1:] if arguments is None else arguments, open_window)


if __name__ == "__main__":
    sys.exit(main())
