"""What `relevo why` does: run the worlds without each cause, and say what that changes, for all or for one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.counterfactuals import Entry, World, account, pairs_account, together, without_each
from experiments.cli.keeping import Keeping, flat
from experiments.cli.options import quoted
from experiments.cli.working import print_json, remark
from experiments.run.executors import available_workers, executor_for
from experiments.run.interrupt import StoppedError, StopRequest
from experiments.run.job import with_weeks
from experiments.run.provenance import SCHEMA_VERSION
from experiments.run.readiness import make_ready
from experiments.run.worlds import Worlds
from experiments.show.progress import Progress
from experiments.show.reasons import account_tables, fates_table, interval_data, reasons_tables
from experiments.show.text import Reader, show
from experiments.show.words import say
from sim.errors import InputError, RelevoError
from sim.policies import InForce, Portfolio, load_cause
from sim.scenario.files import shipped_names
from sim.scenario.load import load_scenario

if TYPE_CHECKING:
    from sim.run import RunResult
    from sim.scenario.company import Scenario

TODAY, HERE = "today", "here"
"""Names of worlds: without policies, and as asked; the others are named after the cause that is switched off."""


@dataclass(frozen=True)
class Question:
    """What the user asked; as the options of the command."""

    source: str
    portfolio: Portfolio
    order: str | None
    customer: int | None
    replication: int
    replications: int
    weeks: float | None
    seed: int
    engine: str
    workers: int | None
    out: Path | None
    as_json: bool
    language: str

    @property
    def is_about_one(self) -> bool:
        """Whether it is about one order or customer."""
        return self.order is not None or self.customer is not None


def answer(question: Question) -> int:
    """Run what is needed, print the answer, return the exit code."""
    company = with_weeks(load_scenario(question.source), question.weeks)
    make_ready(question.engine)
    causes = {name: load_cause(name) for name in shipped_names("causes")}
    labels = {name: cause.label[question.language] for name, cause in causes.items()}
    labels |= {name: d.label[question.language] for name, d in company.departments.items() if d.label is not None}
    labels |= {m.policy.name: m.policy.label[question.language] for m in question.portfolio.members}
    labels |= {HERE: say("reasons here", question.language), TODAY: say("today", question.language)}
    reader = Reader(question.language, company.currency, labels)
    portfolios = {HERE: question.portfolio}
    if question.portfolio.members and not question.is_about_one:
        portfolios = {TODAY: Portfolio(), **portfolios}
    for name, cause in causes.items():
        members = (*question.portfolio.members, InForce(policy=cause))
        portfolios[name] = Portfolio(members=members)
    with StopRequest() as request:
        worlds = Worlds(
            company,
            portfolios,
            question.seed,
            question.engine,
            question.workers or available_workers(),
            executor_for(question.engine),
            request=request,
        )
        return _of_one(question, worlds, reader) if question.is_about_one else _of_all(question, worlds, reader)


def _of_all(question: Question, worlds: Worlds, reader: Reader) -> int:
    worlds.tables = ("customers",)
    found = {name: World() for name in worlds.portfolios}
    with Progress(question.replications * len(found), question.language) as progress:
        worlds.told = progress
        for name, replication, result in worlds.run(0, question.replications):
            found[name].metrics[replication] = dict(result.metrics)
            found[name].lost[replication] = lost_customers(worlds.scenario, result)
    here = found[HERE]
    _ends_well(question, worlds, reader, bool(here.metrics))
    without = {name: world for name, world in found.items() if name not in (HERE, TODAY)}
    reasons = without_each(here, without)
    accounts = []
    if TODAY in found:
        before, after = found[TODAY].metrics, here.metrics
        accounts = [account(before, after), pairs_account(before, after)]
    data = {
        "schema_version": SCHEMA_VERSION,
        "scenario": question.source,
        "policies": question.portfolio.key,
        "replications": len(here.metrics),
        "seed": question.seed,
        "failed_runs": len(worlds.failures),
        "without_cause": [
            {
                "cause": each.cause,
                "saved_share": interval_data(each.saved),
                "lost_instead_share": interval_data(each.lost_instead),
                "net_share": interval_data(each.net),
                "changes_nothing": each.changes_nothing,
                "changes": {name: interval_data(found) for name, found in each.changes.items()},
            }
            for each in reasons
        ],
        "account": _account_data(*accounts) if accounts else None,
    }
    _keep(question, worlds.scenario, data)
    if question.as_json:
        print_json(data)
    else:
        lost = sum(len(keys) for keys in here.lost.values()) / max(1, len(here.lost))
        show(*reasons_tables(reasons, lost, len(here.metrics), worlds.scenario, question.portfolio, reader))
        if accounts:
            show(*account_tables(accounts[0], accounts[1], reader))
    return 1 if worlds.failures else 0


def _keep(question: Question, company: Scenario, data: dict[str, Any]) -> None:
    """Write the answer's tables where that was asked for."""
    members = question.portfolio.members
    options = {
        "--policy": [m.policy.name if m.intensity == 1 else f"{m.policy.name}={m.intensity:g}" for m in members],
        "--replications": question.replications,
        "--weeks": None if question.weeks is None else f"{question.weeks:g}",
        "--seed": question.seed,
        "--engine": question.engine,
    }
    keeping = Keeping.of(question.out, f"why {quoted(question.source)}", options)
    account = data["account"] or {}
    rows = [{"of": of, **flat(row)} for of, entries in account.items() for row in entries]
    causes = [flat(row) for row in data["without_cause"]]
    keeping.keep(company, question.seed, {"without_cause": causes, "account": rows})


def _account_data(causes: list[Entry], pairs: list[Entry]) -> dict[str, Any]:
    def written(entry: Entry) -> dict[str, Any]:
        return {"name": entry.name, "before": interval_data(entry.before), "change": interval_data(entry.change)}

    whole = [written(together(causes, "wait_open_mean"))] if causes else []
    return {"causes": [written(e) for e in causes], "together": whole, "pairs": [written(e) for e in pairs]}


def lost_customers(company: Scenario, result: RunResult) -> frozenset[int]:
    """Return the keys of the customers who left within the window."""
    table = result.tables["customers"]
    begin = company.time.warm_up
    left = table["left"].between(begin, begin + company.time.horizon)
    return frozenset(int(key) for key in table.loc[left, "customer"])


def _ends_well(question: Question, worlds: Worlds, reader: Reader, is_something: bool) -> None:
    """Raise where nothing can be said; speak of failures."""
    if worlds.request.requested:
        raise StoppedError("Interrupted; what is finished is not enough for an answer.")
    if not is_something:
        error = RelevoError(worlds.failures[0][2].reason)
        error.exit_code = worlds.failures[0][2].exit_code
        raise error
    if worlds.failures:
        name, replication, failure = worlds.failures[0]
        total = (1 if question.is_about_one else question.replications) * len(worlds.portfolios)
        run = f"{reader.label(name)}, {replication}"
        counts = {"failed": len(worlds.failures), "total": total}
        remark(say("failed runs", question.language, run=run, reason=failure.reason, **counts))


# One order, one customer ----------------------------------------------------------------------------------------


def _of_one(question: Question, worlds: Worlds, reader: Reader) -> int:
    worlds.tables = ("orders", "customers")
    results: dict[str, RunResult] = {}
    for name, _, result in worlds.run(question.replication, question.replication + 1):
        results[name] = result
    _ends_well(question, worlds, reader, HERE in results)
    if question.customer is not None:
        fates = {name: _customer(result, question.customer) for name, result in results.items()}
        if fates[HERE] is None:
            raise InputError(
                f"--customer {question.customer}: no such customer in replication {question.replication}; the table of "
                "customers has their keys: relevo simulate … --out DIR."
            )
        key = question.customer
    else:
        key = _longest(results[HERE]) if question.order == "longest" else int(question.order or 0)
        fates = {name: _order(result, key) for name, result in results.items()}
        if fates[HERE] is None:
            raise InputError(
                f"--order {key}: no such order in replication {question.replication}; the table of orders has their "
                "keys: relevo simulate … --out DIR."
            )
    what = "customer" if question.customer is not None else "order"
    if question.as_json:
        head = {"schema_version": SCHEMA_VERSION, "scenario": question.source, "replication": question.replication}
        print_json({**head, what: key, "worlds": fates})
    else:
        show(*fates_table(what, key, question.replication, fates, HERE, reader))
    return 1 if worlds.failures else 0


def _longest(result: RunResult) -> int:
    orders = result.tables["orders"]
    measured = orders[(orders["measured"] == 1) & orders["wait"].notna()]
    if measured.empty:
        raise InputError("--order longest: no order was delivered in this run.")
    return int(measured.sort_values("wait")["order"].iloc[-1])


def _order(result: RunResult, key: int) -> dict[str, Any] | None:
    """Return what became of an order; None if it was never placed."""
    orders = result.tables["orders"]
    rows = orders[orders["order"] == key]
    if rows.empty:
        return None
    row = rows.iloc[0]
    late = row["delivered"] > row["promised"] if not math.isnan(row["promised"]) else None
    return {
        "outcome": str(row["outcome"]),
        "wait": _number(row["wait"]),
        "late": None if late is None or math.isnan(row["delivered"]) else bool(late),
        "clarifications": int(row["clarifications"]),
        "redos": int(row["redos"]),
        "needs": int(row["needs"]),
        "problem": int(row["problem"]),
        "experience": _number(row["experience"]),
        **_of_customer(result, int(row["customer"])),
    }


def _customer(result: RunResult, key: int) -> dict[str, Any] | None:
    """Return what became of a customer; None if they were never there."""
    customers = result.tables["customers"]
    if customers[customers["customer"] == key].empty:
        return None
    orders = result.tables["orders"]
    mine = orders[(orders["customer"] == key) & (orders["measured"] == 1)]
    return {"orders": len(mine), "wait": _number(mine["wait"].mean()), **_of_customer(result, key)}


def _of_customer(result: RunResult, key: int) -> dict[str, Any]:
    customers = result.tables["customers"]
    rows = customers[customers["customer"] == key]
    if rows.empty:
        return {"customer": key, "known": False, "left": None, "satisfaction": None}
    row = rows.iloc[0]
    left, satisfaction = _number(row["left"]), _number(row["satisfaction"])
    return {"customer": key, "known": True, "left": left, "satisfaction": satisfaction}


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
