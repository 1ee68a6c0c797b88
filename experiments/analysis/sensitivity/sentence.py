"""The conclusion about assumptions in one sentence, in English and Spanish, with digits that mean something."""

from __future__ import annotations

import math
from collections.abc import Mapping

from experiments.analysis.sensitivity.conclusion import Conclusion
from experiments.analysis.sensitivity.drawn_together import INNER
from experiments.analysis.sensitivity.replications import Bounds
from sim.errors import UsageError

LANGUAGES = ("en", "es")
MOST_DRIVERS = 3
LARGE = 0.25
"""[1] -- share of the variation that would stand out; while it cannot be ruled out, nobody says that none does."""
TEXTS: dict[str, tuple[str, str]] = {
    "holds": (
        "With all {d} assumptions varied together ({m} samples), that {policy} {does} {response} holds in {share} of "
        "them ({confidence} interval {low} to {high}); the difference lies between {bottom} and {top}{unit} in "
        "{inner} of them; {drivers}.",
        "Con las {d} suposiciones variadas a la vez ({m} muestras), que {policy} {does} {response} se cumple en "
        "{share} de ellas (intervalo del {confidence}: de {low} a {high}); la diferencia está entre {bottom} y "
        "{top}{unit} en el {inner} de ellas; {drivers}.",
    ),
    "undecided": (
        "Even with the scenario's own values it is not distinguishable from zero what {policy} does to {response}; ",
        "Ni con los valores del propio escenario se distingue de cero lo que {policy} hace con {response}; ",
    ),
    "raises": ("raises", "aumenta"),
    "lowers": ("lowers", "reduce"),
    "drivers": ("it depends most on {list}", "de lo que más depende es de {list}"),
    "driver": ("{name} (about {share} of the variation)", "{name} (cerca del {share} de la variación)"),
    "none": ("no single assumption stands out", "ninguna suposición destaca por sí sola"),
    "too few": (
        "the samples are too few to say on which assumption it depends most",
        "las muestras son demasiado pocas para decir de qué suposición depende más",
    ),
    "and": (" and ", " y "),
    "share": ("{share}", "el {share}"),
    "nearly all": ("more than 99 %", "más del 99 %"),
    "hardly any": ("less than 1 %", "menos del 1 %"),
}
"""Text by id: English, Spanish."""


def sentence(
    found: Conclusion,
    policy: str,
    response: str,
    language: str = "en",
    *,
    unit: str = "",
    scale: float = 1.0,
    labels: Mapping[str, str] | None = None,
) -> str:
    """Say in one sentence how much of a conclusion rests on assumptions.

    Parameters
    ----------
    found : Conclusion
        What was found.
    policy, response : str
        What they are called in the middle of a sentence, with their article, in that language.
    language : str
        "en" or "es".
    unit : str
        Words of the unit in which differences are shown, such as "h" or "points".
    scale : float
        [1] -- what differences are multiplied by for that unit.
    labels : mapping of str to str, optional
        Assumption -> what it is called; its name if not given.

    Raises
    ------
    UsageError
        If the language is not known.

    Notes
    -----
    The ends of the range are shown to the second digit of the larger half-width of their own intervals; drivers in
    steps of 1, 5 or 10 points, by theirs. Only what is distinguishable from zero is named as a driver.

    Examples
    --------
    >>> import numpy as np
    >>> from experiments.analysis.sensitivity.conclusion import conclusion
    >>> random = np.random.default_rng(1)
    >>> places = random.random((100, 2))
    >>> found = conclusion(["trust", "b"], places, -3 + 4 * places[:, :1] + random.normal(size=(100, 5)))
    >>> print(sentence(found, "training", "the mean wait", unit="h"))
    With all 2 assumptions varied together (100 samples), that training lowers the mean wait holds in ...
    """
    if language not in LANGUAGES:
        raise UsageError(f"language: got '{language}', must be 'en' or 'es'.")
    at = LANGUAGES.index(language)

    def text(name: str, /, **values: object) -> str:
        return TEXTS[name][at].format(**values)

    share = found.same.value
    edge = "nearly all" if 0.995 <= share < 1 else "hardly any" if 0 < share < 0.005 else "share"
    widest = max((end.high - end.low) / 2 for end in (found.low, found.high)) * abs(scale)
    ends = [_number(end.value * scale, widest, language) for end in (found.low, found.high)]
    named = [
        text("driver", name=(labels or {}).get(d.assumption, d.assumption), share=_rough(d.share, language))
        for d in found.drivers
        if d.is_clear and d.share.value > 0
    ][:MOST_DRIVERS]
    hidden = any(d.share.high > LARGE for d in found.drivers)
    listed = text("and").join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    words = text(
        "holds",
        d=len(found.drivers),
        m=found.samples,
        policy=policy,
        response=response,
        does=text("raises" if found.sign > 0 else "lowers"),
        share=text(edge, share=_percent(share, language)),
        confidence=_percent(found.confidence, language),
        inner=_percent(INNER, language),
        low=_percent(found.same.low, language),
        high=_percent(found.same.high, language),
        bottom=ends[0],
        top=ends[1],
        unit=f" {unit}" if unit else "",
        drivers=text("drivers", list=listed) if named else text("too few" if hidden else "none"),
    )
    if found.today is not None and not found.today.is_clear:
        return text("undecided", policy=policy, response=response) + words[0].lower() + words[1:]
    return words


def _percent(share: float, language: str) -> str:
    """Write a share in whole percent; a confidence of 99.9 % keeps its digit."""
    exact = round(100 * share, 1)
    return f"{_comma(f'{exact:g}' if exact > 99 else f'{100 * share:.0f}', language)} %"


def _rough(share: Bounds, language: str) -> str:
    """Write a share of variance in steps that its interval allows."""
    half = (share.high - share.low) / 2
    step = 10 if half > 0.1 else 5 if half > 0.025 else 1
    return _percent(min(max(round(100 * share.value / step) * step, step), 100) / 100, language)


def _number(value: float, half: float, language: str) -> str:
    """Write an end of the range to the second digit of a half-width."""
    size, digits = (half, 2) if half > 1e-9 * abs(value) else (abs(value), 3)
    place = digits - 1 - math.floor(math.log10(size)) if size > 0 else 0
    shown = round(value, place) + 0.0
    text = f"{shown:,.{max(place, 0)}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "es" else text


def _comma(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "es" else text
