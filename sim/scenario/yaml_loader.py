"""YAML as PyYAML parses it, without its surprises: what is refused and what plain values mean.

Values mean what YAML 1.2 says: `9:00`, `yes` and `2025-01-06` stay text. Tags, deep nesting, and more than a
hundred aliases are refused, and no object is ever constructed.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

MAX_ALIASES = 100
MAX_DEPTH = 40
MAX_NODES = 50_000
TAG = "tag:yaml.org,2002:"
_CORE = (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", list("-+.")),
)


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's protocol)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.aliases = self.nodes = self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MAX_ALIASES:
                raise refused(event, f"more than {MAX_ALIASES} aliases (*name)", "write the values out")
        elif event.tag is not None:
            raise refused(event, f"the tag {event.tag[:60]!r}", "remove it: values are plain text, numbers, lists")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise refused(event, f"more than {MAX_NODES:,} values", "make the file smaller")
        if self.depth >= MAX_DEPTH:
            raise refused(event, f"more than {MAX_DEPTH} levels of nesting", "check brackets and indentation")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _kind, _pattern, _first in _CORE:
    _Loader.add_implicit_resolver(TAG + _kind, re.compile(_pattern), _first)


class RefusedError(Exception):
    """Something in a file that cannot be used, with its line and column."""

    def __init__(self, line: int, column: int, text: str) -> None:
        super().__init__(text)
        self.line, self.column = line, column


def refused(at: Any, what: str, remedy: str) -> RefusedError:
    """Return the error for something found at a node, an event or a token."""
    mark = at.start_mark
    return RefusedError(mark.line + 1, mark.column + 1, f"{what} found; not allowed here; {remedy}.")


def compose(text: str) -> yaml.Node | None:
    """Return the tree of nodes of one document; None if it is empty.

    Raises
    ------
    RefusedError
        If it is not YAML, or not plain.
    """
    loader = None
    try:
        loader = _Loader(text)
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = "; ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RefusedError(line, column, f"not valid YAML ({why}); {_remedy(why)}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise RefusedError(
            line, 1, f"the control character {error.character!r}; only text is allowed; remove it."
        ) from None
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        # PyYAML lets a few of these out for impossible escapes and directives.
        line = loader.line + 1 if loader is not None else 1
        raise RefusedError(line, 1, "not valid YAML; plain keys and values are allowed; check this line.") from None


def _remedy(why: str) -> str:
    if "\\t" in why:
        return "indentation must be spaces; replace the tab by spaces"
    if "alias" in why or "anchor" in why:
        return "an alias (*name) needs one anchor (&name) before it; quote text that begins with '*' or '&'"
    if "single document" in why:
        return "one document is allowed; remove the line '---' and what follows"
    return "'key: value' is needed; check indentation, quotes and brackets, and quote text that holds ': '"
