"""Somebody else sends what a member signed, and pays for it: the app's side of the relayer.

What the relayer says is a claim like a wallet's: a transaction counts when our own node has it
and it carries this very act. The app works without a relayer, and each act can be sent by
its member alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import streamlit as st

from cercle import errors, governance, typed_data
from cercle.acts import Act
from cercle.chain import Chain, Fate
from cercle.deployments import Deployment
from cercle.errors import CercleError, Refused, RelayerError, RelayerRefused
from cercle.proposals import acts as proposal_acts
from cercle.relayer.client import RelayerClient, Terms
from cercle.typed_data import SignedMessage
from cercle.values import ZERO_ADDRESS

from . import settings

TERMS_AGE = 30.0  # seconds for which what a relayer offers is remembered
INVITED = ("Register", "Join")  # nobody pays for a stranger who comes without an invitation
_ALONE = "carrying_alone"


@dataclass(frozen=True)
class Look:
    """What became of an act that was handed over."""

    fate: Fate = Fate.PENDING
    tx_hash: str | None = None
    block: int | None = None
    refusal: CercleError | None = None


class Carrier(Protocol):
    """Who carries a member's acts."""

    def carries(self, struct: str | None, token: str | None = None) -> bool: ...
    def hand_over(self, signed: SignedMessage) -> str: ...
    def look(self, number: str, signed: SignedMessage) -> Look: ...


class LiveCarrier:
    """A relayer at an address that the server was told."""

    def __init__(self, url: str, chain: Chain, deployment: Deployment) -> None:
        self.client = RelayerClient(url)
        self.chain = chain
        self.deployment = deployment

    def carries(self, struct: str | None, token: str | None = None) -> bool:
        found = _offered(self.client.url, self.client, self.deployment.chain_id)
        return struct in found.structs and (token is None or token in found.tokens)

    def hand_over(self, signed: SignedMessage) -> str:
        """Give it a signed act; its number.

        Raises:
            CercleError: It does not take this one, or does not answer.
        """
        return self.client.send(signed).id

    def look(self, number: str, signed: SignedMessage) -> Look:
        """Ask what became of it, and believe the chain alone that it is done.

        Raises:
            RelayerError: Nobody says, and it may still be carried.
        """
        try:
            told = self.client.status(number)
        except (Refused, RelayerError) as error:
            if isinstance(error, Refused | RelayerRefused):  # it has lost its journal, say
                return Look(Fate.REVERTED, refusal=error)
            if self._is_late(signed):
                return Look(Fate.REVERTED, refusal=errors.SignatureExpired())
            raise
        if told.tx is not None:
            is_carried = partial(typed_data.is_carried, self.deployment, signed)
            followed = self.chain.follow_carried(told.tx, signed.message.contract, is_carried)
            if followed.fate in (Fate.MINED, Fate.REVERTED):
                self.chain.forget_head()
                skipped = followed.receipt and self._skipped(signed, followed.receipt)
                if skipped:
                    return Look(fate=Fate.REVERTED, tx_hash=told.tx, refusal=skipped)
                return Look(followed.fate, told.tx, followed.block, told.error())
            if followed.fate is Fate.FOREIGN:
                return Look(Fate.FOREIGN, told.tx)
        if told.state in ("refused", "failed"):
            return Look(Fate.REVERTED, told.tx, refusal=told.error())
        if self._is_late(signed):
            return Look(Fate.REVERTED, refusal=errors.SignatureExpired())
        return Look(tx_hash=told.tx)

    def _is_late(self, signed: SignedMessage) -> bool:
        """Whether no contract takes it any more."""
        # OpenZeppelin's ballots have no end of their own.
        end = signed.message.message.get("deadline")
        return end is not None and bool(self.chain.head().timestamp > end)

    def _skipped(self, signed: SignedMessage, receipt: dict[str, Any]) -> Refused | None:
        """Why a batch that was mined left this ballot out, if it did."""
        if signed.struct == "BallotUntil":
            return proposal_acts.skipped(self.deployment, receipt, signed.message.actor)
        if signed.struct != "Ballot":
            return None
        return governance.skipped(self.deployment, receipt, signed.message.actor)


@st.cache_data(ttl=TERMS_AGE, max_entries=4, show_spinner=False)
def _offered(url: str, _client: RelayerClient, chain_id: int) -> Terms:
    nothing = Terms(chain_id=chain_id, relayer=ZERO_ADDRESS, structs=())
    try:
        terms = _client.terms()
    except CercleError:
        return nothing
    return terms if terms.chain_id == chain_id else nothing


@st.cache_resource(max_entries=2, show_spinner=False)
def _live(url: str, _chain: Chain, _deployment: Deployment) -> LiveCarrier:
    return LiveCarrier(url, _chain, _deployment)


def live(chain: Chain, deployment: Deployment) -> LiveCarrier | None:
    """The relayer that the server was told of, if it was."""
    url = settings.current().relayer_url
    return _live(url, chain, deployment) if url else None


def is_alone() -> bool:
    """Whether this member chose to pay the network's fee themselves."""
    return bool(st.session_state.get(_ALONE))


def be_alone(value: bool) -> None:
    """Remember that choice for this session."""
    st.session_state[_ALONE] = value


def will_carry(carrier: Carrier | None, act: Act, *, signs_only: bool = False) -> bool:
    """Whether an act goes the free way.

    Args:
        carrier: Who carries, if anybody does.
        act: What is to be done.
        signs_only: Whether the wallet has no other way.
    """
    is_invited = act.invitation is not None
    return act.sign is not None and is_free(carrier, act.struct, is_invited, signs_only, act.token)


def is_free(
    carrier: Carrier | None,
    struct: str | None,
    is_invited: bool,
    signs_only: bool = False,
    token: str | None = None,
) -> bool:
    """Whether acts of a kind go the free way for this member; see `will_carry`."""
    return (
        carrier is not None
        and (signs_only or not is_alone())
        and (is_invited or struct not in INVITED)
        and (carrier.carries(struct) if token is None else carrier.carries(struct, token))
    )
