"""Plans as files: what ships, what is refused and how that is said, the published schema, and that nothing crashes."""
# ruff: noqa: E501 (messages and plans stand in one line, as they are read)

import copy
import json
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.plan import schema
from experiments.plan.kinds import KINDS
from experiments.plan.load import load_plan, responses_of
from experiments.plan.plan import RESPONSES, Plan
from experiments.plan.targets import Target
from sim.errors import InputError, RelevoError
from sim.scenario.files import shipped_file, shipped_names, shipped_root
from sim.scenario.load import load_scenario
from sim.scenario.schema import text as schema_text
from sim.scenario.yaml_text import read_yaml
from tests.plan.written import HEAD, TWO, load, refused

SHIPPED = shipped_names("plans")

# What ships -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_plan_loads_says_both_languages_and_points_to_the_schema(name):
    experiment = load_plan(name)
    path = shipped_file(name, "plans")
    assert experiment.plan.name == name
    assert experiment.place == f"scenarios/plans/{name}.yaml"
    assert experiment.plan.label is not None
    assert experiment.plan.description is not None
    assert experiment.is_today(experiment.points[0])
    assert experiment.remarks == ()
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found.group(1)).resolve() == (shipped_root() / "plan.schema.json").resolve()


def test_the_shipped_plans_have_the_points_that_they_promise():
    points = {name: len(load_plan(name).points) for name in SHIPPED}
    assert points == {
        "all_policies_alone": 1 + 16 * 2,
        "best_mix": 1 + 8 * 2 + 2,
        "four_policy_grid": 5**4,
        "robust_demand": 1 + 8 * 20,
        "shared_standards_x_cross_training": 9,
        "staff_against_cooperation": 1 + 64,
    }


def test_an_unknown_plan_suggests_the_nearest():
    with pytest.raises(RelevoError, match=r"plan: 'four_policy_gird' .* Did you mean 'four_policy_grid'\?"):
        load_plan("four_policy_gird")


# What is taken --------------------------------------------------------------------------------------------


def test_what_a_plan_leaves_out(tmp_path):
    experiment = load(tmp_path, TWO)
    assert experiment.plan.responses == RESPONSES
    assert (experiment.replications, experiment.most, experiment.plan.seed) == (100, 100, 1)
    assert experiment.targets == ()
    assert experiment.plan.design.kind == "full factorial"
    assert len(experiment.points) == 6


def test_a_precision_is_read_in_both_ways(tmp_path):
    experiment = load(tmp_path, TWO + "precision: {targets: {profit: 5 %, wait_mean: 2.5}, first: 40, most: 70}\n")
    assert experiment.targets == (Target("profit", 0.05, None), Target("wait_mean", None, 2.5))
    assert (experiment.replications, experiment.most) == (40, 70)
    assert experiment.plan.precision.confidence == 0.95
    assert load(tmp_path, TWO + "precision: {targets: {profit: 1.5%}}\n").targets == (Target("profit", 0.015, None),)


def test_warm_up_and_horizon_are_the_companys(tmp_path):
    experiment = load(tmp_path, TWO + "warm_up: 2 weeks\nhorizon: 1 year\n")
    assert (experiment.base.scenario.time.warm_up, experiment.base.scenario.time.horizon) == (336.0, 8766.0)
    found = load(tmp_path, TWO + "warm_up: mser-5\n")
    assert found.plan.warm_up == "mser-5"
    assert found.base.scenario.time == load_scenario("levante").time
    assert found.with_warm_up(100.1).base.scenario.time.warm_up == 100.1
    assert found.base.scenario.time.warm_up != 100.1


def test_settings_are_the_same_at_every_point_and_today(tmp_path):
    experiment = load(tmp_path, "settings: {departments.warehouse.staff: 10}\n" + TWO)
    assert experiment.base.scenario.departments["warehouse"].staff == 10
    varied = load(tmp_path, "settings: {cooperation.trust: 60 %}\nfactors: {cooperation.trust: {levels: [0.6, 0.7]}}\n")
    assert [varied.is_today(point) for point in varied.points] == [True, False]


def test_a_scenario_and_policies_beside_the_plan(tmp_path):
    policy = shipped_file("training", "policies").read_text(encoding="utf-8").replace("name: training", "name: mine")
    experiment = load(
        tmp_path,
        "policies: {own.yaml: 50 %}\nfactors: {checklist: {levels: [1]}, other: {policy: two.yaml, levels: [1]}}\n",
        head="name: p\nscenario: company.yaml\n",
        company_yaml="extends: levante\nname: beside\n",
        own_yaml=policy,
        two_yaml=policy.replace("name: mine", "name: second"),
    )
    assert experiment.base.scenario.name == "beside"
    assert [policy.name for policy in experiment.policies] == ["mine", "checklist", "second"]
    assert experiment.portfolio(experiment.points[0]).key == "mine=0.5"
    assert experiment.portfolio(experiment.points[1]).key == "checklist+mine=0.5+second"


def test_files_are_beside_the_plan_that_names_them(tmp_path):
    (tmp_path / "sub").mkdir()
    load(
        tmp_path,
        "factors: {training: {levels: [0, 1]}}\ndesign: {kind: csv, file: points.csv}\n",
        head="name: p\nscenario: company.yaml\n",
        company_yaml="extends: levante\nname: beside\n",
        points_csv="training\n1\n",
    )
    child = load(tmp_path / "sub", "extends: ../plan.yaml\nname: child\nreplications: 3\n", head="")
    assert (child.base.scenario.name, child.plan.name, child.replications) == ("beside", "child", 3)
    assert len(child.points) == 2


def test_a_plan_extends_a_shipped_one(tmp_path):
    text = "extends: shared_standards_x_cross_training\nname: more\nfactors: {cross_training: null, parity: {levels: [1]}}\n"
    experiment = load(tmp_path, text, head="")
    assert [factor.name for factor in experiment.factors] == ["shared_standards", "parity"]
    assert len(experiment.points) == 4


def test_all_responses_that_are_promised_are_metrics_of_a_run():
    from sim import simulate

    company = load_scenario("levante")
    measured = set(simulate(company, weeks=4).metrics.columns)
    known = set(responses_of(company))
    assert {name for name in measured if name not in known} <= {"replication", "policies", "seed"}


# What is refused ------------------------------------------------------------------------------------------

TRAINING = "factors: {training: {levels: [0, 1]}}\n"
LINE = "plan.yaml, line 3, "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("policies: {training: 1}\n" + TRAINING, "line 3, policies: 'training' is in force everywhere, and the factor"),
        ("policies: {traning: 1}\n" + TRAINING, "policies.traning: got the policy 'traning'; a shipped name or a .yaml"),
        ("policies: {Pa-rity: 1}\n" + TRAINING, "Did you mean 'parity'?"),
        ("policies: {parity: 120 %}\n" + TRAINING, "policies.parity: got 120 %; allowed: 0 to 1"),
        ("policies: {gone.yaml: 1}\n" + TRAINING, "policies.gone.yaml: "),
        ("settings: {departments.wharehouse.staff: 9}\n" + TRAINING, "Did you mean 'warehouse'?"),
        ("settings: {departments.warehouse.staff: x}\n" + TRAINING, "departments.warehouse.staff: got x; write a whole"),
        ("settings: {departments.warehouse.staff: 0}\n" + TRAINING, "got 0; must be at least 1"),
        ("settings: {departments: {sales: 1}}\n" + TRAINING, "settings.departments: got a mapping; a single number"),
        ("warm_up: 1 week\nsettings: {time.warm_up: 1 week}\n" + TRAINING, "stands in 'warm_up' of the plan too"),
        ("warm_up: mser5\n" + TRAINING, "line 3, warm_up: got mser5; write a finite number with its unit, such as"),
        ("warm_up: 3\n" + TRAINING, "got 3 without a unit; allowed: s, min, h, days, weeks, months, years"),
        ("warm_up: 3\n" + TRAINING, "or 'mser-5' to have it found."),
        ("warm_up: mser-5\nfactors: {time.warm_up: {levels: [1 week]}}\n", "which 'warm_up: mser-5' finds; remove one"),
        ("horizon: 0 h\n" + TRAINING, "line 3, horizon, time.horizon: got 0.0 h; must be at least"),
        ("responses: [wait_mea]\n" + TRAINING, "responses.#1: got 'wait_mea', which is no metric of this company. Did"),
        ("responses: [profit, warehouse.utilisaton]\n" + TRAINING, "responses.#2: got 'warehouse.utilisaton', which"),
        ("responses: [warehouse.utilisaton]\n" + TRAINING, "Did you mean 'warehouse.utilisation'?"),
        ("responses: [wharehouse.utilisation]\n" + TRAINING, "Did you mean 'warehouse.utilisation'?"),
        ("responses: [wait_share.qeue]\n" + TRAINING, "Did you mean 'wait_share.queue'?"),
        ("responses: [sales->slaes.requests]\n" + TRAINING, "got 'sales->slaes.requests', which is no metric"),
        ("responses: [qqqqqqqqqqqqqqqqq]\n" + TRAINING, "Known: "),
        ("responses: [profit, profit]\n" + TRAINING, "responses.#2: 'profit' stands there already; name each once."),
        ("responses: profit\n" + TRAINING, "responses: got profit; must be a list; write [a, b]"),
        ("precision: {targets: {profit: 5 %}}\nreplications: 9\n" + TRAINING, "'replications' and 'precision' exclude"),
        ("precision: {targets: {profit: five}}\n" + TRAINING, "precision.targets.profit: got 'five'; write a share of"),
        ("precision: {targets: {profit: 0}}\n" + TRAINING, "or a number above 0 in its unit (EUR/year) without naming"),
        ("precision: {targets: {profit: -5 %}}\n" + TRAINING, "got '-5 %'; write a share of the mean such as '5 %'"),
        ("precision: {targets: {profit: true}}\n" + TRAINING, "targets.profit: got 'True'"),
        ("precision: {targets: {profit: inf}}\n" + TRAINING, "targets.profit: got 'inf'"),
        ("precision: {targets: {prfit: 5 %}}\n" + TRAINING, "precision.targets.prfit: got 'prfit', which is no metric"),
        ("precision: {targets: {profit: 5 %}, first: 40, most: 35}\n" + TRAINING, "'most' (35) is below 'first' (40)"),
        ("precision: {targets: {profit: 5 %}, first: 3}\n" + TRAINING, "precision.first: got 3; must be at least 30"),
        ("precision: {targets: {profit: 5 %}, confidence: 40 %}\n" + TRAINING, "got 40 %; must be above 50 % and below"),
        ("precision: {targets: {profit: 5 %}, confidence: 1}\n" + TRAINING, "got 1; must be above 50 % and below 100 %"),
        ("scenari: x\n" + TRAINING, "scenari: got the key 'scenari'; it is not known here. Did you mean 'scenario'?"),
        ("keep: [everything]\n" + TRAINING, "keep.#1: got everything; must be one of company, departments, pairs"),
        ("replications: 0\n" + TRAINING, "replications: got 0; must be at least 1"),
        ("seed: -1\n" + TRAINING, "seed: got -1; must be at least 0"),
        ("factors: {}\n", "line 3, factors: got an empty mapping; must have at least 1 entries"),
        ("factors: [training]\n", "factors: got a list; must be a mapping of names"),
        ("label: x\n" + TRAINING, "label: got x; must be a mapping with keys such as en, es"),
    ],
)  # fmt: skip
def test_each_mistake_is_said_with_its_place(text, says, tmp_path):
    said = refused(tmp_path, text)
    assert said.startswith("plan.yaml, line ")
    assert says in said
    assert said.endswith((".", "?"))


def test_what_is_needed_is_said(tmp_path):
    with pytest.raises(InputError, match=r"plan\.yaml: 2 problems\n.*scenario: nothing given.*\n.*factors: nothing"):
        load(tmp_path, "replications: 5\n", head="name: mine\n")


def test_a_policy_named_twice_by_two_files_is_refused(tmp_path):
    policy = shipped_file("training", "policies").read_text(encoding="utf-8")
    said = refused(
        tmp_path, "policies: {training: 1, same.yaml: 1}\nfactors: {parity: {levels: [1]}}\n", same_yaml=policy
    )
    assert "line 3, policies.same.yaml: the policy 'training' stands there already; name each once." in said


@pytest.mark.parametrize("name", ["levant", "gone.yaml", "plan.yaml"])
def test_a_scenario_that_cannot_be_used_is_said_with_the_plans_line(name, tmp_path):
    (tmp_path / "plan.yaml").write_text(f"name: mine\nscenario: {name}\n{TWO}", encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.yaml, line 2, scenario: "):
        load_plan(tmp_path / "plan.yaml")


# The published schema -------------------------------------------------------------------------------------


def test_the_published_schema_is_up_to_date():
    published = (shipped_root() / "plan.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(schema.json_schema()), "run: python -m experiments.plan.schema"


def test_every_key_has_a_meaning_in_the_schema():
    for name, definition in schema.json_schema()["$defs"].items():
        for key, field in definition.get("properties", {}).items():
            assert name.startswith("Part.") or field.get("description"), f"{name}.{key}"


def fits(value, form, root):
    """Say whether a value has the structure of a JSON Schema, as far as ours use it."""
    if "$ref" in form and not fits(value, root["$defs"][form["$ref"].rpartition("/")[2]], root):
        return False
    if "if" in form and not fits(value, form["then"] if fits(value, form["if"], root) else form["else"], root):
        return False
    if "anyOf" in form and not any(fits(value, option, root) for option in form["anyOf"]):
        return False
    if "oneOf" in form and sum(fits(value, option, root) for option in form["oneOf"]) != 1:
        return False
    if "const" in form and value != form["const"]:
        return False
    if "enum" in form and value not in form["enum"]:
        return False
    kinds = {"string": str, "integer": int, "number": int | float, "boolean": bool, "object": dict, "array": list}
    kinds["null"] = type(None)
    if "type" in form and not isinstance(value, kinds[form["type"]]):
        return False
    if isinstance(value, dict):
        known, others = form.get("properties", {}), form.get("additionalProperties", True)
        if not set(form.get("required", ())) <= set(value) or not form.get("minProperties", 0) <= len(value):
            return False
        return all(
            fits(item, known[key], root) if key in known else others is True or (others and fits(item, others, root))
            for key, item in value.items()
        )
    if isinstance(value, list):
        first = form.get("prefixItems", [])
        inside = [*first, *[form.get("items", {})] * (len(value) - len(first))]
        return form.get("minItems", 0) <= len(value) <= form.get("maxItems", len(value)) and all(
            fits(item, one, root) for item, one in zip(value, inside, strict=False)
        )
    return True


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_plan_fits_the_schema(name):
    root = schema.json_schema()
    plan = read_yaml(shipped_file(name, "plans")).plain()
    assert fits(plan, root, root)
    assert not fits({**plan, "desing": "sobol"}, root, root)
    assert not fits({**plan, "design": "sobol"}, root, root)
    assert not fits({key: value for key, value in plan.items() if key != "scenario"}, root, root)


def test_the_schema_knows_designs_by_name_and_variations():
    root = schema.json_schema()
    plan = {"name": "a", "scenario": "levante", "factors": {"parity": {"levels": [0, "50 %"]}}}
    for word in ("full factorial", "fractional factorial", "plackett-burman", "one at a time"):
        assert fits({**plan, "design": word}, root, root)
        assert fits({**plan, "design": {"kind": word}}, root, root)
    assert fits({"extends": "four_policy_grid", "design": {"points": 9}, "factors": {"parity": None}}, root, root)
    assert not fits({"extends": "four_policy_grid", "desing": "sobol"}, root, root)
    assert not fits({"extends": 3}, root, root)
    assert fits({**plan, "warm_up": "mser-5", "precision": {"targets": {"profit": "5 %"}}}, root, root)


def test_every_key_is_documented_and_the_example_of_the_documentation_can_be_run(tmp_path):
    page = (shipped_root().parent / "docs" / "plans.md").read_text(encoding="utf-8")
    for name, definition in schema.json_schema()["$defs"].items():
        for key in definition.get("properties", {}):
            assert f"| `{key}` |" in page or key in ("extends", "en", "es"), f"{name}: {key} is not in docs/plans.md"
    assert "extends:" in page
    for kind in (*KINDS, "crossed"):
        assert f"| `{kind}` |" in page
    experiment = load(tmp_path, page.partition("```yaml\n")[2].partition("```")[0], head="")
    assert len(experiment.factors) == 3
    assert 1 < len(experiment.points) < 1 + 3 * 2 * 5
    assert "are beyond 'budget' and left out" in experiment.remarks[0]


def test_every_design_of_the_schema_is_one_of_a_plan():
    properties = schema.json_schema()["$defs"]["Plan"]["properties"]
    assert set(properties) == set(Plan.model_fields)
    words, forms = properties["design"]["anyOf"]
    assert set(words["enum"]) < set(forms["discriminator"]["mapping"])


# Whatever is written --------------------------------------------------------------------------------------

NEVER = re.compile(r"Traceback|pydantic|Input should|validation error|\{given\}|object at 0x|^'|NoneType")
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 70), st.floats(), st.text(max_size=8), st.just([]), st.just({}),
    st.sampled_from([
        "levante", "theory/mm1", "training", "parity", "Parity", "departments.warehouse.staff", "departments", "sobol",
        "full factorial", "crossed", "csv", "one at a time", "costs", "mser-5", "1 h", "3 weeks", "50 %", "120 %",
        "1 per h", "-1", "1e308", "nan", 10**400, [0, 1], [0], [1, 0], ["0 %", "100 %"], [9, 9], [1e-320, 1], "x.yaml",
        {"levels": [0, 1]}, {"range": [0, 1]}, {"range": [1, 64], "scale": "log"}, {"levels": [[]]}, {"kind": "sobol"},
        {"kind": "sobol", "points": 8}, {"kind": "latin hypercube", "points": 9, "strength": 2}, {"kind": "csv", "file": "."},
        {"kind": "crossed", "of": ["full factorial", {"kind": "sobol", "points": 4}]}, {"kind": []}, {"kind": {}},
        {"targets": {"profit": "5 %"}}, {"training": 0.5}, {"time.horizon": "4 weeks"}, {"profit": 1}, {"calendar": "office"},
        [{"name": "a", "weights": "costs", "at_most": 1000}], [{"name": "a", "weights": {"parity": 1}, "at_most": 0.5}],
        [{"name": "a", "weights": "costs", "at_most": 9, "otherwise": "shrink"}],
        [{"name": "a", "weights": "costs", "at_most": 9, "otherwise": "resample"}],
    ]),
)  # fmt: skip
KEYS = st.one_of(
    st.text(max_size=6),
    st.sampled_from([
        "factors", "range", "steps", "scale", "role", "levels", "policy", "field", "design", "constraints", "policies",
        "settings", "precision", "warm_up", "extends", "points", "seed", "factor", "more_staff", "point", "calendar",
        "departments.sales.staff", "departments.sales", "demand.kind", "demand.season", "promise.house", "routes.standard",
        "routes.standard.#1", "routes.standard.quote.work.mean", "calendars.office.weekdays", "calendars.x.monday", "start",
        "cooperation.pairs.a->b.trust", "cooperation.pairs.sales->warehouse.trust", "cooperation.pairs.x.trust", "..", "a.b",
        "morale.start", "demand.frozen", "departments.sales.morale.start", "cross_training.helps.x", "policies.#1.intensity",
    ]),
)  # fmt: skip
STARTS = [read_yaml(shipped_file(name, "plans")).plain() for name in SHIPPED if name != "four_policy_grid"]
STARTS.append({
    "name": "all", "scenario": "levante", "settings": {"cooperation.trust": 0.6}, "policies": {"checklist": 1},
    "factors": {"staff": {"field": "departments.warehouse.staff", "range": [9, 12], "steps": 3},
                "parity": {"range": [0, "100 %"]}, "patience.scale": {"range": ["10 h", "60 h"], "scale": "log"}},
    "design": {"kind": "latin hypercube", "points": 9, "seed": 2},
    "constraints": [{"name": "budget", "weights": "costs", "at_most": 90_000, "otherwise": "shrink"},
                    {"name": "both", "weights": {"parity": 1, "staff": 0.1}, "at_most": 2}],
    "responses": ["profit", "warehouse.utilisation"], "precision": {"targets": {"profit": "5 %"}}, "warm_up": "mser-5",
})  # fmt: skip


def places(data, path=()):
    found = [path] if path else []
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        found += places(data[key], (*path, key))
    return found


@st.composite
def damaged(draw):
    data = copy.deepcopy(draw(st.sampled_from(STARTS)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(data)))
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        kind = draw(st.sampled_from(["delete", "replace", "rename", "add", "double"]))
        if kind == "delete":
            del holder[path[-1]]
        elif kind == "rename" and isinstance(holder, dict):
            holder[draw(KEYS)] = holder.pop(path[-1])
        elif kind == "add" and isinstance(holder, dict):
            holder[draw(KEYS)] = copy.deepcopy(draw(JUNK))
        elif kind == "double" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[path[-1]]))
        else:
            holder[path[-1]] = copy.deepcopy(draw(JUNK))
        if not places(data):
            break
    return data


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged())
def test_a_damaged_plan_is_loaded_or_refused_in_words(tmp_path, data):
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    said, experiment = "", None
    try:
        experiment = load_plan(path)
    except RelevoError as error:
        said = str(error)
    assert not NEVER.search(said), said
    assert len(said) < 10_000
    if experiment is None:
        return
    assert experiment.points
    for point in experiment.points[:5]:
        assert len(experiment.values(point)) == len(experiment.factors)
        experiment.portfolio(point)
        experiment.design_table()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="training,parity;01.5 %\"'\n\r\t\x00é", max_size=60) | st.binary(max_size=40))
def test_a_damaged_table_of_points_is_loaded_or_refused_in_words(tmp_path, junk):
    raw = junk if isinstance(junk, bytes) else junk.encode()
    for content in (raw, b"training,parity\n" + raw, b"training;parity\n0;1\n" + raw):
        (tmp_path / "points.csv").write_bytes(content)
        said = ""
        try:
            assert load(tmp_path, TWO + "design: {kind: csv, file: points.csv}\n").points
        except InputError as error:
            said = str(error)
        assert not NEVER.search(said), said


def test_the_schema_is_json(tmp_path):
    assert json.loads((shipped_root() / "plan.schema.json").read_text("utf-8"))["title"] == "A Relevo plan"
    assert load(tmp_path, TWO, head=HEAD)
