"""What the till's page may ask."""

from __future__ import annotations

import re
from typing import Any

from cercle.gateway.client import GatewayClient
from cercle.loyalty.words import read_claim_id
from cercle.slips import BadSlip, RedeemCode
from cercle.values import checksum
from examples import asking
from examples.serving import Question, Said, text_of

from .signer import NodeSigner, checked


class Till:
    """One till of a shop."""

    def __init__(
        self, client: GatewayClient, account: str, perks: str, signer: NodeSigner | None
    ) -> None:
        """Name its parts.

        Args:
            client: The gateway.
            account: Who redeems: it has the role TILL.
            perks: The brand's Perks, as the shop knows it itself.
            signer: Sends for the account; without one the page shows the call.
        """
        self._client = client
        self._account = checksum(account)
        self._perks = checksum(perks)
        self._signer = signer

    @property
    def questions(self) -> dict[str, Question]:
        """What the page may ask, by name."""
        return {"shop": self.shop, "read": self.read, "redeem": self.redeem}

    def shop(self, _: dict[str, Any]) -> dict[str, Any]:
        """The brand, and whether this till can sign."""
        return asking.shop(self._client) | {"signs": self._signer is not None}

    def read(self, told: dict[str, Any]) -> dict[str, Any]:
        """Whatever somebody showed: a code, a wallet, or the number of a passport."""
        text = text_of(told, "shown")
        if re.fullmatch(r"0x[0-9a-fA-F]{40}", text):
            try:
                return self._somebody(checksum(text))
            except ValueError:
                raise Said("bad_checksum") from None
        if re.fullmatch(r"[0-9]{1,18}", text) and int(text):
            return self._passport(int(text))
        try:
            code = RedeemCode.from_text(text)
        except BadSlip:
            raise Said("bad_slip") from None
        answer = self._client.redeem(text, self._account)
        checked(answer, code, self._account, self._perks)
        who = self._client.member_of_wallet(code.wallet)
        return {
            "member": asking.person(who.member),
            "read": asking.read_at(answer.read),
            "hand_out": {
                "perk_id": read_claim_id(code.claim_id).perk_id,  # the code's own word
                "perk": asking.words(answer.perk),
                "variant": asking.words(answer.variant),
                "good_until": answer.good_until.isoformat() if answer.good_until else None,
            },
        }

    def redeem(self, told: dict[str, Any]) -> dict[str, Any]:
        """Send the redeem of a code; without a signer, show it."""
        text = text_of(told, "shown")
        answer = self._client.redeem(text, self._account)
        call = checked(answer, RedeemCode.from_text(text), self._account, self._perks)
        if self._signer is None:
            return {"sent": False, "call": answer.call.model_dump(mode="json")}
        return {"sent": True, **self._signer.send(call)}

    def _somebody(self, wallet: str) -> dict[str, Any]:
        who = self._client.member_of_wallet(wallet)
        perks = self._client.parts(self._client.perks_of_wallet, wallet)
        return {
            "member": asking.person(who.member),
            "perks": asking.offers(perks),
            "read": asking.read_at(who.read),
        }

    def _passport(self, number: int) -> dict[str, Any]:
        who = self._client.member_of_passport(number)
        known = who.member.passport_id is not None
        perks = self._client.parts(self._client.perks_of_passport, number)
        return {
            "member": asking.person(who.member),
            "perks": asking.offers(perks) if known else [],
            "read": asking.read_at(who.read),
        }


__all__ = ["Till"]
