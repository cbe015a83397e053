"""`doctor`: checks the configuration, the services it names and the store."""

from collections.abc import Callable

import typer

from loopnote.cli.exit_codes import DONE, PARTLY
from loopnote.cli.output.console import print_notice
from loopnote.cli.output.findings import print_findings
from loopnote.cli.session import Session
from loopnote.runtime.messages.terminal import say


def doctor(context: typer.Context) -> int:
    """Check everything."""
    from loopnote.commands.setup.doctor import check

    session: Session = context.obj
    with session.progress() as progress:
        findings = list(check(session.wiring, progress=progress))
    print_findings(findings, as_json=session.as_json)
    errors = sum(finding.level == "error" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if not session.as_json:
        print_notice(
            say("doctor.sum", errors=errors, warnings=warnings)
            if errors or warnings
            else say("doctor.well")
        )
    return PARTLY if errors else DONE


COMMAND: Callable[..., int] = doctor
