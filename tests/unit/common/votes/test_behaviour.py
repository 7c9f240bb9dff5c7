"""The bare `votes` module keeps the promises of ERC-5805 and ERC-6372."""

import pytest

from tests.behaviours.votes import VotesBehaviour


class _Subject:
    """The harness answers by id; the standard asks by account."""

    def __init__(self, harness):
        self._harness = harness

    def __getattr__(self, name):
        return getattr(self._harness, name)

    def getVotes(self, account):
        return self._harness.votes_of(account)

    def getPastVotes(self, account, timepoint):
        return self._harness.votes_at(account, timepoint)[1]

    def delegates(self, account):
        return self._harness.holder_of(self._harness.delegation_of(account).to_id)

    def invoke_transaction(self, name, delegatee, sender):
        return self._harness.delegate_to(sender, delegatee, 0, sender=sender)


@pytest.fixture(scope="module")
def harness(project, chain, admin, members):
    chain.mine(deltatime=10 * 86_400)  # ahead of the wall's clock, which some nodes obey
    harness = admin.deploy(project.VotesHarness)
    for number, member in enumerate(members, 1):
        harness.enrol(member, number, sender=admin)
        harness.set_counted(member, 10 * number, sender=admin)
    return harness


class TestVotesModule(VotesBehaviour):
    @pytest.fixture
    def subject(self, harness):
        return _Subject(harness)

    @pytest.fixture
    def voters(self, members):
        return members
