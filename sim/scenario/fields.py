"""Building blocks of the schema: strict models and fields written with their units."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from sim import units
from sim.errors import shown


class Strict(BaseModel):
    """A frozen model that refuses unknown keys; attribute docstrings are the schema's descriptions."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


LARGEST = 1e15
"""The largest plain number that may be written."""


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise ValueError(f"got {shown(value)}; write a number without unit (at most {LARGEST:g}), such as 0.8")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST or value % 1:
        raise ValueError(f"got {shown(value)}; write a whole number, such as 3")
    return int(value)


def _day(value: object) -> dt.date:
    example = "write a day from 1900 to 2200 such as 2024-01-01"
    try:
        day = value if type(value) is dt.date else dt.date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"got {shown(value)}; {example}") from None
    if not 1900 <= day.year <= 2200:
        raise ValueError(f"got {shown(str(day))}; {example}")
    return day


def _written(example: str, words: str) -> WithJsonSchema:
    """Return the JSON Schema of a number that is written with its unit."""
    return WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "number"}], "description": words, "examples": [example]}
    )


Share = Annotated[float, BeforeValidator(units.share), _written("40 %", "a share: 0 to 1 or 0 % to 100 %")]
WorkTime = Annotated[
    float,
    BeforeValidator(units.work_hours),
    _written("12 min", "a duration in opening hours: s, min, h, working days (of 8 h)"),
]
CalendarTime = Annotated[
    float,
    BeforeValidator(units.calendar_hours),
    _written("3 weeks", "a duration on the wall clock: s, min, h, days, weeks, years"),
]
Rate = Annotated[
    float, BeforeValidator(units.rate), _written("12 per year", "a rate: a number per h, day, week or year")
]
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer"})]

Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2024-01-01"]}),
]

READERS: dict[str, Any] = {
    "share": Share,
    "work time": WorkTime,
    "calendar time": CalendarTime,
    "rate": Rate,
    "number": Number,
    "money": Number,
    "count": Count,
}
"""The field type of each unit of the parameter registry."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-zÀ-ÿ_][A-Za-zÀ-ÿ0-9_-]*$", max_length=60)]
"""A name of a department, step or order type: a letter, then letters, digits, '_' or '-'."""


class Label(Strict):
    """What people see, in English and in Spanish."""

    en: Annotated[str, Field(min_length=1, max_length=200)]
    """Text in English."""
    es: Annotated[str, Field(min_length=1, max_length=200)]
    """Text in Spanish."""

    def __getitem__(self, language: str) -> str:
        return self.es if language == "es" else self.en
