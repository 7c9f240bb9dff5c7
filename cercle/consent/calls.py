"""The calls of the four books of consent: what a person sends, and what anybody may."""

from __future__ import annotations

from collections.abc import Sequence

from ..calls import Call
from ..deployments import Deployment
from ..values import hash_text
from .terms import ConsentTerms

# ---- a person -------------------------------------------------------------------------


def grant(deployment: Deployment, terms: ConsentTerms, record_hash: str) -> Call:
    """Let a company see data of one's own."""
    return _consent(deployment, "grant", terms_words(terms, record_hash))


def refuse(deployment: Deployment, company_id: int, purpose: int) -> Call:
    """Say no to a company; it may not ask again for thirty days."""
    return _consent(deployment, "refuse", company_id, purpose)


def withdraw(deployment: Deployment, company_id: int, purpose: int) -> Call:
    """Take back what one gave a company for a purpose, and what one signed so far."""
    return _consent(deployment, "withdraw", company_id, purpose)


def withdraw_all(deployment: Deployment) -> Call:
    """Take back whatever one gave anybody, and whatever one signed so far."""
    return _consent(deployment, "withdraw_all")


def deny_company(deployment: Deployment, company_id: int, is_denied: bool) -> Call:
    """Shut a company out, or let it in again."""
    return _consent(deployment, "deny_company", company_id, is_denied)


def deny_purpose(deployment: Deployment, purpose: int, is_denied: bool) -> Call:
    """Shut a purpose out with every company, or let it in again."""
    return _consent(deployment, "deny_purpose", purpose, is_denied)


def move(deployment: Deployment, category: int, commitment: str) -> Call:
    """Tell every company at once that data of one's own changed."""
    return deployment.contract("Records").call("move", category, raw(commitment))


def erase(deployment: Deployment, category: int) -> Call:
    """Have what is kept of one destroyed."""
    return deployment.contract("Records").call("erase", category)


def set_custodians(deployment: Deployment, custodians: Sequence[str]) -> Call:
    """Name who keeps one's records."""
    return deployment.contract("Records").call("set_custodians", list(custodians))


def certify_shred(
    deployment: Deployment,
    custodian: str,
    passport_id: int,
    category: int,
    version: int,
    certificate_hash: str,
    signature: str,
) -> Call:
    """Bring a custodian's signed word that what was erased is gone; anybody may.

    Args:
        deployment: The brand.
        custodian: Who signed.
        passport_id: Whose data it was.
        category: Of which kind.
        version: The erasure.
        certificate_hash: What the custodian says that it did, by hash.
        signature: The custodian's.
    """
    place = (custodian, passport_id, category, version)
    told = (raw(certificate_hash), bytes.fromhex(signature.removeprefix("0x")))
    return deployment.contract("Records").call("certify_shred", *place, *told)


def set_price(deployment: Deployment, purpose: int, category: int, price: int) -> Call:
    """Say what a read costs, in the token's smallest units; the main wallet sends this."""
    return deployment.contract("Vault").call("set_price", purpose, category, price)


def set_shares(deployment: Deployment, shares: Sequence[tuple[int, int]]) -> Call:
    """Share what one's data earns: (passport, basis points); the main wallet sends this."""
    return deployment.contract("Vault").call("set_shares", [tuple(one) for one in shares])


def demand(deployment: Deployment, decision_id: int) -> Call:
    """Demand the reasons of a decision about oneself."""
    return deployment.contract("Decisions").call("demand", decision_id)


# ---- anybody ----------------------------------------------------------------------------


def collect(deployment: Deployment, account: int, payee: int) -> Call:
    """Pay somebody what a person's data earned for them, to their main wallet."""
    return deployment.contract("Vault").call("collect", account, payee)


def mark_overdue(deployment: Deployment, company_id: int, passport_id: int, purpose: int) -> Call:
    """Have it written down that a company did not attest a deletion in time."""
    return deployment.contract("Vault").call("mark_overdue", company_id, passport_id, purpose)


def mark_silence(deployment: Deployment, decision_id: int) -> Call:
    """Have it written down that a company was asked for its reasons and did not answer."""
    return deployment.contract("Decisions").call("mark_silence", decision_id)


def note_end(deployment: Deployment, passport_id: int, company_id: int, purpose: int) -> Call:
    """Write down when a withdrawal of everything ended a grant."""
    return _consent(deployment, "note_end", passport_id, company_id, purpose)


# ---- words ------------------------------------------------------------------------------


def terms_words(terms: ConsentTerms, record_hash: str) -> tuple[int | bytes, ...]:
    """The `Terms` struct of the contract."""
    return (
        *(terms.company_id, terms.purpose, terms.categories, terms.issued_at, terms.until),
        *(terms.keep_until, terms.reads, terms.notice_version, raw(record_hash)),
    )


def raw(text: str) -> bytes:
    """A hash as bytes."""
    return bytes.fromhex(hash_text(text)[2:])


def _consent(deployment: Deployment, function: str, *words: object) -> Call:
    return deployment.contract("Consent").call(function, *words)


__all__ = [
    "certify_shred",
    "collect",
    "demand",
    "deny_company",
    "deny_purpose",
    "erase",
    "grant",
    "mark_overdue",
    "mark_silence",
    "move",
    "note_end",
    "raw",
    "refuse",
    "set_custodians",
    "set_price",
    "set_shares",
    "terms_words",
    "withdraw",
    "withdraw_all",
]
