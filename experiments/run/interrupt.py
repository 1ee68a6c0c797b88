"""Ctrl-C as a request to stop, so that what is finished can be kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

from sim.errors import RelevoError


class StoppedError(RelevoError):
    """Ctrl-C came before anything was finished that could be kept."""

    exit_code = 130


class StopRequest:
    """While entered, the first Ctrl-C only sets `requested`; the second one interrupts at once.

    A KeyboardInterrupt can strike between any two instructions, also in the middle of writing a table. A
    request that is looked at between runs cannot. Outside the main thread signals cannot be caught; there
    `requested` stays what its owner makes it.
    """

    def __init__(self) -> None:
        self.requested = False
        self._at_once = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def may_interrupt(self) -> Iterator[None]:
        """Mark a stretch that loses nothing worth keeping when it is interrupted at once."""
        self._at_once = True
        try:
            yield
        finally:
            self._at_once = False

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        second = self.requested
        self.requested = True
        if second or self._at_once:
            raise KeyboardInterrupt
