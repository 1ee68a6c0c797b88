"""Before the tests: the engine is compiled once, not by every worker process for itself."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Compile where worker processes are about to start; they find the code in the folder that it is kept in.

    That folder is within the checkout and named after the sources, so that no other checkout's code is run. Where
    it cannot be written to, it is the user's, under the same name. Without workers whichever test comes first compiles.
    """
    config = session.config
    if hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None) or config.option.collectonly:
        return
    from experiments.run.readiness import compiled_code, run_a_moment

    if not compiled_code().there:
        run_a_moment()
