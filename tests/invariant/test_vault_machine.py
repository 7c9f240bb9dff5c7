"""
The Vault against a model of it, on a ledger in memory: grants, withdrawals, notices, clocks,
prices, bonds, reads, deletions, overdue marks and money in any order. Asked after each step: what
the token says that is there covers what is owed, which is what is free, set aside and unpaid, to
the unit; nobody read without leave nor more often than was granted; duties and bonds are the
model's.
"""

import pytest
from eth_utils import keccak
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.invariant.revm import SOMEBODY, Ledger, Refused
from tests.invariant.vault_model import DAY, MONTH, SELLING, Grant, VaultModel
from tests.odd_tokens import Habit

START = 700 * MONTH + DAY
PEOPLE, COMPANIES, PURPOSES, CATEGORIES = (1, 2, 3), (1, 2), (3, SELLING), (0, 63)
WALLETS = {person: "0x" + f"{0xA0 + person:02x}" * 20 for person in PEOPLE}
CONTROLLERS = {company: "0x" + f"{0xC0 + company:02x}" * 20 for company in COMPANIES}
HASH = keccak(text="whatever")
PURSE = 10**9
ODDS = (False,) * 9 + (True,)

WHO, WHICH = st.sampled_from((1, 1, 1, 2, 3)), st.sampled_from((1, 1, 2))
WHY, WHAT = st.sampled_from((3, 3, SELLING)), st.sampled_from(CATEGORIES)
RARELY = st.sampled_from(ODDS)
AMOUNT = st.sampled_from((1, 10, 100, 1_000))


class VaultMachine(RuleBasedStateMachine):
    stage = None  # the ledger and the contracts, from the fixture below

    @initialize()
    def begin(self):
        """Start with a grant of each purpose, prices, a bond, money and a read."""
        self.ledger, self.consent, self.token, self.vault = self.stage
        self.snapshot = self.ledger.evm.snapshot()
        self.ledger.turn_to(START)
        self.model = VaultModel()
        self.model.start(PEOPLE)
        self.deposit(1, 1_000)
        self.deposit(2, 100)
        self.set_bond(1, 100)
        self.set_price(1, SELLING, 0, 10)
        self.give(1, 1, 3, 3, 30, 60, CATEGORIES)
        self.give(1, 1, SELLING, 2, 30, 30, CATEGORIES)
        self.read(1, 1, 3, 0, 0, False)

    def teardown(self):
        if hasattr(self, "snapshot"):
            self.ledger.evm.revert(self.snapshot)

    @property
    def now(self):
        return self.ledger.now

    def expect(self, refusal, name, *words, sender):
        event(f"{name}: {refusal or 'done'}")  # pytest --hypothesis-show-statistics
        if refusal is None:
            self.vault.send(name, *words, sender=sender)
            return
        with pytest.raises(Refused) as refused:
            self.vault.send(name, *words, sender=sender)
        assert str(refused.value) == refusal

    def tick(self):
        self.ledger.turn_to(self.now + 1)

    # ---- the person ----

    @rule(
        **{"person": WHO, "company": WHICH, "purpose": WHY, "reads": st.integers(0, 4)},
        days=st.sampled_from((1, 30, 90)),
        kept=st.sampled_from((90, 120)),
        categories=st.sampled_from((CATEGORIES, CATEGORIES, (0,), (63,))),
    )
    def give(self, person, company, purpose, reads, days, kept, categories):
        self.tick()
        version = self.model.versions[company, purpose]
        kept = max(kept, days)
        grant = Grant(
            *(self.now, self.now + days * DAY, self.now + kept * DAY),
            *(frozenset(categories), reads, version),
        )
        self.model.grants[person, company, purpose] = grant
        bits = sum(1 << category for category in categories)
        times = grant.issued_at, grant.until, grant.keep_until
        terms = (company, purpose, bits, *times, reads, version, HASH)
        self.consent.send("grant", terms, sender=WALLETS[person])
        event("grant: done")
        self.tick()

    @rule(person=WHO, company=WHICH, purpose=WHY)
    def withdraw(self, person, company, purpose):
        grant = self.model.grants[person, company, purpose]
        if grant.ended_at is not None or grant.issued_at <= self.model.withdrew[person]:
            return  # ended before: Consent's own machine knows what that comes to
        grant.ended_at = self.now
        self.consent.send("withdraw", company, purpose, sender=WALLETS[person])
        event("withdraw: done")
        self.tick()

    @rule(person=WHO, is_meant=RARELY)
    def withdraw_all(self, person, is_meant):
        if is_meant:
            self.model.withdrew[person] = self.now
            self.consent.send("withdraw_all", sender=WALLETS[person])
            event("withdraw_all: done")
            self.tick()

    @rule(person=WHO, company=WHICH, is_denied=RARELY)
    def deny(self, person, company, is_denied):
        (self.model.denied.add if is_denied else self.model.denied.discard)((person, company))
        self.consent.send("deny_company", company, is_denied, sender=WALLETS[person])

    @rule(person=WHO, purpose=WHY, category=WHAT, price=st.sampled_from((0, 1, 10, 500)))
    def set_price(self, person, purpose, category, price):
        self.model.prices[person, purpose, category] = price
        words = purpose, category, price
        self.expect(None, "set_price", *words, sender=WALLETS[person])

    @rule(person=WHO, shares=st.sampled_from(((), ((2, 5_000),), ((3, 3_333), (2, 3_333)))))
    def set_shares(self, person, shares):
        refusal = self.model.incomes[person].set_shares(self.now // MONTH, shares)
        self.expect(refusal, "set_shares", list(shares), sender=WALLETS[person])

    # ---- the company ----

    @rule(company=WHICH, purpose=WHY, is_meant=RARELY)
    def publish(self, company, purpose, is_meant):
        if is_meant:
            self.model.versions[company, purpose] += 1
            self.notice(company, purpose)

    def notice(self, company, purpose):
        words = company, purpose, 2**64 - 1, HASH
        self.consent.send("publish_notice", *words, sender=CONTROLLERS[company])

    @rule(
        **{"company": WHICH, "person": WHO, "purpose": WHY, "category": WHAT},
        most=st.sampled_from((1_000, 1_000, 5)),
        is_stranger=RARELY,
    )
    def read(self, company, person, purpose, category, most, is_stranger):
        where = person, company, purpose
        is_allowed = self.consent.view("allowed", *where, category)
        refusal = self.model.read(
            *(self.now, company, person, purpose, category, most, is_stranger)
        )
        sender = SOMEBODY if is_stranger else CONTROLLERS[company]
        words = company, person, purpose, category, HASH, most
        self.expect(refusal, "request_access", *words, sender=sender)
        if refusal is None:
            assert is_allowed
            duty, price = self.model.duties[where], self.model.prices[person, purpose, category]
            told = (person, company, HASH, purpose, category, duty.issued_at, duty.reads, price)
            assert self.vault.told()[-1] == ("AccessRequested", *told)
            assert duty.reads <= self.consent.view("grant_of", *where)[4]

    @rule(place=st.integers(0, 11), category=WHAT, times=st.integers(1, 5))
    def read_what_was_granted(self, place, category, times):
        """More often than not until it is refused."""
        granted = sorted(where for where, grant in self.model.grants.items() if grant.issued_at)
        person, company, purpose = granted[place % len(granted)]
        for _ in range(times):
            self.read(company, person, purpose, category, 1_000, False)

    @rule(company=WHICH, person=WHO, purpose=WHY, is_stranger=RARELY)
    def attest(self, company, person, purpose, is_stranger):
        refusal = self.model.attest(self.now, company, person, purpose, is_stranger)
        sender = SOMEBODY if is_stranger else CONTROLLERS[company]
        self.expect(refusal, "attest_deletion", company, person, purpose, HASH, sender=sender)

    @rule(place=st.integers(0, 11))
    def attest_what_it_holds(self, place):
        if held := self.held():
            person, company, purpose = held[place % len(held)]
            self.attest(company, person, purpose, False)

    @rule(company=WHICH, bond=st.sampled_from((0, 50, 100, 200)))
    def set_bond(self, company, bond):
        self.model.set_bond(self.now, company, bond)
        self.expect(None, "set_bond", company, bond, sender=CONTROLLERS[company])

    @rule(company=WHICH, amount=AMOUNT)
    def deposit(self, company, amount):
        self.model.free[company] += amount
        self.expect(None, "deposit", company, amount, sender=SOMEBODY)

    @rule(company=WHICH, amount=AMOUNT)
    def withdraw_funds(self, company, amount):
        refusal = self.model.withdraw(company, amount)
        sender = CONTROLLERS[company]
        self.expect(refusal, "withdraw_funds", company, sender, amount, sender=sender)

    # ---- anybody ----

    @rule(company=WHICH, person=WHO, purpose=WHY)
    def mark(self, company, person, purpose):
        refusal = self.model.mark(self.now, company, person, purpose)
        self.expect(refusal, "mark_overdue", company, person, purpose, sender=SOMEBODY)

    @rule(place=st.integers(0, 11))
    def wait_until_it_is_overdue(self, place):
        if not (held := self.held()):
            return
        person, company, purpose = held[place % len(held)]
        due_at = self.model.due_at(company, person, purpose)
        if due_at > self.now:
            self.ledger.turn_to(due_at)
            self.mark(company, person, purpose)
            self.tick()
        self.mark(company, person, purpose)

    @rule(account=WHO, payee=WHO)
    def collect(self, account, payee):
        income = self.model.incomes[account]
        due = income.due(payee)
        before = self.token.view("balanceOf", WALLETS[payee])
        self.expect(income.collect(payee), "collect", account, payee, sender=SOMEBODY)
        assert self.token.view("balanceOf", WALLETS[payee]) == before + due

    @rule(seconds=st.sampled_from((1, 3_600, DAY, DAY, 10 * DAY, MONTH)))
    def wait(self, seconds):
        self.ledger.turn_to(self.now + seconds)

    # ---- invariants ----

    @invariant()
    def all_that_is_owed_is_there(self):
        if hasattr(self, "model"):
            free = sum(self.vault.view("funds_of", company)[0] for company in COMPANIES)
            bonds = sum(self.duty(*where)[3] for where in self.places())
            due = sum(self.vault.view("due", a, p) for a in PEOPLE for p in PEOPLE)
            owed = self.vault.view("owed")
            assert self.token.view("balanceOf", self.vault.address) >= owed
            assert owed == free + bonds + due == self.model.owed

    @invariant()
    def chain_and_model_agree(self):
        if not hasattr(self, "model"):
            return
        for company in COMPANIES:
            free, bond, *_ = self.vault.view("funds_of", company)
            assert free == self.model.free[company]
            assert bond == self.model.bond_of(self.now, company)
        for person, company, purpose in self.places():
            duty = self.model.duties[person, company, purpose]
            told = (duty.issued_at, duty.reads, duty.read_at, duty.bond, duty.is_overdue)
            assert self.duty(person, company, purpose) == told
            due_at = self.vault.view("due_at", person, company, purpose)
            assert due_at == self.model.due_at(company, person, purpose)

    def held(self):
        """Where a company holds something."""
        return sorted(where for where, duty in self.model.duties.items() if duty.read_at)

    def places(self):
        return [(who, which, why) for who in PEOPLE for which in COMPANIES for why in PURPOSES]

    def duty(self, *where):
        return self.vault.view("duty_of", *where)


@pytest.fixture(scope="module", autouse=True)
def stage(project):
    ledger = Ledger(START)
    passport = ledger.deploy(project.Passport)
    consent = ledger.deploy(project.Consent, passport.address)
    token = ledger.deploy(project.OddToken, Habit.PLAIN, 18)
    vault = ledger.deploy(project.Vault, consent.address, token.address)
    for wallet in WALLETS.values():
        passport.send("register", sender=wallet)
    for company, controller in CONTROLLERS.items():
        consent.send("register_company", HASH, "https://shop.example", sender=controller)
        for purpose in PURPOSES:
            words = company, purpose, 2**64 - 1, HASH
            consent.send("publish_notice", *words, sender=controller)
    token.send("mint", SOMEBODY, PURSE, sender=SOMEBODY)
    token.send("approve", vault.address, PURSE, sender=SOMEBODY)
    VaultMachine.stage = ledger, consent, token, vault


TestVault = VaultMachine.TestCase
TestVault.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a printed walk is read as it is
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
