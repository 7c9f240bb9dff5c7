"""A relayer as a whole: takes acts in, and in each step looks, follows, tends and sends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from eth_account.signers.local import LocalAccount

from ..chain import Chain
from ..deployments import Deployment
from ..errors import ChainError, DeploymentError
from .book import DAY, Act
from .carrier import Carrier
from .conditions import WELL
from .declined import Declined
from .fees import offer
from .follower import Follower
from .intake import Intake
from .key import load_key
from .lock import ProcessLock
from .logs import tell
from .nodes import Survey
from .parts import Parts
from .settings import Settings, SettingsError
from .store import Store
from .wire import AccountRequest, ActRequest, ActStatus, Terms

_PRUNE = 3_600.0  # seconds


class Relayer:
    """One relayer on one key.

    Usage example::

        relayer = Relayer.open(Settings.read())
        status = relayer.take(request)
        relayer.step()
        relayer.close()
    """

    def __init__(self, parts: Parts, lock: ProcessLock | None = None) -> None:
        self.parts = parts
        self.wake = threading.Event()  # something was accepted
        self._lock = lock
        self._intake = Intake(parts)
        self._carrier = Carrier(parts)
        self._follower = Follower(parts)
        self._pruned = -_PRUNE
        self._asked_passkeys = not parts.deployment.has("PasskeyFactory")
        self._stepping = threading.Lock()

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        deployment: Deployment | None = None,
        account: LocalAccount | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Relayer:
        """Take up the work where the journal left it.

        Raises:
            SettingsError: The settings cannot be used, or another process has the key.
        """
        try:
            deployment = deployment or Deployment.load(settings.deployment)
            for name in ("Charter", "Membership", "Polls"):
                deployment.address(name)
        except DeploymentError as error:
            raise SettingsError(str(error)) from error
        account = account or load_key(settings)
        chain = Chain(
            settings.rpc_urls, deployment.chain_id, timeout=settings.node_timeout, head_age=0.0
        )
        lock = ProcessLock(settings.journal.parent, deployment.chain_id, account.address)
        try:
            store = Store(settings.journal)
            store.bind(chain=str(deployment.chain_id), account=account.address)
        except SettingsError:
            lock.release()
            raise
        return cls(Parts(settings, deployment, chain, account, store, clock), lock)

    def close(self) -> None:
        """Put the pen down; what is on its way is followed at the next start."""
        with self._stepping:
            self.parts.nodes.close()
            self.parts.store.close()
            if self._lock is not None:
                self._lock.release()
        tell("ended")

    # ---- what clients ask ----

    def take(self, request: ActRequest) -> ActStatus:
        """Take a signed message in.

        Raises:
            Declined: It is not taken.
        """
        return self._taken(lambda: self._intake.act(request))

    def take_account(self, request: AccountRequest) -> ActStatus:
        """Take the wish for a passkey's account in.

        Raises:
            Declined: It is not taken.
        """
        return self._taken(lambda: self._intake.account(request))

    def status(self, id: str) -> ActStatus:
        """What became of an act.

        Raises:
            Declined: Nothing is known of it.
        """
        act = self.parts.book.act(id.lower())
        if act is None:
            raise Declined(404, "unknown_act", "The relayer knows no such act.")
        return act.status

    def terms(self) -> Terms:
        """What is offered."""
        parts, settings = self.parts, self.parts.settings
        return Terms(
            chain_id=parts.chain.chain_id,
            relayer=parts.sender,
            structs=settings.offered,
            batch_seconds=settings.batch_seconds,
            passkeys=parts.has_passkeys,
            budgets=settings.budgets(parts.has_passkeys),
            tokens=settings.tokens,
        )

    def _taken(self, take: Callable[[], Act]) -> ActStatus:
        try:
            status = take().status
        except Declined as no:
            self.parts.metrics.refusals.labels(no.word).inc()
            raise
        self.wake.set()
        return status

    # ---- what the worker does ----

    def step(self) -> bool:
        """Do what can be done now; whether something is left to wait for."""
        parts, conditions = self.parts, self.parts.conditions
        with self._stepping:
            survey = parts.nodes.survey()
            self._judge(survey)
            if survey.seen:
                try:
                    self._ask_passkeys()
                    self._follower.look(survey)
                    self._carrier.tend(survey)
                    if conditions.is_well:
                        self._carrier.send_due(survey)
                except ChainError:
                    conditions.chain = "unreachable"
                self._prune()
            self._gauge()
        return bool(parts.book.queue() or parts.book.flying())

    def _judge(self, survey: Survey) -> None:
        """How well everything is that the nodes can tell."""
        parts, conditions = self.parts, self.parts.conditions
        if not survey.seen:
            conditions.chain = survey.trouble
            return
        limit = parts.settings.max_head_age
        is_old = limit is not None and parts.clock() - survey.head.timestamp > limit
        conditions.chain = "behind" if is_old else WELL
        conditions.nonce = WELL if parts.nonces.next(survey) is not None else "behind"
        conditions.fees = WELL if offer(survey.freshest, parts.settings) else "fees_too_high"
        left = survey.freshest.balance - parts.book.reserved()
        if left >= max(parts.settings.balance_floor, conditions.needed):
            conditions.money, conditions.needed = WELL, 0
        else:
            conditions.money = "out_of_money"
        parts.metrics.balance.set(survey.freshest.balance)

    def _ask_passkeys(self) -> None:
        """Once: whether this chain can check a passkey."""
        if not self._asked_passkeys:
            read = self.parts.deployment.contract("PasskeyFactory").read("is_supported")
            head = self.parts.chain.head()
            self.parts.has_passkeys = bool(self.parts.chain.read([read], head)[0])
            self._asked_passkeys = True

    def _gauge(self) -> None:
        metrics, book = self.parts.metrics, self.parts.book
        metrics.queue.set(book.queue())
        metrics.in_flight.set(book.flying())
        for part, word in self.parts.conditions.parts.items():
            metrics.well.labels(part).set(word == WELL)

    def _prune(self) -> None:
        """Forget what was settled long ago."""
        if time.monotonic() - self._pruned < _PRUNE:
            return
        self._pruned = time.monotonic()
        gone = self.parts.book.forget(self.parts.clock() - self.parts.settings.keep_days * DAY)
        if gone:
            tell("forgot", acts=gone)


__all__ = ["Relayer"]
