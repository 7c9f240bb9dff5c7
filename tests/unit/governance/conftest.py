"""A community that decides, with a treasury."""

import pytest

from tests.drafts import DAY, FIRST, IN_FAVOUR, PAYING, Draft, terms

TRANSFER = bytes.fromhex("a9059cbb")


@pytest.fixture(scope="session")
def token(project, admin):
    return admin.deploy(project.FakeToken)


@pytest.fixture(scope="session")
def target(project, admin):
    """What proposals call."""
    return admin.deploy(project.FakeTarget)


@pytest.fixture(scope="session")
def guard(project, admin, charter, token, target, spare_wallets):
    """Two classes: the first may do anything, the second pay a little and have work done."""
    scopes = [
        (2, token, TRANSFER, 500, 2, True),
        (2, target, target.work.encode_input(0)[:4], 10, 0, True),
        (2, spare_wallets[0], b"\x00" * 4, 100, 0, True),
    ]
    return admin.deploy(project.Guard, charter, [FIRST, PAYING], scopes, [token])


@pytest.fixture(scope="session")
def governor(project, admin, electorate, guard, token):
    """With a treasury of 1,000 wei and 1,000 of the token."""
    governor = admin.deploy(project.Governor, "Cercle Governor", electorate, guard)
    token.mint(governor, 1_000, sender=admin)
    admin.transfer(governor, 1_000)
    return governor


@pytest.fixture(scope="session")
def voters(community):
    """Members 1 to 5, with a vote each: two make the quorum of the first class."""
    return community


# ---- drafts -------------------------------------------------------------------------


@pytest.fixture
def work(target):
    """Have something done."""
    return Draft(((target, 0, bytes(target.work.encode_input(7))),))


@pytest.fixture
def payment(token, outsider):
    """Pay somebody in the token."""

    def _payment(amount, text="Pay them."):
        return Draft(((token, 0, bytes(token.transfer.encode_input(outsider, amount))),), text)

    return _payment


# ---- the way of a proposal ----------------------------------------------------------


@pytest.fixture
def propose(governor, voters):
    """Make a proposal; gives the receipt."""

    def _propose(draft, class_id=None, sender=None):
        extra = () if class_id is None else (class_id,)
        return governor.propose(*draft.proposed, *extra, sender=sender or voters[0])

    return _propose


@pytest.fixture
def open_vote(governor, propose, chain):
    """Make one and wait until it is voted on."""

    def _open(draft, class_id=None):
        propose(draft, class_id)
        chain.mine(timestamp=governor.proposalSnapshot(draft.id) + 1)
        return draft

    return _open


@pytest.fixture
def active(open_vote, work):
    """A proposal of the first class that is voted on."""
    return open_vote(work)


@pytest.fixture
def carry_through(governor, open_vote, voters, chain, admin):
    """Have one proposed, voted for by so many, queued, and due."""

    def _carry(draft, class_id=None, count=5, against=0):
        open_vote(draft, class_id)
        for place, voter in enumerate(voters[: count + against]):
            governor.castVote(draft.id, IN_FAVOUR if place < count else 0, sender=voter)
        chain.mine(timestamp=governor.proposalDeadline(draft.id) + 1)
        governor.queue(*draft.named, sender=admin)
        chain.mine(timestamp=governor.proposalEta(draft.id))
        return draft

    return _carry


@pytest.fixture
def decide(governor, carry_through, outsider):
    """Have one decided and executed; gives the receipt."""

    def _decide(draft, class_id=None, count=5):
        carry_through(draft, class_id, count)
        return governor.execute(*draft.named, sender=outsider)

    return _decide


@pytest.fixture
def until(chain):
    """A deadline a day away."""
    return chain.blocks.head.timestamp + 9 * DAY


@pytest.fixture
def change_terms(governor, guard, carry_through, propose, outsider, chain):
    """Make a proposal, and let other terms of its class come into force before it is voted on."""

    def _change(draft, class_id=1, base=FIRST, **changed):
        call = bytes(guard.set_terms.encode_input(class_id, terms(base, **changed)))
        change = carry_through(Draft(((guard, 0, call),), "Change the terms."))
        propose(draft, class_id)
        governor.execute(*change.named, sender=outsider)
        chain.mine(timestamp=governor.proposalSnapshot(draft.id) + 1)
        return draft

    return _change
