"""The command `relevo`: finds the command asked for, and says every error in words and an exit code.

Exit codes: 0 ok, 1 failure, 2 usage, 3 bad input file, 130 interrupted with what is finished kept. A command
is imported when it is used, and nothing heavy with it, so that `--help` is there at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from experiments.cli.options import SETTINGS
from sim.errors import RelevoError, UsageError, nearest

COMMANDS = (
    "today",
    "simulate",
    "compare",
    "sweep",
    "status",
    "export",
    "report",
    "select",
    "optimise",
    "why",
    "worth",
    "sensitivity",
    "lesson",
    "check",
    "explain",
    "doctor",
)
MAIN_JOB = "today"
INTERRUPTED = 130
GROUP_OPTIONS = ("-h", "--help", "--version")


class LazyGroup(click.Group):
    """A group of commands, one module each; without a command it does the main job."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"experiments.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options without a command as options of the main job; a language may stand before any command."""
        args = _language_behind(args)
        if not args or (args[0].startswith("-") and args[0] not in GROUP_OPTIONS):
            args = [MAIN_JOB, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; suggest the nearest one for a name that is not known."""
        if args[0] not in COMMANDS:
            raise UsageError(f"relevo: '{args[0]}' is not a command. {nearest(args[0], COMMANDS)} See --help.")
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run the command line and end the process with its exit code."""
        extra["standalone_mode"] = False
        _never_stumble_over_encodings()
        sys.exit(_guarded(lambda: super(LazyGroup, self).main(args, prog_name or "relevo", **extra)))


def _language_behind(args: list[str]) -> list[str]:
    """Put a language that stands before a command behind it, where every command reads it.

    Examples
    --------
    >>> _language_behind(["--lang", "es", "explain", "trust"]), _language_behind(["--lang=es", "--seed", "2"])
    (['explain', '--lang', 'es', 'trust'], ['--lang=es', '--seed', '2'])
    """
    if not args or not (args[0] == "--lang" or args[0].startswith("--lang=")):
        return args
    size = 2 if args[0] == "--lang" else 1
    before, rest = args[:size], args[size:]
    if rest and rest[0] in GROUP_OPTIONS:
        return rest
    return [rest[0], *before, *rest[1:]] if rest and not rest[0].startswith("-") else args


def _guarded(work: Callable[[], object]) -> int:
    """Perform the work; turn whatever it raises into words on standard error and an exit code."""
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:
        return _leave_quietly()
    except SystemExit as leaving:  # Click leaves this way when a pipe breaks while it writes help.
        code = leaving.code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except Exception as error:
        if os.environ.get("RELEVO_DEBUG") == "1" and not isinstance(error, RelevoError | click.Abort):
            raise
        text, code = _in_words(error)
        click.echo(text, err=True)
    except KeyboardInterrupt:
        click.echo("Interrupted.", err=True)
        code = INTERRUPTED
    return code if isinstance(code, int) else 0


def _in_words(error: Exception) -> tuple[str, int]:
    """Return what to say about an error, and the exit code."""
    if isinstance(error, RelevoError):
        return str(error), error.exit_code
    if isinstance(error, click.Abort):  # Click's name for Ctrl-C.
        return "Interrupted.", INTERRUPTED
    if isinstance(error, MemoryError):
        return "Too little memory for this job; try fewer --workers, --weeks or --replications.", 1
    return (
        f"A defect of Relevo, not of your input: {type(error).__name__}: {error}\n"
        "Please report it with the command you gave and what it says with RELEVO_DEBUG=1 in the environment.",
        1,
    )


def _leave_quietly() -> int:
    """Whoever read our output has gone: say nothing, also not while the interpreter flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _never_stumble_over_encodings() -> None:
    """Print '?' for what a terminal cannot show, such as ± in plain ASCII, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from experiments.run.provenance import relevo_version

        click.echo(f"relevo {relevo_version()}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings=SETTINGS,
    epilog="Without a command: the main job, 'today'. Its options may be given directly, such as "
    "'relevo --replications 3'; see 'relevo today --help'. The language of results: --lang es, before or "
    "after a command, or RELEVO_LANG=es.",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version.",
)
def main() -> None:
    """Simulate how the departments of an organisation serve one another, and what the customer feels."""


if __name__ == "__main__":
    main()
