"""A world as the words with which every run of it begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import World
from sim.arrays.demand import FILE
from sim.arrays.regimes import PAIR_FIELDS
from sim.arrays.routes import END_STEP, StepRow
from sim.arrays.variates import Variate
from sim.engines.compiled import layout as at
from sim.engines.compiled.pack_people import inside, posts
from sim.engines.compiled.regimes import pack_regimes, place_regimes
from sim.measures.record import PACKED_LOG, PAIR_SUMS, STATE_DTYPE, WEEK_DTYPE, causes
from sim.rules import internal_service
from sim.rules.calendar import NEVER, WEEK_MS, Calendar

HEAPS = (at.D_ORDERED, at.D_LAST, at.D_AGEING, at.D_FRESH, at.D_BY_ARRIVAL)
WIDTHS = {
    at.CALENDAR: 3,
    at.URGENT: 3,
    at.NORMAL: 3,
    at.ORDER_ROWS: at.ORDER_ROW_WORDS,
    at.PART_ROWS: 4,
    at.CUSTOMER_LIST: 1,
    at.WEEK_ROWS: len(WEEK_DTYPE.names or ()),
    at.STATE_ROWS: len(STATE_DTYPE.names or ()),
    at.LOG_ROWS: PACKED_LOG,
}
"""Vectors of the company and the words of their entries."""
HEAP_WIDTH = 5


class Packed(NamedTuple):
    """The words of a world, before anything has happened."""

    words: NDArray[np.int64]
    vectors: tuple[tuple[int, int], ...]
    """Where each vector is described, and the words of its entries."""
    people: int
    """Posts that any regime has."""


def pack(world: World, posts: Sequence[int]) -> Packed:
    """Lay a world out as words, with room for so many people in each department."""
    return Packer(world, posts).packed()


def most_posts(worlds: Sequence[World]) -> list[int]:
    """Return the most people that each department has in any regime of some worlds of one company."""
    regimes = [regime for world in worlds for regime in world.regimes]
    return [max(regime.posts[i] for regime in regimes) for i in range(len(worlds[0].departments))]


class Packer:
    """Writes a world down, one part after the other."""

    def __init__(self, world: World, posts: Sequence[int]) -> None:
        self.world = world
        self.posts = posts
        self.m = np.zeros(1 << 12, dtype=np.int64)
        self.frontier = 0
        self.claim(at.COMPANY_WORDS)

    @property
    def f(self) -> NDArray[np.float64]:
        """The words as floats."""
        return self.m.view(np.float64)

    def claim(self, words: int) -> int:
        """Return the place of some more words, all 0."""
        place = self.frontier
        self.frontier += words
        if self.frontier > len(self.m):
            grown = np.zeros(max(self.frontier, 2 * len(self.m)), dtype=np.int64)
            grown[: len(self.m)] = self.m
            self.m = grown
        return place

    def wholes(self, values: Sequence[int]) -> int:
        """Write whole numbers down and return where."""
        place = self.claim(len(values))
        self.m[place : place + len(values)] = values
        return place

    def reals(self, values: Sequence[float]) -> int:
        """Write floats down and return where."""
        place = self.claim(len(values))
        self.f[place : place + len(values)] = values
        return place

    def packed(self) -> Packed:
        """Write everything down."""
        world, n = self.world, len(self.world.departments)
        self.calendars = [self.calendar(c) for c in world.calendars]
        self.first_department = self.claim(n * at.DEPARTMENT_WORDS)
        self.departments = [self.first_department + i * at.DEPARTMENT_WORDS for i in range(n)]
        self.company()
        for i in range(n):
            self.department(i)
        self.routes()
        self.demand()
        self.outside()
        inside(self)
        tables, books = self.claim(len(PAIR_FIELDS) * n * n), self.claim(len(PAIR_SUMS) * n * n)
        held = self.claim(causes(len(world.departments) + len(world.transports)))
        people = posts(self)
        self.m[at.PAIR_TABLES], self.m[at.PAIR_BOOKS], self.m[at.HELD] = tables, books, held
        regimes = pack_regimes(world)
        place = self.claim(len(regimes))
        place_regimes(self.m, regimes, len(world.regimes), place)
        heaps = [(d + heap, HEAP_WIDTH) for d in self.departments for heap in HEAPS]
        return Packed(self.m[: self.frontier].copy(), (*WIDTHS.items(), *heaps), people)

    def calendar(self, calendar: Calendar) -> int:
        """Write a calendar down and return where."""
        begin, last, days = calendar.intervals, calendar.last, calendar.days
        words = self.wholes(calendar.words[begin : last + 3])
        first = np.array(calendar.words[days : days + calendar.length], dtype=np.int64) - begin + words
        place = self.wholes(first)  # type: ignore[arg-type]
        return self.wholes([words, words + last - begin, place, calendar.length])

    def amount(self, spec: Variate) -> int:
        """Write down an amount that varies and return where."""
        table = self.reals(spec.table) if spec.table else 0
        place = self.claim(at.AMOUNT_WORDS)
        self.m[place + at.A_FAMILY] = spec.family
        self.f[place + at.A_A : place + at.A_B + 1] = spec.a, spec.b
        self.m[place + at.A_TABLE : place + at.A_SIZE + 1] = table, len(spec.table)
        self.f[place + at.A_MEAN] = spec.mean
        return place

    def place_of(self, department: int) -> int:
        """Return where a department stands; 0 for none."""
        return self.departments[department] if department >= 0 else 0

    def company(self) -> None:
        """Write down what is the company's."""
        world, m, f = self.world, self.m, self.f
        m[at.WINDOW_BEGIN], m[at.WINDOW_END], m[at.STOP_AT] = world.window_begin, world.window_end, world.stop
        m[at.WEEK_NUMBER] = -(-world.window_begin // WEEK_MS) * -1
        m[at.DEPARTMENTS] = len(world.departments)
        m[at.HOLDERS] = len(world.departments) + len(world.transports)
        m[at.FIRST_DEPARTMENT] = self.first_department
        m[at.COMPANY_CALENDAR] = self.calendars[world.company_calendar]
        m[at.CUSTOMERS_END] = -1
        f[at.OPEN_SHARE] = world.open_share
        m[at.LEARNING] = world.forecasts
        rule = world.promise
        m[at.HOUSE] = rule.house
        names = ("ACCEPTANCE_BASE", "LOSS_PER_DAY", "LOSS_CURVATURE", "FREE_DAYS", "CUSTOMARY", "GAIN", "MEMORY")
        fields = ("acceptance", "loss_per_day", "loss_curvature", "free_days", "customary", "gain", "memory")
        for name, field in zip(names, fields, strict=True):
            f[getattr(at, name)] = getattr(rule, field)

    def department(self, i: int) -> None:
        """Write down a department."""
        world, d = self.world, self.departments[i]
        skills = self.wholes([self.place_of(k) for k in world.skills[i]])
        helpers = [self.place_of(k) for k, chosen in enumerate(world.skills) if i in chosen]
        helping = self.wholes(helpers)
        own, blocking = world.own_tasks[i], world.blocking[i]
        task_time = self.amount(own.work) if own is not None else 0
        blocking_time = self.amount(blocking.work) if blocking is not None else 0
        m, f = self.m, self.f
        number = world.department_calendar[i]
        m[d + at.D_INDEX] = i
        m[d + at.D_CALENDAR] = calendar = self.calendars[number]
        always = number == world.open_calendar
        m[d + at.D_ALWAYS_OPEN] = always
        m[d + at.D_INTERVAL] = m[calendar + at.K_INTERVALS]
        m[d + at.D_CLOSES_AT] = NEVER if always else 0
        m[d + at.D_DISCIPLINE] = world.discipline[i]
        m[d + at.D_COOPERATIVE] = world.discipline[i] == internal_service.COOPERATIVE
        m[d + at.D_SKILLS], m[d + at.D_SKILL_COUNT] = skills, len(world.skills[i])
        m[d + at.D_HELPERS], m[d + at.D_HELPER_COUNT] = helping, len(helpers)
        m[d + at.D_HELPABLE] = bool(helpers)
        if own is not None:
            f[d + at.D_TASK_RATE] = own.rate
            m[d + at.D_TASK_TIME], m[d + at.D_TASK_DROPPED] = task_time, own.dropped_after
        if blocking is not None:
            m[d + at.D_BLOCKING], m[d + at.D_BLOCKING_TIME] = self.place_of(blocking.source), blocking_time
            f[d + at.D_BLOCKING_RATE] = blocking.rate

    def routes(self) -> None:
        """Write down all steps and the types of orders."""
        world = self.world
        first = self.claim(len(world.steps) * at.STEP_WORDS)
        self.steps = [first + i * at.STEP_WORDS for i in range(len(world.steps))]
        for place, step in zip(self.steps, world.steps, strict=True):
            self.step(place, step)
        kinds = self.claim(len(world.kinds) * at.KIND_WORDS)
        for i, kind in enumerate(world.kinds):
            value, complexity = self.amount(kind.value), self.amount(kind.complexity)
            k = kinds + i * at.KIND_WORDS
            self.m[k + at.G_FIRST_STEP], self.m[k + at.G_PRIORITY] = self.steps[kind.first_step], kind.priority
            self.f[k + at.G_THRESHOLD] = kind.threshold
            self.m[k + at.G_VALUE], self.m[k + at.G_COMPLEXITY] = value, complexity
            self.m[k + at.G_QUOTED_AT_STEP] = world.promise.quoted_at_step[i]
        longest = 1 + max(step.position for step in world.steps)
        scratch = self.claim(longest)
        self.m[at.KINDS], self.m[at.KIND_COUNT] = kinds, len(world.kinds)
        self.m[at.ORDER_WORDS], self.m[at.SCRATCH] = at.O_VISITS + longest, scratch

    def step(self, place: int, step: StepRow) -> None:
        """Write a step down at its place."""
        time = self.amount(step.work)
        targets = self.wholes([0 if t == END_STEP else self.steps[t] for t in step.targets])
        self.reals(step.thresholds)
        needs = self.claim(len(step.needs) * at.NEED_WORDS)
        for i, need in enumerate(step.needs):
            work, passed = self.amount(need.work), self.amount(need.passed_work)
            row = needs + i * at.NEED_WORDS
            self.f[row + at.N_THRESHOLD], self.f[row + at.N_PASSED_CHANCE] = need.threshold, need.passed_probability
            self.m[row + at.N_SOURCE], self.m[row + at.N_TIME] = self.place_of(need.source), work
            self.m[row + at.N_PASSED_TO], self.m[row + at.N_PASSED_TIME] = self.place_of(need.passed_to), passed
        ahead = self.claim(3 * len(step.ahead))
        for i, part in enumerate(step.ahead):
            self.m[ahead + 3 * i] = part.holder
            self.f[ahead + 3 * i + 1 : ahead + 3 * i + 3] = part.visits, part.hours
        m, f = self.m, self.f
        m[place + at.T_POSITION], m[place + at.T_HOLDER] = step.position, step.holder
        m[place + at.T_DEPARTMENT] = 0 if step.is_transport else self.place_of(step.holder)
        m[place + at.T_TIME] = time
        m[place + at.T_TARGETS], m[place + at.T_TARGET_COUNT] = targets, len(step.targets)
        m[place + at.T_NEEDS], m[place + at.T_NEED_COUNT] = needs, len(step.needs)
        m[place + at.T_ANSWERS], m[place + at.T_QUOTES] = step.answers, step.quotes
        m[place + at.T_DELIVERS], m[place + at.T_INVOICES] = step.delivers, step.invoices
        m[place + at.T_AHEAD], m[place + at.T_AHEAD_COUNT] = ahead, len(step.ahead)
        m[place + at.T_REDUNDANT] = step.redundant
        if step.failure is not None:
            m[place + at.T_FAILS], m[place + at.T_CONSEQUENCE] = 1, step.failure.consequence
            f[place + at.T_FAILURE_CHANCE], f[place + at.T_FAILURE_COST] = step.failure.probability, step.failure.cost
            f[place + at.T_ACCEPTANCE] = step.failure.acceptance_factor

    def demand(self) -> None:
        """Write down who orders how often."""
        demand = self.world.demand
        profile = demand.profile
        words = self.reals(profile.words)
        gap, spread = self.amount(demand.gap), self.amount(demand.spread)
        m = self.m
        m[at.DEMAND] = demand.kind
        m[at.PROFILE_HOURS], m[at.PROFILE_SEASON] = words + profile.hours, words + profile.season
        m[at.PROFILE_WEEKS], m[at.PROFILE_COUNT] = words + profile.weeks, profile.length
        self.f[at.ORDER_RATE_MEAN] = demand.rate
        m[at.GAP], m[at.SPREAD] = gap, spread
        m[at.CUSTOMERS_START], m[at.FROZEN_FROM] = demand.customers, demand.frozen_from
        if demand.kind == FILE and demand.rows is not None:
            self.file(demand.rows.rows)

    def file(self, rows: Sequence[Any]) -> None:
        """Write down real orders."""
        known: dict[str, int] = {}
        midnight = dt.datetime.combine(rows[0].placed.date(), dt.time()) if rows else dt.datetime.min

        def instant(stamp: dt.datetime) -> int:
            return int((stamp - midnight) / dt.timedelta(milliseconds=1))

        place = self.claim(len(rows) * at.FILE_WORDS)
        for i, row in enumerate(rows):
            r = place + i * at.FILE_WORDS
            self.m[r + at.L_PLACED], self.m[r + at.L_LINE] = instant(row.placed), row.line
            self.m[r + at.L_CUSTOMER] = known.setdefault(row.customer, len(known))
            self.m[r + at.L_KIND] = -1 if row.type is None else self.kind_number(row.type)
            self.f[r + at.L_VALUE] = row.value
            self.m[r + at.L_PROMISED] = -1 if row.promised is None else instant(row.promised)
        customers = self.claim(len(known))
        self.m[at.FILE_ROWS], self.m[at.FILE_ROW_COUNT], self.m[at.FILE_CUSTOMERS] = place, len(rows), customers

    def kind_number(self, name: str) -> int:
        """Return the number of a type of orders; -1 if it is not known."""
        names = self.world.kind_names
        return names.index(name) if name in names else -1

    def outside(self) -> None:
        """Write down what the customers are like and who looks after them."""
        world = self.world
        rule, care = world.customers, world.aftercare
        patience = self.amount(rule.patience)
        complaint, refund = self.amount(care.complaint_work), self.amount(care.refund_work)
        enquiry, question = self.amount(care.enquiry_work), self.amount(care.question_work)
        clarification = self.amount(world.clarification)
        segments = self.reals([x for row in world.segments for x in (row.threshold, row.value, row.patience)])
        m, f = self.m, self.f
        m[at.WAITS_FOR_EVER], m[at.PATIENCE_TIME] = rule.waits_for_ever, patience
        for name in ("START", "WEIGHT_DOWN", "WEIGHT_UP", "WAIT_RISE", "LONG_WAIT", "LATE_RISE", "LATE_MIDPOINT",
                     "LATE_SCALE", "HAZARD", "SLOPE", "REFERENCE", "MARKETING", "DELIGHTED", "SATURATION", "QUICK",
                     "IN_TIME"):  # fmt: skip
            f[getattr(at, name)] = getattr(rule, name.lower())
        f[at.FLOOR_DISSATISFIED], f[at.ABANDONED_SCORE] = rule.floor, rule.abandoned
        f[at.WALKOUT_CHANCE], f[at.REFERRAL_RATE], f[at.SERIOUS_CHANCE] = rule.walkout, rule.referral, rule.serious
        f[at.TOLD_CHANCE : at.TOLD_CHANCE + 3] = rule.told
        f[at.STAY : at.STAY + 12] = [x for row in rule.stay for x in row]
        m[at.COMPLAINTS], m[at.COMPLAINT_TIME] = self.place_of(care.complaints), complaint
        m[at.REFUNDS], m[at.REFUND_TIME] = self.place_of(care.refunds), refund
        f[at.REFUND_CHANCE], f[at.REFUND_AMOUNT] = care.refund_probability, care.refund_amount
        m[at.ENQUIRIES], m[at.ENQUIRY_TIME], m[at.QUESTION_TIME] = self.place_of(care.enquiries), enquiry, question
        f[at.ENQUIRY_INTERVAL] = care.enquiry_interval
        m[at.CLARIFICATION_SHAPE] = clarification
        m[at.SEGMENTS], m[at.SEGMENT_COUNT] = segments, len(world.segments)
