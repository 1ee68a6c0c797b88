"""Names that fit beside an axis or into a legend: broken into lines, or cut."""

from __future__ import annotations

import re

from experiments.show.bilingual import Words

_ATOM = re.compile("⟦[^⟦⟧]*⟧|.", re.DOTALL)
"""A number that is formatted later, or a character: neither may be torn apart."""
_MORE = "…"


def wrapped(label: Words, width: int, lines: int = 3) -> Words:
    r"""Return a label in lines that are not too long; what does not fit is cut, with dots.

    Parameters
    ----------
    label : Words
        Its numbers may be tokens.
    width : int
        Characters of a line, at least 2.
    lines : int
        At most so many.

    Examples
    --------
    >>> wrapped(Words("a standard for hand-offs", "acuerdo"), 12, 2)
    Words(en='a standard\nfor…', es='acuerdo')
    """
    return Words(*(_wrapped(text, width, lines) for text in label))


def cut(label: Words, width: int) -> Words:
    """Return a label of at most `width` characters, cut with dots.

    Examples
    --------
    >>> cut(Words("purchasing", "compras"), 8)
    Words(en='purchas…', es='compras')
    """
    return Words(*(_wrapped(" ".join(text.split()), width, 1) for text in label))


def _wrapped(text: str, width: int, lines: int) -> str:
    made: list[list[str]] = [[]]
    for word in _words_of(text):
        rest = word
        if made[-1] and len(made[-1]) + 1 + len(rest) <= width:
            made[-1] += [" ", *rest]
            continue
        # A word that is longer than a line begins where the last one ended if there is room worth using.
        room = width - len(made[-1]) - 1
        if made[-1] and len(rest) > width and (room >= width // 2 or len(made) == lines):
            made[-1] += [" ", *rest[:room]]
            rest = rest[room:]
        elif not made[-1]:
            made.pop()
        made += [rest[i : i + width] for i in range(0, len(rest), width)]
    if len(made) > lines:
        made = [*made[: lines - 1], [*made[lines - 1][: width - 1], _MORE]]
    return "\n".join("".join(line) for line in made)


def _words_of(text: str) -> list[list[str]]:
    """Return the words of a text, each as its atoms."""
    words: list[list[str]] = [[]]
    for atom in _ATOM.findall(text):
        if atom.isspace():
            words.append([])
        else:
            words[-1].append(atom)
    return [word for word in words if word]
