"""Items of STRESS-DES that the company's description fills: logic, components, inputs."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.analysis.decision import Decision
from experiments.run.study import Study
from experiments.show.bilingual import Words, joined, same, token, words
from experiments.show.charts.chart import Cell, Column
from experiments.show.charts.naming import department_words, label_words
from experiments.show.report.compared import Table
from experiments.show.report.quantities import quantity_words, varying_words
from experiments.show.texts.report_names import NAMES
from sim.scenario.company import Scenario
from sim.scenario.mechanisms import mechanisms
from sim.scenario.orders import END, CustomerDemand, FileDemand, Step, StreamDemand
from sim.scenario.organisation import WEEKDAYS, WeekCalendar

Parts = list[Words | Table]
NAMED = tuple(name.removeprefix("mechanism ") for name in NAMES if name.startswith("mechanism "))
"""Mechanisms that are worth a name."""


def diagram(study: Study, _: Decision) -> Parts:
    """2.1: each route as a chain of steps."""
    parts: Parts = []
    for name, route in study.scenario.routes.items():
        links = []
        for place, step in enumerate(route):
            here = words("stress at", step=_step(step), who=_who(study, step))
            links.append(joined([here, _next(route, place)], " → "))
        parts.append(words("stress route", route=same(name), steps=joined(links, "\n")))
    parts.append(words("stress diagram"))
    return parts


def _step(step: Step) -> Words:
    return label_words(step.label, step.step)


def _who(study: Study, step: Step) -> Words:
    return department_words(study, step.department or step.transport or "")


def _next(route: tuple[Step, ...], place: int) -> Words:
    """Return what comes after a step, with probabilities where there are several."""
    label = {each.step: _step(each) for each in route} | {END: words("stress end")}
    following = route[place].next
    if following is None:
        following = route[place + 1].step if place + 1 < len(route) else END
    if isinstance(following, str):
        return label[following]
    shares = [joined([quantity_words(share, "share"), label[name]], " ") for name, share in following.items()]
    return joined(shares, " | ")


def base_logic(study: Study, _: Decision) -> Parts:
    """2.2: what happens to an order, and which mechanisms are at work."""
    company = study.scenario
    used = mechanisms(company, _moved(study))
    there = [words(f"mechanism {name}") for name in NAMED if used.get(name)]
    parts: Parts = [words("stress base logic"), words("stress mechanisms", names=joined(there, "; "))]
    idle = [words(f"mechanism {name}") for name in NAMED if name in used and not used[name]]
    if idle:
        parts.append(words("stress mechanisms idle", names=joined(idle, "; ")))
    return parts


def _moved(study: Study) -> set[str]:
    names = {name for way in study.ways for name in study.members.get(way, {})}
    return {str(e["parameter"]) for name in names for e in study.policies.get(name, {}).get("effects", ())}


def algorithms(study: Study, _: Decision) -> Parts:
    """2.4: the rules by which choices are made."""
    kinds = dict.fromkeys(d.discipline for d in study.scenario.departments.values())
    parts: Parts = [words(f"stress discipline {kind}") for kind in kinds]
    if study.scenario.promise.house is not None:
        house = quantity_words(study.scenario.promise.house, "work time")
        parts.append(words("stress promise", house=house))
    parts.append(words("stress attribution"))
    return parts


# 2.5 Components ---------------------------------------------------------------------------------------------------


def entities(study: Study, _: Decision) -> Parts:
    """2.5.1: orders, customers, requests."""
    company = study.scenario
    columns = tuple(Column(key, words(f"stress column {key}")) for key in ("type", "share", "route", "value"))
    rows: list[tuple[Cell, ...]] = [
        (
            label_words(kind.label, name),
            quantity_words(kind.share, "share"),
            kind.route,
            varying_words(kind.value, company.currency),
        )
        for name, kind in company.orders.items()
    ]
    parts: Parts = [words("stress orders"), (columns, rows)]
    demand = company.demand
    if isinstance(demand, CustomerDemand):
        for name, segment in demand.segments.items():
            share, value = quantity_words(segment.share, "share"), token(segment.value, 2)
            name_of = label_words(segment.label, name)
            parts.append(
                words("stress segment", name=name_of, share=share, value=value, patience=token(segment.patience, 2))
            )
    parts.append(words("stress requests"))
    return parts


def activities(study: Study, _: Decision) -> Parts:
    """2.5.2: every step with its work, and what it may need from others."""
    keys = ("step", "who", "work", "next", "needs")
    columns = tuple(Column(key, words(f"stress column {key}")) for key in keys)
    rows: list[tuple[Cell, ...]] = []
    for route in study.scenario.routes.values():
        for place, step in enumerate(route):
            amount = step.work if step.work is not None else step.time
            work = same("–") if amount is None else varying_words(amount)
            rows.append((_step(step), _who(study, step), work, _next(route, place), _needs(study, step)))
    return [(columns, rows), *_side_work(study)]


def _needs(study: Study, step: Step) -> Words:
    found = []
    for need in step.needs:
        values = {"who": department_words(study, need.source), "share": quantity_words(need.probability, "share")}
        found.append(words("stress need", **values, work=varying_words(need.work)))
    if step.failure is not None:
        what = label_words(step.failure.label, step.failure.consequence)
        found.append(words("stress failure", what=what, share=quantity_words(step.failure.probability, "share")))
    return joined(found, "\n") if found else same("–")


def _side_work(study: Study) -> Iterator[Words]:
    """Yield the work beside orders: own tasks, blocked people, complaints, enquiries, hiring."""
    company = study.scenario
    for name, department in company.departments.items():
        who = department_words(study, name)
        if department.own_work is not None:
            load = token(department.own_work.load, 2)
            yield words("stress own work", who=who, load=load, work=varying_words(department.own_work.work))
        if department.worker_needs is not None:
            need = department.worker_needs
            helper, rate = department_words(study, need.source), token(need.rate, 3)
            yield words("stress worker needs", who=who, helper=helper, rate=rate, work=varying_words(need.work))
    for key, given in (
        ("complaints", company.complaints),
        ("enquiries", company.enquiries),
        ("hiring", company.hiring),
    ):
        if given is not None:
            who = department_words(study, given.department)
            yield words(f"stress {key}", who=who, work=varying_words(given.work))


def resources(study: Study, _: Decision) -> Parts:
    """2.5.3: departments with their people and hours."""
    columns = tuple(Column(key, words(f"stress column {key}")) for key in ("department", "staff", "hours", "paid"))
    rows: list[tuple[Cell, ...]] = [
        (
            department_words(study, name),
            same(token(department.staff)),
            hours_words(study.scenario, department.calendar or study.scenario.calendar),
            quantity_words(department.pay_share, "share"),
        )
        for name, department in study.scenario.departments.items()
    ]
    return [words("stress resources"), (columns, rows)]


def hours_words(company: Scenario, name: str) -> Words:
    """Return the opening hours of a calendar."""
    calendar = company.calendars.get(name)
    if calendar is None:
        return words("stress always")
    days = [(day, _clock(calendar, place)) for place, day in enumerate(WEEKDAYS)]
    groups: list[tuple[str, str, str]] = []
    for day, hours in days:
        if groups and groups[-1][2] == hours:
            groups[-1] = (groups[-1][0], day, hours)
        else:
            groups.append((day, day, hours))
    told = [_days(first, last, hours) for first, last, hours in groups if hours]
    if calendar.holidays:
        told.append(words("stress holidays", number=token(len(calendar.holidays))))
    return joined(told, "; ") if told else same("–")


def _clock(calendar: WeekCalendar, weekday: int) -> str:
    spans = calendar.hours(weekday)
    return ", ".join(f"{a // 60}:{a % 60:02d}–{b // 60}:{b % 60:02d}" for a, b in spans)


def _days(first: str, last: str, hours: str) -> Words:
    names = [words(f"day {first}")] if first == last else [words(f"day {first}"), words(f"day {last}")]
    return joined([joined(names, "–"), same(hours)], " ")


def queues(study: Study, _: Decision) -> Parts:
    """2.5.4: who waits where, in which order, and who does not wait any longer."""
    company = study.scenario
    parts: Parts = [words("stress queues")]
    for kind in dict.fromkeys(d.discipline for d in company.departments.values()):
        there = [department_words(study, name) for name, d in company.departments.items() if d.discipline == kind]
        parts.append(words("stress queue order", kind=words(f"discipline {kind}"), who=joined(there)))
    parts.append(words("stress reneging" if company.patience is not None else "stress no reneging"))
    quoted = any(step.quotes for route in company.routes.values() for step in route)
    parts.append(words("stress balking" if quoted else "stress no balking"))
    return parts


def entry_and_exit(study: Study, _: Decision) -> Parts:
    """2.5.5: how orders and customers come and go."""
    company = study.scenario
    return [
        _demand(company),
        *_season(company),
        words("stress exit"),
        words("stress customers leave" if company.churn is not None else "stress customers stay"),
        words("stress customers come" if company.newcomers is not None else "stress nobody comes"),
    ]


def _demand(company: Scenario) -> Words:
    demand = company.demand
    if isinstance(demand, CustomerDemand):
        each = quantity_words(demand.orders_per_customer, "rate")
        return words(
            "stress demand customers", number=token(demand.customers), each=each, cv=token(demand.spread_cv, 2)
        )
    if isinstance(demand, StreamDemand):
        return words("stress demand stream", rate=quantity_words(demand.rate, "rate"))
    return words("stress demand file")


def _season(company: Scenario) -> list[Words]:
    season = None if isinstance(company.demand, FileDemand) else company.demand.season
    if season is None:
        return []
    return [words("stress season", share=quantity_words(season.amplitude, "share"), week=token(season.peak_week))]


def inputs(study: Study, _: Decision) -> Parts:
    """3.3: where every input stands."""
    company = study.scenario
    real = isinstance(company.demand, FileDemand)
    return [words("stress inputs"), _demand(company), *([words("stress inputs real")] if real else [])]
