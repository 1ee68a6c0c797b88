"""What a choice says, in sentences, in English and Spanish."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from experiments.analysis.optimisation.choice import Against, Choice
from experiments.analysis.optimisation.space import Levels
from sim.errors import UsageError

LANGUAGES = ("en", "es")
_TEXTS: dict[str, tuple[str, str]] = {
    "best": ("Selected: {point}.", "Elegido: {point}."),
    "today": (
        "Nothing was found that is better than today's way.",
        "No se ha encontrado nada mejor que la forma actual de trabajar.",
    ),
    "costs": ("It costs {cost} more than today.", "Cuesta {cost} más que hoy."),
    "saves": ("It costs {cost} less than today.", "Cuesta {cost} menos que hoy."),
    "free": ("It costs what today costs.", "Cuesta lo mismo que hoy."),
    "better": (
        "{name}: better than today, by {by} ({low} to {high}).",
        "{name}: mejor que hoy, en {by} (de {low} a {high}).",
    ),
    "worse": (
        "{name}: worse than today, by {by} ({low} to {high}).",
        "{name}: peor que hoy, en {by} (de {low} a {high}).",
    ),
    "indistinguishable": (
        "{name}: cannot be told apart from today (difference {low} to {high}).",
        "{name}: no se distingue de hoy (diferencia de {low} a {high}).",
    ),
    "nothing": ("{name}: no interval, too few runs have a value.", "{name}: sin intervalo, faltan réplicas con valor."),
    "together": (
        "With {confidence} confidence all these intervals are right together. They come from {n} fresh replications "
        "that had no part in the choice.",
        "Con una confianza del {confidence}, todos estos intervalos son correctos a la vez. Proceden de {n} réplicas "
        "nuevas que no intervinieron en la elección.",
    ),
    "sure all": (
        "All {considered} feasible ways were compared. With probability at least {confidence} this is the best of "
        "them, if the best is better than all others by at least {indifference}.",
        "Se compararon las {considered} formas posibles. Con una probabilidad de al menos el {confidence}, esta es la "
        "mejor, si la mejor supera a todas las demás en al menos {indifference}.",
    ),
    "sure few": (
        "With probability at least {confidence} this is the best of {finalists} finalists, if the best of them is "
        "better than the others by at least {indifference}. The search that found the finalists promises nothing: "
        "something better may exist that it did not try.",
        "Con una probabilidad de al menos el {confidence}, esta es la mejor de {finalists} finalistas, si la mejor de "
        "ellas supera a las demás en al menos {indifference}. La búsqueda que las encontró no promete nada: puede "
        "existir algo mejor que no probó.",
    ),
    "only": ("There was nothing else to choose from.", "No había nada más entre lo que elegir."),
    "undecided": (
        "Not decided: after the replications allowed, {left} ways were still in the running; this one was ahead. That "
        "it is the best is not promised.",
        "Sin decidir: tras las réplicas permitidas, quedaban {left} formas; esta iba por delante. No se promete que "
        "sea la mejor.",
    ),
    "alone": (
        "With {confidence} confidence, what else was measured again with it ({rivals}) is worse.",
        "Con una confianza del {confidence}, lo demás que se midió de nuevo con ella ({rivals}) es peor.",
    ),
    "aside": (
        "{aside} ways were put aside after a few runs and not measured again; some may be as good within "
        "{indifference}.",
        "{aside} formas se dejaron de lado tras pocas réplicas y no se midieron de nuevo; alguna puede ser igual de "
        "buena "
        "dentro de {indifference}.",
    ),
    "apart": (
        "Cannot be told apart from it with {confidence} confidence: {points}.",
        "No se distingue de ella con una confianza del {confidence}: {points}.",
    ),
    "more": ("and {more} more", "y {more} más"),
    "as today": ("today's way", "la forma actual"),
}  # fmt: skip
SHOWN = 5
"""[1] -- rivals that are named."""


def shown(response: str, amount: float) -> str:
    """Write an amount with three digits, whatever the response."""
    return f"{amount:.3g}"


def words(
    choice: Choice, language: str = "en", *, describe: Callable[[Levels], str] | None = None,
    labels: Mapping[str, str] | None = None, money: Callable[[float], str] = "{:,.0f}".format,
    show: Callable[[str, float], str] = shown,
) -> list[str]:  # fmt: skip
    """Say what is best, what it does, how sure that is, what cannot be told apart from it, and what it costs.

    Parameters
    ----------
    choice : Choice
        The decision.
    language : str
        "en" or "es".
    describe : callable, optional
        Names a point; without it, its changes are listed by level numbers.
    labels : mapping of str to str, optional
        Names of responses for people.
    money : callable
        Writes an amount of money.
    show : callable, optional
        Writes a difference in a response of this name, with its unit; three digits if not given.

    Raises
    ------
    UsageError
        If there is no such language.

    Examples
    --------
    >>> import numpy as np
    >>> from experiments.analysis.optimisation.choice import choose
    >>> from experiments.analysis.optimisation.ranking import Aim
    >>> from experiments.analysis.optimisation.space import Space
    >>> from experiments.plan.designs import Axis
    >>> def simulate(points, first, last):
    ...     luck = np.random.default_rng(1).normal(size=(2, 2000))[:, first:last]
    ...     return np.array([[luck[0] + (a - 2) ** 2 + a * luck[1] / 10] for (a,) in points])
    >>> space = Space((Axis("staff", 5),), (0,), costs=((0.0, 20.0, 40.0, 60.0, 80.0),))
    >>> found = choose(space, simulate, [(1,), (2,)], Aim("wait", 0), start=200, indifference=0.5)
    >>> for sentence in words(found)[:3]:
    ...     print(sentence)
    Selected: staff = level 2.
    It costs 40 more than today.
    wait: better than today, by 3.99 (3.95 to 4.0...).
    >>> words(found, "es")[1]
    'Cuesta 40 más que hoy.'
    """
    if language not in LANGUAGES:
        raise UsageError(f"words: got the language '{language}', must be one of {', '.join(LANGUAGES)}.")
    column = LANGUAGES.index(language)

    def tell(text: str, /, **values: object) -> str:
        return _TEXTS[text][column].format(**values)

    def named(levels: Levels) -> str:
        if levels == choice.space.today:
            return tell("as today")
        if describe is not None:
            return describe(levels)
        level = ("level", "nivel")[column]
        return ", ".join(f"{name} = {level} {at}" for name, at in choice.space.changed(levels).items())

    sure = f"{100 * choice.confidence:g} %"
    said = [tell("today") if choice.is_today else tell("best", point=named(choice.best))]
    if not choice.is_today:
        cost = choice.cost
        kind = "free" if money(abs(cost)) == money(0) else "costs" if cost > 0 else "saves"
        said.append(tell(kind, cost=money(abs(cost))))
    said += [_against(one, tell, (labels or {}).get(one.aim.name, one.aim.name), show) for one in choice.against_today]
    if choice.against_today:
        said.append(tell("together", confidence=sure, n=choice.ends[2] - choice.ends[1]))
    if choice.selected is None:
        said.append(tell("only"))
    elif not choice.decided:
        said.append(tell("undecided", left=len(choice.selected.survivors)))
    else:
        text = "sure all" if choice.considered is not None else "sure few"
        said.append(
            tell(text, considered=choice.considered, finalists=len(choice.finalists), confidence=sure,
                indifference=show(choice.aim.name, choice.indifference))
        )  # fmt: skip
    if choice.rivals:
        rest = sorted(choice.not_told_apart, key=lambda rival: (rival.cost, rival.levels))
        listed = "; ".join(named(rival.levels) for rival in rest[:SHOWN])
        if len(rest) > SHOWN:
            listed += "; " + tell("more", more=len(rest) - SHOWN)
        others = [rival for rival in choice.rivals if rival.levels != choice.space.today]
        if rest:
            said.append(tell("apart", confidence=sure, points=listed))
        elif others:
            said.append(tell("alone", confidence=sure, rivals=len(others)))
    aside = 0 if choice.considered is None else choice.considered - len(choice.finalists)
    if aside > 0:
        said.append(tell("aside", aside=aside, indifference=show(choice.aim.name, choice.indifference)))
    return said


def _against(one: Against, tell: Callable[..., str], name: str, show: Callable[[str, float], str]) -> str:
    """Say what the winner does to one response; of a clear difference only its size."""
    low, high, mean = one.difference.low, one.difference.high, one.difference.mean
    if low is None or high is None or mean is None:
        return tell("nothing", name=name)
    if one.standing == "indistinguishable":
        return tell("indistinguishable", name=name, low=show(one.aim.name, low), high=show(one.aim.name, high))
    low, high = sorted((abs(low), abs(high)))
    return tell(
        one.standing, name=name, by=show(one.aim.name, abs(mean)), low=show(one.aim.name, low),
        high=show(one.aim.name, high),
    )  # fmt: skip
