"""A chain of its own for each folder of tests, in whatever order folders are run.

Ape tells fixtures by their names alone. Two folders with a `charter` of their own would share one
in its books, and what the first deployed would be missing, or still be there, under the second.
"""

from collections import ChainMap

import pytest
from ape.pytest.fixtures import FixtureMap


def tell_fixtures_apart() -> None:
    """Let Ape see of several fixtures of one name the one that a test gets."""
    FixtureMap._arg2fixturedefs = property(_seen_by)


def _seen_by(fixtures: FixtureMap) -> ChainMap:
    item = fixtures._item
    own = {name: found[-1:] for name, found in item._fixtureinfo.name2fixturedefs.items()}
    return ChainMap(own, item.session._fixturemanager._arg2fixturedefs)


def leave_behind(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """After the last test of a folder: end all its fixtures, and let Ape forget their names."""
    runner = item.config.pluginmanager.get_plugin("ape-test")
    if runner is None or nextitem is None or nextitem.path.parent == item.path.parent:
        return
    item.session._setupstate.teardown_exact(None)
    manager = runner.fixture_manager
    manager._nodeid_to_fixture_map.clear()
    manager._fixture_name_to_info.clear()
    manager._stateful_fixtures_cache.clear()
    for snapshot in runner.isolation_manager.snapshots.values():
        snapshot.fixtures.clear()
        snapshot.identifier = None
