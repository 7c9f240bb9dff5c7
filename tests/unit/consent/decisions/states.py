"""Where a decision may stand."""

from enum import IntEnum


class State(IntEnum):
    """What `Decisions.state` answers."""

    NOTHING = 0
    COMMITTED = 1
    DEMANDED = 2
    OPENED = 3
    SILENT = 4
    UNASKED = 5
