"""The command line. Each command is loaded only when it is called, so that help is instant."""

import errno
import json
import os
import sys

import click

from evenhand import __version__
from evenhand.cli.lazy import LazyGroup
from evenhand.model import BadInputError, EvenhandError, Problem

# Products of small matrices gain nothing from threads that wait for each other; said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS = {
    "argue": ("argue", "Draw the argument of a case: what stands, and which link to break."),
    "ask": ("ask", "Ask a question in plain words, and get an answer in seconds."),
    "audit": ("audit", "Audit a text and its casefile onto one page."),
    "check": ("check", "Check a casefile without computing anything."),
    "compare": ("compare", "Answer one question: how does SUBJECT compare, under the same rule for everyone?"),
    "consensus": ("consensus", "Search what it would take to make an agreement, and its opposite."),
    "data": ("data", "Look into the figures, add your own, check them."),
    "diff": ("diff", "Show where two casefiles part."),
    "import": ("import_", "Make a text and a casefile from another tool's argument map."),
    "draft": ("draft", "Draft a casefile from a text."),
    "mark": ("mark", "Mark the claims of a text by hand, one key for each thing."),
    "export": ("export", "Export a case and its findings to the formats of other tools."),
    "cite": ("cite", "Cite one finding: APA, BibTeX, and the digests that name it."),
    "report-figure": ("report_figure", "Write a correction of a figure of the built-in table, ready to apply."),
    "verify": ("verify", "Say whether a page was made by this version from these figures, or altered since."),
    "why": ("why", "Say what one verdict rests on, and what would turn it."),
    "sources": ("sources", "Who says so, who paid, and every answer without them."),
    "worksheet": ("worksheet", "Make printable sheets with letters for names, and the teacher's key."),
    "schema": ("schema", "Print the JSON Schema of casefiles, for editors."),
}
EXAMPLES = """\b
Examples:
  evenhand audit examples/everyday --open
  evenhand audit essay.case.yaml -o essay.html
  evenhand check essay.case.yaml
  evenhand argue essay.case.yaml
  evenhand compare Cuba --measure infant-mortality --from 1960 --to 1990 --direction down
  evenhand data show "Soviet Union"
"""


@click.group(
    cls=LazyGroup,
    package="evenhand.cli",
    there=COMMANDS,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="evenhand")
@click.option("--debug", is_flag=True, help="Show the full trace of an error of evenhand's own; goes anywhere.")
def cli(*, debug: bool) -> None:
    """Compared with what? One rule for every side.

    evenhand reads an argument and its casefile, judges every comparison by the same rule for everyone, and puts what
    it found on one page.
    """


def main() -> None:
    """Runs the command line. Exit 0 done, 2 bad input, 1 anything else."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command line and gives its exit code; a user's mistake never shows a trace."""
    debug, arguments = "--debug" in arguments, [word for word in arguments if word != "--debug"]
    wants_json = json_to_stdout(arguments)
    try:
        stopped = cli.main(args=arguments, prog_name="evenhand", standalone_mode=False)
        sys.stdout.flush()
        if isinstance(stopped, int):
            return stopped  # click gives the code of its Exit back, and does not raise it
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return report_usage(error, wants_json=wants_json)
    except EvenhandError as error:
        return report(error.problems, error.exit_code, wants_json=wants_json)
    except (KeyboardInterrupt, click.Abort):
        return report([Problem("", "stopped; nothing was written")], 1, wants_json=wants_json)
    except BrokenPipeError:
        return silent()
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            silent()
            return report([Problem("", "no space is left to write to", "make room")], 1, wants_json=False)
        if debug:
            raise
        problem = Problem("", f"an error of evenhand's own: {type(error).__name__}: {error}",
                          "run the same command with --debug and send us what it prints")  # fmt: skip
        return report([problem], 1, wants_json=wants_json)
    return 0


def silent() -> int:
    """Nobody reads standard output any more, or nothing can be written to it: what is still waiting there goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def json_to_stdout(arguments: list[str]) -> bool:
    """Does the user read JSON on standard output, so that an error must be JSON too?

    ``audit`` and ``draft`` say where their JSON goes; to all other commands --json is a flag.
    """
    if next((word for word in arguments if not word.startswith("-")), "") not in {"audit", "draft"}:
        return "--json" in arguments
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(a == "--json=-" or (a == "--json" and b == "-") for a, b in pairs)


def report_usage(error: click.ClickException, *, wants_json: bool) -> int:
    """A wrong command line is bad input too."""
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"see `{error.ctx.command_path} --help`"
    return report(
        [Problem("", error.format_message().rstrip("."), hint)], BadInputError.exit_code, wants_json=wants_json
    )


def report(problems: list[Problem] | tuple[Problem, ...], code: int, *, wants_json: bool) -> int:
    """Prints the problems on standard error, and as JSON on standard output where JSON was asked for."""
    if wants_json:
        shape = [{"where": p.where, "message": p.message, "hint": p.hint} for p in problems]
        click.echo(json.dumps({"error": {"code": code, "problems": shape}}, ensure_ascii=False, indent=1))
    for problem in problems:
        click.echo(f"evenhand: {problem}" if len(problems) == 1 else str(problem), err=True)
    if len(problems) > 1:
        click.echo(f"evenhand: {len(problems)} problems; nothing was written", err=True)
    return code
