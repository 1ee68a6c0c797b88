"""Demand as arrays: a profile of the week and season, and who orders how often."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.arrays.calendars import opening_hours
from sim.arrays.variates import EXPONENTIAL, Variate, gamma, lognormal
from sim.errors import InputError
from sim.orders import OrderFile
from sim.rules.calendar import NEVER, WEEK_MS, opened, ticks
from sim.rules.demand import Profile
from sim.scenario.company import Scenario
from sim.scenario.orders import CustomerDemand, DayProfile, FileDemand, Season, StreamDemand
from sim.units import MS_PER_HOUR

CUSTOMERS, STREAM, FILE = range(3)
WEEKS_PER_YEAR = 8766.0 / 168.0


@dataclass(frozen=True, slots=True)
class Demand:
    """When orders come."""

    kind: int
    """CUSTOMERS, STREAM or FILE."""
    profile: Profile
    rate: float
    """Orders per hour: of a mean customer, or of the stream [1/h]."""
    gap: Variate
    """Time between orders in operational time, mean 1."""
    spread: Variate
    """How customers differ in how often they order, mean 1."""
    customers: int
    """Customers at the start."""
    frozen_from: int
    """From when on whoever leaves is replaced at once and nobody else comes [ms]."""
    rows: OrderFile | None
    """Real orders."""


def demand(scenario: Scenario, stop: int, orders: OrderFile | None) -> Demand:
    """Return the arrays' form of a scenario's demand, up to the end of the run [ms]."""
    given = scenario.demand
    weeks = stop // WEEK_MS + 2
    one = lognormal(0.0)
    exponential = EXPONENTIAL
    if orders is not None or isinstance(given, FileDemand):
        if orders is None:
            raise InputError(
                f"{scenario.place}, demand: the orders come from a file and none was given; "
                "name a CSV file with --orders FILE or in demand.file."
            )
        return Demand(FILE, _profile(scenario, None, None, weeks), 0.0, exponential, one, 0, 0, orders)
    if isinstance(given, StreamDemand):
        cv = given.interarrival_cv
        gap = exponential if cv is None else gamma(cv)
        profile = _profile(scenario, given.profile, given.season, weeks)
        return Demand(STREAM, profile, given.rate, gap, one, 0, 0, None)
    assert isinstance(given, CustomerDemand)
    profile = _profile(scenario, given.profile, given.season, weeks)
    spread = lognormal(given.spread_cv)
    frozen_from = ticks(scenario.time.warm_up) if given.frozen else NEVER
    if given.frozen is True:
        frozen_from = 0
    return Demand(
        CUSTOMERS, profile, given.orders_per_customer, exponential, spread, given.customers, frozen_from, None
    )


def _profile(scenario: Scenario, profile: DayProfile | None, season: Season | None, weeks: int) -> Profile:
    hours = _hour_weights(scenario, profile)
    cumulative, total = [0.0], 0.0
    for weight in hours:
        total += weight
        cumulative.append(total)
    cumulative[168] = 168.0
    factors = [1.0] * weeks
    if season is not None:
        wave = 2.0 * math.pi / WEEKS_PER_YEAR
        factors = [1.0 + season.amplitude * math.cos(wave * (w + 0.5 - season.peak_week)) for w in range(weeks)]
    begins, total = [0.0], 0.0
    for factor in factors:
        total += 168.0 * factor
        begins.append(total)
    return Profile([*cumulative, *factors, *begins], 0, 169, 169 + weeks, weeks)


def _hour_weights(scenario: Scenario, profile: DayProfile | None) -> list[float]:
    """Return the relative demand of the 168 hours from the run's first midnight, mean 1."""
    if profile is None:
        return [1.0] * 168
    if profile.hours is not None:
        total = math.fsum(profile.hours)
        return [24.0 * h / total for h in profile.hours] * 7
    # An ordinary week of the calendar: holidays do not keep customers from ordering.
    week = scenario.calendars[str(profile.calendar)].model_copy(update={"holidays": ()})
    calendar = opening_hours(week, scenario.start, 8)
    shares = [
        (opened(calendar, (h + 1) * MS_PER_HOUR) - opened(calendar, h * MS_PER_HOUR)) / MS_PER_HOUR for h in range(168)
    ]
    total = math.fsum(shares)
    share = profile.share_inside or 0.0
    inside, outside = 168.0 * share / total, 168.0 * (1.0 - share) / (168.0 - total)
    return [s * inside + (1.0 - s) * outside for s in shares]
