"""What a result of a scenario rests on, for people: its parameters with value, grade of evidence and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from experiments.show.words import LANGUAGES
from sim.parameters.parameter import GRADES as MEANINGS
from sim.scenario.assumptions import GRADES, Premise
from sim.units import CALENDAR_UNITS, WORK_UNITS, written

if TYPE_CHECKING:
    from rich.console import RenderableType

    from sim.parameters import Parameter

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("{label}: what a result rests on", "{label}: en qué se apoya un resultado"),
    "headline": (
        "{assumed} of {total} numbers are assumptions (grade D).",
        "{assumed} de {total} números son suposiciones (grado D).",
    ),
    "tally": ("By grade: {grades}.", "Por grado: {grades}."),
    "own": (
        "The scenario gives {given} of them itself, {own} with a value other than the default: whoever wrote it "
        "answers for those, and the letter is the registry's grade for the parameter.",
        "El escenario mismo da {given}, {own} con un valor distinto del valor por defecto: de esos responde quien lo "
        "escribió, y la letra es el grado del registro para el parámetro.",
    ),
    "group": ("{grade}: {meaning} ({count})", "{grade}: {meaning} ({count})"),
    "no grade": ("no grade", "sin grado"),
    "default": ("default{grade}", "por defecto{grade}"),
    "given": ("given{grade}", "dado{grade}"),
    "given for": ("given{grade} for {places}", "dado{grade} para {places}"),
    "given in part": (
        "default{grade}; given for {given} of {places}",
        "por defecto{grade}; dado para {given} de {places}",
    ),
    "same": (", as the default", ", como por defecto"),
    "moved": ("; moved by {policies}", "; lo mueve {policies}"),
    "department": ("{n} department", "{n} departamento"),
    "departments": ("{n} departments", "{n} departamentos"),
    "pair": ("{n} pair", "{n} par"),
    "pairs": ("{n} pairs", "{n} pares"),
    "source": ("Source: {source}.", "Fuente: {source}."),
    "assumption": ("assumption", "suposición"),
    "definition": ("definition", "definición"),
    "given by the scenario": ("given by the scenario", "dado por el escenario"),
    "given by the scenario; the house figure if not": (
        "given by the scenario; the house figure if not",
        "dado por el escenario; si no, la cifra de la casa",
    ),
    "policies": (
        "The scenario puts policies in force; the sizes of their effects have grades, too: {policies}.",
        "El escenario pone políticas en vigor; el tamaño de sus efectos también tiene grado: {policies}.",
    ),
    "not listed": (
        "Not listed, and results rest on it as much: what the scenario itself says about work, routes, demand and "
        "opening hours; whoever wrote it answers for that. Nor are parameters without any effect in it, "
        "until a policy brings one.",
        "No figura, aunque los resultados se apoyan en ello igual, lo que el propio escenario dice de trabajo, rutas, "
        "demanda y horarios; de eso responde quien lo escribió. Tampoco los parámetros sin efecto en él, "
        "mientras ninguna política lo traiga.",
    ),
    "more": ("One parameter in full: relevo explain NAME", "Un parámetro al completo: relevo explain NOMBRE"),
}
"""Text by id: English, Spanish."""

WORDED_SOURCES = (
    *("assumption", "definition", "given by the scenario"),
    "given by the scenario; the house figure if not",
)
"""Sources that are words and not references; references are not translated."""
INDENT = 3
EXACT = 1e-9
_SIZES = {"work time": WORK_UNITS, "calendar time": CALENDAR_UNITS}
_STEPS = {"work time": ("h", "min", "s"), "calendar time": ("years", "weeks", "days", "h", "min")}


def told(text: str, language: str, /, **values: Any) -> str:
    """Return one of the texts of this page in a language."""
    return TEXTS[text][LANGUAGES.index(language)].format(**values)


def value_text(value: float, unit: str, currency: str = "EUR") -> str:
    """Write a value as scenario files do, in the largest unit in which few digits say it.

    Examples
    --------
    >>> value_text(506.4, "calendar time"), value_text(115, "calendar time"), value_text(0.4, "work time")
    ('21.1 days', '115 h', '24 min')
    >>> value_text(1 / 3, "share"), value_text(0.18 / 8766, "rate"), value_text(1234567, "number")
    ('33.3 %', '0.18 per year', '1234567')
    """
    if unit in _STEPS and value > 0:
        sizes = [(name, value / _SIZES[unit][name]) for name in _STEPS[unit]]
        fitting = [(name, size) for name, size in sizes if size >= 1] or sizes[-1:]
        name, size = next(((n, s) for n, s in fitting if _is_short(s) and s < 1000), fitting[0])
        return f"{_few(size)} {name.removesuffix('s') if len(name) > 1 and _few(size) == '1' else name}"
    if unit == "share":
        return f"{_few(100 * value)} %"
    if unit == "rate":
        return (
            f"{_few(value)} per h" if value >= 1 or value == 0 else f"{_few(value * CALENDAR_UNITS['year'])} per year"
        )
    text = written(value, unit) if unit == "count" or unit in _STEPS else _few(value)
    return f"{text} {currency}" if unit == "money" else text


def _is_short(value: float) -> bool:
    return abs(float(f"{value:.4g}") - value) <= EXACT * abs(value)


def _few(value: float) -> str:
    """Write a number with four digits where they say all, else with three; whole numbers are never rounded."""
    if abs(value - round(value)) <= EXACT * max(1.0, abs(value)) and abs(value) < 1e15:
        return str(round(value))
    if _is_short(value):
        return f"{value:.4g}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def values_text(premise: Premise, currency: str) -> str:
    """Write the value in force, or the range of values in several places."""
    unit = premise.parameter.unit
    low, high = (value_text(value, unit, currency) for value in (min(premise.values), max(premise.values)))
    return low if low == high else f"{low} – {high}"


def origin_text(premise: Premise, language: str) -> str:
    """Say whose the value is, with the registry's grade, and where it is given."""
    grade = "" if premise.parameter.grade == "-" else f" ({premise.parameter.grade})"
    count, given = len(premise.values), premise.given
    kind = "pair" if "pair" in premise.levels else "department"
    places = told(kind if count == 1 else f"{kind}s", language, n=count)
    if not given:
        text = told("default", language, grade=grade)
    elif given < count:
        text = told("given in part", language, grade=grade, given=given, places=places)
    elif set(premise.levels) == {"company"}:
        text = told("given", language, grade=grade)
    else:
        text = told("given for", language, grade=grade, places=places)
    if given and premise.is_default:
        text += told("same", language)
    return text + (told("moved", language, policies=", ".join(premise.moved_by)) if premise.moved_by else "")


def source_text(parameter: Parameter, language: str) -> str:
    """Return the source; references stay as they are in every language."""
    return told(parameter.source, language) if parameter.source in WORDED_SOURCES else parameter.source


def counts(found: Sequence[Premise]) -> dict[str, int]:
    """Return how many numbers there are, of each grade, resting on assumptions, and given by the scenario."""
    return {
        **{grade: sum(p.parameter.grade == grade for p in found) for grade in GRADES},
        "numbers": len(found),
        "assumptions": sum(p.parameter.grade == "D" and p.rests_on_default for p in found),
        "given": sum(p.given > 0 for p in found),
        "own": sum(p.given > 0 and not p.is_default for p in found),
    }


def page(
    label: str, found: Sequence[Premise], policies: dict[str, str], currency: str, language: str
) -> Iterator[RenderableType]:
    """Yield what to show: a headline with counts, then the parameters by grade, worst first.

    Parameters
    ----------
    label : str
        Name of the scenario for people.
    found : sequence of Premise
        In order.
    policies : dict
        Policies that the scenario puts in force, with their grades.
    """
    from rich.text import Text

    from experiments.show.text import heading

    tally = counts(found)
    grades = [f"{g} {tally[g]}" for g in GRADES if g != "-"] + [f"{told('no grade', language)} {tally['-']}"]
    summary = [
        told("headline", language, assumed=tally["assumptions"], total=tally["numbers"]),
        told("tally", language, grades=", ".join(grades)),
        told("own", language, given=tally["given"], own=tally["own"]) if tally["given"] else "",
    ]
    yield heading(told("title", language, label=label))
    yield Text(" ".join(filter(None, summary)))
    values = {p.parameter.name: values_text(p, currency) for p in found}
    names, widest = (max(map(len, texts), default=0) for texts in (values, values.values()))
    for grade in GRADES:
        chosen = [p for p in found if p.parameter.grade == grade]
        letter = told("no grade", language) if grade == "-" else grade
        if chosen:
            meaning = MEANINGS[grade][LANGUAGES.index(language)]
            yield ""
            yield heading(told("group", language, grade=letter, meaning=meaning, count=len(chosen)))
        for premise in chosen:
            name = premise.parameter.name
            line = f" {name:<{names}}  {values[name]:<{widest}}  {origin_text(premise, language)}"
            yield Text(line)
            yield _indented(_about(premise.parameter, language))
    yield ""
    if policies:
        listed = ", ".join(f"{name} ({grade})" for name, grade in policies.items())
        yield Text(told("policies", language, policies=listed))
    yield Text(told("not listed", language))
    yield Text(told("more", language))


def _about(parameter: Parameter, language: str) -> str:
    return f"{parameter.meaning(language)} {told('source', language, source=source_text(parameter, language))}"


def _indented(text: str) -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text, style="dim"), (0, 0, 0, INDENT), expand=False)


def data(found: Sequence[Premise], policies: dict[str, str], currency: str, language: str) -> dict[str, Any]:
    """Return the same for other programs: values in base units ([h], [1/h], [1], currency)."""
    return {
        "counts": counts(found),
        "policies": policies,
        "numbers": [
            {
                "name": p.parameter.name,
                "grade": p.parameter.grade,
                "kind": p.parameter.unit,
                "low": min(p.values),
                "high": max(p.values),
                "default": p.parameter.default,
                "text": values_text(p, currency),
                "origin": "default" if not p.given else "given" if p.given == len(p.values) else "given in part",
                "as_default": p.is_default,
                "places": len(p.values),
                "given_places": p.given,
                "moved_by": list(p.moved_by),
                "source": source_text(p.parameter, language),
                "meaning": p.parameter.meaning(language),
            }
            for p in found
        ],
    }
