"""What can happen in a world: who can ask whom, and what can hold an order where.

Metrics are reported for everything possible, with zero where it did not happen, so that means over
replications are taken over all of them.
"""

from __future__ import annotations

from sim.arrays import World
from sim.arrays.routes import END_STEP
from sim.rules import attribution


def handoffs(world: World) -> set[tuple[int, int]]:
    """Return the pairs (sender, receiver) of departments between which orders are handed over."""
    found: set[tuple[int, int]] = set()
    for kind in world.kinds:
        # A transport between two departments does not change who the sender is.
        frontier, seen = [(-1, kind.first_step)], set()
        while frontier:
            sender, number = frontier.pop()
            if number == END_STEP or (sender, number) in seen:
                continue
            seen.add((sender, number))
            step = world.steps[number]
            here = sender if step.is_transport else step.holder
            if not step.is_transport and sender not in (-1, here):
                found.add((sender, here))
            frontier.extend((here, target) for target in step.targets)
    return found


def requests(world: World) -> set[tuple[int, int]]:
    """Return the pairs (asker, asked) between which requests can pass."""
    found = {(receiver, sender) for sender, receiver in handoffs(world)}
    for step in world.steps:
        for need in step.needs:
            found.add((step.holder, need.source))
            if need.passed_to >= 0:
                found.add((need.source, need.passed_to))
    found |= {(i, blocking.source) for i, blocking in enumerate(world.blocking) if blocking is not None}
    desk = world.aftercare.enquiries
    if desk >= 0:
        found |= {(desk, step.holder) for step in world.steps if not step.is_transport and step.holder != desk}
    return found


def causes(world: World) -> set[tuple[int, int]]:
    """Return the pairs (kind of cause, holder) that can hold an order."""
    found: set[tuple[int, int]] = set()
    for step in world.steps:
        if step.is_transport:
            found.add((attribution.TRANSPORT, step.holder))
            continue
        found |= {(attribution.QUEUE, step.holder), (attribution.WORK, step.holder)}
        for need in step.needs:
            found |= {(attribution.NEED, d) for d in (need.source, need.passed_to) if d >= 0}
        blocking = world.blocking[step.holder]
        if blocking is not None:
            found.add((attribution.BLOCKED, blocking.source))
    for sender, _ in handoffs(world):
        found |= {(kind, sender) for kind in (attribution.CLARIFICATION, attribution.REDO, attribution.DISPUTE)}
    return found
