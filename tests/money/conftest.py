"""Contracts that hold money, each on a stage of its own."""

import pytest

from tests.money.stage import Kind, Stage
from tests.odd_tokens import Habit


@pytest.fixture
def on_stage(project):
    """A taker, with a token of a kind."""

    def _on_stage(taker, kind=Habit.PLAIN):
        kind = kind if isinstance(kind, Kind) else Kind(kind)
        stage = Stage(project, kind)
        stage.rest()
        made = taker(stage)
        stage.rest(False)
        return made

    return _on_stage
