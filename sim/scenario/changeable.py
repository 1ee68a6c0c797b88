"""A field of a scenario that may be other than it is: how its values are written and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from sim.errors import nearest, shown
from sim.scenario.fields import READERS

Value = float | int | str | bool
"""A value of a field in base units; text where it is a word."""

_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True)
class Field:
    """A field of a scenario that can be changed.

    Attributes
    ----------
    path : str
        Its place in the file.
    unit : str
        How numbers are written there: a unit of the parameter registry; where it is no number "word", or "flag" for
        true or false.
    today : float, int, str, bool or None
        Its value, in base units; None where the scenario does not say one.
    choices : tuple of str
        The words allowed, if these are given.
    """

    path: str
    unit: str
    today: Value | None
    choices: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether its values can be added up and compared."""
        return self.unit not in ("word", "flag")

    def read(self, text: object) -> Value:
        """Return a value as a file writes it in base units.

        Raises
        ------
        ValueError
            If it cannot stand there; says what can.
        """
        if self.unit == "flag":
            flag = text if isinstance(text, bool) else _FLAGS.get(str(text).strip().lower())
            if flag is None:
                raise ValueError(f"got {shown(text)}; must be true or false")
            return flag
        if not self.is_number:
            if self.choices and text not in self.choices:
                hint = nearest(str(text), self.choices)
                close = f"; {hint[0].lower()}{hint[1:]}" if hint.endswith("?") else ""
                raise ValueError(f"got {shown(text)}; must be one of {', '.join(self.choices)}{close}")
            if not isinstance(text, str | bool):
                raise ValueError(f"got {shown(text)}; a word belongs here; put it in quotes if it is one")
            return text
        try:
            value: float | int = TypeAdapter(READERS[self.unit]).validate_python(text)
        except ValidationError as error:
            raise ValueError(str(error.errors()[0].get("ctx", {}).get("error", error.errors()[0]["msg"]))) from None
        return value

    def written(self, value: Value) -> Value:
        """Return a value in base units as a file writes it, to the last bit."""
        suffix = {"work time": " h", "calendar time": " h", "rate": " per h"}.get(self.unit)
        return f"{float(value)!r}{suffix}" if suffix is not None else value
