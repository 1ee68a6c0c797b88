"""No text of the report is missing: every id that its code or its template names is in the catalogue."""

import ast
import re
from pathlib import Path

import experiments.show.report
from experiments.show.page.packing import HERE
from experiments.show.words import WORDS

SOURCES = sorted(Path(experiments.show.report.__file__).parent.glob("*.py"))
TEMPLATE = (HERE / "templates" / "report.html.j2").read_text(encoding="utf-8")


def named():
    """Yield file and id of every text; of one that is put together, what it begins with and "…"."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"words", "listed"} and node.args):
                continue
            for text in ast.walk(ast.Tuple(elts=node.args[:2], ctx=ast.Load())):
                if isinstance(text, ast.JoinedStr):
                    parts = [p.value if isinstance(p, ast.Constant) else "…" for p in text.values]
                    yield source.name, "".join(parts)
            first = (
                node.args[1 if node.func.id == "listed" else 0]
                if node.func.id == "words" or len(node.args) > 1
                else None
            )
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield source.name, first.value


def test_every_text_is_in_the_catalogue():
    found = list(named())
    assert len(found) > 100
    for source, text in found:
        pattern = re.compile(re.escape(text).replace("…", ".+"))
        assert any(pattern.fullmatch(known) for known in WORDS), (source, text)


def test_every_text_of_the_template_is_in_the_catalogue():
    found = re.findall(r'(?:\bt|words)\("([^"]+)"( ~ )?', TEMPLATE)
    assert len(found) > 20
    for text, continued in found:
        assert text in WORDS or (continued and any(known.startswith(text) for known in WORDS)), text
