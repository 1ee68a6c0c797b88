"""Whatever a file holds, the answer is a scenario or a message for people."""
# ruff: noqa: E501 - one broken file to a line reads as a table

import os
import re
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario import load_scenario, scenario_from_data, scenario_from_text
from tests.scenario.small import TEXT, broken

NEVER = re.compile(r"Traceback|pydantic|Input should|validation error|https?://|0x[0-9a-f]{6,}|Error\(")


def message(text: str | bytes, tmp_path: Path) -> str:
    file = tmp_path / "company.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError) as caught:
        load_scenario(file)
    said = str(caught.value)
    assert caught.value.exit_code == 3
    assert not NEVER.search(said), said
    assert said.startswith(str(file)), said
    return said.replace(str(file), "company.yaml")


def many(depth: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, depth)]
    return "\n".join(lines)


TEXTS = {
    "empty": (b"", "empty", "write"),
    "only a comment": (b"# nothing\n", "empty", "write"),
    "a list at the top": ("- a\n- b\n", "got a list at the top", "a mapping is needed"),
    "a word at the top": ("hello\n", "got a single value at the top", "a mapping is needed"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "got zero bytes", "save it as UTF-8"),
    "not UTF-8": (b"name: a\nlabel: caf\xe9\n", "line 2: got the byte 0xe9", "save it as UTF-8"),
    "UTF-16": ("name: a".encode("utf-16"), "company.yaml", "UTF-8"),
    "too large": (b"name: a\n" + b"#" * 1_100_000, "larger than 1,000,000 bytes", "at most 1 MB"),
    "open bracket": ("name: [a\n", "line 2, column 1: not valid YAML", "brackets"),
    "bad indentation": ("name: a\n  b: c\n", "line 2, column 4: not valid YAML", "indentation"),
    "tab": ("time:\n\thorizon: 1 year\n", "line 2, column 1: not valid YAML", "spaces"),
    "two documents": ("name: a\n---\nname: b\n", "line 2", "one document is allowed"),
    "open quote": ("name: 'a\n", "not valid YAML", "quotes"),
    "control character": (b"name: a\x07b\n", "control character", "only text is allowed"),
    "impossible escape": ('name: "\\UFFFFFFFF"\n', "line 1", "not valid YAML"),
    "escape sequence": (
        'name: "\\e[31mred"\n',
        "line 1, column 7: the invisible character '\\x1b'",
        "visible text",
    ),
    "surrogate": ('name: "\\ud800"\n', "line 1, column 7: the invisible character", "visible text"),
    "text that runs backwards": ("name: a\u202eb\n", "line 1, column 7: the invisible", "visible text"),
    "repeated key": (
        "name: a\ntime: {}\nname: b\n",
        "line 3, column 1: the key 'name' twice",
        "(first on line 1)",
    ),
    "repeated key inside": (broken("staff: 3", "staff: 3\n    staff: 4"), "line 9", "first on line 8"),
    "python object": (
        "name: !!python/object/apply:os.system [ls]\n",
        "line 1, column 7: the tag",
        "remove it",
    ),
    "unknown tag": ("name: !secret a\n", "the tag '!secret'", "remove it"),
    "set": ("name: !!set {a, b}\n", "the tag", "remove it"),
    "alias bomb": (many(9), "values (aliases written out) found", "make the file smaller"),
    "too many aliases": (
        "a: &a b\nc: [" + "*a, " * 101 + "]\n",
        "more than 100 aliases",
        "write the values out",
    ),
    "unknown alias": ("name: *nobody\n", "not valid YAML", "anchor"),
    "contains itself": ("a: &a {b: *a}\n", "a value that contains itself", "write it out"),
    "merge key": ("a: &a {b: c}\nd:\n  <<: *a\n", "line 3, column 3: a merge key", "extends"),
    "deep lists": ("name: " + "[" * 5000, "more than 40 levels", "brackets"),
    "deep mappings": (
        "".join(" " * i + f"k{i}:\n" for i in range(200)),
        "more than 40 levels",
        "indentation",
    ),
    "list as a key": ("? [a, b]\n: c\n", "a list or mapping as a key", "a key is a word"),
    "long number": ("name: " + "9" * 5000, "a number of more than 18 digits", "write a smaller number"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_broken_yaml(case: str, tmp_path: Path) -> None:
    text, *expected = TEXTS[case]
    said = message(text, tmp_path)
    for words in expected:
        assert words in said, said


FIELDS = {
    "zero staff": ("staff: 3", "staff: 0", "line 8, departments.sales.staff: got 0; must be at least 1.", "calendar"),
    "half a person": ("staff: 3", "staff: 2.5", "got 2.5; write a whole number", "such as 3"),
    "staff in words": ("staff: 3", "staff: three", "departments.sales.staff: got three; write a whole number", "3"),
    "staff as a list": ("staff: 3", "staff: [3]", "departments.sales.staff: got a list", "whole number"),
    "staff not said": ("staff: 3", "staff:", "departments.sales.staff: got nothing", "whole number"),
    "staff not a number": ("staff: 3", "staff: .nan", "got .nan", "whole number"),
    "staff without end": ("staff: 3", "staff: .inf", "got .inf", "whole number"),
    "staff yes": ("staff: 3", "staff: true", "got true", "whole number"),
    "huge staff": ("staff: 3", "staff: 1000000", "got 1000000; must be at most 100000", "People"),
    "unknown key": ("staff: 3", "staf: 3", "line 8, departments.sales.staf: got the key 'staf'", "Did you mean 'staff'?"),
    "missing key": ("    staff: 3\n", "    {}\n", "departments.sales.staff: nothing given", "write for example 'staff: 3'"),
    "unknown key at the top": ("promise: {", "promises: {", "promises: got the key 'promises'", "Did you mean 'promise'?"),
    "unknown parameter": ("completeness: 0.8", "completness: 0.8", "cooperation.completness", "'completeness'"),
    "name with a space": ("  warehouse:\n", "  ware house:\n", "departments.ware house: got the key", "must be a name"),
    "department a number": ("sales:\n    staff: 3", "sales: 3", "departments.sales: got 3; must be a mapping", "staff"),
    "no departments": (TEXT[TEXT.index("departments:\n") : TEXT.index("routes:")], "departments: {}\n", "line 6, departments: got an empty mapping", "at least 1"),
    "routes a list": (TEXT[TEXT.index("routes:\n") : TEXT.index("orders:")], "routes: [1]\n", "routes: got a list; must be a mapping", "indent"),
    "route a mapping": (TEXT[TEXT.index("  main:\n") : TEXT.index("orders:")], "  main: {step: a}\n", "routes.main: got a mapping; must be a list", "'- '"),
    "unknown unit": ("mean: 50 min", "mean: 50 m", "routes.main.pick.work.mean: got the unit 'm'", "s, min, h"),
    "no unit": ("mean: 50 min", "mean: 50", "got 50 without a unit", "write '12 min'"),
    "calendar time as work": ("mean: 50 min", "mean: 3 weeks", "got the unit 'weeks'", "working days"),
    "negative": ("mean: 50 min", "mean: -50 min", "got -50 min; a duration must not be negative", "'12 min'"),
    "far too long": ("mean: 2 days", "mean: 1e300 years", "got 1e300 years; a duration must be at most", "years"),
    "overflow": ("mean: 2 days", "mean: 1e999 h", "got 1e999 h; write a finite number", "3 weeks"),
    "spaces without end": ("mean: 2 days", "mean: '2" + " " * 30_000 + "!'", "time.mean: got '2", "number with its unit"),
    "share above one": ("probability: 10 %", "probability: 110 %", "needs.#1.probability: got 110 %", "0 % to 100 %"),
    "decimal comma": ("share: 0.8", "share: '0,8'", "orders.usual.share: got '0,8'", "40 %"),
    "rate without per": ("12 per year", "12", "demand.orders_per_customer: got 12 without 'per'", "'12 per year'"),
    "rate a mapping": ("12 per year", "{a: 1}", "demand.orders_per_customer: got a mapping", "'12 per year'"),
    "unknown kind": ("kind: customers", "kind: custom", "demand.kind: got custom; must be one of customers, stream, file", "write"),
    "no kind": ("  kind: customers\n", "", "demand.kind: got nothing; must be one of customers", "write"),
    "demand a word": (TEXT[TEXT.index("demand:\n") : TEXT.index("promise:")], "demand: high\n", "line 32, demand: got high; must be a mapping with 'kind'", "customers, stream, file"),
    "unknown family": ("distribution: exponential", "distribution: exponental", "got exponental; must be one of", "'exponential'?"),
    "no cv": ("work: {mean: 50 min, cv: 1}", "work: {mean: 50 min}", "main.pick.work: a lognormal", "write for example 'cv: 0.8'"),
    "neither work nor transport": ("transport: van, time: {mean: 2 days, cv: 0.5}, ", "", "routes.main.carry: a step has either", "'transport' with 'time'"),
    "next a number": ("next: pick", "next: 7", "quote_again.next: got 7; must be text", "quotes"),
    "next a list": ("next: pick", "next: [pick]", "quote_again.next: got a list", "next step"),
    "next empty": ("next: {carry: 0.9, quote_again: 0.1}", "next: {}", "pick.next: got probabilities that add up to 0 %", "100 %"),
    "delivers maybe": ("delivers: true", "delivers: maybe", "carry.delivers: got maybe; must be true or false", "delivered"),
    "opening hours": ("weekdays: 9:00-17:00", "weekdays: 9-17", "calendars.office.weekdays: got 9-17", "9:00-17:00"),
    "opening hours sexagesimal": ("weekdays: 9:00-17:00", "weekdays: 9:00", "weekdays: got 9:00; write opening", "9:00-17:00"),
    "hours that fall": ("weekdays: 9:00-17:00", "weekdays: 17:00-9:00", "got 17:00-9:00; times must rise", "0:00 to 24:00"),
    "holiday": ("12-25]", "12-32]", "calendars.office.holidays: got the day '12-32'", "every year"),
    "holidays a word": ("[2024-01-06, 12-25]", "christmas", "holidays: got christmas", "list of days"),
    "short profile": ("{calendar: office, share_inside: 80 %}", "{hours: [1, 2]}", "profile.hours: got a list; must have at least 24 entries", "Relative"),
    "half a profile": ("{calendar: office, share_inside: 80 %}", "{calendar: office}", "demand.profile: write either 'calendar'", "24 numbers"),
    "parameter out of range": ("completeness: 0.8", "clarification: 2000 h", "cooperation.clarification: got 2000 h; must be between 0 h and 1000 h", "relevo explain"),
    "horizon too long": ("horizon: 1 year", "horizon: 200 years", "line 5, time.horizon: got 200 years; must be at most 100 years", "Measured"),
    "start": ("calendar: office\ntime", "start: 2024-02-30\ncalendar: office\ntime", "line 4, start: got 2024-02-30", "2024-01-01"),
    "start a number": ("calendar: office\ntime", "start: 0\ncalendar: office\ntime", "start: got 0; write a day", "2024-01-01"),
    "far start": ("calendar: office\ntime", "start: 9999-01-01\ncalendar: office\ntime", "start: got 9999-01-01; write a day from 1900", "2200"),
    "name a number": ("name: small", "name: 2024", "line 1, name: got 2024; must be text", "quotes"),
    "name a date key": ("name: small", "2024-01-01: small", "got the key '2024-01-01'", "not known"),
    "no currency": ("name: small", "name: small\ncurrency: ''", "currency: got ''; must have at least 1 characters", "money"),
}  # fmt: skip


@pytest.mark.parametrize("case", FIELDS)
def test_broken_fields(case: str, tmp_path: Path) -> None:
    old, new, *expected = FIELDS[case]
    said = message(broken(old, new), tmp_path)
    for words in expected:
        assert words in said, said


FITS = {
    "unknown department": ("department: warehouse", "department: wharehouse", "routes.main.pick.department: got wharehouse", "Did you mean 'warehouse'?"),
    "need from nobody": ("from: support", "from: suport", "needs.#1.from: got suport", "Did you mean 'support'?"),
    "need from itself": ("from: support", "from: warehouse", "needs.#1.from: got warehouse, the step's own", "add the work"),
    "passed on to nobody": ("work: {mean: 6 min, cv: 1}", "work: {mean: 6 min, cv: 1}, passed_on: {to: xyz, probability: 0.5, work: {mean: 1 h, cv: 1}}", "passed_on.to: got xyz", "Known: sales, support, warehouse"),
    "passed on to itself": ("work: {mean: 6 min, cv: 1}", "work: {mean: 6 min, cv: 1}, passed_on: {to: support, probability: 0.5, work: {mean: 1 h, cv: 1}}", "pass it on to itself", "another"),
    "complaints to nobody": ("complaints: {department: support", "complaints: {department: sup", "complaints.department: got sup", "'support'"),
    "training of nobody": ("[sales, support]", "[sales, sopport]", "cross_training.departments.#2: got 'sopport'", "'support'"),
    "three in pairs": ("[sales, support]", "[sales, support, warehouse]", "got 3 departments; pairs need an even number", "remove one"),
    "twice in training": ("[sales, support]", "[sales, sales]", "names a department twice", "remove one"),
    "training without list": ("pattern: pairs, departments: [sales, support]", "pattern: list", "goes with 'helps' only", "write"),
    "training of oneself": ("pattern: pairs, departments: [sales, support]", "pattern: list, helps: {sales: [sales]}", "helps.sales: must name other departments", "remove"),
    "pair malformed": ("sales->warehouse: {", "sales>warehouse: {", "cooperation.pairs.sales>warehouse: got the key", "'sender->receiver'"),
    "pair unknown": ("sales->warehouse: {", "sales->ware: {", "got 'ware' in the key", "'warehouse'"),
    "pair of one": ("sales->warehouse: {", "sales->sales: {", "a department with itself", "remove it"),
    "unknown calendar": ("calendar: office\ntime", "calendar: ofice\ntime", "line 4, calendar: got ofice", "Did you mean 'office'?"),
    "unknown calendar inside": ("calendar: always", "calendar: allways", "departments.support.calendar: got allways", "'always'"),
    "always redefined": ("  office: {weekdays: 9:00-17:00,", "  always: {}\n  office: {weekdays: 9:00-17:00,", "calendars.always: got the name 'always'", "another name"),
    "never opens": ("weekdays: 9:00-17:00", "weekdays: closed", "line 3, calendars.office: it never opens", "9:00-17:00"),
    "profile always": ("{calendar: office, share_inside", "{calendar: always, share_inside", "demand.profile.calendar: got always, which never closes", "name another"),
    "profile unknown": ("{calendar: office, share_inside", "{calendar: shop, share_inside", "demand.profile.calendar: got shop", "calendar"),
    "unknown route": ("{route: main, share: 0.8", "{route: mian, share: 0.8", "orders.usual.route: got mian", "Did you mean 'main'?"),
    "shares": ("share: 20 %", "share: 30 %", "orders: got shares that add up to 110 % (usual 80 %, rare 30 %)", "change 'share'"),
    "unknown next": ("next: pick", "next: pik", "quote_again.next: got 'pik'", "Did you mean 'pick'?"),
    "probabilities": ("carry: 0.9,", "carry: 0.8,", "pick.next: got probabilities that add up to 90 %", "change one"),
    "same name": ("step: quote_again", "step: pick", "got pick, the name of step 2 too", "rename one"),
    "step end": ("step: bill", "step: end", "got the name 'end'", "choose another name"),
    "unreachable": ("next: {carry: 0.9, quote_again: 0.1}", "next: carry", "main.quote_again: no order ever reaches this step", "remove it"),
    "endless": ("time: {mean: 2 days, cv: 0.5}, delivers: true", "time: {mean: 2 days, cv: 0.5}, next: pick", "never reach the end", "'end'"),
    "nearly endless": ("{carry: 0.9, quote_again: 0.1}", "{carry: 0.00001, quote_again: 0.99999}", "an order comes here 1e+05 times", "at most 1000"),
    "delivered twice": ("work: {mean: 50 min, cv: 1}\n", "work: {mean: 50 min, cv: 1}\n      delivers: true\n", "pick.delivers: an order could be delivered twice", "carry"),
    "invoiced twice": ("next: pick}", "next: pick, invoices: true}", "an order could be invoiced twice", "'bill'"),
    "quoted after delivery": ("invoices: true}", "quotes: true}", "bill.quotes: the promise would be made after delivery", "move 'quotes' up"),
    "quotes without a figure": ("promise: {house: 11 h}", "promise: {}", "quote.quotes: got a step that quotes, but nothing is promised", "'promise: {house: 11 h}'"),
    "unknown policy": ("promise: {", "policies: [{policy: cheklist}]\npromise: {", "policies.#1.policy: got cheklist", "'checklist'"),
    "policy twice": ("promise: {", "policies: [{policy: checklist}, {policy: checklist}]\npromise: {", "policies.#2.policy: got checklist twice", "remove"),
}  # fmt: skip


@pytest.mark.parametrize("case", FITS)
def test_what_does_not_fit_together(case: str, tmp_path: Path) -> None:
    old, new, *expected = FITS[case]
    said = message(broken(old, new), tmp_path)
    for words in expected:
        assert words in said, said


def test_the_unbroken_company_is_fine(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(TEXT)
    scenario = load_scenario(str(file))
    assert (scenario.place, scenario.folder) == (str(file), tmp_path)
    assert scenario.departments["support"].cooperation.responsiveness == 0.6


def test_all_problems_at_once_and_no_more_than_ten() -> None:
    text = broken("staff: 3", "staff: 0").replace("12 per year", "12")
    with pytest.raises(InputError, match=r"(?s)small\.yaml: 2 problems\n.*sales\.staff.*\n.*orders_per_customer"):
        scenario_from_text(text, "small.yaml")
    extra = "".join(f"  d{i}: {{staff: 0}}\n" for i in range(15))
    with pytest.raises(InputError, match=r"15 problems") as caught:
        scenario_from_text(broken("departments:\n", "departments:\n" + extra))
    assert str(caught.value).endswith("… and 5 more")
    assert len(str(caught.value).splitlines()) == 12


@pytest.mark.parametrize("name", ["levnte", "theory/mm11", "", "a" * 5000, "no\nsuch", "../levante", "./missing.yaml"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(name)
    assert not NEVER.search(str(caught.value))
    assert len(str(caught.value)) < 500


def test_paths_that_are_not_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="got a folder"):
        load_scenario(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        load_scenario(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="cannot be read"):
        load_scenario(tmp_path / ("x" * 400 + ".yaml"))
    with pytest.raises(InputError):
        load_scenario("nul\0.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="not a file"):
        load_scenario(tmp_path / "pipe.yaml")


def test_plain_data_gets_the_same_messages() -> None:
    with pytest.raises(InputError, match=r"notebook, name: got nothing") as caught:
        scenario_from_data({"name": None, "staff": 10**400, "time": object()}, "notebook")
    assert not NEVER.search(str(caught.value))


def test_a_file_of_nothing_but_values_is_refused_early(tmp_path: Path) -> None:
    said = message("a: [" + "b," * 60_000 + "]\n", tmp_path)
    assert "line 1" in said
    assert "more than 50,000 values found; not allowed here; make the file smaller." in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: small", "'[key]': small", r"\[key\]: got the key '\[key\]'; it is not known here"),
        ("  warehouse:\n", "  '[key]':\n", r"departments\.\[key\]: got the key '\[key\]'; must be a name"),
        ("    staff: 3", "    '[key]': 3", r"departments\.sales\.\[key\]: got the key"),
        ("kind: customers", "kind: '[key]'", r"demand\.kind: got '\[key\]'"),
    ],
)
def test_keys_that_look_like_marks_of_the_validator(old: str, new: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        scenario_from_text(broken(old, new))


def test_data_that_contains_itself() -> None:
    data: dict[str, object] = {}
    data["time"] = data
    with pytest.raises(InputError, match="levels of nesting"):
        scenario_from_data(data)
