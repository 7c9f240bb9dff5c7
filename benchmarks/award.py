"""What the access list of an award saves: a batch of a hundred, with and without it.

Run it by `python -m benchmarks.award`. The conditions are those of `make gas`.
"""

from __future__ import annotations

from benchmarks.acts import award_batch_100, award_unlisted
from benchmarks.node import private_node
from benchmarks.town import build
from tools.say import say


def main() -> None:
    """Print the gas of one award, its share of the whole transaction, either way."""
    with private_node() as node:
        town = build(node)
        for name, perform in (("with", award_batch_100), ("without", award_unlisted)):
            (receipt,), items = perform(town)
            say(f"{name} an access list: {-(-receipt.gas // items):,} gas a member")


if __name__ == "__main__":
    main()
