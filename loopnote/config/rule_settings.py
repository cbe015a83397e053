"""The thresholds of the method (docs/method.md) as settings.

Names and defaults of `ReportRules`, checked strictly.
"""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from pydantic import create_model

from reports.analysis.records.rules import ReportRules

from .section import Section


def _settings() -> type[Section]:
    hints = get_type_hints(ReportRules)
    wanted: dict[str, Any] = {}
    for field in fields(ReportRules):
        made = field.default_factory() if field.default_factory is not MISSING else field.default
        wanted[field.name] = (hints[field.name], made)
    return create_model("RulesSettings", __base__=Section, **wanted)


RulesSettings = _settings()
