"""Checks what an agreement's events say against its ladder: each price, each charge, to the unit.

Usage example::

    checked = verify(agreements.history(agreement_id))
    for finding in checked.findings:
        print(finding.sentence)

Nothing is believed but what was paid in, what the meter showed and what the list did; all else is
reckoned again. What does not fit is told once: from there on what was written down is taken on.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import AgreementUnknown
from ..events import Event
from .findings import Checked, ClosedPeriod, Finding, Receipt
from .replay import Replay


def verify(history: Sequence[Event]) -> Checked:
    """Reckon an agreement again from its events.

    Args:
        history: All of them, oldest first: `Agreements.history`.

    Raises:
        AgreementUnknown: They do not begin with its opening.
    """
    if not history or history[0].name != "AgreementOpened":
        raise AgreementUnknown("These events do not begin with the opening of a contract.")
    replay = Replay(history[0])
    for place, event in enumerate(history[1:], 1):
        replay.take(event, history[place + 1 : place + 3])
    return replay.checked()


__all__ = ["Checked", "ClosedPeriod", "Finding", "Receipt", "verify"]
