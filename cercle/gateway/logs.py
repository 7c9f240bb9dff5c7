"""What the gateway writes down: routes, words and callers' names; no wallet, passport or path."""

from __future__ import annotations

from ..service.logs import Log

LOG = Log("cercle.gateway")
begin, broke, tell, warn = LOG.begin, LOG.broke, LOG.tell, LOG.warn

__all__ = ["LOG", "begin", "broke", "tell", "warn"]
