"""The keeper as a Silverback bot: `silverback run keeper`; docs/keeper.md says how it is run.

All that it does is in `work`. Silverback calls it at the start, at each block and each minute, and
signs: with the account of SILVERBACK_SIGNER_ALIAS, or with none, and then it only reads and warns.
"""

from __future__ import annotations

from typing import Any

from ape import chain
from ape.api import AccountAPI
from ape.exceptions import ApeException
from ape.utils import ManagerAccessMixin
from hexbytes import HexBytes
from silverback import SilverbackBot

from bots.inbox import Inbox
from bots.notes import Notes
from bots.settings import Settings, SettingsError
from bots.warn import Teller
from bots.work import Done, Keeper, Rules
from cercle.calls import Call
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import CercleError
from cercle.service.logs import Log

log = Log("cercle.keeper")


class NotSent(CercleError):
    """A transaction was not sent, or was mined and refused."""

    code = "keeper_not_sent"


class ApeSender(ManagerAccessMixin):
    """An account of Ape: a key file, a Ledger, a test account."""

    def __init__(self, account: AccountAPI) -> None:
        self._account = account
        self.sender = str(account.address)

    def send(self, call: Call) -> None:
        """
        Raises:
            NotSent: No money, no network, or somebody was quicker.
        """
        ecosystem = self.provider.network.ecosystem
        transaction = ecosystem.create_transaction(
            sender=self.sender, receiver=call.to, data=HexBytes(call.data), value=call.value
        )
        try:
            self._account.call(transaction)
        except ApeException as error:
            raise NotSent(f"{call.function} was not sent: {error}") from error


def keeper_of(settings: Settings, signer: AccountAPI | None, chain_id: int) -> Keeper:
    """A keeper as the environment describes it.

    Raises:
        CercleError: No deployment, another chain than Silverback's, or notes of another book.
    """
    deployment = Deployment.load(settings.deployment)
    if deployment.chain_id != chain_id:
        raise SettingsError(
            f"The deployment is on chain {deployment.chain_id}, Silverback on chain {chain_id}."
        )
    notes = Notes(settings.notes, f"{chain_id}:{deployment.address('Agreements')}")
    return Keeper(
        Chain(settings.rpc_urls, chain_id, timeout=settings.node_timeout, head_age=0.0),
        deployment,
        notes,
        Teller(notes, settings.warnings, log),
        log,
        sender=None if signer is None else ApeSender(signer),
        inbox=None if settings.inbox is None else Inbox(settings.inbox),
        rules=Rules(settings.lists, settings.most, settings.depth),
        step=settings.step,
    )


bot = SilverbackBot()
log.begin()
keeper = keeper_of(Settings.read(), bot.signer, bot.provider.chain_id)


def go_round() -> None:
    """One round. A node that is down stops nobody: the next block, or minute, begins anew."""
    try:
        done = keeper.round()
    except CercleError as error:
        log.warn("round_failed", code=error.code, message=str(error))
        return
    if done is not None and done != Done(done.block):
        log.tell(
            "round", block=done.block, warned=done.warned, settled=done.settled, poked=done.poked
        )


@bot.on_startup()  # type: ignore[untyped-decorator]
def catch_up(_: Any) -> None:
    """What happened since the last stop; Silverback itself replays no events."""
    go_round()


@bot.on_(chain.blocks)  # type: ignore[untyped-decorator]
def at_each_block(_: Any) -> None:
    """Blocks come in any order and some are missed: each is only a reason to look."""
    go_round()


@bot.cron("* * * * *")  # type: ignore[untyped-decorator]
def at_each_minute(_: Any) -> None:
    """A quiet chain has no blocks, and an inbox may be filled meanwhile."""
    go_round()
