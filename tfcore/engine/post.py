"""Hands events to the listener one after another, from a thread of its own, in the order they happened."""

from __future__ import annotations

import queue
import threading

from tfcore.engine.protocol import Event, Listener


class Post:
    """A letter box between the threads of a backend and its listener."""

    def __init__(self, listener: Listener) -> None:
        self._letters: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._listener = listener
        self._thread = threading.Thread(target=self._deliver, name="engine-events", daemon=True)
        self._thread.start()

    def send(self, event: Event) -> None:
        self._letters.put(event)

    def close(self) -> None:
        """Deliver what is there, then stop."""
        self._letters.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)

    def _deliver(self) -> None:
        while (event := self._letters.get()) is not None:
            self._listener(event)
