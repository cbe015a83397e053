"""`join`, `split`, `undo`, `backup`, `erase`, `export` and `import`: the store as a whole."""
