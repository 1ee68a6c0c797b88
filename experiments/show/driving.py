"""What may be said of what drives a result: one sentence that follows from the table of a method, and no more."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.analysis.mean_interval import Interval
from experiments.analysis.sensitivity import Bounds, Effects, Levels, Morris, SobolIndices, Tornado
from experiments.show.numbers import NOT_APPLICABLE, decimals, interval_text, number, unit_scale
from experiments.show.text import Reader

Result = Tornado | Morris | SobolIndices | Effects | Levels
CLEAR = "*"
"""Mark of what is distinguishable from zero."""


def name_of(response: str, reader: Reader) -> str:
    """Return what a metric is called in a sentence; its own name where it has none for people."""
    words = reader.say(f"column {response}").replace("\n", " ")
    return response if words == response else words


def change_text(found: Interval | Bounds, response: str, reader: Reader) -> str:
    """Return a change of a response with its interval, marked where it is distinguishable from zero."""
    value = found.mean if isinstance(found, Interval) else found.value
    if value is None or (isinstance(found, Interval) and found.n == 0):
        return NOT_APPLICABLE
    low, high = (math.nan if end is None else end for end in (found.low, found.high))
    text = interval_text(value, low, high, reader.metric(response).unit, reader.language)
    return f"{text} {CLEAR}" if found.is_clear else text


def unit_of_change(response: str, reader: Reader) -> str:
    """Return the words of the unit in which a change is shown."""
    return unit_scale(reader.metric(response).unit, reader.language, points=True)[1]


def joined(names: Sequence[str], reader: Reader) -> str:
    """Return a factor, or an interaction, in words."""
    return " x ".join(reader.label(name) for name in names)


def is_shown(result: Levels, term: tuple[str, ...]) -> bool:
    """Say whether some trend of a factor or an interaction is distinguishable from zero, all trends considered."""
    return any(trend.size.is_clear for trend in result.trends if trend.term == term)


def what_may_be_said(result: Result, response: str, reader: Reader) -> str:
    """Return what may be said of all factors: which are shown to move the response, most which, and which are not."""
    match result:
        case Tornado():
            order = [(bar.factor,) for bar in result.bars]
            clear = [(bar.factor,) for bar in result.bars if bar.is_clear]
            sizes = [(bar.swing, bar.low if bar.low.n else bar.high) for bar in result.bars if bar.is_clear]
            amount = _amount(*sizes[0], response, reader) if sizes else ""
            return _said(order, clear, amount, response, reader)
        case Morris():
            order = [(one.factor,) for one in result.factors]
            shown = [one for one in result.factors if one.mu.is_clear or one.mu_star.is_clear]
            clear = [(one.factor,) for one in shown]
            amount = _amount(shown[0].mu_star.value, shown[0].mu_star, response, reader) if shown else ""
            bending = [(one.factor,) for one in shown if one.variance.low > 0]
            more = _more("bends", bending, reader, "bending") + _left_out(result.left_out, reader)
            return _said(order, clear, amount, response, reader) + more
        case SobolIndices():
            return _of_sobol(result, response, reader)
        case Effects():
            return _of_effects(result, response, reader)
        case Levels():
            return _of_levels(result, response, reader)


def _said(
    every: Sequence[tuple[str, ...]], clear: Sequence[tuple[str, ...]], amount: str, response: str, reader: Reader
) -> str:
    """Say which factors are shown to move the response, the first of them the most, and which are not."""
    name = name_of(response, reader)
    if not clear:
        return reader.say("sensitivity none", name=name)
    top = joined(clear[0], reader)
    if len(clear) == 1:
        words = reader.say("sensitivity moves one", name=name, top=top, amount=amount)
    else:
        words = reader.say("sensitivity moves", name=name, clear=_listed(clear, reader), top=top, amount=amount)
    return words + _more("not shown", [one for one in every if one not in clear], reader, "rest")


def _listed(names: Sequence[tuple[str, ...]], reader: Reader) -> str:
    return ", ".join(joined(one, reader) for one in names)


def _more(text: str, names: Sequence[tuple[str, ...]], reader: Reader, key: str) -> str:
    return reader.say(f"sensitivity {text}", **{key: _listed(names, reader)}) if names else ""


def _left_out(left: int, reader: Reader) -> str:
    return reader.say("sensitivity left out", left=left) if left else ""


def _amount(value: float, found: Interval | Bounds, response: str, reader: Reader, *, signed: bool = False) -> str:
    """Return a change with its unit, to the digit that its interval allows."""
    factor, _ = unit_scale(reader.metric(response).unit, reader.language)
    known = found.low is not None and found.high is not None and math.isfinite(found.high - found.low)
    half = (found.high - found.low) / 2 * factor if known and found.low is not None and found.high is not None else None
    places = decimals(value * factor, half)
    text = number(round(value * factor, places), max(places, 0), reader.language, signed=signed)
    return f"{text} {unit_of_change(response, reader)}".strip()


def _percent(share: float, reader: Reader) -> str:
    return number(100 * share, 0, reader.language)


def _of_sobol(result: SobolIndices, response: str, reader: Reader) -> str:
    ordered = sorted(result.factors, key=lambda one: -one.total.value)
    clear = [one for one in ordered if one.total.is_clear]
    share = _percent(min(clear[0].total.value, 1.0), reader) if clear else ""
    amount = reader.say("sensitivity share of", share=share)
    alone = _percent(sum(one.first.value for one in result.factors), reader)
    words = _said([(i.factor,) for i in ordered], [(i.factor,) for i in clear], amount, response, reader)
    luck = reader.say("sensitivity luck", alone=alone, luck=_percent(result.luck_share, reader))
    return words + luck + _left_out(result.left_out, reader)


def _of_effects(result: Effects, response: str, reader: Reader) -> str:
    mains: dict[tuple[str, ...], Interval] = {e.effect: e.size for e in result.effects if len(e.effect) == 1}
    clear = [name for name, size in mains.items() if size.is_clear]
    clear.sort(key=lambda name: -abs(mains[name].mean or 0.0))
    amount = _amount(mains[clear[0]].mean or 0.0, mains[clear[0]], response, reader, signed=True) if clear else ""
    words = _said(list(mains), clear, amount, response, reader)
    pairs: dict[str, list[tuple[str, ...]]] = {"more": [], "less": [], "depend": []}
    for each in result.effects:
        if len(each.effect) == 2 and each.size.is_clear:
            pairs[_together(each.effect, each.size, mains)].append(each.effect)
    return words + "".join(_more(what, names, reader, "pairs") for what, names in pairs.items())


def _together(names: tuple[str, ...], size: Interval, mains: dict[tuple[str, ...], Interval]) -> str:
    """Say whether two effects of one direction add up to more or to less than their sum."""
    own = [mains[name,] for name in names]
    ways = {(one.mean or 0.0) > 0 for one in own}
    if len(ways) > 1 or not all(one.is_clear for one in own):
        return "depend"
    return "more" if ((size.mean or 0.0) > 0) in ways else "less"


def _of_levels(result: Levels, response: str, reader: Reader) -> str:
    clear = [term for term in result.terms if is_shown(result, term.term)]
    clear.sort(key=lambda term: -(0.0 if math.isnan(term.share) else term.share))
    known = bool(clear) and not math.isnan(clear[0].share)
    amount = reader.say("sensitivity share between", share=_percent(clear[0].share, reader)) if known else "–"
    words = _said([t.term for t in result.terms], [t.term for t in clear], amount, response, reader)
    bends = [
        trend.term for trend in result.trends if len(trend.term) == 1 and trend.degrees[0] > 1 and trend.size.is_clear
    ]
    return words + _more("middle", list(dict.fromkeys(bends)), reader, "bending")
