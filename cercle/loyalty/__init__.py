"""What is earned at one brand, and what it opens."""

from . import electorate, membership, perks, points, rewards, words

__all__ = ["electorate", "membership", "perks", "points", "rewards", "words"]
