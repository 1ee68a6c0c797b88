"""Standards that wear off, teams that improve, steps that nobody needs; and books that still add up to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.streams import LOG_ARRIVED, LOG_DROPPED, LOG_FINISHED, LOG_STARTED
from tests.people.worlds import HIRING, HOUR, Seen, seen

WEEK = 168 * HOUR
EVERYTHING = (
    "pressure: {residence: 0.5 h}\nlearning: {}\nmorale: {}\nabsence: {}\nimprovement: {capacity: 10}\n"
    "turnover: {rate: 2 per year, search: 100 h}\n" + HIRING
)


# Standards


@pytest.mark.parametrize(("recovery", "stays"), [("1e7 h", True), ("6 weeks", False)], ids=["never", "as fast"])
def test_a_temporary_overload_leaves_a_lower_standard_only_where_it_does_not_recover(recovery: str, stays: bool):
    """A wave of orders, then half a year that is so calm that nobody is pressed."""
    wave = "demand: {rate: 1.6 per h, season: {amplitude: 0.95, peak_week: 8}}\ntime: {horizon: 40 weeks}\n"
    s = seen(wave + f"pressure: {{residence: 2 h, erosion: 6 weeks, recovery: {recovery}}}")
    standard, pace = s.state("standard"), s.state("pace")
    assert standard[0] == 1.0
    assert standard.min() < 0.9
    assert (pace[22:40] == 1.0).all()
    assert standard[39] < standard.min() + 0.001 if stays else standard[39] > 0.98


def test_a_standard_moves_only_as_pace_says():
    s = seen("pressure: {residence: 0.5 h, recovery: 1e7 h}")
    for name in s.world.departments:
        steps, hurried = np.diff(s.state("standard", name)), s.state("pace", name)
        assert (steps <= 1e-4).all()
        assert (s.state("standard", name) >= 0.75).all()
        assert ((hurried >= 0.6) & (hurried <= 1)).all()
    assert (s.state("pace") < 1).any()


# Improvement


@pytest.mark.parametrize("half_life", [30.0, 180.0])
def test_what_can_be_improved_halves_with_every_half_life_of_reported_faults(half_life: float):
    s = seen(f"improvement: {{capacity: 100000, half_life: {half_life}}}")
    at_end = s.record.weeks["improvable"][s.record.weeks["begin"] == 26 * WEEK][0]
    assert s.record.reported > half_life
    assert at_end == pytest.approx(0.5 ** (s.record.reported / half_life), rel=1e-9)


def test_a_team_follows_up_no_more_than_it_can():
    s = seen("improvement: {capacity: 0.5, half_life: 10}")
    steps = np.diff(np.log2(s.record.weeks["improvable"][:27]))
    assert np.isin(steps.round(9), (0.0, -0.05)).all()
    assert (steps < 0).sum() > 20


def test_a_team_is_seven_times_slower_where_people_are_blamed():
    """Of the faults reported without blame, 0.07 / 0.5 are reported with it: 3.5 standard errors, wrong 1 in 2,000."""
    slowly = "improvement: {capacity: 100000, half_life: 1000000000}\ncooperation: {completeness: 50 %, trust: 100 %}\n"
    free, blamed = (seen(slowly + f"cooperation: {{reporting: {r}}}").record for r in (0.5, 0.07))
    share, n = 0.07 / 0.5, free.reported
    assert n > 1000
    assert abs(blamed.reported / n - share) < 3.5 * (share * (1 - share) / n) ** 0.5
    logs = [-np.log2(r.weeks["improvable"][26]) for r in (free, blamed)]
    assert logs[0] / logs[1] == pytest.approx(n / blamed.reported, rel=1e-4)


# Redundant steps

LOFT = (
    "departments: {loft: {staff: 4}}\nroutes: {r: [{step: take, department: desk, work: {mean: 1 h, cv: 0.5}}, "
    "{step: sign, department: loft, work: {mean: 1 h, cv: 0.5}, redundant: true}, "
    "{step: send, department: mill, work: {mean: 1 h, cv: 0.5}, delivers: true}]}\n"
    "cooperation: {find_later: 100 %}\n"
)


def signed(s: Seen) -> tuple[np.ndarray, np.ndarray]:
    """Week by week: orders that came to the loft, and to the mill, for the first time."""
    log = s.record.log_rows()
    log = log[(log[:, 1] == LOG_ARRIVED) & (log[:, 4] == 0)]
    counts = []
    for name in ("loft", "mill"):
        here = log[log[:, 2] == s.world.departments.index(name)]
        first = np.unique(here[:, 3], return_index=True)[1]
        counts.append(np.bincount(here[first, 0] // WEEK, minlength=26)[:26])
    return counts[0], counts[1]


def test_redundant_steps_are_left_out_more_and_more_but_not_before_a_report_is_followed_up():
    """An order comes to the loft in one week and to the mill in the next at most a few times."""
    s = seen(LOFT + "improvement: {capacity: 2, half_life: 10}", log=True)
    loft, mill = signed(s)
    left = s.record.weeks["improvable"][:26]
    first = int(np.argmax(left < 1))
    assert 0 < first < 5
    assert (abs(loft - mill)[:first] < 12).all()
    assert loft[:first].sum() > 200 * first
    # Each week's share is binomial about what is left: 4 standard errors and the few that cross a week.
    assert (abs(loft - left * mill) < 4 * (left * (1 - left) * mill) ** 0.5 + 12).all()
    assert loft[20:].sum() < 0.2 * mill[20:].sum()
    assert s.record.redundant < seen(LOFT).record.redundant


def test_without_a_team_every_redundant_step_is_done():
    s = seen(LOFT, log=True)
    assert s.record.redundant == signed(s)[0].sum()
    assert abs(s.record.redundant - len(s.orders)) < 12


# Books


def test_parts_of_every_order_add_up_to_its_wait_with_people_on():
    s = seen(EVERYTHING)
    parts, done = s.record.parts, s.orders[s.orders["delivered"] >= 0]
    order = np.sort(done["order"])
    held = np.zeros(len(order), dtype=np.int64)
    np.add.at(held, np.searchsorted(order, parts["order"]), parts["open"] + parts["closed"])
    waits = (done["delivered"] - done["placed"])[np.argsort(done["order"])]
    assert len(done) > 5000
    assert (held == waits).all()


@pytest.mark.parametrize("warm_up", ["0 h", "9 days"])
def test_littles_law_holds_to_the_millisecond_with_people_on(warm_up: str):
    """Time spent in a queue and in a department is the integral of how many are there."""
    s = seen(EVERYTHING + f"time: {{warm_up: {warm_up}}}", log=True)
    log, begin, end = s.record.log_rows(), s.world.window_begin, s.world.window_end
    assert s.sum("resigned") > 3
    for name in s.world.departments:
        here = log[log[:, 2] == s.world.departments.index(name)]
        for total, over in (("queue", LOG_STARTED), ("in_system", LOG_FINISHED)):
            until = here[np.isin(here[:, 1], (over, LOG_DROPPED)), 0]
            since = here[here[:, 1] == LOG_ARRIVED, 0]
            still = len(since) - len(until)
            left = np.append(np.clip(until, begin, end), np.full(still, end))
            assert s.sum(total, name) == int(left.sum() - np.clip(since, begin, end).sum())


def test_people_are_at_work_vacant_or_away_for_as_long_as_the_window_lasts():
    """Always open: opening time is time on the calendar."""
    s = seen(EVERYTHING + "absence: {weekly: 20 %}")
    for name in s.world.departments:
        posts = s.scenario.departments[name].staff
        assert sum(s.sum(what, name) for what in ("present", "vacant", "absent")) == posts * 26 * WEEK


def test_people_are_as_skilled_as_they_are_from_the_first_moment():
    """The state of week 0, before any midnight: nearly all are newcomers where nobody has worked there before."""
    states = seen("time: {warm_up: 0}\nlearning: {tenure: 1 min}").record.states
    first = states[states["begin"] == 0]
    assert first["skill"] == pytest.approx(0.5, abs=0.001)
