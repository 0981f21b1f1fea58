"""Machines that are to learn together find each other, before TensorFlow waits for them without a word."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from tfcore.device import versions
from tfcore.errors import HeatlensError
from tfcore.marks import PROGRAM, version

_SECONDS = 600.0
_BETWEEN = 0.5
_MOST = 65536
# What numbers depend on.
_ALIKE = (PROGRAM, "tensorflow", "keras", "numpy")


def met(addresses: Sequence[str], number: int, seconds: float = _SECONDS) -> None:
    """Return when all are there and run the same versions; ``number`` is ours, counted from 1."""
    places = [_place(address) for address in addresses]
    if not (len(places) > 1 and len(set(places)) == len(places) and 1 <= number <= len(places)):
        raise HeatlensError(
            f"Machine {number} of {', '.join(addresses)} is no machine of several; name HOST:PORT of each once, and "
            "which of them this is, counted from 1."
        )
    (_receive if number == 1 else _arrive)(places, number, time.monotonic() + seconds)


def _receive(places: Sequence[tuple[str, int]], _: int, until: float) -> None:
    here: dict[int, socket.socket] = {}
    with ExitStack() as stack:
        door = stack.enter_context(_opened(places[0]))
        while len(here) < len(places) - 1:
            door.settimeout(_left(until, f"Of {len(places)} machines {len(here) + 1} came"))
            with suppress(TimeoutError):
                guest = stack.enter_context(door.accept()[0])
                guest.settimeout(5)
                # Whoever else knocks is no machine of ours.
                with suppress(OSError, ValueError, KeyError, TypeError):
                    said = json.loads(guest.makefile("rb").readline(_MOST))
                    if 2 <= int(said["number"]) <= len(places):
                        here[int(said["number"])] = guest
                        if odd := _odd(said["versions"]):
                            _tell(here.values(), odd)
                            raise HeatlensError(odd)
        _tell(here.values(), "")


def _arrive(places: Sequence[tuple[str, int]], number: int, until: float) -> None:
    host, port = places[0]
    while True:
        with suppress(OSError), socket.create_connection((host, port), timeout=5) as door:
            door.sendall(json.dumps({"number": number, "versions": _ours()}).encode() + b"\n")
            door.settimeout(_left(until, f"The first machine ({host}:{port}) did not begin"))
            if answer := door.makefile("rb").readline(_MOST):
                if why := json.loads(answer)["why"]:
                    raise HeatlensError(why)
                return
        _left(until, f"The first machine ({host}:{port}) is not there")
        time.sleep(_BETWEEN)


def _tell(guests: Iterable[socket.socket], why: str) -> None:
    for guest in guests:
        with suppress(OSError):
            guest.sendall(json.dumps({"why": why}).encode() + b"\n")


@contextmanager
def _opened(place: tuple[str, int]) -> Iterator[socket.socket]:
    try:
        door = socket.create_server(place)
    except OSError as error:
        raise HeatlensError(f"{place[0]}:{place[1]} cannot be listened at ({error.strerror}); name another.") from error
    with door:
        yield door


def _left(until: float, what: str) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise HeatlensError(f"{what} in time; start the same command on all machines, each with its own --machine.")
    return min(left, 1.0) if what.startswith("Of") else left


def _ours() -> dict[str, str]:
    return {PROGRAM: version(), **versions()}


def _odd(theirs: dict[str, str]) -> str:
    ours = _ours()
    odd = next((name for name in _ALIKE if theirs.get(name) != ours.get(name)), None)
    return "" if odd is None else f"The machines have {odd} {ours[odd]} and {theirs.get(odd)}; install the same on all."


def _place(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise HeatlensError(f"{address} is no address of a machine; write HOST:PORT.")
    return host, int(port)
