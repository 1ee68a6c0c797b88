"""What can happen in a world: who can ask whom, and what can hold an order where.

Metrics are reported for everything possible, with zero where it did not happen, so that means over
replications are taken over all of them.
"""

from __future__ import annotations

from sim.arrays import World
from sim.arrays.routes import END_STEP
from sim.rules import attribution


def handoffs(world: World, before_delivery: bool = False) -> set[tuple[int, int]]:
    """Return the pairs (sender, receiver) of departments between which orders are handed over."""
    return {(a, b) for a, b in _passages(world, before_delivery) if -1 not in (a, b) and a != b}


def _passages(world: World, before_delivery: bool) -> set[tuple[int, int]]:
    """Return (last department before, holder) of every step that an order can come to; transports change no sender."""
    found: set[tuple[int, int]] = set()
    for kind in world.kinds:
        frontier, seen = [(-1, kind.first_step)], set()
        while frontier:
            sender, number = frontier.pop()
            if number == END_STEP or (sender, number) in seen:
                continue
            seen.add((sender, number))
            step = world.steps[number]
            if not step.is_transport:
                found.add((sender, step.holder))
            if not (before_delivery and step.delivers):
                here = sender if step.is_transport else step.holder
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
    people = world.people
    if people.hires >= 0 and people.numbers.resignation_rate > 0.0:
        found |= {(i, people.hires) for i, own in enumerate(people.own) if own and i != people.hires}
    desk = world.aftercare.enquiries
    if desk >= 0:
        found |= {(desk, step.holder) for step in world.steps if not step.is_transport and step.holder != desk}
    return found


def causes(world: World) -> set[tuple[int, int]]:
    """Return the pairs (kind of cause, holder) that can hold an order before it is delivered."""
    reached = {holder for _, holder in _passages(world, before_delivery=True)}
    found: set[tuple[int, int]] = set()
    for step in world.steps:
        if step.is_transport:
            found.add((attribution.TRANSPORT, step.holder))
        elif step.holder in reached:
            found |= {(attribution.QUEUE, step.holder), (attribution.WORK, step.holder)}
            for need in step.needs:
                found |= {(attribution.NEED, d) for d in (need.source, need.passed_to) if d >= 0}
            helpers = [i for i, skills in enumerate(world.skills) if step.holder in skills]
            for person in (step.holder, *helpers):
                blocking = world.blocking[person]
                if blocking is not None:
                    found.add((attribution.BLOCKED, blocking.source))
    for sender, _ in handoffs(world, before_delivery=True):
        found |= {(kind, sender) for kind in (attribution.CLARIFICATION, attribution.REDO, attribution.DISPUTE)}
    return found
