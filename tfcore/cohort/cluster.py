"""The way to a Ray cluster: somebody answers within seconds, or a sentence says that nobody does."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tfcore.device import quiet_stderr
from tfcore.errors import HeatlensError

SECONDS_TO_ANSWER = 7.0
# Where somebody greets as a Ray does, on a machine that is busy.
_SECONDS_OF_A_BUSY_ONE = 40.0
_SECONDS_TO_GREET, _SECONDS_TO_KNOCK = 2.5, 2.0
# How gRPC begins, with no settings of its own.
_GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
# The first byte of how gRPC answers.
_GREETED = b"\0"
INSTEAD = "or use --workers 2 for processes of this machine"


def check_address(address: str) -> bool:
    """Whether somebody greets there as a Ray does; says, within seconds, that there is no Ray or nobody."""
    # Which takes no time, beside the import.
    greeted = address != "auto" and _knock(address)
    try:
        # Before it is imported: nothing is told to anybody.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "error")
        # Another head is waited for here: Ray would end this process after a minute, without a word.
        os.environ.setdefault("RAY_gcs_rpc_server_reconnect_timeout_s", "3600")
        # What nodes say of workers that died would stand among the results.
        os.environ.setdefault("RAY_DEDUP_LOGS_SKIP_REGEX", "^")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        # An address of this machine is meant as it is: Ray would take another of its addresses for 127.0.0.1.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        # Whoever asks when the cluster is gone is to hear that, and not to begin one of this machine.
        os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"
        importlib.import_module("ray")
    except ImportError:
        raise HeatlensError(
            f"--cluster needs Ray, which is not installed; install heatlens[cluster], {INSTEAD}."
        ) from None
    return greeted


def _knock(address: str) -> bool:
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise HeatlensError(f"--cluster {address} is no address; write auto or HOST:PORT, {INSTEAD}.")
    try:
        one, greeted = socket.create_connection((host, int(port)), timeout=_SECONDS_TO_GREET), False
        # Whoever is no Ray may listen and never say a word.
        with one, suppress(ConnectionError):
            one.sendall(_GREETING)
            greeted = one.recv(1) == _GREETED
    except (OSError, OverflowError) as error:
        why = str(error.strerror or error).lower() if isinstance(error, OSError) else "no such port"
    else:
        # One that talks otherwise hangs up.
        if greeted or os.environ.get("RAY_USE_TLS", "").lower() in ("1", "true"):
            return greeted
        why = "something else listens there"
    raise HeatlensError(f"There is no Ray cluster at {address} ({why}); start it there (ray start --head), {INSTEAD}.")


def connected(address: str) -> Any:
    """Ray, connected to the cluster."""
    greeted = check_address(address)
    patience = _SECONDS_OF_A_BUSY_ONE if greeted else SECONDS_TO_ANSWER
    ray: Any = importlib.import_module("ray")
    failed: list[BaseException] = []

    def connect() -> None:
        try:
            ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR)
        except BaseException as error:
            failed.append(error)

    # What listens there may be no Ray at all, and would be waited for.
    # Ray says more than one sentence.
    with quiet_stderr():
        in_time = within(patience, connect)
    if failed or not in_time:
        where = "on this machine" if address == "auto" else f"at {address}"
        if failed and (why := _refused(failed[0], greeted)):
            raise HeatlensError(f"The Ray cluster {where} {why}, {INSTEAD}.")
        late = "" if in_time else f" that answers within {patience:.0f} seconds"
        raise HeatlensError(f"There is no Ray cluster {where}{late}; start one (ray start --head), {INSTEAD}.")
    heard_as_before()
    return ray


def _refused(error: BaseException, greeted: bool) -> str:
    """Why a cluster that is there does not let us in, and what to do, if that is known."""
    if "mismatch" in str(error):
        return "runs another Ray or Python than this command; install the same here"
    if type(error).__name__ == "AuthenticationError" or (greeted and isinstance(error, ConnectionError)):
        return "lets nobody in without its token; put that into ~/.ray/auth_token and set RAY_AUTH_MODE=token"
    return ""


def heard_as_before() -> None:
    """Ray takes being told to end for a crash and aborts: whoever listened hears it again."""
    if threading.current_thread() is threading.main_thread() and (listener := signal.getsignal(signal.SIGTERM)):
        signal.signal(signal.SIGTERM, listener)


def within(seconds: float, work: Callable[[], object]) -> bool:
    """Whether it ends in time; longer than that it is not waited for."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    return not thread.is_alive()


def answers(address: str) -> bool | None:
    """Whether somebody listens there; nothing is known where no answer comes from the machine."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=_SECONDS_TO_KNOCK).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return None
    return True
