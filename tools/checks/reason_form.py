"""A reason is the file's stem, a colon and a lower-case phrase, in at most 32 bytes.

What cannot happen needs none, but says so: `assert x  # dev: why it cannot happen`.
"""

import re
from collections.abc import Iterator

from tools.checks.tree import Finding, Tree

LONGEST = 32


def stem(name: str) -> str:
    """The snake_case of a file's name: BallotBox is ballot_box."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def find(tree: Tree) -> Iterator[Finding]:
    """Refusals without a reason, or with one of another form."""
    for reason in tree.reasons:
        prefix = stem(reason.path.stem) + ": "
        phrase = reason.text.removeprefix(prefix)
        problem = ""
        if not reason.text and not reason.is_impossible:
            problem = "a refusal without a reason"
        elif reason.text and phrase == reason.text:
            problem = f"{reason.text!r} does not begin with {prefix!r}"
        elif len(reason.text.encode()) > LONGEST:
            problem = f"{reason.text!r} is longer than {LONGEST} bytes"
        elif reason.text and (phrase[0].isupper() or phrase.endswith(".")):
            problem = f"{reason.text!r}: a lower-case phrase with no full stop"
        if problem:
            yield Finding(tree.short(reason.path), reason.line, problem)
