"""What is written down for the operator: one line of JSON a happening, hashes and no persons."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any, TextIO

_LOG = logging.getLogger("cercle.relayer")


def tell(happening: str, **facts: Any) -> None:
    """Something happened."""
    _LOG.info(happening, extra={"facts": facts})


def warn(happening: str, **facts: Any) -> None:
    """Something happened that an operator should look at."""
    _LOG.warning(happening, extra={"facts": facts})


def broke(happening: str, **facts: Any) -> None:
    """Something went wrong that nobody foresaw; called while the error is handled."""
    _LOG.error(happening, extra={"facts": facts}, exc_info=True)


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:  # not its message: it may say more
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{one.name}:{one.lineno}" for one in extract_tb(record.exc_info[2])]
        return json.dumps(line)


def begin(stream: TextIO | None = None) -> None:
    """Send the lines to where a supervisor collects them: standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _LOG.setLevel(logging.INFO)


__all__ = ["begin", "broke", "tell", "warn"]
