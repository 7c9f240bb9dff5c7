"""What is earned at one brand, and what it opens."""

from . import membership, perks

__all__ = ["membership", "perks"]
