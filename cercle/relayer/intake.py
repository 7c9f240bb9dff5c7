"""What is accepted: the cheap questions first, so that a stranger costs the relayer little."""

from __future__ import annotations

import sqlite3

from eth_utils.crypto import keccak
from pydantic import ValidationError

from ..errors import CercleError, ChainError, Refused
from ..models import Head
from ..service.problem import first_of
from ..slips import Invitation
from ..typed_data import CannotCarry, SignedMessage, struct_of
from ..values import ZERO_ADDRESS
from . import declined
from .ballots import batch_of
from .book import DAY, PROTECTED, Act
from .calls import TooCostly, try_alone
from .declined import Declined
from .invitations import asks_wallet, is_signed_by_key, key_of, require_live, says_yes
from .logs import tell
from .parts import Parts
from .permits import domain_of, require_modest
from .protective import asks_whether_done, done_already, is_done, protects
from .wire import ACCOUNT, AccountRequest, ActRequest, ActState

# What somebody may want before they are a member; all else is a member's.
NEWCOMERS = ("Register", "Join", "Adopt")
ALWAYS_INVITED = ("Register", "Join")


class Intake:
    """Takes acts in. An act that is there already is given back as it stands."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def act(self, request: ActRequest) -> Act:
        """Take a signed message.

        Raises:
            Declined: It is not taken; nothing was written.
        """
        parts = self._parts
        if request.struct not in parts.settings.offered:
            raise declined.not_offered(request.struct)
        if not parts.deployment.has(struct_of(request.struct).contract):
            raise declined.not_offered(request.struct)
        try:
            signed = request.signed(parts.deployment, domain_of(parts, request))
            require_modest(parts, signed.message)
        except ChainError as error:
            raise declined.ill("unreachable", "The relayer's nodes cannot say.") from error
        except ValidationError as error:
            raise declined.malformed(first_of(error)) from error
        except ValueError as error:
            raise declined.malformed(str(error)) from error
        id = "0x" + signed.message.digest().hex()
        if (known := parts.book.act(id)) is not None:
            return known
        self._require_well()
        try:
            return self._new_act(id, signed)
        except ChainError as error:
            raise declined.ill("unreachable", "The relayer's nodes cannot say.") from error

    def account(self, request: AccountRequest) -> Act:
        """Take the wish for a passkey's account.

        Raises:
            Declined: It is not taken; nothing was written.
        """
        parts = self._parts
        if not parts.has_passkeys or parts.settings.site not in (None, request.rp_id_hash):
            raise declined.not_offered(ACCOUNT)
        factory = parts.deployment.contract("PasskeyFactory")
        call = factory.call("create", *request.terms)
        id = "0x" + keccak(f"{parts.chain.chain_id}:{call.to}:{call.data}".encode()).hex()
        if (known := parts.book.act(id)) is not None:
            return known
        self._require_well()
        try:
            head = parts.chain.head(fresh=True)
            self._require_invitation(ACCOUNT, request.invitation, head)
            account = parts.chain.read([factory.read("account_of", *request.terms)], head)[0]
            payload = request.model_dump_json()
            return self._add(self._made(id, ACCOUNT, account, payload, request.invitation), head)
        except ChainError as error:
            raise declined.ill("unreachable", "The relayer's nodes cannot say.") from error

    # ---- questions ----

    def _new_act(self, id: str, signed: SignedMessage) -> Act:
        parts, message = self._parts, signed.message
        head = parts.chain.head(fresh=True)
        membership = parts.deployment.contract("Membership")
        reads = [membership.read("member_of", message.actor)]
        by_key = is_signed_by_key(message, message.actor, signed.raw)
        if not by_key:
            gas = parts.settings.gas_cap(signed.struct)
            reads.append(asks_wallet(message, message.actor, signed.raw, gas))
        member, *wallet = parts.chain.try_read(reads, head)
        if isinstance(member, Refused):
            raise declined.refused(member)
        if message.actor == ZERO_ADDRESS or not (by_key or says_yes(wallet[0])):
            raise declined.not_signed()
        if protects(message) and member[0]:
            return self._protect(id, signed, member[0], head)
        invitation = self._way_in(signed, member[1], head)
        act = self._made(id, signed.struct, message.actor, signed.model_dump_json(), invitation)
        if invitation is None:
            act = act.model_copy(update={"person": f"passport {member[0]}"})
        batch = batch_of(signed, by_key=by_key)
        return self._add(act.model_copy(update={"batch": batch}), head)

    def _protect(self, id: str, signed: SignedMessage, passport_id: int, head: Head) -> Act:
        """Whoever has a passport may take back and say no, member or not; not twice in a row."""
        parts, message = self._parts, signed.message
        reads = asks_whether_done(parts.deployment, message, passport_id)
        if reads and is_done(message, parts.chain.read(reads, head)):
            raise done_already()
        act = self._made(id, signed.struct, message.actor, signed.model_dump_json(), None)
        person = f"{PROTECTED}passport {passport_id}"
        return self._add(act.model_copy(update={"person": person}), head)

    def _way_in(self, signed: SignedMessage, member_no: int, head: Head) -> Invitation | None:
        """The invitation on which an act is carried; None for a member's own."""
        if member_no and signed.struct not in ALWAYS_INVITED:
            return None
        if signed.struct not in NEWCOMERS:
            raise Declined(403, "not_a_member", "The relayer carries this for members.")
        if signed.invitation is None:
            raise declined.no_invitation()
        self._require_invitation(signed.struct, signed.invitation, head)
        return signed.invitation

    def _require_invitation(self, struct: str, invitation: Invitation, head: Head) -> None:
        """One invitation, one person through each door."""
        if struct in ("Register", ACCOUNT) and invitation.passport_id:
            raise Declined(403, "invitation_named", "This invitation is to somebody else.")
        if self._parts.book.has_used(key_of(invitation), struct):
            raise Declined(403, "invitation_used", "This invitation was used for this already.")
        gas = self._parts.settings.gas_cap("Join")
        try:
            require_live(self._parts.chain, self._parts.deployment, invitation, head, gas)
        except Refused as error:
            raise declined.bad_invitation(error) from error

    def _require_well(self) -> None:
        if (illness := self._parts.conditions.illness) is not None:
            raise illness

    # ---- the journal ----

    def _made(
        self, id: str, struct: str, actor: str, payload: str, invitation: Invitation | None
    ) -> Act:
        # Wallets and passports cost nothing: before somebody is a member, what is counted is the
        # invitation.
        now, used = self._parts.clock(), None if invitation is None else key_of(invitation)
        return Act(
            id=id,
            struct=struct,
            actor=actor,
            person=actor if used is None else f"invitation {used}",
            payload=payload,
            invitation=used,
            day=int(now // DAY),
            created_at=now,
        )

    def _add(self, act: Act, head: Head) -> Act:
        """Try it, then write it down, if the day's budgets allow."""
        parts = self._parts
        self._try(act, head)
        with parts.store.writing():
            if (known := parts.book.act(act.id)) is not None:
                return known
            no = parts.budgets.refusal(act.struct, act.person, parts.clock())
            if no is not None:
                raise no
            try:
                parts.book.add(act)
            except sqlite3.IntegrityError as error:
                text = "This invitation was used for this already."
                raise Declined(403, "invitation_used", text) from error
        parts.metrics.acts.labels(act.struct, ActState.ACCEPTED).inc()
        tell("accepted", act=act.id, struct=act.struct)
        return act

    def _try(self, act: Act, head: Head) -> None:
        try:
            try_alone(self._parts, act, head)
        except Refused as error:
            raise declined.refused(error) from error
        except CannotCarry as error:
            raise declined.malformed(str(error)) from error
        except TooCostly as error:
            raise Declined(403, error.code, str(error)) from error
        except ChainError:
            raise
        except CercleError as error:
            raise declined.not_offered(act.struct) from error


__all__ = ["ALWAYS_INVITED", "NEWCOMERS", "Intake"]
