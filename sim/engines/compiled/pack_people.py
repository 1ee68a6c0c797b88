"""The part of a world's words that is about its people: who may ever be there, and what they are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.arrays.people import NUMBERS
from sim.engines.compiled import layout as at

if TYPE_CHECKING:
    from sim.engines.compiled.pack import Packer


def posts(packer: Packer) -> int:
    """Write down everybody who may ever be there, nobody being there yet; return how many they are."""
    for i, (d, most) in enumerate(zip(packer.departments, packer.posts, strict=True)):
        first = packer.claim(most * at.WORKER_WORDS)
        packer.m[d + at.D_PEOPLE] = first
        for post in range(most):
            w = first + post * at.WORKER_WORDS
            packer.m[w + at.W_HOME] = d
            packer.m[w + at.W_POST] = post
            packer.m[w + at.W_KEY] = i << 24 | post
            packer.m[w + at.W_BLOCKED_BY] = -1
            for share in (at.W_SKILL, at.W_ABILITY, at.W_KNOWN, at.W_SECOND):
                packer.f[w + share] = 1.0
    return sum(packer.posts)


def inside(packer: Packer) -> None:
    """Write down what the people are like and who hires."""
    people = packer.world.people
    amounts = (people.hiring_work, people.search, people.tenure)
    hiring, search, tenure = (packer.amount(amount) for amount in amounts)
    m, f, numbers = packer.m, packer.f, people.numbers
    m[at.PEOPLE_DAYS], m[at.PEOPLE_WEEKS] = people.days, people.weeks
    m[at.HIRES], m[at.HIRING_TIME] = packer.place_of(people.hires), hiring
    m[at.SEARCH_SHAPE], m[at.TENURE_TIME] = search, tenure
    f[at.IMPROVABLE] = f[at.IMPROVED] = 1.0
    f[at.SENSITIVITY : at.SENSITIVITY + len(NUMBERS)] = [getattr(numbers, name) for name in NUMBERS]
    for d, own, hours in zip(packer.departments, people.own, people.week_hours, strict=True):
        m[d + at.D_OWN], f[d + at.D_WEEK_HOURS] = own, hours
        for factor in (at.D_HURRY, at.D_FATIGUE, at.D_SPEED, at.D_FAILING, at.D_SKILL):
            f[d + factor] = 1.0
        f[d + at.D_STANDARD] = numbers.standard
        f[d + at.D_MORALE] = numbers.morale_start if own else numbers.morale_neutral
