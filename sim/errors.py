"""Errors made by users, each said as: place: what was given; what is allowed; what to do.

Every error that a person can cause by a file, an option or a name is a `RelevoError`; the command line
prints its text and never a traceback. Anything else that is raised is a defect of Relevo.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping


class RelevoError(Exception):
    """An error with a text for people.

    Attributes
    ----------
    exit_code : int
        What the command line returns: 1 failure, 2 usage, 3 bad input file.
    """

    exit_code = 1


class UsageError(RelevoError):
    """A command, option or name that does not exist or does not fit."""

    exit_code = 2


class InputError(RelevoError):
    """A file given by the user cannot be used as it is."""

    exit_code = 3


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is closest, or list what is known.

    Parameters
    ----------
    name : str
        What was given.
    known : iterable of str
        What would have been accepted.

    Examples
    --------
    >>> nearest("wharehouse", ["sales", "warehouse"])
    "Did you mean 'warehouse'?"
    >>> nearest("xyz", ["sales", "warehouse"])
    'Known: sales, warehouse.'
    """
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not names:
        return "None are known here."
    shown = ", ".join(names[:12])
    return f"Known: {shown}{', …' if len(names) > 12 else ''}."


def shown(value: object, limit: int = 60) -> str:
    """Write a value as a file would have it, short enough for a message.

    Examples
    --------
    >>> shown("12 mni"), shown(None), shown(True), shown({"a": 1})
    ("'12 mni'", 'nothing', 'true', 'a mapping')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list | tuple | set):
        return "a list" if value else "an empty list"
    if isinstance(value, int) and abs(value) >= 10**limit:
        return "a huge number"
    text = repr(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    return text if len(text) <= limit else f"{text[:limit]}…"
