"""Words each section of a report, one module a section."""
