"""The command line: finds the command, runs it, and turns what went wrong into one line and an exit code.

0 done · 2 the request or the input is wrong · 1 our fault (the log is named) · 130 cancelled. Results go to stdout,
words for people to stderr.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import traceback
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tfcore import commands, places
from tfcore.errors import Cancelled, HeatlensError

DONE, OUR_FAULT, WRONG, CANCELLED = 0, 1, 2, 130


def names() -> tuple[str, ...]:
    """Every command, from the files in ``tfcore/commands``."""
    return tuple(module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_"))


def program_version() -> str:
    """The version that is installed; a bare checkout says so."""
    try:
        return version("heatlens")
    except PackageNotFoundError:
        return "not installed"


class _Parser(argparse.ArgumentParser):
    """Speaks in one line where argparse prints its whole usage."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise HeatlensError(f"{message} (see '{self.prog} --help')")


def parser() -> argparse.ArgumentParser:
    """All commands with their flags; TensorFlow is not needed for any of it."""
    top = _Parser(prog="heatlens", description="See where an image network looks, and whether to believe it.")
    top.add_argument("--version", action="version", version=f"heatlens {program_version()}")
    top.epilog = "Without a command the window opens: heatlens [IMAGE|FOLDER …] (see 'heatlens window --help')."
    found = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for name in names():
        importlib.import_module(f"tfcore.commands.{name}").add(found)
    return top


def _check_spelling(arguments: Sequence[str]) -> None:
    """What is no file but nearly a command was meant as one."""
    word = arguments[0] if arguments else ""
    meant = get_close_matches(word, names(), n=1, cutoff=0.75)
    if meant and not Path(word).exists():
        raise HeatlensError(f"There is no command and no file {word!r}; did you mean 'heatlens {meant[0]}'?")


def main(arguments: Sequence[str], open_window: Callable[[argparse.Namespace], int]) -> int:
    """Run one command; the exit code. What names no command is for the window, which the caller brings along."""
    try:
        if not arguments or arguments[0] not in (*names(), "-h", "--help", "--version"):
            _check_spelling(arguments)
            arguments = ["window", *arguments]
        given = parser().parse_args(arguments)
        code: int = open_window(given) if given.command == "window" else given.run(given)
        sys.stdout.flush()
        return code
    except HeatlensError as error:
        print(f"heatlens: {error}", file=sys.stderr)
        return WRONG
    except (KeyboardInterrupt, Cancelled):
        print("heatlens: cancelled", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        # The reader of our output has gone (heatlens … | head); that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # nothing else may reach the user as a traceback
        log = places.logs() / "command-line.log"
        with log.open("a") as stream:
            traceback.print_exc(file=stream)
        print(f"heatlens: failed inside ({type(error).__name__}); the details are in {log}", file=sys.stderr)
        return OUR_FAULT
