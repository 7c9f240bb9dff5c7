"""`Governor.castVote`: each number has a bit of its own, in however large a community."""

import ape
import pytest

from tests.drafts import FIRST, IN_FAVOUR
from tests.refusals import refusal
from tests.scripted import deploy_scripted


@pytest.fixture
def numbered(project, chain, admin, charter, work):
    """A vote in which whoever comes is the number that is said; gives both."""
    scripts = {}

    def electorate(number):
        if number not in scripts:
            scripts[number] = deploy_scripted(admin, number.to_bytes(32) + (1).to_bytes(32))
        return scripts[number]

    first = electorate(10**6)
    guard = admin.deploy(project.Guard, charter, [FIRST], [], [])
    governor = admin.deploy(project.Governor, "Many", first, guard)
    governor.propose(*work.proposed, sender=admin)
    chain.mine(timestamp=governor.proposalSnapshot(work.id) + 1)

    def become(number):
        code = chain.provider.get_code(electorate(number).address)
        chain.provider.make_request("anvil_setCode", [first.address, "0x" + bytes(code).hex()])

    return governor, become


@pytest.mark.parametrize(
    "numbers", [(1, 257), (255, 256), (256, 512, 768), (1, 2**16 + 1, 2**32 - 1)]
)
def test_cast_vote__numbers_far_apart__are_as_many_voters(numbered, work, outsider, numbers):
    governor, become = numbered
    for number in numbers:
        become(number)
        assert not governor.hasVoted(work.id, outsider)
        governor.castVote(work.id, IN_FAVOUR, sender=outsider)
        assert governor.hasVoted(work.id, outsider)
    assert governor.proposalVotes(work.id)[1] == len(numbers)
    become(numbers[0])
    with ape.reverts(refusal("GovernorAlreadyCastVote(address)", str(outsider))):
        governor.castVote(work.id, IN_FAVOUR, sender=outsider)
