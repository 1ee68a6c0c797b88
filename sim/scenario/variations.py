"""Variations: a file that says `extends: levante` and then only what differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, shown
from sim.scenario.files import Kind, displayed, shipped_file, shipped_names
from sim.scenario.yaml_text import Node, read_yaml

EXTENDS = "extends"
MAX_CHAIN = 10


def read_with_extends(path: Path, file: str, kind: Kind = "scenarios") -> Node:
    """Read a file and everything it extends, merged; every value keeps the file in which it stands.

    Mappings merge and the variation wins; lists are replaced whole; an explicit null removes the key; a
    mapping whose `kind` changes is replaced whole.

    Raises
    ------
    InputError
        If a file cannot be read, or files extend each other in a circle or more than 10 deep.
    """
    return resolved(read_yaml(path, file), (_identity(path),), (file,), kind)


def resolved(child: Node, seen: tuple[Path, ...] = (), names: tuple[str, ...] = (), kind: Kind = "scenarios") -> Node:
    """Merge a node onto what it extends; one that came from no file can extend shipped names only."""
    link = child.value.get(EXTENDS)
    own = {key: value for key, value in child.value.items() if key != EXTENDS}
    if link is None or link.value is None:
        return replace(child, value=own)
    path, file = _parent(link, names, kind)
    if _identity(path) in seen:
        chain = " -> ".join((*names, file))
        raise InputError(
            f"{_place(link)}: got {link.text}, a circle: {chain}; "
            "each file may extend one that does not lead back to it; remove one 'extends'."
        )
    if len(seen) >= MAX_CHAIN:
        raise InputError(
            f"{_place(link)}: got a chain of more than {MAX_CHAIN} files; "
            "at most that many are allowed; copy the values of some of them together."
        )
    parent = resolved(read_yaml(path, file), (*seen, _identity(path)), (*names, file), kind)
    return merged(parent, replace(child, value=own))


def merged(parent: Node, child: Node) -> Node:
    """Return the child laid over the parent."""
    if not isinstance(parent.value, dict) or not isinstance(child.value, dict) or _other_kind(parent, child):
        return child
    result = dict(parent.value)
    for key, value in child.value.items():
        if value.value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result[key], value) if key in result else value
    return replace(child, value=result)


def _other_kind(parent: Node, child: Node) -> bool:
    mine, theirs = child.value.get("kind"), parent.value.get("kind")
    return mine is not None and theirs is not None and mine.value != theirs.value


def _parent(link: Node, names: tuple[str, ...], kind: Kind) -> tuple[Path, str]:
    place, given = _place(link), link.text or shown(link.value)
    name = link.value
    if not isinstance(name, str):
        raise InputError(f"{place}: got {given}; a shipped name or a .yaml file is needed; write 'extends: levante'.")
    if not name.endswith((".yaml", ".yml")):
        try:
            path = shipped_file(name, kind)
            return path, displayed(path)
        except InputError as error:
            raise InputError(f"{place}: got {given}; {str(error).partition(': ')[2]}") from None
    if link.folder is None:
        known = ", ".join(shipped_names(kind))
        raise InputError(f"{place}: got {given}; without a folder only shipped names are allowed: {known}.")
    path = link.folder / name
    if not _is_file(path):
        raise InputError(f"{place}: got {given[:80]}; no such file beside {link.file}; write its path from there.")
    return path, str(Path(names[-1]).parent / name) if names else name


def _place(link: Node) -> str:
    return f"{link.file}, line {link.line}, extends" if link.line else f"{link.file}, extends"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _identity(path: Path) -> Path:
    return path.resolve()
