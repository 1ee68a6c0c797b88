"""Groups of parameters in a scenario, made from the registry so that no name, unit or range stands twice."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from sim.parameters import Parameter, group
from sim.scenario.fields import READERS, Strict
from sim.units import written

_FINENESS = {"company": 0, "department": 1, "pair": 2}


def _within(parameter: Parameter) -> AfterValidator:
    def check(value: float) -> float:
        if not parameter.low <= value <= parameter.high:
            raise ValueError(
                f"must be between {written(parameter.low, parameter.unit)} and "
                f"{written(parameter.high, parameter.unit)}; see 'relevo explain {parameter.name}'"
            )
        return value

    return AfterValidator(check)


class Group(Strict):
    """Parameters of one group; None where nothing was said at this level."""


def parameter_group(name: str, level: str = "company") -> type[Group]:
    """Make the model of a group as it may be written for the company, a department or a pair."""
    fields: dict[str, Any] = {
        p.key: (Annotated[READERS[p.unit] | None, _within_or_none(p)], Field(default=None, description=p.en))
        for p in group(name)
        if _FINENESS[p.level] >= _FINENESS[level]
    }
    model = create_model(f"{name.title()}_{level}", __base__=Group, __doc__=f"Group '{name}'.", **fields)
    # Pickling, and so running on processes, looks a class up by its name in its module.
    globals()[model.__name__] = model
    return model


def _within_or_none(parameter: Parameter) -> AfterValidator:
    check = _within(parameter).func

    def check_stated(value: float | None) -> float | None:
        return value if value is None else check(value)  # type: ignore[call-arg]

    return AfterValidator(check_stated)
