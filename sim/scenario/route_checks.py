"""Checks of one route: its steps exist, it ends whatever happens, it delivers and invoices at most once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.errors import nearest
from sim.scenario.flow import branches, expected_visits, reachable
from sim.scenario.messages import Path, Problem
from sim.scenario.orders import END, Step

TOLERANCE = 1e-6
MOST_VISITS = 1000.0


def route_problems(name: str, steps: Sequence[Step]) -> list[Problem]:
    """Return what is wrong with a route; its flow is looked at only when its steps are sound."""
    base: Path = ("routes", name)
    found = [*_names(base, steps), *_next(base, steps)]
    return found or list(_flow(base, steps))


def _names(base: Path, steps: Sequence[Step]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for i, step in enumerate(steps):
        path = (*base, i, "step")
        if step.step == END:
            yield Problem(path, "got the name 'end', which means the end of the route; choose another name.")
        if step.step in first:
            yield Problem(
                path,
                f"got {{given}}, the name of step {first[step.step] + 1} too; must be unique; rename one.",
            )
        first.setdefault(step.step, i)


def _next(base: Path, steps: Sequence[Step]) -> Iterator[Problem]:
    known = [*(step.step for step in steps), END]
    for i, step in enumerate(steps):
        path = (*base, i, "next")
        targets = [] if step.next is None else [step.next] if isinstance(step.next, str) else list(step.next)
        for target in targets:
            if target not in known:
                hint = nearest(target, known)
                yield Problem(path, f"got '{target}'; must be the name of a step of this route or 'end'. {hint}")
        if isinstance(step.next, dict):
            total = sum(step.next.values())
            if abs(total - 1.0) > TOLERANCE:
                yield Problem(
                    path,
                    f"got probabilities that add up to {100 * total:.6g} %; must be 100 %; change one.",
                )


def _flow(base: Path, steps: Sequence[Step]) -> Iterator[Problem]:
    after = {step.step: reachable(steps, step.step) for step in steps}
    met = {steps[0].step} | after[steps[0].step]
    endless = False
    for i, step in enumerate(steps):
        path = (*base, i)
        if step.step not in met:
            yield Problem(
                path,
                "no order ever reaches this step; each must be reachable; name it in a 'next' or remove it.",
            )
        elif END not in after[step.step]:
            endless = True
            onward = ", ".join(branches(steps, i))
            yield Problem(
                (*path, "next"),
                f"orders here (next: {onward}) never reach the end; all must; lead one 'next' to 'end'.",
            )
    if not endless:
        yield from _visits(base, steps)
    yield from _once(base, steps, after)


def _visits(base: Path, steps: Sequence[Step]) -> Iterator[Problem]:
    visits = expected_visits(steps)
    for i, step in enumerate(steps):
        if not visits[step.step] <= MOST_VISITS:
            yield Problem(
                (*base, i),
                f"an order comes here {visits[step.step]:.3g} times on average; at most {MOST_VISITS:g} is "
                "allowed; lower the probability of coming back.",
            )


def _once(base: Path, steps: Sequence[Step], after: dict[str, set[str]]) -> Iterator[Problem]:
    for word, done in (("delivers", "delivered"), ("invoices", "invoiced")):
        marked = {step.step for step in steps if getattr(step, word)}
        for i, step in enumerate(steps):
            again = sorted(marked & after[step.step])
            if step.step in marked and again:
                yield Problem(
                    (*base, i, word),
                    f"an order could be {done} twice: here and later at '{again[0]}'; once on every way is "
                    f"allowed; put '{word}' on a step that cannot follow or return.",
                )
    delivering = {step.step for step in steps if step.delivers}
    for i, step in enumerate(steps):
        if step.quotes and any(step.step in after[name] for name in delivering):
            yield Problem(
                (*base, i, "quotes"),
                "the promise would be made after delivery; it must come before; move 'quotes' up.",
            )
