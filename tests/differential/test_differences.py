"""
Where our Governor is meant to differ from OpenZeppelin's, one test a line of the list in
docs/governor.md: what the same call comes to there, and here.
"""

import pytest
from eth_utils.crypto import keccak

from tests.differential import pair
from tests.differential.pair import DAY, HOUR, ask
from tests.drafts import (
    DEFEATED,
    EXECUTED,
    IN_FAVOUR,
    SUCCEEDED,
    Draft,
    own_nonce,
    terms,
)
from tests.invariant.governor_world import PAYEE, PEOPLE, START, STRANGER, key
from tests.invariant.revm import SOMEBODY, Refused
from tests.refusals import refusal
from tests.signing import sign

LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
WORK = keccak(text="work(uint256)")[:4] + bytes(32)


@pytest.fixture(scope="module")
def built(project):
    return pair.build(project)


@pytest.fixture
def stage(built):
    """Both, a day into the brand's life; whatever a test does is undone."""
    snapshot = built.ledger.evm.snapshot()
    built.ledger.turn_to(START + DAY)
    yield built
    built.ledger.evm.revert(snapshot)


@pytest.fixture
def both(stage):
    """What a call comes to, ours first."""

    def _both(act, *words, sender=SOMEBODY):
        governors = stage.governor, stage.peer
        return [ask(stage, governor, act, *words, sender=sender) for governor in governors]

    return _both


@pytest.fixture
def work(stage):
    return Draft(((stage.target.address, 0, WORK),))


@pytest.fixture
def begin(stage, both):
    """Propose to both, and open the vote."""

    def _begin(draft):
        assert all(one.is_done for one in both("propose", *draft.proposed, sender=key(0).address))
        stage.ledger.turn_to(stage.ledger.now + HOUR + 1)
        return draft

    return _begin


@pytest.fixture
def decide(stage, both, begin):
    """Let everybody be for it, and queue it."""

    def _decide(draft):
        begin(draft)
        for who in range(PEOPLE):
            both("castVote", draft.id, IN_FAVOUR, sender=key(who).address)
        stage.ledger.turn_to(stage.ledger.now + DAY + 1)
        assert all(one.is_done for one in both("queue", *draft.named))
        stage.ledger.turn_to(stage.ledger.now + DAY)
        return draft

    return _decide


@pytest.fixture
def amend(stage, both, work):
    """Propose the work, and let other terms come into force while it is pending."""

    def _amend(changed, setter, value):
        words = stage.guard.encoded("set_terms", 1, changed)
        ours = Draft(((stage.guard.address, 0, words),), "Change the terms.")
        words = stage.peer.encoded(setter, value)
        theirs = Draft(((stage.peer.address, 0, words),), "Change the terms.")
        sides = ((stage.governor, ours), (stage.peer, theirs))
        for act, wait in (("propose", HOUR + 1), ("vote", DAY), ("queue", DAY), ("execute", 0)):
            for governor, draft in sides:
                if act == "vote":
                    for who in range(PEOPLE):
                        governor.send("castVote", draft.id, IN_FAVOUR, sender=key(who).address)
                    continue
                if act == "execute" and governor is stage.governor:
                    both("propose", *work.proposed, sender=key(0).address)
                words = draft.proposed if act == "propose" else draft.named
                governor.send(act, *words, sender=key(0).address)
            stage.ledger.turn_to(stage.ledger.now + wait)
        stage.ledger.turn_to(stage.ledger.now + HOUR + 1)

    return _amend


def told(*answers):
    """Whether it was done, or the refusal."""
    return [True if one.is_done else one.refusal for one in answers]


def error(signature, *words):
    return bytes.fromhex(refusal(signature, *words)[2:])


def reason(text):
    return error("Error(string)", text)


def link(stage, who, wallet):
    """A second wallet of the same person."""
    words = {"passport_id": who + 1, "wallet": wallet, "nonce": 1, "deadline": 2**40}
    signature = sign(wallet, stage.passport, LINK, **words)
    stage.passport.send("link", wallet.address, 1, 2**40, signature, sender=key(who).address)


def test_two_wallets_of_one_person__vote_twice_there__once_here(stage, both, begin, work):
    link(stage, 0, key(50))
    begin(work)
    both("castVote", work.id, IN_FAVOUR, sender=key(0).address)
    again = both("castVote", work.id, IN_FAVOUR, sender=key(50).address)
    assert told(*again) == [error("GovernorAlreadyCastVote(address)", key(50).address), True]
    has_voted = [
        one.view("hasVoted", work.id, key(50).address) for one in (stage.governor, stage.peer)
    ]
    assert has_voted == [True, True]
    assert stage.governor.view("proposalVotes", work.id)[1] == 1
    assert stage.peer.view("proposalVotes", work.id)[1] == 2


def test_no_votes__counted_there__refused_here(both, begin, work):
    begin(work)
    answers = both("castVote", work.id, IN_FAVOUR, sender=key(STRANGER).address)
    assert told(*answers) == [reason("governor: no votes"), True]


def test_own_nonce__spent_there__kept_here(stage, both, begin, work):
    begin(work)
    nonce, voter = own_nonce(work), key(0)
    for wanted in (
        [True, True],
        [
            error("GovernorAlreadyCastVote(address)", voter.address),
            error("GovernorInvalidSignature(address)", voter.address),
        ],
    ):
        answers = []
        for governor in (stage.governor, stage.peer):
            signed = pair.signature(governor, work.id, voter, IN_FAVOUR, nonce)
            words = (work.id, IN_FAVOUR, voter.address, signed)
            answers.append(ask(stage, governor, "castVoteBySig", *words, sender=SOMEBODY))
        assert told(*answers) == wanted
    key_ = work.id & (2**192 - 1)
    assert stage.governor.view("nonces", voter.address, key_) == nonce
    assert stage.peer.view("nonces", voter.address, key_) == nonce + 1


def test_quorum_of_nothing__none_there__one_vote_here(stage):
    assert stage.governor.view("quorum", 1) == 1
    assert stage.peer.view("quorum", 1) == 0


def test_quorum_denominator__hundred_there__basis_points_here(stage):
    for governor, denominator in ((stage.governor, 10_000), (stage.peer, 100)):
        assert governor.view("quorumDenominator") == denominator
        assert governor.view("quorumNumerator") * 10_000 == 4_000 * denominator


def test_lists_askew__votes_looked_at_first_there__lists_here(stage, both):
    words = ([stage.target.address], [], [], "Askew")
    who = key(STRANGER).address
    assert told(*both("propose", *words, sender=who)) == [
        error("GovernorInvalidProposalLength(uint256,uint256,uint256)", 1, 0, 0),
        error("GovernorInsufficientProposerVotes(address,uint256,uint256)", who, 0, 1),
    ]


def test_call_of_no_contract__proposed_there__refused_here(both):
    draft = Draft(((PAYEE, 0, WORK),))
    answers = both("propose", *draft.proposed, sender=key(0).address)
    assert told(*answers) == [reason("pins: no contract"), True]


def test_eleven_actions__proposed_there__refused_without_a_word_here(stage, both):
    draft = Draft(((stage.target.address, 0, WORK),) * 11)
    answers = both("propose", *draft.proposed, sender=key(0).address)
    assert told(*answers) == [b"", True]


def test_exchanged_code__called_there__refused_here(stage, both, decide, work):
    decide(work)
    stage.target.send("name_implementation", stage.token.address, sender=SOMEBODY)
    assert told(*both("execute", *work.named)) == [reason("governor: code changed"), True]


def test_call_that_fails_without_a_word__failed_call_there__nothing_here(stage, both, decide):
    draft = decide(Draft(((PAYEE, 10**9, b""),)))
    with pytest.raises(Refused) as ours:
        stage.governor.send("execute", *draft.named, sender=SOMEBODY)
    with pytest.raises(Refused) as theirs:
        stage.peer.send("execute", *draft.named, sender=SOMEBODY)
    assert (ours.value.data, theirs.value.data) == (b"", error("FailedCall()"))


def test_relay__an_extension_there__unknown_here(stage):
    relay = keccak(text="relay(address,uint256,bytes)")[:4]
    with pytest.raises(RuntimeError, match=b"governor: unknown call".hex()):
        stage.ledger.evm.message_call(
            caller=SOMEBODY, to=stage.governor.address, calldata=relay + bytes(128)
        )
    with pytest.raises(Refused) as theirs:
        stage.peer.send("relay", PAYEE, 0, b"", sender=SOMEBODY)
    assert theirs.value.data == error("GovernorOnlyExecutor(address)", SOMEBODY)


def test_late_extension__of_the_vote_there__of_the_proposal_here(stage, both, amend, work):
    """What is changed after the proposal moves the end of its vote there, and not here."""
    amend(terms(pair.TERMS, late_extension=HOUR), "setLateQuorumVoteExtension", HOUR)
    end = stage.peer.view("proposalDeadline", work.id)
    stage.ledger.turn_to(end)
    for who in range(PEOPLE):
        both("castVote", work.id, IN_FAVOUR, sender=key(who).address)
    assert stage.governor.view("proposalDeadline", work.id) == end + 6 * HOUR
    assert stage.peer.view("proposalDeadline", work.id) == end + HOUR


def test_quorum__of_the_snapshot_there__of_the_proposal_here(stage, both, amend, work):
    """What comes into force before the snapshot counts there, and not here."""
    amend(terms(pair.TERMS, quorum=10_000), "updateQuorumNumerator", 100)
    snapshot = stage.peer.view("proposalSnapshot", work.id)
    for who in range(4):
        both("castVote", work.id, IN_FAVOUR, sender=key(who).address)
    stage.ledger.turn_to(stage.ledger.now + DAY)
    assert stage.governor.view("state", work.id) == SUCCEEDED
    assert stage.peer.view("state", work.id) == DEFEATED
    assert stage.governor.view("quorum_of", work.id) == 3
    # The view by a moment: by the numerator of then there, of now here.
    assert stage.peer.view("quorum", snapshot - DAY) == 3
    assert stage.governor.view("quorum", snapshot - DAY) == 9


def test_all_the_rest__the_same(stage, both, decide, work):
    """That the fixtures above bring a proposal to its act at both."""
    decide(work)
    assert told(*both("execute", *work.named)) == [True, True]
    assert [one.view("state", work.id) for one in (stage.governor, stage.peer)] == [EXECUTED] * 2
