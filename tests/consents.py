"""A company that asks and a person who agrees, as the books of consent know them."""

from typing import Any, NamedTuple

from eth_utils import keccak

DAY = 86_400
PURPOSE, OTHER_PURPOSE, SELLING = 3, 4, 7
CATEGORY, OTHER_CATEGORY, UNGRANTED = 0, 1, 3
CATEGORIES = 2**64 - 1  # what the notices ask for
GRANTED = 0b11 | 1 << 63
ZERO_HASH = bytes(32)
NOTICE, RECORD, ORDER = (keccak(text=text) for text in ("a notice", "a record", "an order"))
CERTIFICATE, COMMITMENT = keccak(text="a certificate"), keccak(text="a commitment")
KEY, URI = keccak(text="a key for envelopes"), "https://shop.example/who"


class Terms(NamedTuple):
    """What a person agrees to, in the contract's order."""

    company_id: int
    purpose: int
    categories: int
    issued_at: int
    until: int
    keep_until: int
    reads: int
    notice_version: int
    record_hash: bytes


def terms(now: int, **changes: Any) -> Terms:
    """What a person could agree to now."""
    good = Terms(
        company_id=1,
        purpose=PURPOSE,
        categories=GRANTED,
        issued_at=now,
        until=now + 30 * DAY,
        keep_until=now + 60 * DAY,
        reads=5,
        notice_version=1,
        record_hash=RECORD,
    )
    return good._replace(**changes)


def found(consent: Any, controller: Any, agent: Any = None) -> int:
    """Register a company with notices for three purposes; tells its number."""
    consent.register_company(KEY, URI, sender=controller)
    company_id = consent.company_count()
    if agent is not None:
        consent.set_agent(company_id, agent, sender=controller)
    for purpose in (PURPOSE, OTHER_PURPOSE, SELLING):
        consent.publish_notice(company_id, purpose, CATEGORIES, NOTICE, sender=controller)
    return company_id


class Opening(NamedTuple):
    """What comes out of a decision."""

    rule: bytes
    inputs: bytes
    outcome: bytes
    counterfactual: bytes


OPENING = Opening(*(keccak(text=name) for name in Opening._fields))
SECRET = keccak(text="32 random bytes")
