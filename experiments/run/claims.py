"""Who is at which chunk: courtesies between processes that work on one experiment, never locks.

A claim saves work. Should two do the same chunk after all, both have the same numbers and one part is left. A claim
is believed while whoever made it touches it now and then; on this machine it is asked at once whether they live.
"""

from __future__ import annotations

import hashlib
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from experiments.run.store import told_plainly

CLAIMS = "claims"
TOUCHED_EVERY = 60.0
"""Time between two signs of life of a claim [s]."""
LASTS = 600.0
"""Age without a sign of life from which a claim is believed no more [s]; clocks of machines may differ a little."""
UNSIGNED_LASTS = 5.0
"""Age from which a claim without a name was left by somebody killed while writing it [s]."""


class Claims:
    """The claims on the chunks of one experiment, by name.

    Parameters
    ----------
    folder : Path
        The experiment's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / CLAIMS
        self.ours: set[str] = set()

    def claim(self, name: str) -> bool:
        """Say that a chunk is being done; False if somebody else is probably doing it.

        Raises
        ------
        RelevoError
            If that cannot be written.
        """
        with told_plainly(self.folder):
            self.folder.mkdir(exist_ok=True)
            try:
                self._sign(name, "x")
            except FileExistsError:
                if self.is_held(name, by_others=True):
                    return False
                self._sign(name, "w")
        self.ours.add(name)
        return True

    def release(self, name: str) -> None:
        """Take a claim of ours back."""
        if name in self.ours:
            self.ours.discard(name)
            with suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)

    def release_all(self) -> None:
        """Take all claims of ours back."""
        for name in list(self.ours):
            self.release(name)

    def names(self) -> Iterator[str]:
        """Yield what has been claimed, by the dead or the living."""
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            yield from (entry.name for entry in entries)

    def is_held(self, name: str, by_others: bool = False) -> bool:
        """Say whether somebody who is probably alive is doing a chunk; with `by_others`, somebody else."""
        path = self.folder / name
        try:
            machine, _, process = path.read_text(encoding="utf-8").partition(" ")
            age = time.time() - path.stat().st_mtime
        except (OSError, ValueError):
            return False
        if not process.isdecimal():
            return age < UNSIGNED_LASTS
        if machine == this_machine():
            if by_others and int(process) == os.getpid():
                return False
            if not _is_alive(int(process)):
                return False
        return age < LASTS

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Give signs of life for our claims now and then; at the end take back those that are left."""
        over = threading.Event()
        thread = threading.Thread(target=self._touch, args=(over,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            self.release_all()

    def _touch(self, over: threading.Event) -> None:
        while not over.wait(TOUCHED_EVERY):
            touch(self.folder / name for name in tuple(self.ours))

    def _sign(self, name: str, mode: str) -> None:
        with (self.folder / name).open(mode, encoding="utf-8") as file:
            file.write(f"{this_machine()} {os.getpid()}")


def touch(paths: Iterable[Path]) -> None:
    """Give files the time of now, those that are there."""
    for path in paths:
        with suppress(OSError):
            os.utime(path)


@lru_cache(maxsize=1)
def this_machine() -> str:
    """Return something that differs between machines and names none."""
    return hashlib.sha256(f"{uuid.getnode()} {platform.node()}".encode()).hexdigest()[:16]


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return True  # Asking would end it there; the age of the claim has to say it.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
