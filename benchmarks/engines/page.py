"""The page: date and machine, all ratios with their marks, then the tables; and the same as data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.engines import machine
from benchmarks.engines.found import Found
from benchmarks.engines.setting import Setting

HEAD = ("what", "measured, median (95 %)", "mark", "verdict")


def markdown(setting: Setting, found: dict[str, Found], minutes: float, command: str) -> str:
    """Return the page."""
    judged = [row for part in found.values() for row in part.judged]
    failed = [text for part in found.values() for text in part.failed]
    met = sum(row[3].startswith("met") for row in judged)
    missed = sum(row[3].startswith("**") for row in judged)
    lines = [
        "# How fast the engines are", "",
        f"Written by `{command}` on {dt.date.today().isoformat()}, {setting.engine} engine, {minutes:.1f} minutes.", "",
        f"Machine: {machine.described()}.", "",
        "Everything is a ratio of CPU times (threads: of times on the wall clock) of blocks of "
        f"{setting.sizes.seconds:g} s or so, taken in turn in one run: medians with 95 % bootstrap intervals over "
        "rounds. Imports, compilation and first runs are left out and stand apart.", "",
        f"{met} of {len(judged)} marks are met, {missed} missed, {len(judged) - met - missed} could not be judged."
        + (" These are quick sizes: a look, not a judgement; fixed costs weigh more." if setting.quick else ""), "",
    ]  # fmt: skip
    lines += [*_table(HEAD, judged), ""]
    if failed:
        lines += ["**Checks failed:**", "", *(f"- {text}" for text in failed), ""]
    for part in found.values():
        for table in part.tables:
            lines += [f"## {table.title}", ""]
            lines += [*_table(table.head, table.rows), ""] if table.rows else []
            lines += [table.words, ""] if table.words else []
    return "\n".join(lines).rstrip() + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    body = list(rows)
    numbers = [any(row[i][:1].isdigit() for row in body) for i in range(len(head))]
    rule = ["---:" if i > 0 and numeric else "---" for i, numeric in enumerate(numbers)]
    return [_line(head), _line(rule), *(_line(row) for row in body)]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def data(setting: Setting, found: dict[str, Found]) -> str:
    """Return sizes, machine and the figures of every block as JSON."""
    content = {
        "schema_version": 1,
        "date": dt.date.today().isoformat(),
        "engine": setting.engine,
        "processor": machine.processor(),
        "cores": machine.cores(),
        "versions": machine.versions(),
        "sizes": asdict(setting.sizes),
        "marks": [dict(zip(HEAD, row, strict=True)) for part in found.values() for row in part.judged],
        "failed": [text for part in found.values() for text in part.failed],
        "parts": {name: part.raw for name, part in found.items()},
    }
    return json.dumps(content, indent=1) + "\n"


def write(out: Path, text: str, raw: str) -> None:
    """Write the page, and the data beside it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    out.with_suffix(".json").write_text(raw, encoding="utf-8")
