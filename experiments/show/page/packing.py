"""What goes into a page as data and scripts: plain, compressed, and listed in the page's security policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from experiments.show.bilingual import Words

HERE = Path(__file__).resolve().parent
PLOTLY = HERE / "plotly" / "plotly-cartesian.min.js"


class Script(NamedTuple):
    """A script that stands in the page as it is.

    Attributes
    ----------
    name : str
        File it comes from.
    text : str
        Its text.
    """

    name: str
    text: str


def script(name: str) -> Script:
    """Return a script of the folder `js`.

    Raises
    ------
    ValueError
        If it could end its own element.
    """
    text = (HERE / "js" / name).read_text(encoding="utf-8")
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"{name}: a script in a page cannot hold '</script' or '<!--'; write it in two parts.")
    return Script(name, text)


def policy(scripts: Iterable[str | bytes]) -> str:
    """Return the content security policy of a page: these scripts, by their hashes, and nothing from anywhere.

    Plotly sets styles in its elements, so styles are free; they can load nothing.
    """
    hashes = " ".join(f"'sha256-{_hash(text)}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return base64.b64encode(hashlib.sha256(raw).digest()).decode()


def packed(raw: bytes) -> str:
    """Return bytes compressed, as text for an inert script element; the same bytes give the same text."""
    return base64.b64encode(gzip.compress(raw, compresslevel=9, mtime=0)).decode()


@lru_cache(maxsize=1)
def plotly() -> tuple[bytes, str]:
    """Return plotly.js, as it is and packed."""
    raw = PLOTLY.read_bytes()
    return raw, packed(raw)


def as_json(data: Any) -> bytes:
    """Return data as compact JSON; see `plain`."""
    return json.dumps(plain(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def inert(data: Any) -> str:
    """Return data as JSON that may stand in a script element: nothing in it ends the element."""
    return as_json(data).decode().replace("<", "\\u003c")


def plain(part: Any) -> Any:
    """Return part of some data as JSON knows it: texts in both languages as such, missing numbers as null.

    Examples
    --------
    >>> plain({"a": (Words("x", "y"), float("nan"))}), plain(Words("x", "x"))
    ({'a': [{'en': 'x', 'es': 'y'}, None]}, 'x')
    """
    if isinstance(part, Words):
        return part.en if part.en == part.es else part._asdict()
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [plain(value) for value in part]
    if hasattr(part, "tolist"):  # Arrays and numbers of numpy.
        return plain(part.tolist())
    return None if isinstance(part, float) and not math.isfinite(part) else part
