"""What replications share is prepared once, and never taken for another setting's."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import sim.run
from sim.errors import InputError
from sim.orders import read_orders
from sim.policies import portfolio
from sim.policies.policy import Portfolio
from sim.run import RunSpec, Settings, run
from sim.scenario.load import load_scenario, scenario_from_data

TODAY = Portfolio()


@pytest.fixture
def built(monkeypatch):
    """The worlds built since the beginning of the test."""
    worlds = []
    build = sim.run.build

    def noting(*given):
        worlds.append(build(*given))
        return worlds[-1]

    monkeypatch.setattr(sim.run, "build", noting)
    return worlds


def queue(rate="30 per week", weeks=2):
    return scenario_from_data(
        {
            "extends": "theory/mm1",
            "time": {"warm_up": "1 week", "horizon": f"{weeks} weeks"},
            "demand": {"kind": "stream", "rate": rate},
        }
    )


def test_replications_share_what_is_prepared(built):
    settings, company = Settings(), queue()
    first = settings.of(company, TODAY)
    assert settings.of(company, TODAY) is first
    assert len(built) == 1
    assert first.world is built[0]


def test_a_changed_scenario_or_portfolio_is_prepared_anew(built):
    settings, company = Settings(), queue()
    time = company.time.model_copy(update={"horizon": 168.0})
    changed = company.model_copy(update={"time": time})
    checklist, half = portfolio([("checklist", 1.0)]), portfolio([("checklist", 0.5)])
    made = [settings.of(c, p) for c in (company, changed) for p in (TODAY, checklist, half)]
    assert len(built) == len({id(setting.world) for setting in made}) == 6
    assert made[0].world.window_end - made[3].world.window_end == 7 * 24 * 3_600_000
    assert [settings.of(c, p) for c in (company, changed) for p in (TODAY, checklist, half)] == made
    assert len(built) == 6


def test_runs_of_settings_in_turn_are_those_of_each_alone():
    companies = [queue(), queue("40 per week"), queue()]
    ways = [TODAY, portfolio([("more_staff", 1.0)])]
    specs = [RunSpec(c, p, replication=k, tables=()) for k in range(2) for c in companies for p in ways]
    together = [run(spec).metrics for spec in specs]
    for spec, found in zip(specs, together, strict=True):
        alone = pickle.loads(pickle.dumps(spec))
        sim.run.SETTINGS.forget()
        assert {k: v.hex() for k, v in run(alone).metrics.items()} == {k: v.hex() for k, v in found.items()}


def test_a_copy_from_another_process_is_recognised_by_its_content(built):
    settings, company = Settings(), queue()
    sent = pickle.dumps((company, TODAY))
    made = [settings.of(*pickle.loads(sent)) for _ in range(3)]
    assert len(built) == 1
    assert len({id(setting.world) for setting in made}) == 1
    settings.of(*pickle.loads(pickle.dumps((queue(weeks=3), TODAY))))
    assert len(built) == 2


def test_the_order_of_departments_is_content():
    """Equal to Python, but the metrics stand in another order."""
    company = load_scenario("levante")
    turned = company.model_copy(update={"departments": dict(reversed(company.departments.items()))})
    assert company == turned
    settings = Settings()
    one, other = (settings.of(given, TODAY).basis.departments for given in (company, turned))
    assert one != other
    assert sorted(one) == sorted(other)


def test_only_so_many_are_kept_and_identities_are_not_reused(built):
    settings = Settings(most=3)
    for weeks in range(1, 9):
        company = queue(weeks=weeks)  # The one before may be collected, and this one get its place in memory.
        assert settings.of(company, TODAY).world.window_end == (weeks + 1) * 7 * 24 * 3_600_000
    assert len(built) == 8
    assert len(settings) == 3


def test_threads_prepare_a_setting_once(built):
    settings, companies = Settings(), [queue(weeks=w) for w in (1, 2)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda k: settings.of(companies[k % 2], TODAY), range(64)))
    assert len(built) == 2
    for k, setting in enumerate(found):
        assert setting is found[k % 2]


def test_a_file_of_orders_named_by_the_scenario_is_read_for_every_run(tmp_path):
    file = tmp_path / "orders.csv"
    company = scenario_from_data({"extends": "marketplace", "demand": {"kind": "file", "file": str(file)}})
    settings = Settings()
    for count in (3, 5):
        file.write_text("placed,customer,value\n" + "2024-03-04 13:17,alba,18.68\n" * count, encoding="utf-8")
        assert len(settings.of(company, TODAY).world.demand.rows.rows) == count
    assert len(settings) == 0


def test_orders_given_are_part_of_the_setting(built, tmp_path):
    company = load_scenario("marketplace")
    files = []
    for count in (3, 5):
        (tmp_path / "orders.csv").write_text("placed,customer,value\n" + "2024-03-04,alba,18\n" * count)
        files.append(read_orders(tmp_path / "orders.csv"))
    settings = Settings()
    for orders in (*files, *files):
        assert settings.of(company, TODAY, orders).world.demand.rows.rows == orders.rows
    assert len(built) == 2
    with pytest.raises(InputError, match="none was given"):
        settings.of(company, TODAY)
