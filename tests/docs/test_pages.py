"""The documentation agrees with the program: generated pages, links, words in both languages, nothing private."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import types
from functools import lru_cache
from pathlib import Path

import click
import pytest

from sim.engines.streams import CUSTOMER_KEYS
from sim.measures.columns import METRICS, TABLES
from sim.parameters import PARAMETERS
from sim.policies import load_policy
from sim.rules.attribution import CAUSES
from sim.scenario.files import shipped_names, shipped_root
from sim.scenario.load import load_scenario

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TEXT_ENDINGS = {".py", ".md", ".yaml", ".yml", ".toml", ".cff", ".json", ".csv", ".txt", ""}


@lru_cache
def generator() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("relevo_docs_generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: what git tracks, or what a copy without git holds."""
    try:
        answer = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
        names = [name for name in answer.stdout.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
    if not names:
        skipped = {".git", ".venv", "results", "build", "dist"}
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [p.as_posix() for p in found if not skipped & set(p.parts) and "cache" not in p.as_posix()]
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def pages() -> list[Path]:
    return sorted(path for path in tracked() if path.suffix == ".md")


def anchor(title: str) -> str:
    kept = "".join(c for c in title.strip().lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("name", ["parameters.md", "results.md", "cli.md", "scenarios.md", "plans.md", "lessons.md"])
def test_generated_page_is_up_to_date(name: str):
    wanted = generator().pages()[name]
    given = (DOCS / name).read_text(encoding="utf-8")
    assert given == wanted, f"docs/{name} is out of date; run python docs/generate.py"


def test_every_key_of_a_scenario_and_a_policy_file_is_documented():
    page = (DOCS / "scenarios.md").read_text(encoding="utf-8")
    for key in generator().documented_keys():
        heading, _, name = key.rpartition(" ")
        _, found, rest = page.partition(f"### {heading}\n")
        assert found, f"no table for {heading}"
        assert f"| `{name}` |" in rest.partition("\n### ")[0], f"{heading}: no row for {name}"


def test_every_key_of_the_published_schema_is_documented():
    """An independent look: the keys in the JSON Schema, wherever they stand."""
    from sim.scenario.schema import json_schema

    page = (DOCS / "scenarios.md").read_text(encoding="utf-8")
    for name, definition in json_schema()["$defs"].items():
        for key in definition.get("properties", {}):
            assert f"| `{key}` |" in page or key == "extends", f"{name}: {key} is not in docs/scenarios.md"
    assert "extends:" in page


@pytest.mark.parametrize("number", range(2))
def test_scenario_shown_in_the_documentation_can_be_run(number: int, tmp_path: Path):
    from sim import simulate

    shown = re.findall(r"^```yaml\n(.*?)^```$", (DOCS / "scenarios.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "shown.yaml"
    path.write_text(shown[number], encoding="utf-8")
    assert simulate(load_scenario(path), weeks=1).metrics["orders_placed"].iloc[0] > 0


def test_policy_shown_in_the_documentation_can_be_read(tmp_path: Path):
    shown = re.findall(r"^```yaml\n(.*?)^```$", (DOCS / "scenarios.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "quiet_hour.yaml"
    path.write_text(shown[2], encoding="utf-8")
    assert load_policy(path).name == "quiet_hour"


def test_every_command_and_option_is_documented():
    from experiments.cli.main import COMMANDS, main

    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    context = click.Context(main, info_name="relevo")
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        _, found, rest = page.partition(f"## relevo {name}\n")
        assert found, f"docs/cli.md does not describe {name}"
        part = rest.partition("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else []:
                assert option in part, f"docs/cli.md, {name}: {option} is missing"
                assert parameter.help, f"{name} {option} has no help"


def test_model_names_every_parameter_and_no_other():
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    groups = {p.group for p in PARAMETERS.values()}
    named = {n for n in re.findall(r"`([a-z_]+\.[a-z_]+)`", text) if n.partition(".")[0] in groups}
    assert sorted(set(PARAMETERS) - named) == []
    assert sorted(named - set(PARAMETERS)) == []


def test_defaults_in_the_model_are_those_of_the_registry():
    """Where the page writes a plain number or share behind a parameter's name, it is the default."""
    text = " ".join((DOCS / "model.md").read_text(encoding="utf-8").split())
    checked = 0
    for name, number, unit in re.findall(r"`([a-z_]+\.[a-z_]+)` \(?([\d.]+)( h| min| days| a year)?\b", text):
        default = PARAMETERS[name].default
        assert default is not None, f"{name} has no default"
        size = {" min": 1 / 60, " days": 24.0, " a year": 1 / 8766}.get(unit, 1.0)
        assert float(number) * size == pytest.approx(default), f"docs/model.md says {name} is {number}{unit}"
        checked += 1
    assert checked >= 40


def test_model_names_every_policy_and_every_cause():
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    policies = text.partition("## 7.")[2].partition("\n## ")[0]
    for name in shipped_names("policies"):
        assert f"| `{name}` |" in policies, f"section 7 does not describe {name}"
    causes = text.partition("## 10.")[2].partition("\n## ")[0]
    for cause in CAUSES:
        assert f"| {cause}(" in causes, f"section 10 does not say when {cause} holds an order"


def test_every_cause_is_said_in_both_languages():
    from experiments.show.words import WORDS

    for cause in CAUSES:
        english, spanish = WORDS[f"cause {cause}"]
        assert english.strip()
        assert spanish.strip()


def test_model_has_the_sections_that_the_code_refers_to():
    titles = re.findall(r"^## (\d+)\.", (DOCS / "model.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert titles == [str(n) for n in range(1, 12)]
    for path in tracked():
        if path.suffix in (".py", ".yaml"):
            for number in re.findall(r"docs/model\.md, section (\d+)", path.read_text(encoding="utf-8")):
                assert number in titles, f"{path.relative_to(ROOT)} refers to section {number}"


def test_architecture_knows_the_packages_kinds_and_keys():
    from sim.engines import streams

    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for top in ("sim", "experiments"):
        for path in (ROOT / top).iterdir():
            if path.is_dir() and (path / "__init__.py").is_file():
                assert f"{path.name}/" in text, f"docs/architecture.md does not show {top}/{path.name}"
    order = "STOP, WEEK, OPENING, SERVICE, TRANSPORT, PLACED, PATIENCE_END, OWN_TASK_DUE, NEWCOMER, CURIOUS"
    assert [getattr(streams, name) for name in order.split(", ")] == list(range(10))
    assert order in text
    assert CUSTOMER_KEYS == 1 << 40


ENGINES = ROOT / "sim" / "engines"


def defines(engine: str, name: str) -> bool:
    """Say whether an engine has a function or class of this name, or of this name with an underscore."""
    sources = "".join(path.read_text("utf-8") for path in (ENGINES / engine).glob("*.py"))
    return re.search(rf"^\s*(def|class) _?{name}\b", sources, re.MULTILINE) is not None


def test_architecture_names_every_module_of_the_engines():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for engine in ("reference", "compiled"):
        for path in (ENGINES / engine).glob("*.py"):
            assert f"`{path.name}`" in text or path.stem == "__init__", f"docs/architecture.md does not name {path}"


def test_what_the_architecture_walks_through_exists_in_both_engines():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    walk = text.partition("## How one order travels")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (`.+?) \| (.+?) \| (.+?) \|$", walk, re.MULTILINE)
    assert len(rows) >= 15
    checked = 0
    for _, files, reference, compiled in rows:
        for name in re.findall(r"`(\w+\.py)`", files):
            for engine in ("reference", "compiled"):
                assert (ENGINES / engine / name).is_file(), f"{engine}: {name}"
        called = re.findall(r"`(?:\w+\.)?(\w+)`", reference)
        twins = re.findall(r"`(\w+)`", reference) if "the same" in compiled else []
        for engine, names in (("reference", called), ("compiled", twins)):
            for name in names:
                assert defines(engine, name), f"{engine} has no {name}"
                checked += 1
        for name in re.findall(r"`(?:\w+\.)?(\w+)`", compiled):
            assert defines("compiled", name), f"compiled has no {name}"
            checked += 1
    assert checked >= 60
    only = text.partition("## What only the compiled engine has")[2].partition("\n## ")[0]
    names = re.findall(r"`(\w+\.py)`", only)
    assert len(names) >= 8
    for name in names:
        assert (ENGINES / "compiled" / name).is_file(), name
    for name in re.findall(r"`(warm_up|run_from|go)`", only):
        assert defines("compiled", name), name


def test_glossary_has_every_word_in_both_languages_and_in_order():
    rows = re.findall(r"^\| (.*?) \| (.*?) \| (.*?) \|$", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE)
    rows = [row for row in rows if row[0] not in ("English", "---") and not row[0].startswith("---")]
    assert len(rows) >= 60
    for english, spanish, meaning in rows:
        assert english.strip(), "a row without an English word"
        assert spanish.strip(), f"{english}: no Spanish word"
        assert meaning.strip(), f"{english}: no meaning"
    words = [row[0].lower() for row in rows]
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=lambda w: re.sub(r"[^a-z]", "", w))
    assert set(CAUSES) <= set(words), "every cause of the wait is explained"


def test_every_result_has_unit_and_meaning_in_both_languages():
    for entry in (*METRICS, *(column for columns in TABLES.values() for column in columns)):
        assert entry.unit, entry.name
        assert entry.en, entry.name
        assert entry.es, entry.name


def test_every_link_leads_to_a_file_and_a_heading():
    missing = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if target.startswith(("https:", "http:", "mailto:")):
                continue
            name, _, part = target.partition("#")
            path = (page.parent / name).resolve() if name else page
            if not path.exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")
            elif part and path.suffix == ".md":
                titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
                if part not in {anchor(title) for title in titles}:
                    missing.append(f"{page.relative_to(ROOT)}: {target} (no such heading)")
    assert missing == []


def test_decisions_are_numbered_complete_and_listed():
    folder = DOCS / "decisions"
    found = sorted(path for path in folder.glob("[0-9]*.md"))
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name[:4] for path in found] == [f"{n:04d}" for n in range(1, len(found) + 1)]
    for path in found:
        text = path.read_text(encoding="utf-8")
        for heading in ("**Context.**", "**Decision.**", "**Consequences.**", "**What would change our mind.**"):
            assert heading in text, f"{path.name}: no {heading}"
        title = text.splitlines()[0].removeprefix("# ")
        assert f"[{title}]({path.name})" in listed


def test_pages_that_the_code_refers_to_exist():
    missing = set()
    for path in tracked():
        if path.suffix in (".py", ".yaml", ".md"):
            for name in re.findall(r"\bdocs/[\w/-]+\.md", path.read_text(encoding="utf-8")):
                if not (ROOT / name).is_file():
                    missing.add(f"{path.relative_to(ROOT)}: {name}")
    assert sorted(missing) == []


def test_every_shipped_scenario_has_both_languages_and_points_to_the_schema():
    for name in shipped_names():
        path = shipped_root() / f"{name}.yaml"
        assert load_scenario(name).label is not None, f"{name} has no label"
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert schema, f"{name}: the first line does not name the schema"
        assert (path.parent / schema.group(1)).resolve() == (shipped_root() / "schema.json").resolve(), name


def test_changelog_has_a_results_heading_and_one_version_everywhere():
    import tomllib

    import sim

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert releases[0].startswith(version)
    for release in releases:
        assert "### Results" in release
    assert sim.__version__ == version
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_nothing_in_the_tree_names_a_machine_a_private_path_or_a_registry():
    # Written in pieces, so that this file does not contain what it looks for.
    slash = "/"
    patterns = {
        "a path of one machine": "|".join(
            f"(?<![\\w.~-]){slash}{folder}{slash}" for folder in ("work", "root", "home", "Users", "tmp", "mnt")
        ),
        "a package registry": "|".join(("py" + "pi", "python" + "hosted", "conda" + r"\.", "artif" + "actory")),
        "an option of an installer": "--(?:extra-)?index" + "-url|--trusted" + "-host|PIP_" + "INDEX",
    }
    allowed_hosts = ("json-schema.org", "keepachangelog.com")
    found = []
    for path in tracked():
        if path.suffix not in TEXT_ENDINGS or path.name == "LICENSE":
            continue
        text = path.read_text(encoding="utf-8")
        for what, pattern in patterns.items():
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path.relative_to(ROOT)}:{line}: {what}: {match.group()}")
        for host in re.findall(r"https?:" + r"//([\w.-]+)", text):
            if host not in allowed_hosts:
                found.append(f"{path.relative_to(ROOT)}: a host: {host}")
    assert found == []


def test_python_of_the_documentation_is_run():
    """The doctests of README and docs are collected, so an example cannot go stale."""
    import tomllib

    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert {"docs", "README.md"} <= set(options["testpaths"])
    assert "--doctest-glob=*.md" in options["addopts"]
    assert ">>> from sim import " in (ROOT / "README.md").read_text(encoding="utf-8")
    assert sys.version_info >= (3, 11)
