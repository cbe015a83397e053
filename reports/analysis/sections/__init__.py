"""The sections of a report beside the three questions, one pure module a section."""
