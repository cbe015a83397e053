"""`worker`: the steps of a run as jobs of many hosts, on PostgreSQL."""

from collections.abc import Callable
from typing import Annotated

import typer

from loopnote.cli.exit_codes import DONE
from loopnote.cli.input.option_values import job_kinds
from loopnote.cli.output.console import print_json, print_line
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def worker(
    context: typer.Context,
    concurrency: Annotated[
        int, typer.Option(help=say("option.concurrency"), metavar="N", min=1, max=64)
    ] = 2,
    only: Annotated[str, typer.Option(help=say("option.only"), metavar="KIND")] = "",
) -> int:
    """Work for many teams, beside other workers, until asked to end."""
    from loopnote.commands.runs.failed_runs import failures_told
    from loopnote.config.read import config_path
    from loopnote.workers.worker import WorkerOptions, run_worker

    session: Session = context.obj
    options = WorkerOptions(job_kinds(only), concurrency)

    def ready() -> None:
        kinds = ", ".join(options.kinds)
        if session.as_json:
            print_json({"kind": "worker", "kinds": list(options.kinds), "concurrency": concurrency})
        else:
            print_line(say("worker.ready", kinds=kinds, count=concurrency))

    with failures_told(config_path(session.config_file), whole=False):
        run_worker(session.wiring, options, ready=ready)
    return DONE


COMMAND: Callable[..., int] = worker
