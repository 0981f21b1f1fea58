"""The command line: finds the command, runs it, and turns what went wrong into one line and an exit code.

0 done · 2 the request or the input is wrong · 1 our fault (the log is named) · 130 cancelled. Results go to stdout,
words for people to stderr.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import pkgutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tfcore import commands, places
from tfcore.commands._again import kept
from tfcore.commands._words import say
from tfcore.errors import Answered, Cancelled, HeatlensError, known_fault
from tfcore.files import why

DONE, OUR_FAULT, WRONG, CANCELLED = 0, 1, 2, 130
# Asked to end, and the terminal is gone; Windows has no word for the second.
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def names() -> tuple[str, ...]:
    """Every command, without a look into its file: the window must not wait for the others."""
    return tuple(_files())


def _files() -> dict[str, str]:
    """By command the file that describes it."""
    found = (module.name for module in pkgutil.iter_modules(commands.__path__) if not module.name.startswith("_"))
    return {command: file for file in found for command in commands.TOGETHER.get(file, (file,))}


def program_version() -> str:
    """The version that is installed; a bare checkout says so."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("heatlens")
    except PackageNotFoundError:
        return "not installed"


class _Parser(argparse.ArgumentParser):
    """Speaks in one line where argparse prints its whole usage."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise HeatlensError(f"{message} (see '{self.prog} --help')")


class _Version(argparse.Action):
    """The metadata of packages take a while to read, and are asked for by nothing else."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"heatlens {program_version()}")
        parser.exit()


class _Enough(Exception):
    """The command is named, and its flags are not asked for."""


class _Naming:
    """Takes names and what they stand for, and no flags: those of every method and metric take long to gather."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def add_parser(self, name: str, **told: Any) -> None:
        self._found.add_parser(name, **told)
        raise _Enough


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """All commands with their flags, or that of one command; nothing of the others but their names where it is
    ``--help``. TensorFlow is not needed for any of it.
    """
    top = _Parser(prog="heatlens", description="See where an image network looks, and whether to believe it.")
    top.add_argument("--version", action=_Version, nargs=0, help="show program's version number and exit")
    top.epilog = "Without a command the window opens: heatlens [IMAGE|FOLDER …] (see 'heatlens window --help')."
    found = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    files = _files()
    wanted = [files[command]] if command in files else [] if command == "--version" else files.values()
    for file in dict.fromkeys(wanted):
        described = importlib.import_module(f"tfcore.commands.{file}")
        whole = command is None or command in files or file in commands.TOGETHER
        with suppress(_Enough):
            described.add(found if whole else _Naming(found))
    return top


def _check_spelling(arguments: Sequence[str]) -> None:
    """What is no file but nearly a command was meant as one."""
    word = arguments[0] if arguments else ""
    meant = get_close_matches(word, names(), n=1, cutoff=0.75)
    # "--model" is a flag of the window, however near "models" is.
    if meant and not word.startswith("-") and not Path(word).exists():
        raise HeatlensError(f"There is no command and no file {word!r}; did you mean 'heatlens {meant[0]}'?")


def main(arguments: Sequence[str], open_window: Callable[[argparse.Namespace], int]) -> int:
    """Run one command; the exit code. What names no command is for the window, which the caller brings along."""
    for stream in (sys.stdout, sys.stderr):
        # A file name that is not Unicode is printed with escapes; it must not end the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if not arguments or arguments[0] not in (*names(), "-h", "--help", "--version"):
            _check_spelling(arguments)
            arguments = ["window", *arguments]
        given = parser(arguments[0]).parse_args(arguments)
        given.line = list(arguments)
        if given.command == "window":
            return open_window(given)
        with _ended_like_ctrl_c(), kept(given, arguments):
            code: int = given.run(given)
            sys.stdout.flush()
        return code
    except HeatlensError as error:
        _say(str(error), error)
        return WRONG
    except Answered:
        return DONE
    except (KeyboardInterrupt, Cancelled) as error:
        _say("cancelled", error)
        return CANCELLED
    except BrokenPipeError:
        # The reader of our output has gone (heatlens … | head); that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # nothing else may reach the user as a traceback
        if sentence := known_fault(error):
            _say(sentence, error)
            return WRONG
        _say(f"failed inside ({type(error).__name__}); the details {_logged()}", error)
        return OUR_FAULT


def _say(sentence: str, error: BaseException) -> None:
    """One line for people, with the notes that say what was kept (see ``tfcore.growing``)."""
    notes = getattr(error, "__notes__", ())
    if notes and not sentence.endswith("."):
        sentence += "."
    # The terminal may be gone.
    with suppress(OSError):
        say(" ".join([sentence, *notes]))


def _logged() -> str:
    """Put the exception that is being handled into the log; where it is, as the end of a sentence."""
    try:
        log = places.logs() / "command-line.log"
        with log.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            traceback.print_exc(file=stream)
    except OSError as error:
        return f"could not be logged: {why(error)}"
    return f"are in {log}"


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Being told to end, or losing the terminal, is taken as Ctrl-C: what is computed is kept, and the code is 130."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # What somebody else listens to or has switched off (nohup) stays as it is.
    signals = [number for number in _ENDING if signal.getsignal(number) == signal.SIG_DFL]
    for number in signals:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_DFL)
