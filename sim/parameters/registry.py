"""Look parameters up by name."""

from __future__ import annotations

from sim.errors import UsageError, nearest
from sim.parameters import cooperation, customers, organisation, people
from sim.parameters.parameter import Parameter

PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for table in (organisation.TABLE, cooperation.TABLE, people.TABLE, customers.TABLE)
    for parameter in table
}
"""Every parameter by its dotted name, in the order of the documentation."""


def find(name: str) -> Parameter:
    """Return the parameter of a name, or of its last part where that is unique.

    Raises
    ------
    UsageError
        If no parameter has this name; suggests the nearest one.

    Examples
    --------
    >>> find("cooperation.trust").unit
    'share'
    """
    if name in PARAMETERS:
        return PARAMETERS[name]
    same_key = [p for p in PARAMETERS.values() if p.key == name]
    if len(same_key) == 1:
        return same_key[0]
    if same_key:
        places = ", ".join(p.name for p in same_key)
        raise UsageError(f"parameter: '{name}' stands for several; write one of: {places}.")
    raise UsageError(f"parameter: '{name}' is not known. {nearest(name, PARAMETERS)} See 'relevo explain'.")


def group(name: str) -> tuple[Parameter, ...]:
    """Return the parameters whose name is `name.<key>`, in order."""
    return tuple(p for p in PARAMETERS.values() if p.group == name)
