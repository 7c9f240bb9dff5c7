"""
Our Governor beside OpenZeppelin's own, over the same Electorate, under the same acts in any order:
the same ids, states, events and refusals, to the byte. Where they are meant to differ the machine
says so by name; docs/governor.md lists it, and test_differences.py shows it one by one.
"""

from collections import Counter

import pytest
from eth_utils.crypto import keccak
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.differential import pair
from tests.differential.pair import (
    ALREADY_CAST,
    BAD_LENGTH,
    BAD_SIGNATURE,
    BAD_SUPPORT,
    DAY,
    FEW_VOTES,
    HOUR,
    WRONG_TIME,
)
from tests.drafts import Draft, own_nonce, sign_until
from tests.invariant.governor_world import PAYEE, PEOPLE, START, STRANGER, key
from tests.invariant.revm import SOMEBODY

OUTCOMES: Counter = Counter()
WORK, FAIL = (keccak(text=f"{name}")[:4] for name in ("work(uint256)", "fail()"))

AGAIN = [(told, BAD_SIGNATURE) for told in (ALREADY_CAST, WRONG_TIME)]  # by one's own nonce

PERSON = st.sampled_from((*range(PEOPLE), STRANGER))
BACK = st.sampled_from((0, 0, 0, 0, 1, 1, 2, 99))  # from the newest draft; the last is none
SUPPORT = st.sampled_from((1, 1, 1, 1, 0, 2, 2, 3))
BESIDE = st.sampled_from(
    (None, ("", b""), ("Because.", b""), ("", b"\x01"), ("Why not?", b"\x02" * 33))
)
NONCES = st.sampled_from(("own", "own", "own", "rising", "rising", "stale", "far"))
FLAWS = st.sampled_from((*[None] * 9, "key", "short", "words", "nobody"))
TURNS = ("snapshot", "snapshot", "deadline", "deadline", "eta", "eta")


def draft_of(stage, place, kind="work", ending=""):
    """The n-th draft of a walk: what it calls differs by its place."""
    calls = {
        "work": [(stage.target.address, 0, WORK + bytes(31) + bytes([place]))],
        "fail": [(stage.target.address, 0, FAIL)],
        "pay": [(PAYEE, 7 + place, b""), (PAYEE, 0, b"")],
        "overpay": [(PAYEE, 10**6, b"")],
        "nothing": [],
    }[kind]
    return Draft(tuple(calls), f"Draft {place}{ending}")


class GovernorsMachine(RuleBasedStateMachine):
    stage = None  # both Governors, from the fixture below

    @initialize()
    def begin(self):
        self.ledger = self.stage.ledger
        self.snapshot = self.ledger.evm.snapshot()
        self.ledger.turn_to(START)
        self.drafts: list[Draft] = []
        self.keyed: set = set()  # who voted by a proposal's own nonce: intended to differ
        self.wait(1)
        # Once through what chance comes by too seldom.
        self.delegate(1, 0)
        self.wait(HOUR)
        self.take_back(0, 2)
        self.propose(0, "work", "another")
        self.propose(0, "work", "mine", then=1)
        self.sign_twice(2, 0)
        self.carry_through(0, 1)
        self.carry_through(0, 0)
        self.go_on(99, "queue")
        self.propose(2, "pay", "", then=1)
        self.turn(0, "deadline", 0)
        self.batch([(who, 1) for who in range(PEOPLE)])
        self.propose(STRANGER, "work", "")
        self.propose_askew(0, 0, 1)
        self.propose(2, "pay", "", then=1)
        self.propose_again(0, 0)
        self.go_on(0, "queue")
        self.go_on(0, "execute")
        self.vote_by_signature(4, 0, 1, None, "own", "key")
        for who, support in ((3, 3), (3, 1), (3, 1), (STRANGER, 1)):
            self.vote(who, 0, support, None)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.ledger.evm.revert(self.snapshot)

    # ---- asking both ----

    def both(self, act, *words, sender, peer_words=None):
        """Their answers, ours first."""
        return (
            pair.ask(self.stage, self.stage.governor, act, *words, sender=sender),
            pair.ask(self.stage, self.stage.peer, act, *(peer_words or words), sender=sender),
        )

    def note(self, act, answer):
        OUTCOMES[act, "done" if answer.is_done else answer.refusal[:4].hex()] += 1
        for _, topic, *_ in answer.logged:
            OUTCOMES["logged", topic[:4].hex()] += 1

    def draft(self, back):
        """One that was proposed or, past the first, one that was not."""
        if back < len(self.drafts):
            return self.drafts[-1 - back]
        return draft_of(self.stage, 255)

    def wait(self, seconds):
        self.ledger.turn_to(self.ledger.now + seconds)

    # ---- proposals ----

    @rule(
        who=PERSON,
        kind=st.sampled_from(("work", "work", "pay", "pay", "fail", "overpay", "nothing")),
        suffix=st.sampled_from(("", "", "", "mine", "another", "upper", "broken")),
        then=st.integers(0, 2),
    )
    def propose(self, who, kind, suffix, then=0):
        if self._made(who, kind, suffix) and then:
            self.turn(0, "snapshot", 1)

    def _made(self, who, kind, suffix):
        named = key(who if suffix != "another" else who + 1).address[2:]
        endings = {
            "": "",
            "broken": "#proposer=0x" + "g" * 40,
            "upper": f"#proposer=0x{named.upper()}",
        }
        ending = endings.get(suffix, f"#proposer=0x{named}")
        draft = draft_of(self.stage, len(self.drafts), kind, ending)
        is_made = self._propose(draft.proposed, who)
        if is_made:
            self.drafts.append(draft)
        return is_made

    @rule(who=PERSON, back=BACK)
    def propose_again(self, who, back):
        if back < len(self.drafts):
            assert not self._propose(self.draft(back).proposed, who)

    @rule(who=PERSON, values=st.integers(0, 2), calls=st.integers(0, 2))
    def propose_askew(self, who, values, calls):
        targets, text = [self.stage.target.address], "Askew"
        if (values, calls) != (1, 1):
            self._propose((targets, [0] * values, [b"\x01" * 4] * calls, text), who)

    def _propose(self, words, who):
        ours, theirs = self.both("propose", *words, sender=key(who).address)
        if ours != theirs:  # intended: the lists are looked at before the proposer's votes
            assert (ours.refusal[:4], theirs.refusal[:4]) == (BAD_LENGTH, FEW_VOTES)
        self.note("propose", theirs)
        return ours.is_done

    @rule(back=BACK, act=st.sampled_from(("queue", "execute")))
    def go_on(self, back, act):
        self._named(act, self.draft(back), SOMEBODY)

    @rule(back=BACK, early=st.integers(0, 1))
    def carry_through(self, back, early):
        """Decide it by all, queue it, wait and execute it, wherever it stands."""
        draft = self.draft(back)
        self.turn(back, "snapshot", 1)
        for who in range(PEOPLE):
            self.vote(who, back, 1, None)
        self.turn(back, "deadline", 1)
        self._named("queue", draft, SOMEBODY)
        self.turn(back, "eta", -early)
        self._named("execute", draft, SOMEBODY)

    @rule(back=BACK, who=PERSON, by_proposer=st.booleans())
    def cancel(self, back, who, by_proposer):
        draft = self.draft(back)
        sender = key(who).address
        if by_proposer and back < len(self.drafts):
            sender = self.stage.peer.view("proposalProposer", draft.id)
        self._named("cancel", draft, sender)

    @rule(who=PERSON, other=PERSON)
    def take_back(self, who, other):
        """Propose, and let another and the proposer try to cancel it at once."""
        if self._made(who, "work", ""):
            for one in (other, who, who):
                self._named("cancel", self.draft(0), key(one).address)

    @rule(who=PERSON, back=BACK)
    def sign_twice(self, who, back):
        for _ in range(2):
            self.vote_by_signature(who, back, 1, None, "own", None)

    def _named(self, act, draft, sender):
        ours, theirs = self.both(act, *draft.named, sender=sender)
        assert ours == theirs
        self.note(act, ours)

    # ---- ballots ----

    def _ballot(self, act, draft, who, words, peer_words=None, sender=None, is_keyed=False):
        """Send one to both; say by name where they are meant to differ."""
        sender = sender or key(who).address
        ours = pair.ask(self.stage, self.stage.governor, act, *words, sender=sender)
        self.note(act, ours)
        before = self.ledger.evm.snapshot() if ours.reason == "governor: no votes" else None
        theirs = pair.ask(self.stage, self.stage.peer, act, *(peer_words or words), sender=sender)
        heads = tuple(one.refusal and one.refusal[:4] for one in (ours, theirs))
        if before is not None:  # intended: a ballot of nothing does not count here
            OUTCOMES["intended", "no votes"] += 1
            assert heads[1] in (None, BAD_SUPPORT, ALREADY_CAST)
            self.ledger.evm.revert(before)
        elif is_keyed and (draft.id, who) in self.keyed and heads in AGAIN:
            OUTCOMES["intended", "own nonce again"] += 1  # intended: the vote spends the nonce
        else:
            assert ours == theirs
        if is_keyed and ours.is_done:
            self.keyed.add((draft.id, who))

    @rule(who=PERSON, back=BACK, support=SUPPORT, beside=BESIDE)
    def vote(self, who, back, support, beside):
        draft = self.draft(back)
        act, words = "castVote", (draft.id, support)
        if beside is not None and not beside[1]:
            act, words = "castVoteWithReason", (*words, beside[0])
        elif beside is not None:
            act, words = "castVoteWithReasonAndParams", (*words, *beside)
        self._ballot(act, draft, who, words)

    @rule(who=PERSON, support=SUPPORT, beside=BESIDE)
    def vote_on_the_newest(self, who, support, beside):
        self.vote(who, 0, support, beside)

    @rule(who=PERSON, back=BACK, support=SUPPORT, beside=BESIDE, nonce=NONCES, flaw=FLAWS)
    def vote_by_signature(self, who, back, support, beside, nonce, flaw):
        draft, voter = self.draft(back), key(who)
        rising = self.stage.peer.view("nonces", voter.address)
        assert self.stage.governor.view("nonces", voter.address) == rising
        number = {"own": own_nonce(draft), "rising": rising, "stale": rising - 1, "far": 2**255}
        number = max(0, number[nonce])
        named = "0x" + "00" * 20 if flaw == "nobody" else voter.address
        act, rest = "castVoteBySig", ()
        if beside is not None:
            act, rest = "castVoteWithReasonAndParamsBySig", beside
        sent = []
        for governor in (self.stage.governor, self.stage.peer):
            signer = key(who + 1) if flaw == "key" else voter
            said = support + 1 if flaw == "words" else support
            one = pair.signature(governor, draft.id, voter, said, number, beside, signer)
            sent.append((draft.id, support, named, *rest, one[:64] if flaw == "short" else one))
        is_keyed = nonce == "own" and flaw is None
        self._ballot(act, draft, who, *sent, sender=SOMEBODY, is_keyed=is_keyed)

    @rule(slips=st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 2)), min_size=1))
    def batch(self, slips):
        """Ours in one call, and each ballot of it that counts as OpenZeppelin would take it."""
        draft = self.draft(0)
        governor, until = self.stage.governor, self.ledger.now + DAY
        words = [sign_until(governor, draft, key(who), support, until) for who, support in slips]
        ours = pair.ask(
            self.stage, governor, "cast_votes_by_signatures", draft.id, words, sender=SOMEBODY
        )
        self.note("batch", ours)
        counted = int.from_bytes(ours.given, "big")
        theirs = []
        for place, (who, support) in enumerate(slips):
            if counted >> place & 1 or not ours.is_done:
                told = pair.ask(
                    self.stage, self.stage.peer, "castVote", draft.id, support,
                    sender=key(who).address,
                )  # fmt: skip
                assert told.is_done or told.refusal == ours.refusal
                theirs += told.logged
        skipped = keccak_of("BallotSkipped(uint256,address,uint256,uint256)")
        told = [one for one in ours.logged if one[1] != skipped]
        # Intended: that a vote was prolonged is told at the batch's end.
        assert sorted(told, key=is_extension) == sorted(theirs, key=is_extension)

    @rule(who=st.integers(0, PEOPLE - 1), to=st.integers(0, PEOPLE - 1))
    def delegate(self, who, to):
        electorate = self.stage.electorate
        electorate.send("delegate", key(to).address, sender=key(who).address)

    # ---- time ----

    @rule(back=BACK, edge=st.sampled_from(TURNS), past=st.sampled_from((-1, 0, 0, 1, 1)))
    def turn(self, back, edge, past):
        """To about a second that decides."""
        draft = self.draft(back)
        name = {"snapshot": "proposalSnapshot", "deadline": "proposalDeadline"}.get(edge)
        when = self.stage.peer.view(name or "proposalEta", draft.id) + past
        self.wait(max(0, min(when - self.ledger.now, 9 * DAY)))

    @rule(seconds=st.sampled_from((0, 1, 60, HOUR, 5 * HOUR)))
    def pause(self, seconds):
        self.wait(seconds)

    # ---- comparing ----

    @invariant()
    def they_say_the_same(self):
        if not hasattr(self, "drafts"):
            return
        people = [key(who).address for who in (0, 1, 2, STRANGER)]
        for draft in (*self.drafts[-2:], self.draft(99)):
            now = self.ledger.now
            ours = pair.told_of(self.stage.governor, draft, now, people)
            theirs = pair.told_of(self.stage.peer, draft, now, people)
            assert ours == theirs

    @invariant()
    def they_have_the_same(self):
        balance = self.stage.ledger.evm.get_balance
        assert balance(self.stage.governor.address) == balance(self.stage.peer.address)


def keccak_of(signature):
    return keccak(text=signature)


def is_extension(event):
    return event[1] == keccak_of("ProposalExtended(uint256,uint64)")


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    GovernorsMachine.stage = pair.build(project)


TestGovernors = GovernorsMachine.TestCase
TestGovernors.settings = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)


def test_walks__all__went_where_it_matters():
    """Every refusal and every event of the standard came up, and what is meant to differ did."""
    refusals = {
        "propose": ("GovernorRestrictedProposer(address)",
                    "GovernorInsufficientProposerVotes(address,uint256,uint256)",
                    "GovernorInvalidProposalLength(uint256,uint256,uint256)",
                    "GovernorUnexpectedProposalState(uint256,uint8,bytes32)"),
        "queue": ("GovernorUnexpectedProposalState(uint256,uint8,bytes32)",
                  "GovernorNonexistentProposal(uint256)"),
        "execute": ("GovernorUnexpectedProposalState(uint256,uint8,bytes32)",
                    "GovernorUnmetDelay(uint256,uint256)"),
        "cancel": ("GovernorUnableToCancel(uint256,address)",),
        "castVote": ("GovernorAlreadyCastVote(address)", "GovernorInvalidVoteType()"),
        "castVoteBySig": ("GovernorInvalidSignature(address)",),
    }  # fmt: skip
    for act, signatures in refusals.items():
        assert OUTCOMES[act, "done"], (act, OUTCOMES)
        for signature in signatures:
            assert OUTCOMES[act, keccak_of(signature)[:4].hex()], (act, signature, OUTCOMES)
    for event in ("ProposalExtended(uint256,uint64)", "ProposalExecuted(uint256)"):
        assert OUTCOMES["logged", keccak_of(event)[:4].hex()], OUTCOMES
    assert OUTCOMES["intended", "no votes"], OUTCOMES
    assert OUTCOMES["intended", "own nonce again"], OUTCOMES
