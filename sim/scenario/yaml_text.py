"""Read YAML that may be broken or hostile: every value keeps its file, line and the way it was written.

PyYAML parses; what its values mean is decided here, in the way of YAML 1.2: `9:00`, `yes` and `2025-01-06` stay
text. Tags, merge keys, duplicate keys, alias bombs and deep nesting are refused, and nothing is ever constructed
but text, numbers, booleans, null, lists and mappings.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError

MAX_BYTES = 1_000_000
MAX_ALIASES = 100
MAX_NODES = 200_000
MAX_DEPTH = 40
MAX_DIGITS = 18
_TAG = "tag:yaml.org,2002:"
_CORE = (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", list("-+.")),
)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file and where it stands.

    Attributes
    ----------
    value : dict, list, str, int, float, bool or None
        The value; mappings and lists hold nodes.
    file : str
        The file, as the user named it.
    line : int
        Line of the value, or of its key; 0 where there is no file.
    text : str
        How a scalar was written.
    """

    value: Any
    file: str = ""
    line: int = 0
    text: str = ""

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's protocol)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.aliases = 0
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > MAX_ALIASES:
                raise _refused(event, f"more than {MAX_ALIASES} aliases (*name)", "write the values out")
        elif event.tag is not None:
            raise _refused(
                event, f"the tag {event.tag[:60]!r}", "remove it: values are plain text, numbers, lists"
            )
        if self.depth >= MAX_DEPTH:
            raise _refused(
                event, f"more than {MAX_DEPTH} levels of nesting", "check brackets and indentation"
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _kind, _pattern, _first in _CORE:
    _Loader.add_implicit_resolver(_TAG + _kind, re.compile(_pattern), _first)  # type: ignore[no-untyped-call]


class _Refused(Exception):
    def __init__(self, line: int, column: int, text: str) -> None:
        super().__init__(text)
        self.line, self.column = line, column


def _refused(at: Any, what: str, remedy: str) -> _Refused:
    mark = at.start_mark
    return _Refused(mark.line + 1, mark.column + 1, f"{what} found; not allowed here; {remedy}.")


def read_yaml(path: Path, file: str | None = None) -> Node:
    """Read a YAML file whose top level is a mapping.

    Parameters
    ----------
    path : Path
        The file.
    file : str, optional
        How messages name it; the path if not given.

    Raises
    ------
    InputError
        If it cannot be read, is not UTF-8, is too large, or is not plain YAML with a mapping at its top.
    """
    file = str(path) if file is None else file
    try:
        if path.is_dir():
            raise InputError(f"{file}: got a folder; a YAML file is needed; name a file inside it.")
        if not path.exists():
            raise InputError(
                f"{file}: no such file; name an existing .yaml file; check the path and the folder."
            )
        if not path.is_file():
            raise InputError(f"{file}: got something that is not a file; a YAML file is needed; name one.")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise InputError(f"{file[:200]!r}: cannot be read ({reason}); name a readable .yaml file.") from None
    return parse_yaml(raw, file)


def parse_yaml(raw: bytes | str, file: str) -> Node:
    """Read YAML text whose top level is a mapping; raises like `read_yaml`.

    Examples
    --------
    >>> parse_yaml("monday: 9:00-17:00", "a.yaml").plain()
    {'monday': '9:00-17:00'}
    """
    text = _decoded(raw.encode("utf-8", "replace") if isinstance(raw, str) else raw, file)
    try:
        root = _compose(text)
        if root is None or (isinstance(root, yaml.ScalarNode) and not root.value.strip()):
            raise InputError(
                f"{file}: the file is empty; keys with values are needed; write for example 'name: my_company'."
            )
        if not isinstance(root, yaml.MappingNode):
            given = "a list" if isinstance(root, yaml.SequenceNode) else "a single value"
            raise InputError(
                f"{file}, line 1: got {given} at the top; a mapping is needed; write lines such as 'name: my_company'."
            )
        return _Builder(text, file).node(root, root.start_mark.line + 1, ())
    except _Refused as error:
        raise InputError(f"{file}, line {error.line}, column {error.column}: {error}") from None


def _decoded(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise InputError(
            f"{file}: larger than {MAX_BYTES:,} bytes; at most 1 MB is allowed; is it the right file?"
        )
    if b"\0" in raw:
        raise InputError(
            f"{file}: contains zero bytes, so it is not text; a YAML file in UTF-8 is needed; save it as UTF-8."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{file}, line {line}: byte {raw[error.start]:#04x} is not UTF-8; YAML in UTF-8 is needed; save it as UTF-8."
        ) from None


def _compose(text: str) -> yaml.Node | None:
    loader = None
    try:
        loader = _Loader(text)
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = "; ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _Refused(line, column, f"not valid YAML ({why}); {_remedy(why)}.") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _Refused(
            line, 1, f"the control character {error.character!r}; only text is allowed; remove it."
        ) from None
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        # PyYAML lets a few of these out for impossible escapes and directives.
        line = loader.line + 1 if loader is not None else 1
        raise _Refused(
            line, 1, "not valid YAML; plain keys and values are allowed; check this line."
        ) from None


def _remedy(why: str) -> str:
    if "\\t" in why:
        return "indentation must be spaces; replace the tab by spaces"
    if "alias" in why or "anchor" in why:
        return "an alias (*name) needs one anchor (&name) before it; quote text that begins with '*' or '&'"
    if "single document" in why:
        return "one document is allowed; remove the line '---' and what follows"
    return "lines such as 'key: value' are needed; check indentation, quotes and brackets, and quote text with ': ' in it"


class _Builder:
    """Turns PyYAML's nodes into ours and counts them, since aliases can make a small file huge."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.count = text, file, 0

    def node(self, given: yaml.Node, line: int, inside: tuple[int, ...]) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise _refused(
                given, f"more than {MAX_NODES:,} values, aliases written out,", "make the file smaller"
            )
        if id(given) in inside:
            raise _refused(given, "a value that contains itself by an alias", "write it out")
        inside = (*inside, id(given))
        if isinstance(given, yaml.MappingNode):
            return Node(self._mapping(given, inside), self.file, line)
        if isinstance(given, yaml.SequenceNode):
            items = [self.node(item, item.start_mark.line + 1, inside) for item in given.value]
            return Node(items, self.file, line)
        written = self.text[given.start_mark.index : given.end_mark.index]
        return Node(_scalar(given), self.file, line, " ".join(written[:200].split())[:60])

    def _mapping(self, given: yaml.MappingNode, inside: tuple[int, ...]) -> dict[str, Node]:
        result: dict[str, Node] = {}
        for key, value in given.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _refused(
                    key,
                    "a list or mapping as a key",
                    "a key is a word; quote text that begins with '[' or '{'",
                )
            name = _text(key)
            if name == "<<":
                raise _refused(
                    key, "a merge key '<<'", "repeat the keys, or use 'extends' at the top of a file"
                )
            if name in result:
                first = result[name].line
                raise _refused(
                    key, f"the key '{name[:60]}' twice (first on line {first})", "remove one of them"
                )
            result[name] = self.node(value, line, inside)
        return result


def _scalar(node: Any) -> str | int | float | bool | None:
    text = _text(node)
    kind = node.tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        if len(text) > MAX_DIGITS:
            raise _refused(node, f"a number of more than {MAX_DIGITS} digits", "write a smaller number")
        return int(text)
    if kind == "float":
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _text(node: Any) -> str:
    text: str = node.value
    for character in text:
        category = unicodedata.category(character)
        if (category in ("Cc", "Cs") and character not in "\n\t") or character in _BIDI:
            raise _refused(
                node, f"the invisible character {ascii(character)}", "only visible text may stand here"
            )
    return text
