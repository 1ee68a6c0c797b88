"""`relevo explain --assumptions`: what a result rests on, worst evidence first, and nothing that has no effect."""

import io
import json
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli.main import main
from experiments.show import text
from experiments.show.assumptions import TEXTS, WORDED_SOURCES, page, value_text
from sim.parameters import PARAMETERS
from sim.scenario.assumptions import GRADES, OFF_BY_DEFAULT, USED_BY, premises
from sim.scenario.files import shipped_names
from sim.scenario.load import load_scenario, scenario_from_data
from tests.cli.test_commands import ROOT, relevo


def listed(scenario):
    """The premises of a variation, by name."""
    return {p.parameter.name: p for p in premises(scenario_from_data(scenario))}


def lines_of(shown):
    """The first line of every parameter: name -> the rest."""
    return dict(re.findall(r"^ ([a-z]+\.[a-z_]+) +(\S.*)$", shown, flags=re.MULTILINE))


def test_every_parameter_has_one_mechanism_that_reads_it():
    names = [name for group in USED_BY.values() for name in group]
    assert sorted(names) == sorted(PARAMETERS)
    assert set(OFF_BY_DEFAULT) <= set(PARAMETERS)
    assert {PARAMETERS[name].grade for name in OFF_BY_DEFAULT} == {"-"}


def test_every_text_is_there_in_both_languages_with_the_same_places():
    for name, (english, spanish) in TEXTS.items():
        assert english.strip(), name
        assert spanish.strip(), name
        fields = [sorted(f for _, f, _, _ in string.Formatter().parse(t) if f) for t in (english, spanish)]
        assert fields[0] == fields[1], name
    assert all(source in TEXTS for source in WORDED_SOURCES)
    assert {p.source for p in PARAMETERS.values() if " " not in p.source or p.grade == "-"} <= set(WORDED_SOURCES)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_says_what_its_results_rest_on(name, language):
    result = relevo("explain", "--assumptions", name, "--lang", language)
    assert (result.exit_code, result.stderr) == (0, "")
    found = premises(load_scenario(name))
    shown = lines_of(result.stdout)
    assert list(shown) == [p.parameter.name for p in found]
    for p in found:
        assert p.parameter.meaning(language).split()[0] in result.stdout
        assert "given" not in shown[p.parameter.name] or language == "en"
    assert load_scenario(name).label[language] in result.stdout.splitlines()[0]


def test_worst_grades_come_first_and_the_headline_counts_them():
    data = json.loads(relevo("explain", "--assumptions", "levante", "--json").stdout)
    grades = [number["grade"] for number in data["numbers"]]
    assert grades == sorted(grades, key=GRADES.index)
    assert grades[0] == "D"
    assert {"D", "C", "B", "A", "-"} == set(grades)
    counts = data["counts"]
    assert {g: counts[g] for g in GRADES} == {g: grades.count(g) for g in GRADES}
    assert counts["numbers"] == len(grades)
    own = [n["name"] for n in data["numbers"] if n["grade"] == "D" and n["origin"] == "given" and not n["as_default"]]
    assert own == ["satisfaction.start", "churn.hazard"]
    assert counts["assumptions"] == counts["D"] - len(own)
    headline = relevo("explain", "--assumptions", "levante").stdout.splitlines()[1]
    assert headline.startswith(f"{counts['assumptions']} of {counts['numbers']} numbers are assumptions (grade D).")
    spanish = relevo("explain", "--assumptions", "levante", "--lang", "es").stdout.splitlines()[1]
    assert spanish.startswith(f"{counts['assumptions']} de {counts['numbers']} números son suposiciones (grado D).")


def test_what_a_file_gives_appears_as_given_with_its_value(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: theory/rolled\nname: mine\n"
        "cooperation:\n  detection: 65 %\n  pairs: {a->b: {trust: 20 %}, g->a: {trust: 1 %}}\n"
        "departments: {a: {service: {pace: 1.5}}}\nsatisfaction: {long_wait: 21.1 days}\n",
        encoding="utf-8",
    )
    result = relevo("explain", "--assumptions", file)
    assert result.exit_code == 0, result.stderr
    shown = {name: " ".join(line.split()) for name, line in lines_of(result.stdout).items()}
    assert shown["cooperation.detection"] == "65 % given (D)"
    assert shown["cooperation.completeness"] == "90 % given (B)"
    assert shown["cooperation.find_later"] == "60 % default (D)"
    assert shown["satisfaction.long_wait"] == "21.1 days given (D)"
    assert shown["service.pace"] == "1 – 1.5 default; given for 1 of 7 departments"
    # Each of a to f may be blamed by all who come after it: 6 + 5 + … + 1; nobody hands over from g to a.
    assert shown["cooperation.trust"] == "20 % – 50 % default (D); given for 1 of 21 pairs"
    spanish = lines_of(relevo("explain", "--assumptions", file, "--lang", "es").stdout)
    assert spanish["cooperation.detection"].split(maxsplit=2)[2] == "dado (D)"


def test_a_value_like_the_default_keeps_the_grade_of_the_default():
    same = listed({"extends": "levante", "economics": {"pay": 32, "margin": "61 %"}})
    assert same["economics.pay"].rests_on_default
    assert same["economics.pay"].given == 1
    assert not same["economics.margin"].rests_on_default


@pytest.mark.parametrize(
    ("without", "gone", "kept"),
    [
        ({"churn": None}, ["churn.hazard", "churn.walkout"], ["satisfaction.start"]),
        ({"churn": {"hazard": 0}}, ["churn.slope", "churn.reference"], ["churn.hazard", "churn.walkout"]),
        ({"newcomers": None}, ["newcomers.referral", "newcomers.saturation"], ["churn.hazard"]),
        ({"demand": {"frozen": True}}, ["newcomers.referral", "newcomers.marketing"], ["churn.hazard"]),
        ({"patience": None}, ["patience.scale", "satisfaction.abandoned"], ["satisfaction.start"]),
        ({"enquiries": None}, ["cooperation.visibility", "cooperation.enquiry_interval"], ["cooperation.setup"]),
        ({"complaints": None}, ["problems.quick", "problems.stay_quickly_minor"], ["problems.stay_unsatisfied_minor"]),
        (
            {"demand": {"kind": "stream", "rate": "1 per h"}},
            ["churn.hazard", "satisfaction.start"],
            ["satisfaction.floor"],
        ),
        (
            {"cooperation": {"completeness": 1, "pairs": None}},
            ["cooperation.detection", "cooperation.trust", "cooperation.clarification", "problems.serious"],
            ["cooperation.completeness", "cooperation.setup", "problems.told_minor"],
        ),
        (
            {"cooperation": {"detection": 1}},
            ["cooperation.find_later", "cooperation.redo_share"],
            ["cooperation.clarification"],
        ),
        ({"cooperation": {"trust": 1}}, ["cooperation.dispute"], ["cooperation.trust", "cooperation.redo_share"]),
        ({"cooperation": {"find_later": 1}}, ["problems.told_serious"], ["problems.told_minor"]),
        (
            {},
            ["helping.efficiency", "promise.gain", "promise.loss_per_day", "cooperation.agreed_age"],
            ["promise.customary"],
        ),
        ({}, ["service.attention", "service.overhead"], ["cooperation.responsiveness", "cooperation.incomplete_cap"]),
        ({"pressure": None}, ["pressure.residence", "pressure.corners"], ["pressure.memory", "morale.late"]),
        (
            {"pressure": None, "morale": None},
            ["pressure.memory", "pressure.failures_cap", "morale.backing", "morale.resignations"],
            ["learning.time", "turnover.rate", "cooperation.incomplete_cap"],
        ),
        ({"learning": None}, ["learning.tenure", "turnover.premium", "turnover.damage"], ["turnover.search"]),
        (
            {"turnover": None, "hiring": None},
            ["turnover.rate", "turnover.cover", "turnover.due", "morale.vacancies", "morale.resignations"],
            ["learning.start", "absence.weekly"],
        ),
        ({"hiring": None}, ["turnover.due"], ["turnover.without_request"]),
        ({"absence": None}, ["absence.weekly"], ["turnover.rate"]),
        ({}, ["improvement.half_life", "learning.retention", "pressure.helping"], ["pressure.residence"]),
        ({"improvement": {"capacity": 3}}, [], ["improvement.half_life", "improvement.floor"]),
        ({"helping": {"trained_share": 1}}, [], ["learning.retention", "pressure.helping"]),
    ],
)
def test_a_mechanism_that_is_not_used_does_not_appear(without, gone, kept):
    found = listed({"extends": "levante", **without})
    assert [name for name in gone if name in found] == []
    assert [name for name in kept if name not in found] == []


def test_what_is_not_listed_has_no_effect_when_it_is_changed():
    from sim.run import RunSpec, run

    short = {"extends": "levante", "time": {"warm_up": 0, "horizon": "4 weeks", "drain": "4 weeks"}}

    def metrics(**changes):
        return repr(run(RunSpec(scenario_from_data({**short, **changes}), tables=("runs",))).metrics)

    base = metrics()
    silent = PARAMETERS.keys() - listed(short).keys() - {*OFF_BY_DEFAULT}
    assert len(silent) > 8
    for name in silent:
        entry = PARAMETERS[name]
        changed = {"work time": f"{entry.default + 3} h"}.get(entry.unit, min(entry.high, 0.2))
        assert metrics(**{entry.group: {entry.key: changed}}) == base, name
    assert metrics(promise={"customary": "30 h"}) != base


def test_what_is_switched_on_appears():
    found = listed({"extends": "levante", "helping": {"trained_share": "50 %"}, "promise": {"customary": "6 h"}})
    assert {"helping.trained_share", "helping.efficiency", "promise.loss_per_day", "promise.customary"} <= found.keys()
    assert "promise.loss_curvature" not in found  # Half a day beyond what is customary costs no curvature yet.
    assert "promise.loss_curvature" in listed({"extends": "levante", "promise": {"house": "40 h", "customary": "6 h"}})


def test_policies_of_the_scenario_itself_count(tmp_path):
    file = tmp_path / "visible.yaml"
    policies = "[{policy: capacity_visibility}, {policy: cross_training, intensity: 0}]"
    file.write_text(f"extends: levante\nname: visible\npolicies: {policies}\n", encoding="utf-8")
    result = relevo("explain", "--assumptions", file)
    shown = lines_of(result.stdout)
    assert {"promise.gain", "promise.memory", "promise.loss_curvature", "service.attention"} <= shown.keys()
    assert "helping.efficiency" not in shown
    assert shown["promise.level"].endswith("default (D); moved by capacity_visibility")
    assert "capacity_visibility (A)." in result.stdout


def test_departments_that_nobody_asks_have_no_say():
    """Where nobody is hired nobody asks human resources: how fast they answer colleagues matters to no result."""
    nobody = {"turnover": None, "hiring": None}
    base, changed = (
        listed({"extends": "levante", **nobody, "departments": {"hr": {"cooperation": {"responsiveness": r}}}})
        for r in (0, 1)
    )
    assert base["cooperation.responsiveness"].values == changed["cooperation.responsiveness"].values
    assert len(base["cooperation.responsiveness"].values) == 7


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--assumptions", "levnte"], 3, "Did you mean 'levante'?"),
        (["--assumptions", "missing.yaml"], 3, "missing.yaml"),
        (["--assumptions", "levante", "--metrics"], 2, "got both --metrics and --assumptions; give one of them"),
        (["--assumptions", "levante", "parity"], 2, "got both a name and --assumptions; give one of them"),
        (["--assumptions", "parity"], 2, "'parity' is a policy; a scenario is needed"),
        (["--assumptions", "cooperation.trust"], 2, "'relevo explain cooperation.trust' explains"),
        (["--assumptions"], 2, "requires an argument"),
        (["trust", "--json"], 2, "--json goes with --assumptions"),
    ],
)
def test_mistakes_get_a_remedy(words, code, said):
    result = relevo("explain", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_terminal_of_100_columns_is_wide_enough(monkeypatch, language):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("COLUMNS", "100")
    stream = Terminal()
    found = premises(load_scenario("levante"))
    text.show(*page("Levante", found, {}, "EUR", language), stream=stream)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in stream.getvalue().splitlines()]
    assert max(map(len, lines)) <= 100
    assert len(lines_of("\n".join(lines))) == len(found)
    assert "\x1b" not in CliRunner().invoke(main, ["explain", "--assumptions", "levante", "--lang", language]).stdout


def test_nothing_heavy_is_imported():
    heavy = ["numba", "pandas", "scipy", "pyarrow", "simpy", "sim.engines", "sim.arrays"]
    program = (
        "import sys; sys.argv = ['relevo', 'explain', '--assumptions', 'levante']\n"
        "from experiments.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('HEAVY', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_json_is_complete_and_names_the_scenario():
    from experiments.run.provenance import content_hash

    data = json.loads(relevo("explain", "--assumptions", "levante", "--json", "--lang", "es").stdout)
    assert data["sha256"] == content_hash(load_scenario("levante"))
    numbers = {number["name"]: number for number in data["numbers"]}
    trust = numbers["cooperation.completeness"]
    assert (trust["low"], trust["high"], trust["places"], trust["given_places"]) == (0.78, 0.85, 4, 4)
    assert trust["meaning"] == PARAMETERS["cooperation.completeness"].es
    assert numbers["departments.staff"]["text"] == "2 – 12"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (8766.0, "calendar time", "1 year"),
        (8736.0, "calendar time", "52 weeks"),
        (506.4, "calendar time", "21.1 days"),
        (100 / 3, "calendar time", "1.39 days"),
        (1.0, "work time", "1 h"),
        (0.0, "work time", "0 h"),
        (1 / 7200, "work time", "0.5 s"),
        (2 / 3, "share", "66.7 %"),
        (12345.678, "money", "12346 EUR"),
        (30.0, "rate", "30 per h"),
        (0.0006, "number", "0.0006"),
        (12, "count", "12"),
    ],
)
def test_values_have_units_and_no_digits_that_mean_nothing(value, unit, said):
    assert value_text(value, unit) == said


def test_pages_are_found_where_files_lie(tmp_path, monkeypatch):
    """A file named like a policy is a scenario all the same."""
    monkeypatch.chdir(tmp_path)
    Path("parity").write_text("extends: theory/mm1\n", encoding="utf-8")
    assert "(M/M/1)" in relevo("explain", "--assumptions", "parity").stdout
