"""What `relevo lesson` does: run a lesson, write its page; or list the lessons that there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from experiments.cli.options import quoted
from experiments.cli.working import remark, warn
from experiments.plan.lessons.load import BoundLesson, load_lesson, read_lesson
from experiments.run.interrupt import StopRequest
from experiments.run.lessons import run_lesson, total
from experiments.run.provenance import command_line
from experiments.run.readiness import make_ready
from experiments.run.store import atomic_file
from experiments.show.lesson.page import lesson_page, unclear
from experiments.show.progress import Progress
from experiments.show.text import show, table
from experiments.show.words import say
from sim.engines.protocol import DEFAULT
from sim.errors import UsageError
from sim.policies.fit import remarks
from sim.scenario.capacity import warnings
from sim.scenario.files import shipped_names

MARK = b'id="sealed"'
"""What only pages of lessons hold."""


@dataclass(frozen=True)
class Teaching:
    """What the user asked; as the options of the command."""

    source: str
    out: Path | None
    replications: int | None
    engine: str
    workers: int | None
    language: str


def teach(asked: Teaching) -> int:
    """Run a lesson and write its page; return the exit code."""
    bound = load_lesson(asked.source)
    page = asked.out or Path(f"{bound.lesson.name}.html")
    _check_page(page)
    warn(_notices(bound), asked.language)
    make_ready(asked.engine)
    runs = total(bound, asked.replications or bound.lesson.replications)
    with StopRequest() as request, Progress(runs, asked.language) as progress:
        looks = run_lesson(
            bound,
            replications=asked.replications,
            workers=asked.workers,
            engine=asked.engine,
            request=request,
            told=progress,
        )
    for number in unclear(bound, looks):
        remark(say("lesson not clear", asked.language, number=number))

    def left_out(chart: str, why: str) -> None:
        remark(say("lesson no chart", asked.language, chart=chart, why=why))

    text = lesson_page(bound, looks, language=asked.language, command=_command(asked, page), left_out=left_out)
    with atomic_file(page) as file:
        file.write(text.encode())
    show(str(page))
    return 0


def _check_page(page: Path) -> None:
    """Say before anything is run that the page cannot be written, and replace nothing but pages of lessons."""
    if not page.parent.is_dir():
        raise UsageError(f"--out {page}: there is no folder {page.parent}; make it, or name another one.")
    if page.exists() and (not page.is_file() or MARK not in page.read_bytes()):
        raise UsageError(f"--out {page}: is there already and is no page of a lesson; name another file.")


def _notices(bound: BoundLesson) -> list[str]:
    """Return what is odd about the lesson's ways of working: overload, policies that cannot work."""
    found = [text for way in bound.ways for text in (*warnings(way.scenario), *remarks(way.scenario, way.portfolio))]
    return list(dict.fromkeys(found))


def _command(asked: Teaching, page: Path) -> str:
    return command_line(
        f"lesson {quoted(_named(asked.source))}",
        {
            "--out": page.name,
            "--replications": asked.replications,
            "--engine": None if asked.engine == DEFAULT else asked.engine,
            "--lang": None if asked.language == "en" else asked.language,
        },
    )


def _named(source: str) -> str:
    """Return a lesson's name, or its file's without folders: a page is handed to others."""
    return Path(source).name if source.endswith((".yaml", ".yml")) else source


def list_lessons(language: str) -> int:
    """Print the shipped lessons with their titles and minutes."""
    names = shipped_names("lessons")
    lessons = [read_lesson(name)[0] for name in names]
    heads = [say("lesson name", language), say("lesson title", language), say("lesson minutes", language)]
    rows = [[one.name, one.title[language], str(one.minutes)] for one in lessons]
    show(table(say("lesson list", language), heads, rows, left=2), say("lesson list how", language, name=names[0]))
    return 0
