"""The thresholds of the method (docs/method.md) as settings.

Names and defaults of `ReportRules`, checked strictly.
"""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from reports.analysis.records.rules import ReportRules

from .section import Section


def _settings() -> type[Section]:
    hints = get_type_hints(ReportRules)
    made: dict[str, Any] = {
        field.name: field.default_factory()
        if field.default_factory is not MISSING
        else field.default
        for field in fields(ReportRules)
    }
    named = {field.name: hints[field.name] for field in fields(ReportRules)}
    return type("RulesSettings", (Section,), {"__annotations__": named, **made})


RulesSettings = _settings()
