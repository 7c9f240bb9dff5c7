"""The habits of contracts/testing/OddToken.vy; tests/money/test_kinds.py compares the two."""

from enum import IntEnum


class Habit(IntEnum):
    """What a token may do that its ERC does not promise."""

    PLAIN = 0
    TAXED = 1
    MUTE = 2
    SOFT = 3
    WORDY = 4
    VAGUE = 5
    CHOOSY = 6
    HOLLOW = 7
    GREEDY = 8
    LAVISH = 9
    CHATTY = 10
