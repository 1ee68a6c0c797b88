"""People leave, are looked for, come and learn: what that does to those who stay, exactly where it can be exact."""

from __future__ import annotations

import numpy as np

from sim.engines.streams import ITEMS, LOG_FINISHED, LOG_STARTED
from tests.levers.worlds import rises
from tests.people.worlds import HIRING, HOUR, REPLICATIONS, Seen, bits, came_and_went, seen, values

WEEK = 168 * HOUR
LEAVING = "turnover: {rate: 3 per year, search: 100 h, without_request: 8 h}\n"
HIRED = LEAVING + HIRING
POST = (1 << 24) - 1


def vacancies(s: Seen) -> np.ndarray:
    """How long each vacancy lasted that was filled [h]."""
    left, came = came_and_went(s)
    since: dict[int, int] = {}
    lasted = []
    for at, key, begins in sorted([(*row, 1) for row in left] + [(*row, 0) for row in came]):
        if begins:
            since[key] = at
        elif key in since:
            lasted.append((at - since.pop(key)) / HOUR)
    return np.array(lasted)


# Nobody leaves, somebody leaves


def test_where_nobody_resigns_no_post_is_vacant():
    s = seen("turnover: {rate: 0}\nabsence: {weekly: 30 %}\nmorale: {}\n" + HIRING, log=True)
    assert came_and_went(s) == ([], [])
    assert s.sum("vacant") == s.sum("hired") == 0
    assert not s.record.states["vacant"].any()


def test_everybody_who_comes_replaces_somebody_who_left():
    s = seen(HIRED, log=True)
    left, came = came_and_went(s)
    assert len(left) > 15
    for post in {key for _, key in left + came}:
        gone, filled = ([at for at, key in rows if key == post] for rows in (left, came))
        assert len(gone) - len(filled) in (0, 1)
        assert all(a <= b for a, b in zip(gone, filled, strict=False))


def test_posts_are_occupied_vacant_or_left_alone_for_a_week():
    """Nobody's post changes here, so that nobody finishes beyond it."""
    everything = (
        HIRED + "learning: {}\nmorale: {}\npressure: {residence: 0.5 h}\nabsence: {weekly: 20 %}\n"
        "turnover: {rate: 10 per year}"
    )
    rows = seen(everything).record.states
    posts = np.array([seen(everything).scenario.departments[d].staff for d in seen(everything).world.departments])
    assert (rows["present"] + rows["away"] + rows["vacant"] == posts[rows["department"]]).all()
    assert (rows["vacant"] > 0).any()
    assert (rows["away"] > 0).any()


def test_whoever_resigns_finishes_the_item_in_hand():
    """Two people always have an item of 30 hours in hand; half of those items see a week begin."""
    given = "turnover: {rate: 0.002 per h, search: 10 h}\ncooperation: {completeness: 100 %}\n"
    route = "routes: {r: [{step: take, department: desk, work: {mean: 30 h, cv: 0}, delivers: true}]}\n"
    s = seen(given + route + "departments: {desk: {staff: 2}}", log=True)
    log = s.record.log_rows()
    left = [at for at, key in came_and_went(s)[0] if (key & (1 << 43) - 1) >> 24 == s.world.departments.index("desk")]
    started, finished = (
        {order: at for at, event, _, order, kind in log.tolist() if event == what and ITEMS[kind] == "step"}
        for what in (LOG_STARTED, LOG_FINISHED)
    )
    assert len(left) > 10
    assert {finished[order] - started[order] for order in finished} == {30 * HOUR}
    assert len(started) - len(finished) <= 2
    assert set(left) <= set(finished.values())


def test_a_vacancy_lasts_as_long_as_the_search_where_nobody_is_asked():
    s = seen(LEAVING + "turnover: {search_cv: 0}", log=True)
    assert len(vacancies(s)) > 10
    # Whoever goes at 8 and is looked for for 100 hours: 108, and instants are whole milliseconds.
    assert np.allclose(vacancies(s), 108.0, atol=1e-5)


def test_searches_differ_as_much_as_their_cv_says():
    """A hundred or more searches a side: 3.5 standard errors of a cv, sqrt((0.5 + cv^2) / n) or so."""
    for cv in (0.2, 0.8):
        found = np.concatenate(
            [vacancies(seen(LEAVING + f"turnover: {{search_cv: {cv}, rate: 8 per year}}", k, log=True)) - 8
             for k in range(REPLICATIONS)]
        )  # fmt: skip
        assert len(found) > 100
        assert abs(found.std() / found.mean() - cv) < 3.5 * cv * ((0.5 + 2 * cv**2) / len(found)) ** 0.5
        assert abs(found.mean() - 100) < 3.5 * 100 * cv / len(found) ** 0.5


def test_resignations_and_absences_are_as_frequent_as_said():
    """Thousands of weeks of people, all of them in their posts: 3.5 standard errors, each wrong 1 in 2,000."""
    given = "turnover: {rate: 3 per year, search: 0 h, without_request: 0 h}\nabsence: {weekly: 20 %}"
    runs = [seen(given, k) for k in range(REPLICATIONS)]
    people = sum(d.staff for d in runs[0].scenario.departments.values())
    # Nobody resigns at the very beginning, and the last week begins at the end of 25.
    chance, weeks = 1 - np.exp(-3 / 8766 * 168), people * 25 * REPLICATIONS
    resigned = sum(s.sum("resigned") for s in runs)
    assert abs(resigned / weeks - chance) < 3.5 * (chance * (1 - chance) / weeks) ** 0.5
    weeks = people * 26 * REPLICATIONS
    absent = sum(s.sum("absent") for s in runs) / WEEK / weeks
    # Whoever is busy goes home a little later: less than two hours of a week of 168.
    assert -3.5 * (0.2 * 0.8 / weeks) ** 0.5 - 0.2 * 2 / 168 < absent - 0.2 < 3.5 * (0.2 * 0.8 / weeks) ** 0.5


def test_a_first_week_that_is_cut_short_counts_for_what_it_is():
    """A day and a half before the window: 2,000 people, 3.5 standard errors, each wrong 1 in 2,000."""
    crowd = "departments: {desk: {staff: 2000}}\ndemand: {rate: 0}\ntime: {warm_up: 36 h, horizon: 2 weeks}\n"
    s = seen(crowd + "turnover: {rate: 0.002 per h, search: 10000 h}", log=True)
    idle = 2000 + s.scenario.departments["mill"].staff
    times = [at // HOUR for at, key in came_and_went(s)[0] if key < (1 << 43) + (2 << 24)]
    for at, hours, there in ((36, 36, idle), (204, 168, idle - times.count(36))):
        chance = 1 - np.exp(-0.002 * hours)
        assert abs(times.count(at) / there - chance) < 3.5 * (chance * (1 - chance) / there) ** 0.5
    away = seen(crowd + "absence: {weekly: 50 %}").state("away", "desk")[:2]
    assert away[0] != away[1], "somebody else is away"


# Mission M6


def test_a_slower_hr_lengthens_vacancies_and_the_waits_of_those_who_miss_somebody():
    """Six paired replications, each comparison wrong with probability 4.1 % at most. HR itself loses nobody here."""
    own = "departments: {hr: {staff: 1, pay_share: 0, own_work: {load: 0.5}}}\n"
    quick, slow = (HIRED + own + f"hiring: {{work: {{mean: {hours} h, cv: 1}}}}" for hours in (3, 60))
    lasted = [
        np.array([vacancies(seen(text, k, log=True)).mean() for k in range(REPLICATIONS)]) for text in (quick, slow)
    ]
    assert rises(*lasted)
    for name in ("vacant", "wait"):
        assert rises(values(name, quick), values(name, slow)), name


# Who leaves


def ahead_of_the_rest(text: str) -> np.ndarray:
    """How much longer than the mean of their department those who left had been there [weeks]."""
    found = []
    for k in range(REPLICATIONS):
        s = seen(text, k, log=True)
        left, came = came_and_went(s)
        size = [s.scenario.departments[name].staff for name in s.world.departments]
        since = {((1 << 43) + (d << 24) + post): 0 for d, n in enumerate(size) for post in range(n)}
        for at, key, comes in sorted([(*row, False) for row in left] + [(*row, True) for row in came]):
            if comes:
                since[key] = at
                continue
            there = [at - began for other, began in since.items() if other >> 24 == key >> 24]
            found.append((at - since.pop(key) - np.mean(there)) / WEEK)
    return np.array(found)


def t(values: np.ndarray) -> float:
    return float(values.mean() / (values.std(ddof=1) / len(values) ** 0.5))


def test_without_development_the_experienced_go_first():
    """Hundreds of resignations: 3.1 standard errors one-sided, wrong 1 in 1,000; 3.3 two-sided, wrong 1 in 1,000."""
    base = (
        LEAVING + "learning: {start: 0.2, time: 2000 h, tenure: 0 h}\nturnover: {premium: 5}\ntime: {horizon: 1 year}\n"
    )
    alone, developed = ahead_of_the_rest(base), ahead_of_the_rest(base + "turnover: {development: 100 %}")
    assert min(len(alone), len(developed)) > 150
    assert t(alone) > 3.1
    assert abs(t(developed)) < 3.3


# What turnover does


def test_turnover_hurts_hand_offs_only_where_standards_are_weak():
    """Two by two, six paired replications: an interaction that is not there passes with probability 4.1 %."""
    learning = "learning: {time: 640 h}\nturnover: {damage: 6}\n"
    hurt = {}
    for conformance in ("0 %", "100 %"):
        kept = LEAVING + learning + f"turnover: {{conformance: {conformance}}}\n"
        hurt[conformance] = values("incomplete", kept) - values("incomplete", kept + "turnover: {rate: 0}")
    assert rises(hurt["100 %"], hurt["0 %"])
    assert (hurt["0 %"] > 0.01).all()
    assert (abs(hurt["100 %"]) < 0.005).all()


def test_morale_reaches_customers_only_through_speed_errors_and_resignations():
    customers = (
        "demand: {kind: customers, rate: null, customers: 400, orders_per_customer: 40 per year}\n"
        "churn: {hazard: 1 per year}\nnewcomers: {marketing: 200 per year}\npromise: {house: 8 h}\n"
        "turnover: {rate: 3 per year}\nlearning: {}\npressure: {residence: 0.5 h}\n"
    )
    mute = customers + "morale: {speed: 0, errors: 0, resignations: 0}\n"
    low, high = mute + "morale: {backing: -5}", mute + "morale: {backing: 5}"
    assert bits(low) == bits(high)
    assert seen(low).value("morale") < 0.2
    assert seen(high).value("morale") > 0.8
    assert (seen(low).record.customers["left"] >= 0).any()
    assert bits(low + "\nmorale: {speed: 0.16}") != bits(high + "\nmorale: {speed: 0.16}")
