"""The steps of a run as jobs: pull, report, deliver."""
