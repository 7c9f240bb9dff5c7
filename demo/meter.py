"""A visitor uses something: the demo's meter signs a reading of now, and anybody brings it in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from cercle.agreements import Reading, calls, meters
from cercle.agreements.client import Agreements
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import CercleError
from cercle.executors import UnlockedExecutor

from .mobile import LISTS, METER
from .node import CHAIN_ID, HOST, DemoError
from .stage import STAFF

USAGE = "python -m demo use CONTRACT AMOUNT [MINUTES]: an amount in GB, minutes without service"
MOST = 1_000_000  # GB


def use(folder: Path, rpc_port: int, words: list[str]) -> str:
    """Have more use counted on a running demo.

    Args:
        folder: Of the demo.
        rpc_port: Where its chain listens.
        words: The contract's number, how much more was used, and minutes of outage.

    Returns:
        What became of it, in a sentence.

    Raises:
        DemoError: The words are none of these, no demo runs, or the contract is not there.
    """
    number, units, minutes = _read(words)
    try:
        deployment = Deployment.load(folder / "deployment.json")
        chain = Chain([f"http://{HOST}:{rpc_port}"], CHAIN_ID, head_age=0)
        book = Agreements(chain, deployment)
        terms, account = book.terms(number), book.account(number)
        reading = Reading(
            sequence=account.sequence + 1,
            read_at=chain.head(fresh=True).timestamp,
            shown=account.shown + units,
            outage=account.outage_total + minutes,
        )
        message = meters.reading_message(deployment, number, reading)
        signed = meters.signed(reading, bytes(METER.sign_message(message).signature))
        anybody = str(chain.request("eth_accounts", [])[STAFF.index("issuer")])
        UnlockedExecutor(chain, anybody).send(calls.settle(deployment, number, terms, signed))
        found = book.view(number).standing
    except (CercleError, OSError) as error:
        raise DemoError(str(error)) from error
    state = "served" if found.is_entitled else "stopped"
    return (
        f"Contract {number}: {_shown(found.use)} of {_shown(found.limit)} GB used in this period, "
        f"{found.net / 100:.2f} so far, {state}."
    )


def _read(words: list[str]) -> tuple[int, int, int]:
    try:
        number, amount, *rest = words
        units = Decimal(amount) * LISTS[0].text.per_shown
        minutes = int(rest[0]) if rest else 0
        is_fine = len(rest) < 2 and number.isascii() and number.isdigit()
        if not is_fine or units != int(units) or not 0 <= units <= MOST or minutes < 0:
            raise ValueError
    except (ValueError, InvalidOperation) as error:
        raise DemoError(f"Usage: {USAGE}") from error
    return int(number), int(units), minutes


def _shown(units: int) -> str:
    return f"{units / LISTS[0].text.per_shown:g}"


__all__ = ["USAGE", "use"]
