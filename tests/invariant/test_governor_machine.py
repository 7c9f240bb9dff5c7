"""
The Governor and its Guard against a model of them: proposals of two classes, ballots sent and
carried, queues, acts, vetoes and changes of the terms in any order, over several seasons. Nobody
votes twice; nothing acts but what has succeeded and waited; what is canceled never does; nothing
moves a proposal's terms; and a class pays no more than its season's share by the turnout.
"""

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.drafts import ACTIVE, DAY, PENDING, QUEUED, SUCCEEDED, Draft, sign_until, terms
from tests.invariant import governor_world as world
from tests.invariant.governor_model import Proposal
from tests.invariant.governor_world import PAYEE, PEOPLE, START, TREASURY, WARDEN, key
from tests.invariant.revm import SOMEBODY, Refused

HOUR, YEAR = 3_600, 365 * DAY
TRANSFER = bytes.fromhex("a9059cbb")
CAP = 600
FIRST = terms(voting_delay=HOUR, voting_period=DAY, late_extension=6 * HOUR, queue_delay=DAY)
PAYING = terms(
    FIRST, voting_period=12 * HOUR, quorum=2_000, season_share=5_000, is_bounded=True,
    is_vetoable=True,
)  # fmt: skip

PERSON = st.integers(0, PEOPLE - 1)
BACK = st.sampled_from((0, 0, 0, 1, 1, 2))  # from the newest proposal
SUPPORT = st.sampled_from((1, 1, 1, 1, 0, 2, 3))


class GovernorMachine(RuleBasedStateMachine):
    stage = None  # the deployed pair, from the fixture below

    @initialize()
    def begin(self):
        self.ledger = self.stage.ledger
        self.snapshot = self.ledger.evm.snapshot()
        self.governor, self.guard = self.stage.governor, self.stage.guard
        self.ledger.turn_to(START + DAY)
        self.made: list[Proposal] = []
        self.terms = {1: FIRST, 2: PAYING}
        self.paid = 0  # to the payee, in all
        self.given = 0  # to the treasury, by anybody
        self.spent: dict[int, int] = {}  # season -> what the second class paid
        self.treasuries: dict[int, int] = {}  # season -> what there was
        self.delegate(1, 0)
        self.wait(1)
        # Once through what chance comes by too seldom.
        self.pay(0, 2, 100, 1)
        for who, support in ((0, 1), (0, 1), (1, 1), (2, 3), (2, 0)):
            self.vote(who, 0, support)
        self.batch(0, [(0, 1), (3, 1), (3, 0), (4, 2)])
        self.carry_through(0, 1)
        self.execute(0)
        self.wait(1)
        self.execute(0)
        self.pay(0, 2, 40, 1)
        self.veto(0)
        self.carry_through(0, 0)
        self.pay(2, 1, 40, 0)
        self.cancel(0, 2, True)
        self.carry_through(0, 0)
        self.pay(0, 2, 500, 1)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.ledger.evm.revert(self.snapshot)

    # ---- doing ----

    @property
    def now(self):
        return self.ledger.now

    def send(self, is_right, act, *words, sender=SOMEBODY):
        """Send; it goes through exactly where the model says so."""
        event(f"{act}: {'done' if is_right else 'refused'}")
        if is_right:
            self.governor.send(act, *words, sender=sender)
        else:
            with pytest.raises(Refused):
                self.governor.send(act, *words, sender=sender)
        return is_right

    def votes_of(self, who, timepoint):
        return self.governor.view("getVotes", key(who).address, timepoint)

    def wait(self, seconds):
        self.ledger.turn_to(self.now + seconds)

    def some(self, back):
        return self.made[max(0, len(self.made) - 1 - back)]

    # ---- proposals ----

    def propose(self, who, class_id, actions, amount=0):
        draft = Draft(actions, f"Number {len(self.made)}")
        is_right = self.votes_of(who, self.now - 1) > 0 and (class_id == 1 or amount <= CAP)
        words = (*draft.proposed, class_id)
        if self.send(is_right, "propose", *words, sender=key(who).address):
            kept = self.terms[class_id]
            self.made.append(Proposal(draft, class_id, who, kept, self.now, amount))

    @rule(
        who=PERSON,
        class_id=st.integers(1, 2),
        amount=st.sampled_from((1, 40, 60, 250, 601)),
        then=st.integers(0, 3),
    )
    def pay(self, who, class_id, amount, then):
        """Propose a payment, and mostly open the vote on it."""
        call = self.stage.token.encoded("transfer", PAYEE, amount)
        self.propose(who, class_id, ((self.stage.token.address, 0, call),), amount)
        if then:
            self.turn(0, "snapshot", 1)

    @rule(class_id=st.integers(1, 2), quorum=st.sampled_from((0, 1_000, 10_000)))
    def amend(self, class_id, quorum):
        """The community decides on other terms, while other proposals are under way."""
        changed = terms(self.terms[class_id], quorum=quorum, voting_period=6 * HOUR + quorum)
        before = len(self.made)
        call = self.guard.encoded("set_terms", class_id, changed)
        self.propose(0, 1, ((self.guard.address, 0, call),))
        if len(self.made) > before:
            self.carry_through(0, 0)
            if self.some(0).is_executed:
                self.terms[class_id] = changed

    @rule(back=BACK, early=st.integers(0, 1))
    def carry_through(self, back, early):
        """Decide it by all, queue it, wait and execute it, wherever it stands."""
        one = self.some(back)
        self.turn(back, "snapshot", 1)
        for who in range(PEOPLE):
            self.vote(who, back, 1)
        self.turn(back, "deadline", 1)
        self.queue(back)
        if one.eta:
            self.turn(back, "eta", -early)
        self.execute(back)

    @rule(back=BACK)
    def queue(self, back):
        one = self.some(back)
        if self.send(one.state(self.now) == SUCCEEDED, "queue", *one.draft.named):
            one.eta = self.now + one.terms[3]

    @rule(back=BACK)
    def execute(self, back):
        one, season = self.some(back), (self.now - START) // YEAR
        is_due = one.state(self.now) == QUEUED and self.now >= one.eta
        there = TREASURY + self.given - self.paid
        treasury = max(self.treasuries.get(season, 0), there)
        is_right = (
            is_due and one.amount <= there and one.may_pay(self.spent.get(season, 0), treasury)
        )
        if self.send(is_right, "execute", *one.draft.named):
            one.is_executed = True
            self.paid += one.amount
            if one.class_id == 2 and one.amount:
                self.treasuries[season] = treasury
                self.spent[season] = self.spent.get(season, 0) + one.amount

    @rule(amount=st.sampled_from((1, 100, 900)))
    def give(self, amount):
        self.stage.token.send("mint", self.governor.address, amount, sender=SOMEBODY)
        self.given += amount

    @rule(back=BACK, who=PERSON, by_proposer=st.booleans())
    def cancel(self, back, who, by_proposer):
        one = self.some(back)
        who = one.proposer if by_proposer else who
        is_right = one.state(self.now) == PENDING and who == one.proposer
        if self.send(is_right, "cancel", *one.draft.named, sender=key(who).address):
            one.is_canceled = True

    @rule(back=BACK)
    def veto(self, back):
        one = self.some(back)
        is_open = one.state(self.now) in (PENDING, ACTIVE, SUCCEEDED, QUEUED)
        in_office = self.now < START + YEAR
        is_right = bool(is_open and one.terms[8] and in_office)
        if self.send(is_right, "veto", one.draft.id, "No.", sender=WARDEN):
            one.is_canceled = True

    # ---- ballots ----

    def weigh(self, one, who):
        """The votes that somebody had at the snapshot, which is past."""
        if one.supply is None:
            ask = self.stage.electorate.view
            one.supply = ask("getPastTotalSupply", one.snapshot)
        return self.votes_of(who, one.snapshot)

    @rule(who=PERSON, back=BACK, support=SUPPORT)
    def vote(self, who, back, support):
        one = self.some(back)
        is_open = one.state(self.now) == ACTIVE
        weight = self.weigh(one, who) if is_open else 0
        is_right = weight > 0 and support < 3 and who not in one.votes
        sender = key(who).address
        if self.send(is_right, "castVote", one.draft.id, support, sender=sender):
            one.vote(who, support, weight, self.now)

    @rule(back=BACK, slips=st.lists(st.tuples(PERSON, SUPPORT), min_size=1, max_size=9))
    def batch(self, back, slips):
        one, until = self.some(back), self.now + DAY
        is_open = one.state(self.now) == ACTIVE
        words = [sign_until(self.governor, one.draft, key(w), s, until) for w, s in slips]
        if not self.send(is_open, "cast_votes_by_signatures", one.draft.id, words):
            return
        told = [name for name, *_ in self.governor.told()]
        wanted, had_quorum = [], self.weigh(one, 0) >= 0 and one.has_quorum
        for who, support in slips:
            weight = self.weigh(one, who)
            is_counted = support < 3 and weight > 0 and who not in one.votes
            wanted.append("VoteCast" if is_counted else "BallotSkipped")
            if is_counted:
                one.votes[who] = support, weight
        if one.prolong(had_quorum, self.now):
            wanted.append("ProposalExtended")
        assert told == wanted

    @rule(who=PERSON, to=PERSON)
    def delegate(self, who, to):
        electorate = self.stage.electorate
        electorate.send("delegate", key(to).address, sender=key(who).address)

    # ---- time ----

    @rule(back=BACK, edge=st.sampled_from(("snapshot", "deadline", "eta")), past=st.integers(-1, 1))
    def turn(self, back, edge, past):
        when = getattr(self.some(back), edge) + past
        self.wait(max(0, when - self.now))

    @rule(days=st.sampled_from((0, 1, 1, 200)))
    def pause(self, days):
        self.wait(days * DAY + 1)

    # ---- invariants ----

    @invariant()
    def nothing_moves_but_by_the_rules(self):
        for one in self.made[-4:] if hasattr(self, "made") else ():
            view, id_ = self.governor.view, one.draft.id
            assert view("state", id_) == one.state(self.now)
            assert view("proposalSnapshot", id_) == one.snapshot
            assert view("proposalDeadline", id_) == one.deadline
            assert one.extension <= one.terms[2]
            assert view("proposalEta", id_) == one.eta
            assert view("proposalVotes", id_) == tuple(map(one.count, range(3)))
            assert view("class_of", id_) == one.class_id
            if one.supply is not None:
                assert view("quorum_of", id_) == one.quorum
                assert one.turnout <= one.supply
            for who in (0, 1, 2):
                assert view("hasVoted", id_, key(who).address) == (who in one.votes)

    @invariant()
    def only_what_was_executed_is_paid(self):
        if hasattr(self, "made"):
            assert self.paid == sum(one.amount for one in self.made if one.is_executed)
            assert self.stage.token.view("balanceOf", PAYEE) == self.paid

    @invariant()
    def a_season_pays_no_more_than_its_share(self):
        for season, spent in getattr(self, "spent", {}).items():
            assert spent * 10_000 <= self.treasuries[season] * PAYING[6]
        season = (self.now - START) // YEAR if hasattr(self, "made") else None
        if season is not None and season in self.spent:
            told = self.guard.view("season_of", 2, self.stage.token.address)
            assert told == (season, self.treasuries[season], self.spent[season])


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    made = world.build_electorate(project)
    scopes = [(2, made.token.address, TRANSFER, CAP, 2, True)]
    GovernorMachine.stage = world.add_governor(project, made, [FIRST, PAYING], scopes)


TestGovernor = GovernorMachine.TestCase
TestGovernor.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
