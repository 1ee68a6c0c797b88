"""Changed scenarios: values are kept to the last bit, today's is what the model uses, and unknown places are said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError, UsageError
from sim.parameters import PARAMETERS
from sim.scenario.changes import Base, Field
from sim.scenario.files import shipped_names
from sim.scenario.load import load_scenario
from sim.units import FASTEST_PER_HOUR, LONGEST_HOURS

LEVANTE = Base("levante")
VALUES = {
    "share": st.floats(0, 1),
    "work time": st.floats(0, LONGEST_HOURS),
    "calendar time": st.floats(0, LONGEST_HOURS),
    "rate": st.floats(0, FASTEST_PER_HOUR),
    "number": st.floats(-1e15, 1e15),
    "money": st.floats(-1e15, 1e15),
    "count": st.integers(-(10**15), 10**15),
    "word": st.text(min_size=1, max_size=9),
    "flag": st.booleans(),
}

# Values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", VALUES)
@given(data=st.data())
def test_a_value_written_and_read_is_the_same_to_the_last_bit(unit, data):
    value = data.draw(VALUES[unit])
    field = Field("a", unit, None)
    again = field.read(field.written(value))
    assert again == value
    assert type(again) is type(value)
    assert not isinstance(value, float) or math.copysign(1, again) == math.copysign(1, value) or value == 0


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("cooperation.trust", VALUES["share"]),
        ("routes.standard.advice.work.mean", st.floats(0.01, 10)),
        ("demand.season.amplitude", st.floats(0, 0.9)),
        ("patience.scale", st.floats(0.01, 9_999)),
        ("churn.hazard", st.floats(1e-9, 0.01)),
        ("demand.customers", st.integers(1, 5000)),
        ("departments.sales.staff", st.integers(1, 99)),
        ("time.horizon", st.floats(200, 9_000)),
        ("economics.pay", st.floats(1, 99)),
        ("cooperation.pairs.billing->sales.trust", VALUES["share"]),
        ("routes.standard.advice.needs.#2.probability", st.floats(0, 0.2)),
        ("departments.support.cooperation.responsiveness", VALUES["share"]),
    ],
)
@given(data=st.data())
def test_a_value_given_to_a_scenario_is_there_to_the_last_bit(path, values, data):
    value = data.draw(values)
    field = LEVANTE.field(path)
    changed = LEVANTE.fixed({path: field.written(value)})
    assert changed.field(path).today == value
    assert changed.scenario == LEVANTE.changed({path: field.written(value)})
    assert LEVANTE.scenario == load_scenario("levante")


def test_nothing_else_changes():
    changed = LEVANTE.changed({"departments.sales.staff": 11, "cooperation.trust": 0.25}).model_dump()
    today = LEVANTE.scenario.model_dump()
    assert (changed["departments"]["sales"].pop("staff"), changed["cooperation"].pop("trust")) == (11, 0.25)
    today["departments"]["sales"].pop("staff")
    today["cooperation"].pop("trust")
    assert changed == today
    assert LEVANTE.changed({}) is LEVANTE.scenario
    assert LEVANTE.fixed({}) is LEVANTE


def test_words_and_flags():
    assert LEVANTE.field("routes.standard.advice.quotes") == Field("routes.standard.advice.quotes", "flag", False)
    assert LEVANTE.field("departments.sales.discipline").choices == ("cooperative", "fifo", "priority")
    assert LEVANTE.field("start").today == "2024-01-01"
    assert LEVANTE.changed({"start": "2025-03-01"}).start.year == 2025
    assert LEVANTE.field("calendars.office.weekdays") == Field("calendars.office.weekdays", "word", "9:00-17:00")
    assert LEVANTE.field("calendars.office.saturday").today is None
    assert Base("theory/mm1").field("start").today == Base("theory/mm1").scenario.start.isoformat()
    assert not any(LEVANTE.field(path).is_number for path in ("start", "calendar", "routes.standard.advice.quotes"))
    assert LEVANTE.field("time.horizon").is_number
    frozen = LEVANTE.field("demand.frozen")
    assert LEVANTE.changed({"demand.frozen": frozen.read("after warm-up")}).demand.frozen == "after warm-up"


@pytest.mark.parametrize(
    ("unit", "text", "says"),
    [
        ("flag", "perhaps", "got 'perhaps'; must be true or false"),
        ("flag", 1, "got 1; must be true or false"),
        ("word", 3, "got 3; a word belongs here"),
        ("word", [1], "got a list; a word belongs here"),
        ("share", "2", "allowed: 0 to 1"),
        ("count", 2.5, "got 2.5; write a whole number"),
        ("rate", 3, "without 'per'"),
        ("number", "x", "got 'x'; write a number without unit"),
    ],
)
def test_what_cannot_stand_there_is_said(unit, text, says):
    with pytest.raises(ValueError, match=says.replace("(", r"\(")):
        Field("a", unit, None).read(text)


# Today ----------------------------------------------------------------------------------------------------


def places_of(company):
    """Yield the places of every parameter of the registry, with the value that the model uses."""
    for name, entry in PARAMETERS.items():
        if entry.group == "departments" or getattr(company, entry.group, None) is None:
            continue
        spots = [(name, {})]
        if entry.level in ("department", "pair"):
            spots += [(f"departments.{d}.{name}", {"department": d}) for d in company.departments]
        if entry.level == "pair" and len(company.departments) > 1:
            one, other = (*company.departments, *company.departments)[:2]
            spots += [
                (f"cooperation.pairs.{a}->{b}.{entry.key}", {"pair": (a, b)}) for a, b in ((one, other), (other, one))
            ]
        for path, where in spots:
            try:
                yield path, company.parameter(name, **where)
            except ValueError:
                yield path, None


@pytest.mark.parametrize("name", ["levante", "cadena", "theory/mm1"])
def test_today_is_what_the_model_uses(name):
    base = Base(name)
    checked = 0
    for path, value in places_of(base.scenario):
        try:
            today = base.field(path).today
        except UsageError:
            continue  # Not every parameter of a department has its place in one.
        assert today == (None if value is None or math.isinf(value) else value), path
        checked += 1
    assert checked > 20


def test_a_mechanism_that_is_off_has_no_today():
    assert load_scenario("theory/mm1").morale is None
    base = Base("theory/mm1")
    assert base.field("morale.start").today is None
    department = next(iter(base.scenario.departments))
    assert base.field(f"departments.{department}.morale.backing").today is None


@pytest.mark.parametrize("name", shipped_names())
def test_every_number_of_every_shipped_scenario_can_be_written_back(name):
    """Each field that a file sets, written as it is today, gives the same company."""
    base = Base(name)
    found = {}

    def walk(node, path):
        if isinstance(node.value, dict):
            for key, child in node.value.items():
                walk(child, [*path, key])
        elif isinstance(node.value, list):
            for number, child in enumerate(node.value, 1):
                step = child.value.get("step") if isinstance(child.value, dict) else None
                if isinstance(child.value, dict):
                    walk(child, [*path, step.value if step is not None else f"#{number}"])
        elif path[-1] not in ("en", "es") and path != ["name"]:
            field = base.field(".".join(path))
            assert field.today is not None, field.path
            found[field.path] = field.written(field.today)

    walk(base._tree, [])
    assert len(found) > 5
    assert base.changed(found).model_dump() == base.scenario.model_dump()


# Unknown places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("departments.wharehouse.staff", "there is no 'wharehouse' among the departments. Did you mean 'warehouse'?"),
        ("routes.standrd.advice.work.mean", "there is no 'standrd' among the routes. Did you mean 'standard'?"),
        ("routes.standard.advise.work.mean", "there is no 'advise' in this list. Did you mean 'advice'?"),
        ("routes.standard.advice.needs.#9.probability", "there is no '#9' in this list. "),
        ("calendars.offce.monday", "there is no 'offce' among the calendars. Did you mean 'office'?"),
        ("departments.warehouse.stff", "there is no 'stff' here. Did you mean 'staff'?"),
        ("departments.warehouse.staff.x", "What stands before '.x' is a single value; end there."),
        ("departments.warehouse.stff.x", "there is no 'stff' here. Did you mean 'staff'?"),
        (
            "departments.warehouse",
            "holds more than one value; a single number or word can be varied; go on with: label,",
        ),
        ("departments", "holds more than one value"),
        ("routes.standard", "go on with: quote, advice, picking, invoice."),
        ("routes.standard.advice.needs", "go on with: #1, #2."),
        ("promise", "holds more than one value"),
        ("depatments.sales.staff", "there is no 'depatments' in a scenario. Did you mean 'departments'?"),
        ("", "there is no '' in a scenario."),
        ("name", "words for people stand there"),
        ("description.es", "words for people stand there"),
        ("departments.sales.label.en", "words for people stand there"),
        ("extends", "there is no 'extends' in a scenario"),
    ],
)
def test_an_unknown_place_is_said_with_the_nearest(path, says):
    with pytest.raises(UsageError) as caught:
        LEVANTE.field(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_what_is_impossible_there_is_said_with_where_it_comes_from():
    with pytest.raises(InputError, match=r"^mine, departments\.sales\.staff: got 0; must be at least 1"):
        LEVANTE.changed({"departments.sales.staff": 0}, "mine")
    with pytest.raises(InputError, match=r"^scenarios/levante\.yaml, departments\.sales\.staff: got 0"):
        LEVANTE.changed({"departments.sales.staff": 0})
    with pytest.raises(InputError, match=r"there, start: got x; write a day"):
        LEVANTE.changed({"time.horizon": "1 year", "start": "x"}, {"time.horizon": "here", "start": "there"})
    with pytest.raises(InputError, match=r"got true; "):
        LEVANTE.changed({"departments.sales.staff": True}, "mine")


def test_a_file_of_orders_stays_beside_the_scenario(tmp_path):
    (tmp_path / "orders.csv").write_text("placed\n2024-01-02 10:00\n", encoding="utf-8")
    name = next(name for name in shipped_names() if load_scenario(name).demand.kind == "file")
    changed = Base(name).changed({"promise.house": "9 h"})
    assert changed._folder == load_scenario(name)._folder
    assert changed.place == load_scenario(name).place


def test_what_a_pair_leaves_out_is_the_senders():
    base = LEVANTE.fixed({"departments.sales.cooperation.trust": 0.21})
    assert base.field("cooperation.pairs.sales->billing.trust").today == 0.21
    assert base.field("cooperation.pairs.billing->sales.trust").today == base.scenario.parameter("cooperation.trust")
