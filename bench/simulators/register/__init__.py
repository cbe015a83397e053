"""The fifth edit simulator: a register kept under themes, with shares counted in public tables."""
