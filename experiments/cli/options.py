"""Options that several commands share, and how their texts are read."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.errors import UsageError, nearest
from sim.rules.draws import LARGEST_SEED

if TYPE_CHECKING:
    from sim.policies import Portfolio

    TextType = click.ParamType[str]
else:
    TextType = click.ParamType  # Older versions of Click do not say what type it makes.

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]

MOST_REPLICATIONS = 1_000_000
MOST_WEEKS = 5200.0

language: Decorator[Any] = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "es"]),
    envvar="RELEVO_LANG",
    default="en",
    show_default=True,
    help="Language of results, English or Spanish (also RELEVO_LANG).",
)
as_json: Decorator[Any] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object instead of tables."
)
seed: Decorator[Any] = click.option(
    "--seed",
    metavar="S",
    type=click.IntRange(0, LARGEST_SEED),
    default=1,
    show_default=True,
    help="Root of all random draws; the same seed gives the same numbers.",
)
workers: Decorator[Any] = click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 1024),
    help="Runs at once, in threads (compiled engine) or processes; as many as processors if not given.",
)


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
"""Settings of every command: Click keeps the first help option it makes, so a group's alone would not do."""

ENGINES = ("compiled", "reference")
"""Names of the engines. They stand here once more, because the help must not import what an engine needs."""
BOTH = "both"
DEFAULT_ENGINE = "compiled"


class EngineName(TextType):
    """The name of an engine, or 'both'."""

    name = "engine"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return the choices for the help."""
        return f"[{'|'.join((*ENGINES, BOTH))}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a name that is known; suggest the nearest one for any other."""
        known = (*ENGINES, BOTH)
        if value not in known:
            raise UsageError(f"--engine: '{value}' is not an engine. {nearest(value, known)}")
        return value


engine: Decorator[Any] = click.option(
    "--engine",
    type=EngineName(),
    default=DEFAULT_ENGINE,
    show_default=True,
    help="What computes: both engines give the same numbers. 'reference' is the one to read, about a hundred times "
    "slower; 'both' runs the two and compares them bit for bit.",
)


def replications(default: int) -> Decorator[Any]:
    """Return the option for the number of replications."""
    return click.option(
        "--replications",
        metavar="N",
        type=click.IntRange(1, MOST_REPLICATIONS),
        default=default,
        show_default=True,
        help="Independent runs of each way of working; intervals need at least 2.",
    )


def weeks(default: float | None) -> Decorator[Any]:
    """Return the option for the horizon."""
    return click.option(
        "--weeks",
        metavar="W",
        type=click.FloatRange(0, MOST_WEEKS, min_open=True),
        default=default,
        show_default=default is not None,
        help="Measured weeks, after the warm-up" + (" [default: the scenario's]." if default is None else "."),
    )


def out(text: str) -> Decorator[Any]:
    """Return the option for the results folder."""
    return click.option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=text)


def read_portfolio(texts: tuple[str, ...]) -> Portfolio:
    """Read policies written as NAME or NAME=intensity into one way of working.

    Raises
    ------
    UsageError
        If an intensity is not in [0, 1] or a policy stands twice.
    InputError
        If there is no such policy.
    """
    from sim.policies import portfolio
    from sim.units import share

    members: dict[str, float] = {}
    for text in texts:
        name, equals, amount = text.rpartition("=")
        if not equals:
            name, amount = text, "1"
        try:
            intensity = share(amount)
        except ValueError:
            raise UsageError(
                f"--policy {text}: got the intensity '{amount}'; allowed: 0 to 1 or 0 % to 100 %; "
                f"write for example --policy {name}=0.5."
            ) from None
        if name in members:
            raise UsageError(f"--policy {text}: '{name}' stands twice; name each policy once.")
        members[name] = intensity
    return portfolio(members.items())


def read_ways(texts: tuple[str, ...]) -> dict[str, Portfolio]:
    """Read ways of working, each a policy or several joined by '+', by what the user wrote.

    Raises
    ------
    UsageError
        If two are the same, or an intensity is not in [0, 1].
    InputError
        If there is no such policy.
    """
    found: dict[str, Portfolio] = {}
    written: dict[str, str] = {}
    for text in texts:
        portfolio = read_portfolio(tuple(text.split("+")))
        if portfolio.key in written:
            same = written[portfolio.key]
            raise UsageError(f"--policy {text}: the same way of working as --policy {same}; leave one out.")
        written[portfolio.key] = text
        found[text] = portfolio
    return found


def read_columns(texts: tuple[str, ...]) -> dict[str, str]:
    """Read columns of an order file written as FIELD=NAME.

    Raises
    ------
    UsageError
        If there is no '=' or a field stands twice.

    Examples
    --------
    >>> read_columns(("placed=order_purchase_timestamp",))
    {'placed': 'order_purchase_timestamp'}
    """
    columns: dict[str, str] = {}
    for text in texts:
        field, equals, column = text.partition("=")
        if not equals or not field or not column:
            raise UsageError(f"--column {text}: write FIELD=NAME, such as --column placed=order_date.")
        if field in columns:
            raise UsageError(f"--column {text}: '{field}' stands twice; name each field once.")
        columns[field] = column
    return columns


def quoted(text: str) -> str:
    """Return a text as one word of a command line."""
    return shlex.quote(text)
