"""Run the world: `python -m examples.world --help`."""

from __future__ import annotations

from pathlib import Path

from examples.asking import client_of, options
from examples.serving import PageServer

from .world import World


def main(given: list[str] | None = None) -> None:
    """Serve until somebody ends it."""
    parser = options("world", __doc__, 8505)
    parser.add_argument("--world", required=True, help="its id in the Profile")
    parser.add_argument("--token", help="its own collection of tokens")
    told = parser.parse_args(given)
    world = World(client_of(told), told.world, told.token)
    PageServer(told.port, Path(__file__).parent / "static", world.questions).serve()


if __name__ == "__main__":
    main()
