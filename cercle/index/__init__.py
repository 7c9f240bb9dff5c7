"""An index: every event of a brand's contracts in SQL tables, SQLite's or PostgreSQL's.

`follower` reads the chain into it and follows its turns, `history` is what pages and scripts read.
docs/index.md says what it promises, and who can lie.
"""

from .follower import Follower, Progress
from .identity import Followed
from .opening import DEPTH, open_store
from .store import Store

__all__ = ["DEPTH", "Followed", "Follower", "Progress", "Store", "open_store"]
