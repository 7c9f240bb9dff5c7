"""Run every check; warnings are shown, findings fail."""

from tools.checks import (
    bare_reverts,
    deployables_exercised,
    events_asserted,
    headers,
    machine_paths,
    money_registered,
    privacy_page,
    reason_form,
    reasons_quoted,
    sizes,
    skips,
    stock_names,
    translations,
    unsafe_html,
)
from tools.checks.tree import Tree
from tools.places import ROOT
from tools.say import say

CHECKS = (
    bare_reverts,
    skips,
    stock_names,
    reason_form,
    reasons_quoted,
    events_asserted,
    privacy_page,
    money_registered,
    deployables_exercised,
    unsafe_html,
    machine_paths,
    translations,
    headers,
)
WARNINGS = (sizes,)


def main() -> int:
    """1 if any check found something."""
    tree = Tree(ROOT)
    failed = 0
    for check in (*CHECKS, *WARNINGS):
        found = list(check.find(tree))
        name = check.__name__.rpartition(".")[2]
        word = "warning" if check in WARNINGS else "finding"
        if found:
            plural = "s" if len(found) > 1 else ""
            say(f"      {name}: {len(found)} {word}{plural}")
            say("\n".join(f"         {finding}" for finding in found))
        failed += len(found) if check not in WARNINGS else 0
    say(f"      {len(CHECKS)} checks, {failed} findings")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
