"""The brand's texts, shown only if their hash is the one on the chain."""

from __future__ import annotations

import time
from contextlib import suppress

from ..cache import BoundedCache
from ..content import BrandDocument, ContentStore, PerkDocument, PollDocument
from ..content.documents import AnyDocument
from ..errors import ContentError

_AGAIN = 30.0  # seconds until a text that was not there is asked for again
_MOST = 1_024


class Texts:
    """Documents by hash, remembered."""

    def __init__(self, url: str | None) -> None:
        self._store = ContentStore(url) if url else None
        self._known: BoundedCache[str, tuple[AnyDocument | None, float]] = BoundedCache(_MOST)

    def brand(self, name: str | None) -> BrandDocument | None:
        """The brand's own document; None if it is not there, or none."""
        found = self._get(name)
        return found if isinstance(found, BrandDocument) else None

    def perk(self, name: str) -> PerkDocument | None:
        """A perk's document."""
        found = self._get(name)
        return found if isinstance(found, PerkDocument) else None

    def poll(self, name: str) -> PollDocument | None:
        """A poll's document."""
        found = self._get(name)
        return found if isinstance(found, PollDocument) else None

    def _get(self, name: str | None) -> AnyDocument | None:
        if name is None or self._store is None:
            return None
        known = self._known.get(name)
        if known is not None and (known[0] is not None or time.monotonic() < known[1]):
            return known[0]
        found: AnyDocument | None = None
        with suppress(ContentError):  # the figures are right all the same
            found = self._store.get(name)
        self._known.put(name, (found, time.monotonic() + _AGAIN))
        return found


__all__ = ["Texts"]
