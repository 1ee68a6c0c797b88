"""Read YAML files that may be broken or hostile; values keep their file, line and writing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError
from sim.scenario.yaml_loader import MAX_NODES, TAG, RefusedError, compose, refused

MAX_BYTES = 1_000_000
MAX_DIGITS = 18
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
    folder : Path or None
        The file's folder, from which relative paths start; None where there is no file.
    """

    value: Any
    file: str = ""
    line: int = 0
    text: str = ""
    folder: Path | None = None

    def plain(self) -> Any:
        """Return the value without its places."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


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
            raise InputError(f"{file}: no such file; name an existing .yaml file; check the path and the folder.")
        if not path.is_file():
            raise InputError(f"{file}: got something that is not a file; a YAML file is needed; name one.")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise InputError(f"{file[:200]!r}: cannot be read ({reason}); name a readable .yaml file.") from None
    return parse_yaml(raw, file, path.parent)


def parse_yaml(raw: bytes | str, file: str, folder: Path | None = None) -> Node:
    """Read YAML text whose top level is a mapping; raises like `read_yaml`.

    Examples
    --------
    >>> parse_yaml("monday: 9:00-17:00", "a.yaml").plain()
    {'monday': '9:00-17:00'}
    """
    text = _decoded(raw.encode("utf-8", "replace") if isinstance(raw, str) else raw, file)
    try:
        root = compose(text)
        if root is None or (isinstance(root, yaml.ScalarNode) and not root.value.strip()):
            raise InputError(f"{file}: the file is empty; keys with values are needed; write for example 'name: mine'.")
        if not isinstance(root, yaml.MappingNode):
            given = "a list" if isinstance(root, yaml.SequenceNode) else "a single value"
            raise InputError(f"{file}, line 1: got {given} at the top; a mapping is needed; write 'name: mine'.")
        return _Builder(text, file, folder).node(root, root.start_mark.line + 1, ())
    except RefusedError as error:
        raise InputError(f"{file}, line {error.line}, column {error.column}: {error}") from None


def _decoded(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise InputError(f"{file}: larger than {MAX_BYTES:,} bytes; at most 1 MB is allowed; is it the right file?")
    if b"\0" in raw:
        raise InputError(f"{file}: got zero bytes, so it is not text; YAML in UTF-8 is needed; save it as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{file}, line {line}: got the byte {raw[error.start]:#04x}, not UTF-8; YAML in UTF-8 is needed; "
            "save it as UTF-8."
        ) from None


class _Builder:
    """Turns PyYAML's nodes into ours and counts them, since aliases can make a small file huge."""

    def __init__(self, text: str, file: str, folder: Path | None) -> None:
        self.text, self.file, self.folder, self.count = text, file, folder, 0

    def node(self, given: yaml.Node, line: int, inside: tuple[int, ...]) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise refused(given, f"more than {MAX_NODES:,} values (aliases written out)", "make the file smaller")
        if id(given) in inside:
            raise refused(given, "a value that contains itself (by an alias)", "write it out")
        inside = (*inside, id(given))
        if isinstance(given, yaml.MappingNode):
            return Node(self._mapping(given, inside), self.file, line, folder=self.folder)
        if isinstance(given, yaml.SequenceNode):
            items = [self.node(item, item.start_mark.line + 1, inside) for item in given.value]
            return Node(items, self.file, line, folder=self.folder)
        written = self.text[given.start_mark.index : given.end_mark.index]
        return Node(_scalar(given), self.file, line, " ".join(written[:200].split())[:60], self.folder)

    def _mapping(self, given: yaml.MappingNode, inside: tuple[int, ...]) -> dict[str, Node]:
        result: dict[str, Node] = {}
        for key, value in given.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise refused(
                    key,
                    "a list or mapping as a key",
                    "a key is a word; quote text that begins with '[' or '{'",
                )
            name = _text(key)
            if name == "<<":
                raise refused(key, "a merge key '<<'", "repeat the keys, or use 'extends' at the top of a file")
            if name in result:
                first = result[name].line
                raise refused(key, f"the key '{name[:60]}' twice (first on line {first})", "remove one of them")
            result[name] = self.node(value, line, inside)
        return result


def _scalar(node: Any) -> str | int | float | bool | None:
    text = _text(node)
    kind = node.tag.removeprefix(TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int":
        if len(text) > MAX_DIGITS:
            raise refused(node, f"a number of more than {MAX_DIGITS} digits", "write a smaller number")
        return int(text)
    if kind == "float":
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _text(node: Any) -> str:
    text: str = node.value
    for character in text:
        category = unicodedata.category(character)
        if (category in ("Cc", "Cs") and character not in "\n\t") or character in _BIDI:
            raise refused(node, f"the invisible character {character!a}", "only visible text may stand here")
    return text
