"""What is earned at one brand, and what it opens."""

from . import membership, perks, points, rewards, words

__all__ = ["membership", "perks", "points", "rewards", "words"]
