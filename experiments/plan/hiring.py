"""More people as a way of working: the yardstick of policies."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from sim.policies import InForce, Policy

LONG = 40
"""Characters of a department's name that a hire's name takes, at most."""


def hires(people: Mapping[str, int]) -> tuple[InForce, ...]:
    """Return more people in some departments as policies in force; the newcomers come when policies begin.

    Examples
    --------
    >>> [(m.policy.name, m.policy.effects[0].change) for m in hires({"sales": 2})]
    [('hire_2_sales', 2.0)]
    """
    members = []
    for name, number in people.items():
        crc = crc32(name.encode())  # Names have an end, and two long ones may differ only beyond it.
        label = {"en": f"{number} more in {name}", "es": f"{number} más en {name}"}
        policy = Policy.model_validate(
            {
                "name": f"hire_{number}_{name}" if len(name) <= LONG else f"hire_{number}_{name[:LONG]}_{crc:08x}",
                "label": label,
                "description": label,
                "effects": [{"parameter": "departments.staff", "change": number, "where": [name]}],
                "takes_attention": False,
                "failure_mode": label,
                "grade": "-",
                "source": "by definition: people, at their pay",
            }
        )
        members.append(InForce(policy=policy))
    return tuple(members)
