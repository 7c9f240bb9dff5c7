"""A person, a company that wants more than it was given, and two books of consents: Consent and
its twin, which trusts."""

from dataclasses import dataclass
from typing import Any

from eth_utils import keccak

from cercle.typed_data import STRUCTS
from cercle.typed_data.consent import TERMS
from tests.conftest import DAY
from tests.signing import sign

ANALYTICS, MARKETING = 1, 2  # purposes
MAIL, HEALTH = 0, 1  # kinds of data
EVERY_KIND = 0b11
RECORD = keccak(text="a consent record and its salt")
OURS = STRUCTS["Grant"].encoded_type
TRUSTING = OURS.replace("uint256 passport_id,", "")


@dataclass
class Book:
    """One of the two, with what attackers and victims do to it."""

    contract: Any
    chain: Any
    text: str  # of its grants

    def terms(self, **changes) -> dict:
        now = self.chain.blocks.head.timestamp
        good = {"company_id": 1, "purpose": ANALYTICS, "categories": 1 << MAIL, "issued_at": now}
        good |= {"until": now + 30 * DAY, "keep_until": now + 60 * DAY, "reads": 5}
        return good | {"notice_version": 1, "record_hash": RECORD} | changes

    def give(self, person, **changes):
        """The person's own act, and a second passes."""
        words = self.terms(**changes)
        self.contract.grant([words[name] for name in TERMS], sender=person)
        self.chain.mine(deltatime=1)

    def signed(self, wallet, passport_id=1, **changes):
        """What the person signs, in the hands of whoever is to carry it."""
        words, deadline = self.terms(**changes), 2**40
        told = {"wallet": wallet, **words, "deadline": deadline}
        if self.text == OURS:
            told |= {"passport_id": passport_id}
        signature = sign(wallet, self.contract, self.text, **told)
        self.chain.mine(deltatime=1)
        return wallet, [words[name] for name in TERMS], deadline, signature

    def carry(self, message, carrier):
        return self.contract.grant_by_signature(*message, sender=carrier)

    def sees(self, *, passport_id=1, company_id=1, purpose=ANALYTICS, category=MAIL) -> bool:
        return self.contract.allowed(passport_id, company_id, purpose, category)


def open_books(project, chain, admin, passport, consent, company) -> tuple[Book, Book]:
    """Both, with company 1 and its notices for both purposes in ours: the twin asks for none."""
    consent.register_company(RECORD, "", sender=company)
    for purpose in (ANALYTICS, MARKETING):
        consent.publish_notice(1, purpose, EVERY_KIND, RECORD, sender=company)
    twin = admin.deploy(project.TrustingConsent, passport, company)
    return Book(consent, chain, OURS), Book(twin, chain, TRUSTING)
