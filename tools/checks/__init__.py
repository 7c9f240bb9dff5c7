"""Small checks of what no general linter knows about this house.

Each is a module with a docstring that says the rule and a `find(tree)` that yields findings; the
tests in tests/tools plant one of each.
"""
