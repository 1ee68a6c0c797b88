"""A job on both engines: that they agree, or where they part first and the command that shows it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiments.cli.working import Done, carry_out, remark
from experiments.run.job import Job
from experiments.show.words import counted, say
from sim.engines.protocol import BOTH
from sim.errors import RelevoError
from sim.measures.agreement import OPENING

Again = Callable[[str, int], str]
"""Key of a way of working and replication -> the command line that runs it again."""


def carry_out_and_compare(job: Job, workers: int | None, folder: Path | None, language: str, again: Again) -> Done:
    """Perform a job (see `carry_out`); after one on both engines say whether they agree.

    Raises
    ------
    RelevoError
        If no run succeeded; where the reason is that the engines differ, with the command that shows it again.
    """
    try:
        done = carry_out(job, workers, folder, language)
    except RelevoError as error:
        if job.engine != BOTH or not str(error).startswith(OPENING):
            raise
        # No run at all succeeded, so the first difference is that of the first run.
        command = again(job.portfolios[0].key, 0)
        raise RelevoError(f"{error}\n{say('engines again', language, command=command)}") from None
    found = agreement(job, done, again)
    if found is not None:
        if found["differ"]:
            remark(say("engines again", language, command=found["again"]))
        else:
            remark(say("engines agree", language, runs=counted("runs", found["agree"], language)))
    return done


def agreement(job: Job, done: Done, again: Again) -> dict[str, Any] | None:
    """Return how many runs agree and differ, the first difference and how to see it again; None without two engines."""
    if job.engine != BOTH:
        return None
    differ = [found for found in done.collected.failures if found[2].reason.startswith(OPENING)]
    key, replication, failure = differ[0] if differ else ("", 0, None)
    return {
        "agree": done.collected.finished,
        "differ": len(differ),
        "first": None if failure is None else failure.reason,
        "again": None if failure is None else again(key, replication),
    }
