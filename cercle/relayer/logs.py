"""What the relayer writes down: hashes and no persons."""

from __future__ import annotations

from ..service.logs import Log

LOG = Log("cercle.relayer")
begin, broke, tell, warn = LOG.begin, LOG.broke, LOG.tell, LOG.warn

__all__ = ["LOG", "begin", "broke", "tell", "warn"]
