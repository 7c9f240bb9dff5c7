"""What the world's page may ask."""

from __future__ import annotations

import re
from typing import Any

from cercle.gateway.client import GatewayClient
from cercle.values import hash_text
from examples import asking
from examples.serving import Question, Said, text_of


class World:
    """One world. A game knows by itself whose avatar it shows; this page takes your word."""

    def __init__(self, client: GatewayClient, world: str, token: str | None) -> None:
        """Name its parts.

        Args:
            client: The gateway.
            world: The world's id in the Profile.
            token: Its own collection; without one an avatar is shown by its reference.
        """
        self._client = client
        self._world = world
        self._token = token

    @property
    def questions(self) -> dict[str, Question]:
        """What the page may ask, by name."""
        return {"shop": self.shop, "arrive": self.arrive}

    def shop(self, _: dict[str, Any]) -> dict[str, Any]:
        """The brand that this world is a friend of."""
        return asking.shop(self._client) | {"by_token": self._token is not None}

    def arrive(self, told: dict[str, Any]) -> dict[str, Any]:
        """Whose avatar this is, and what the brand has for them."""
        text = text_of(told, "shown")
        if re.fullmatch(r"0x[0-9a-fA-F]{64}", text):
            reference = hash_text(text)
            who = self._client.member_of_avatar(self._world, reference)
            known = who.member.is_member
            perks = self._client.parts(self._client.perks_of_avatar, self._world, reference)
        elif self._token is not None and re.fullmatch(r"[0-9]{1,77}", text):
            which = (self._world, self._token, int(text))
            who = self._client.member_of_token(*which)
            known = who.member.is_member
            perks = self._client.parts(self._client.perks_of_token, *which)
        else:
            raise Said("no_avatar")
        return {
            "member": asking.person(who.member),
            "perks": asking.offers(perks) if known else [],
            "read": asking.read_at(who.read),
        }


__all__ = ["World"]
