"""How far a job is and how long it still takes: a bar on a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import IO, Any, Self

from experiments.show.words import say

QUIET = 10.0
"""Time between plain lines [s]."""


def duration(seconds: float) -> str:
    """Write a time that remains.

    Examples
    --------
    >>> duration(8.4), duration(95), duration(3720)
    ('8 s', '1 min 35 s', '1 h 2 min')
    """
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


class Progress:
    """Shows the progress of a job on standard error while it is entered.

    Parameters
    ----------
    total : int
        Runs in all.
    language : str
        "en" or "es".
    stream : file, optional
        Standard error if not given.
    """

    def __init__(self, total: int, language: str = "en", stream: IO[str] | None = None) -> None:
        self.total, self.language, self.stream = total, language, stream or sys.stderr
        self._began = self._spoke = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self.stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns, console=Console(file=self.stream), transient=True)
            self._task = self._bar.add_task(say("progress bar", self.language), total=self.total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int) -> None:
        """Take note that so many runs have ended."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done)
        elif self._may_speak() and done < self.total:
            left = self._elapsed() / done * (self.total - done)
            self._print(say("progress", self.language, done=done, total=self.total, left=duration(left)))

    def of_sweep(self, done: int, total: int, failed: int, before: int) -> None:
        """Take note of how far a sweep is.

        Parameters
        ----------
        done, total : int
            Runs there are, and runs known to be needed, which may grow.
        failed : int
            Of those done.
        before : int
            Of those done, the runs that this session did not do: they say nothing about its speed.
        """
        rate = (done - before) / max(self._elapsed(), 1e-9)
        left = duration((total - done) / rate) if rate > 0 else "?"
        per = f"{rate:.3g}" if rate < 100 else f"{rate:.0f}"
        text = say("sweep progress", self.language, done=done, total=total, rate=per, left=left, failed=failed)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total, description=text)
        elif self._may_speak() and done < total:
            self._print(text)

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _may_speak(self) -> bool:
        now = time.monotonic()
        quiet = now - self._spoke < QUIET
        self._spoke = self._spoke if quiet else now
        return not quiet

    def _print(self, text: str) -> None:
        print(text, file=self.stream, flush=True)
