"""Plans as users write them: text in a file, loaded as any other."""

import pytest

from experiments.plan.load import load_plan
from sim.errors import RelevoError

HEAD = "name: mine\nscenario: levante\n"
TWO = "factors: {training: {levels: [0, 1]}, parity: {levels: [0, 50 %, 1]}}\n"


def load(folder, text, head=HEAD, **files):
    """Load a plan of some text, with other files beside it: points_csv is points.csv."""
    for name, content in files.items():
        stem, _, kind = name.rpartition("_")
        (folder / f"{stem}.{kind}").write_text(content, encoding="utf-8")
    path = folder / "plan.yaml"
    path.write_text(head + text, encoding="utf-8")
    return load_plan(path)


def refused(folder, text, **files):
    """Return what is said about a plan that cannot be loaded, without its folder."""
    with pytest.raises(RelevoError) as caught:
        load(folder, text, **files)
    said = str(caught.value)
    assert said.startswith(str(folder)), said
    return said.replace(f"{folder}/", "")


def table(experiment):
    """Return the values of every point, by rows."""
    return [experiment.values(point) for point in experiment.points]
