"""What the vault writes down: routes and words; no wallet, passport, company or path."""

from __future__ import annotations

from ..service.logs import Log

LOG = Log("cercle.vault")
begin, broke, tell, warn = LOG.begin, LOG.broke, LOG.tell, LOG.warn

__all__ = ["LOG", "begin", "broke", "tell", "warn"]
