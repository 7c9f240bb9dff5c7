"""The house's own tools: set-up, suites, checks, audit. Standard library only up to `setup`."""
