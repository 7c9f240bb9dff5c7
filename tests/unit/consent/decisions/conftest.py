"""The book of decisions, and one in each state."""

import pytest

from tests.consents import OPENING, SECRET


@pytest.fixture(scope="session")
def decisions(project, admin, consent):
    return admin.deploy(project.Decisions, consent)


@pytest.fixture
def commitment(decisions):
    """What a company commits to; company 1 about person 1, unless told."""

    def _commitment(opening=OPENING, secret=SECRET, company_id=1, passport_id=1):
        return bytes(decisions.commitment_of(company_id, passport_id, opening, secret))

    return _commitment


@pytest.fixture
def committed(decisions, company, person, commitment, agent, now):
    """Decision 1; tells when."""
    decisions.commit(1, 1, commitment(), sender=agent)
    return now()


@pytest.fixture
def demanded(decisions, committed, person, now):
    """The same, demanded; tells when."""
    decisions.demand(1, sender=person)
    return now()


@pytest.fixture
def opened(decisions, agent):
    """Open decision 1."""
    return lambda sender=agent, id=1: decisions.open(id, OPENING, SECRET, sender=sender)


@pytest.fixture
def silent(demanded, chain, limits):
    """The same, demanded in vain."""
    chain.pending_timestamp = demanded + limits.OPENING_TIME() + 1
    chain.mine()
