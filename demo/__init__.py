"""A real community on a local chain: `make demo`."""
