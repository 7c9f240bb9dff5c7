"""
ERC-5805's own rules, asked of the Electorate in any order of delegations, sent and signed, comings
and goings: what an account has is what was delegated to it, the past never changes and answers for
no moment to come, events alone tell the present, and a signature counts once, in its turn and time.
"""

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.drafts import DAY
from tests.invariant import governor_world as world
from tests.invariant.governor_world import PEOPLE, START, STRANGER, key
from tests.invariant.revm import SOMEBODY, Refused
from tests.signing import sign, twin

DELEGATION = "Delegation(address delegatee,uint256 nonce,uint256 expiry)"
ZERO = "0x" + "00" * 20
PERSON = st.integers(0, PEOPLE - 1)
FLAWS = st.sampled_from((*[None] * 5, "nonce", "old", "late", "twin", "nobody", "chain"))


class VotesMachine(RuleBasedStateMachine):
    stage = None  # the deployed brand, from the fixture below

    @initialize()
    def begin(self):
        self.ledger, self.votes = self.stage.ledger, self.stage.electorate
        self.snapshot = self.ledger.evm.snapshot()
        self.ledger.turn_to(START + DAY)
        self.delegates = {who: who for who in range(PEOPLE)}
        self.nonces = dict.fromkeys(range(PEOPLE), 0)
        self.by_events = {address_of(who): 1 for who in range(PEOPLE)}
        self.past: dict[tuple[str, int], int] = {}

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.ledger.evm.revert(self.snapshot)

    def has_left(self, who):
        return who not in self.delegates

    def votes_of(self, who):
        return sum(to == who for to in self.delegates.values())

    # ---- what happens ----

    def moved(self, who, to):
        """Compare what was logged, and book it."""
        former, self.delegates[who] = self.delegates[who], to
        told = self.votes.told()
        changed = ("DelegateChanged", address_of(who), address_of(former), address_of(to))
        assert told[0] == changed
        self.replay(told[1:])
        assert len(told) == (1 if former == to else 3)

    def replay(self, told):
        """Events chain up: each begins where the one before it ended."""
        for name, account, before, after in told:
            assert name == "DelegateVotesChanged"
            assert self.by_events.get(account, 0) == before != after
            self.by_events[account] = after

    @rule(who=PERSON, to=st.one_of(PERSON, st.just(STRANGER)))
    def delegate(self, who, to):
        is_right = not (self.has_left(who) or self.has_left(to) or to == STRANGER)
        event(f"delegate: {'done' if is_right else 'refused'}")
        if is_right:
            self.votes.send("delegate", address_of(to), sender=key(who).address)
            self.moved(who, to)
        else:
            with pytest.raises(Refused, match="votes: "):
                self.votes.send("delegate", address_of(to), sender=key(who).address)

    @rule(who=PERSON, to=PERSON, flaw=FLAWS)
    def delegate_by_signature(self, who, to, flaw):
        now, nonce = self.ledger.now, self.nonces[who]
        words = {
            "delegatee": address_of(to),
            "nonce": nonce + 1 if flaw == "nonce" else nonce - 1 if flaw == "old" else nonce,
            "expiry": now - 1 if flaw == "late" else now,
        }
        if words["nonce"] < 0:
            return
        differing = {"chain_id": 77} if flaw == "chain" else {}
        signed = sign(key(who), self.votes, DELEGATION, **words, **differing)
        signed = twin(signed) if flaw == "twin" else signed
        v = 0 if flaw == "nobody" else signed[64]
        arguments = (*words.values(), v, signed[:32], signed[32:64])
        is_right = flaw is None and not self.has_left(who) and not self.has_left(to)
        event(f"signed: {flaw or ('done' if is_right else 'left')}")
        if is_right:
            self.votes.send("delegateBySig", *arguments, sender=SOMEBODY)
            self.nonces[who] += 1
            self.moved(who, to)
            with pytest.raises(Refused, match="votes: wrong nonce"):
                self.votes.send("delegateBySig", *arguments, sender=SOMEBODY)
        else:
            with pytest.raises(Refused):
                self.votes.send("delegateBySig", *arguments, sender=SOMEBODY)

    @rule(who=PERSON)
    def leave(self, who):
        """Their own unit goes; what others lent them stays with nobody until it is taken back."""
        if len(self.delegates) > PEOPLE - 3 and not self.has_left(who):
            self.stage.membership.send("leave", sender=key(who).address)
            self.left = self.delegates.pop(who)
            told = [one for one in self.votes.told_itself() if one[0] == "DelegateVotesChanged"]
            self.replay(told)
            assert told[0][1] == address_of(self.left)

    @rule(seconds=st.sampled_from((0, 0, 1, 1, DAY)))
    def wait(self, seconds):
        self.ledger.turn_to(self.ledger.now + seconds)

    # ---- what always holds ----

    @invariant()
    def votes_are_what_was_delegated(self):
        for who in getattr(self, "delegates", ()):
            account = address_of(who)
            votes = self.votes.view("getVotes", account)
            assert votes == self.votes_of(who) == self.by_events.get(account, 0)
            assert self.votes.view("delegates", account) == address_of(self.delegates[who])
            assert self.votes.view("nonces", account) == self.nonces[who]
        for nobody in (ZERO, address_of(STRANGER)):
            assert self.votes.view("getVotes", nobody) == 0
            assert self.votes.view("delegates", nobody) == ZERO

    @invariant()
    def the_past_never_changes(self):
        if not hasattr(self, "past"):
            return
        then = self.ledger.now
        self.ledger.turn_to(then + 1)  # from where this second is past
        total = 0
        for who in range(PEOPLE):
            account = address_of(who)
            self.past[account, then] = self.votes.view("getVotes", account)
            total += self.past[account, then]
        assert self.votes.view("getPastTotalSupply", then) == total == len(self.delegates)
        for account, moment in list(self.past)[-6 * PEOPLE :]:
            assert self.votes.view("getPastVotes", account, moment) == self.past[account, moment]

    @invariant()
    def no_moment_to_come_is_answered_for(self):
        if hasattr(self, "past"):
            for ask in (("getPastVotes", address_of(0)), ("getPastTotalSupply",)):
                with pytest.raises(Refused, match="votes: future lookup"):
                    self.votes.view(*ask, self.ledger.now)
            assert self.votes.view("clock") == self.ledger.now
            assert self.votes.view("CLOCK_MODE") == "mode=timestamp"


def address_of(who):
    return key(who).address.lower()


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    VotesMachine.stage = world.build_electorate(project)


TestVotes = VotesMachine.TestCase
TestVotes.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
