"""How rows are compared and assigned when nothing but their content and place tells which is which (all pure)."""
