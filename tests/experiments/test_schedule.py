"""Which chunks are done: exactly those of the plain loop, whatever the rule, the cut, the shares and the order."""

import math
import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.run.chunks import Summary
from experiments.run.folder import Layout
from experiments.run.parts import Chunk
from experiments.run.schedule import Schedule, Shard, all_chunks, shard
from sim.errors import UsageError


@dataclass
class FakeExperiment:
    """Points of some companies: as much of an experiment as a schedule looks at."""

    companies: tuple[int, ...]
    replications: int

    def groups(self, size):
        found, number = [], 0
        for count in self.companies:
            points = list(range(number, number + count))
            found += [tuple(points[i : i + size]) for i in range(0, count, size)]
            number += count
        return found

    @property
    def points(self):
        return range(sum(self.companies))


class Rule:
    """A stopping rule without rhyme or reason, but without memory: it depends on the values alone."""

    def __init__(self, seed, most):
        self.seed, self.most = seed, most

    def next_look(self, values):
        found = values["v"]
        if len(found) >= self.most:
            return None
        lot = random.Random(repr((self.seed, found)))
        return None if lot.random() < 0.3 else min(self.most, len(found) + lot.randrange(1, 9))


def value(point, replication):
    return float(hash((point, replication)) % 1000)


def summary(chunk, points):
    replications = range(chunk.first, chunk.last + 1)
    values = {"v": {p: [value(p, r) for r in replications] for p in points}}
    return Summary(len(points) * len(replications), 0, 0.0, values)


def plain_loop(experiment, rule):
    """Return the runs of an experiment, point by point."""
    runs = set()
    for point in experiment.points:
        look = experiment.replications
        while look is not None:
            runs |= {(point, r) for r in range(look)}
            look = rule.next_look({"v": [value(point, r) for r in range(look)]}) if rule is not None else None
    return runs


def runs_of(chunk, points):
    return [(p, r) for p in points for r in range(chunk.first, chunk.last + 1)]


experiments = st.builds(
    FakeExperiment, st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple), st.integers(1, 9)
)
layouts = st.builds(Layout, st.integers(1, 6), st.integers(1, 7), st.just(1.0))
rules = st.one_of(st.none(), st.builds(Rule, st.integers(0, 99), st.integers(10, 25)))


def performed(schedule, lot, store, at_most=math.inf):
    """Perform what a schedule hands out, several at a time and in any order; return how many chunks."""
    under_way, count = [], 0
    while True:
        while len(under_way) < lot.randrange(1, 6) and count < at_most:
            following = next(schedule, None)
            if following is None:
                break
            under_way.append(following)
            count += 1
        if not under_way:
            return count
        chunk, points = under_way.pop(lot.randrange(len(under_way)))
        assert chunk not in store, "done twice"
        store[chunk] = points
        schedule.ended(chunk, summary(chunk, points))


def schedule_of(experiment, layout, rule, store, share=None, claim=None):
    return Schedule(experiment, layout, set(store), lambda c: summary(c, store[c]), rule, share, claim)


@settings(max_examples=150, deadline=None)
@given(experiments, layouts, rules, st.integers(1, 4), st.randoms(use_true_random=False))
def test_exactly_the_runs_of_the_plain_loop(experiment, layout, rule, shares, lot):
    """Also in shares, each interrupted and gone on with."""
    store = {}
    numbers = list(range(1, shares + 1))
    lot.shuffle(numbers)
    for number in numbers:
        before = set(store)
        for at_most in (lot.randrange(4), lot.randrange(4), math.inf):
            schedule = schedule_of(experiment, layout, rule, store, Shard(number, shares))
            performed(schedule, lot, store, at_most)
        assert schedule.runs_done == schedule.planned == sum(len(runs_of(c, store[c])) for c in set(store) - before)
    runs = [run for chunk, points in store.items() for run in runs_of(chunk, points)]
    assert len(runs) == len(set(runs))
    assert set(runs) == plain_loop(experiment, rule)
    assert all(len(points) <= layout.group_size for points in store.values())
    assert all(chunk.last - chunk.first < layout.replications for chunk in store)
    assert next(schedule_of(experiment, layout, rule, store), None) is None


@settings(max_examples=80, deadline=None)
@given(experiments, layouts, rules, st.randoms(use_true_random=False))
def test_two_that_claim_do_everything_once(experiment, layout, rule, lot):
    store, claimed = {}, {}

    def claimer(name):
        return lambda chunk: claimed.setdefault(chunk, name) == name and chunk not in store

    two = [schedule_of(experiment, layout, rule, store, claim=claimer(name)) for name in "ab"]
    idle = 0
    while idle < 2:
        one = lot.choice(two)
        following = next(one, None)
        if following is not None:
            chunk, points = following
            assert chunk not in store
            store[chunk] = points
            one.ended(chunk, summary(chunk, points))
            claimed.pop(chunk)
            idle = 0
        elif one.waits_for_others:
            one.notice(set(store))
        else:
            idle += 1
    assert {run for c, points in store.items() for run in runs_of(c, points)} == plain_loop(experiment, rule)
    for one in two:
        one.notice(set(store))
        assert next(one, None) is None
        assert not one.waits_for_others
        assert one.runs_done == one.planned


def test_nothing_now_and_more_later():
    """A schedule that has nothing to hand out has more as soon as something has ended."""

    class Twice:
        def next_look(self, values):
            return {3: 5, 5: 6}.get(len(values["v"]))

    schedule = schedule_of(FakeExperiment((1,), 3), Layout(1, 3, 1.0), Twice(), {})
    rounds = 0
    while (following := next(schedule, None)) is not None:
        assert next(schedule, None) is None
        schedule.ended(following[0], summary(*following))
        rounds += 1
    assert rounds == 3


def test_a_chunk_of_somebody_who_died_is_taken_over():
    alive = {Chunk(0, 1, 1)}
    store = {}
    schedule = schedule_of(FakeExperiment((1,), 3), Layout(1, 1, 1.0), None, store, claim=lambda c: c not in alive)
    assert [chunk for chunk, _ in iter(lambda: next(schedule, None), None)] == [Chunk(0, 0, 0), Chunk(0, 2, 2)]
    assert schedule.waits_for_others
    alive.clear()
    assert next(schedule)[0] == Chunk(0, 1, 1)
    assert not schedule.waits_for_others


@pytest.mark.parametrize("rule", [None, Rule(0, 25)])
def test_others_may_have_done_thousands_meanwhile(rule):
    experiment, layout = FakeExperiment((1,) * 5000, 1), Layout(1, 1, 1.0)
    store = {chunk: (chunk.group,) for chunk in all_chunks(5000, 1, layout)}
    others = schedule_of(experiment, layout, rule, {}, claim=lambda c: c not in store)
    others._read = lambda c: summary(c, store[c])
    assert next(others, None) is None
    assert others.waits_for_others
    others.notice(set(store))
    while (following := next(others, None)) is not None:
        store[following[0]] = following[1]
        others.ended(following[0], summary(*following))
    assert others.runs_done >= 5000


def test_failures_are_counted():
    schedule = schedule_of(FakeExperiment((1,), 1), Layout(1, 1, 1.0), None, {})
    chunk, _ = next(schedule)
    schedule.ended(chunk, Summary(1, 1, 0.0, {}))
    assert schedule.failed == 1


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "a/b", "-1/2", "1/2/3", "1.5/2", "/", "²/2"])
def test_a_share_that_is_none(text):
    with pytest.raises(UsageError, match="such as 2/4"):
        shard(text)


def test_shares():
    assert shard(" 2 / 4 ") == Shard(2, 4)
    assert [Shard(2, 3).has(place) for place in range(6)] == [False, True, False] * 2
