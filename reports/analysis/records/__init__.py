"""Records of a report: inputs, thresholds, answers and sections, as language-free values."""
