"""How fast the app answers many people at once: `python -m benchmarks.app`, or `make bench-app`."""
