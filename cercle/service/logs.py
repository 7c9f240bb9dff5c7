"""What is written down for the operator: one line of JSON a happening, and no persons."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any, TextIO


class Log:
    """The log of one service.

    Usage example::

        log = Log("cercle.relayer")
        log.begin()
        log.tell("started", chain=1)
    """

    def __init__(self, name: str) -> None:
        self._log = logging.getLogger(name)

    def tell(self, happening: str, **facts: Any) -> None:
        """Something happened."""
        self._log.info(happening, extra={"facts": facts})

    def warn(self, happening: str, **facts: Any) -> None:
        """Something happened that an operator should look at."""
        self._log.warning(happening, extra={"facts": facts})

    def broke(self, happening: str, **facts: Any) -> None:
        """Something went wrong that nobody foresaw; called while the error is handled."""
        self._log.error(happening, extra={"facts": facts}, exc_info=True)

    def begin(self, stream: TextIO | None = None) -> None:
        """Send the lines to where a supervisor collects them: standard error."""
        handler = logging.StreamHandler(stream or sys.stderr)
        handler.setFormatter(Lines())
        root = logging.getLogger()
        root.handlers[:] = [handler]
        root.setLevel(logging.WARNING)
        self._log.setLevel(logging.INFO)


class Lines(logging.Formatter):
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


__all__ = ["Lines", "Log"]
