"""What the attacks on signatures share: every message by its rightful signer, and what is told."""

import pytest
from web3.exceptions import ContractLogicError

from cercle.errors import refusal_by_data
from tests.attacks import (
    consent_stage,
    governor_stage,
    signed_records,
    signed_service,
    signed_stage,
)


@pytest.fixture(scope="module")
def governor(project, admin, charter, electorate):
    """One class, whose votes last as long as anything here is signed for."""
    terms = (signed_stage.DAY, 60 * signed_stage.DAY, 0, signed_stage.DAY, 1, 0, 0, False, False)
    guard = admin.deploy(project.Guard, charter, [terms], [], [])
    return admin.deploy(project.Governor, "Cercle Governor", electorate, guard)


@pytest.fixture(scope="module")
def wing(project, passport, admin):
    """Records, Vault and Decisions; PriceLists and Agreements."""
    books = signed_records.deployed(project, passport, admin)
    return books | signed_service.deployed(project, passport, admin)


@pytest.fixture(scope="module")
def signers(
    project, members, steward, issuer, till, newcomer, outsider, spare_wallets, governor, consent,
    wing, admin,
):  # fmt: skip
    """Who signs and who carries; `other` is a member with the same points and rights."""
    second, fresh, third, _ = spare_wallets
    named = {"members": members, "member": members[0], "other": members[2], "steward": steward}
    named |= {"issuer": issuer, "till": till, "newcomer": newcomer, "carrier": outsider}
    named |= {"governor": governor, "consent": consent, "books": wing}
    named |= {"provider": admin}
    named |= {"collection": steward.deploy(project.FakeCollection)}
    return named | {"second": second, "fresh": fresh, "third": third}


@pytest.fixture(scope="module")
def book(project, chain, brand, community, signers, admin):
    """The brand on a day on which everything may be done; its addresses."""
    signed_records.set_scene(signers, admin)
    signed_service.set_scene(project, chain, signers, admin)
    return signed_stage.set_scene(chain, brand, signers)


@pytest.fixture(scope="module")
def cases(chain, book, brand, signers):
    """By the message's name."""
    until = {"nonce": 7, "deadline": chain.blocks.head.timestamp + 5 * signed_stage.DAY}
    found = signed_stage.cases(chain, book, brand, signers)
    found += signed_records.cases(book, signers, until)
    found += signed_service.cases(book, signers, until)
    return {case.struct: case for case in found}


@pytest.fixture(scope="module")
def ask(chain):
    """What a signature would come to: the reason of its refusal, or None."""

    def _ask(case, signature, message=None):
        call = case.call(signature, message or case.message)
        request = {"from": case.sender.address, "to": call.to, "data": call.data}
        try:
            answer = chain.provider.web3.eth.call({**request, "gas": 10_000_000})
            if case.is_skipped and not any(answer):
                return signed_stage.LEFT_OUT
        except ContractLogicError as refusal:
            custom = refusal_by_data(str(refusal.data or "").removeprefix("0x"))
            if custom is not None:
                return custom.error
            return (refusal.message or "").removeprefix("execution reverted").lstrip(": ")
        return None

    return _ask


@pytest.fixture
def ours(project, chain, admin, steward, members):
    """A community with a treasury; a file of attacks on something else has its own `ours`."""
    return governor_stage.seat(project, chain, admin=admin, steward=steward, members=members)


@pytest.fixture
def trusting(project, chain, admin, steward, members):
    """The same over a Guard that guards nothing, with terms of its own."""

    def _trusting(*classes):
        people = {"admin": admin, "steward": steward, "members": members}
        return governor_stage.seat(project, chain, **people, trusting=list(classes))

    return _trusting


# ---- consent ------------------------------------------------------------------------------


@pytest.fixture
def registry(project, admin):
    """A Passport where nobody is yet."""
    return admin.deploy(project.Passport)


@pytest.fixture
def victim(registry, members):
    """Passport 1."""
    registry.register(sender=members[0])
    return members[0]


@pytest.fixture
def company(steward):
    """Who runs company 1, and the twin."""
    return steward


@pytest.fixture
def books(project, chain, admin, registry, company, victim):
    """Consent and its twin, side by side."""
    consent = admin.deploy(project.Consent, registry)
    return consent_stage.open_books(project, chain, admin, registry, consent, company)
