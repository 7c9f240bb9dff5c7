"""The vault: four people with a company each; all companies pay to read of the first one."""

from collections.abc import Sequence

from tests.consents import CATEGORIES as ASKED
from tests.consents import CATEGORY, CERTIFICATE, KEY, NOTICE, ORDER, PURPOSE, URI, terms
from tests.invariant.revm import Contract
from tests.money.stage import MONTH, PEOPLE, Act, Stage
from tests.money.taker import Taker
from tools.money import vault_debts

PERSON = 1  # the passport of person 0, whose data is read; person n has company n + 1
ANY_PRICE = 2**127 - 1


class VaultTaker(Taker):
    """Companies pay in and take out; what a person's data earns is shared by all, evenly."""

    contract = "Vault"
    ins = ("deposit",)
    outs = ("withdraw_funds", "collect")

    def deploy(self) -> Contract:
        project, new = self.stage.project, self.stage.ledger.deploy
        self.passport = new(project.Passport)
        self.consent = new(project.Consent, self.passport.address)
        return new(project.Vault, self.consent.address, self.stage.token.address)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        for who in range(PEOPLE):
            self.do(Act(who, "register", (), self.passport))
            self.do(Act(who, "register_company", (KEY, URI), self.consent))
            words = who + 1, PURPOSE, ASKED, NOTICE
            self.do(Act(who, "publish_notice", words, self.consent))
        even = 10_000 // PEOPLE
        self.do(Act(0, "set_shares", ([(who + 1, even) for who in range(1, PEOPLE)],)))
        stage.wait(MONTH)
        for who in range(PEOPLE):
            self.do(self.agree(who))

    def agree(self, who: int) -> Act:
        """The person lets a company read."""
        agreed = terms(self.stage.ledger.now, company_id=who + 1, reads=2**16 - 1)
        return Act(0, "grant", (agreed,), self.consent)

    def read(self, who: int) -> Act:
        """A company reads, and pays the person's price."""
        words = who + 1, PERSON, PURPOSE, CATEGORY, ORDER, ANY_PRICE
        return Act(who, "request_access", words)

    # ---- in and out ----

    def pay_in(self, way: str, who: int, amount: int) -> Act:
        return Act(who, "deposit", (who + 1, amount))

    def pay_out(self, way: str, who: int, amount: int) -> Act:
        if way == "withdraw_funds":
            return Act(who, way, (who + 1, self.stage.people[who].address, amount))
        return Act(who, way, (PERSON, who + 1))

    def owe(self, way: str, who: int, amount: int) -> None:
        needed = amount if way == "withdraw_funds" else amount * PEOPLE
        self.do(self.pay_in("deposit", who, needed))
        if way == "collect":
            self.do(Act(0, "set_price", (PURPOSE, CATEGORY, needed)))
            self.do(self.read(who))

    def due(self, way: str, who: int) -> int:
        if way == "withdraw_funds":
            return self.host.view("funds_of", who + 1)[0]
        return self.host.view("due", PERSON, who + 1)

    def owed(self) -> int:
        told = self.host.view("owed")
        assert told == vault_debts(self.reading)
        return told

    # ---- what moves no money ----

    def moves(self, who: int, number: int, amount: int) -> Sequence[Act]:
        place, little = (who + 1, PERSON, PURPOSE), amount % 500
        shares = [(2 + number % (PEOPLE - 1), 1 + amount % 9_999)] if number % 2 else []
        return (
            self.read(who),
            Act(0, "set_price", (PURPOSE, CATEGORY, little)),
            Act(who, "set_bond", (who + 1, little)),
            self.agree(who),
            Act(who, "attest_deletion", (*place, CERTIFICATE)),
            Act(who, "mark_overdue", place),
            Act(0, "withdraw", (who + 1, PURPOSE), self.consent),
            Act(0, "set_shares", (shares,)),
        )

    def bond(self, who: int) -> int:
        """What is set aside until the company has deleted."""
        return self.host.view("duty_of", PERSON, who + 1, PURPOSE)[3]

    def dues(self) -> int:
        return super().dues() + sum(map(self.bond, range(PEOPLE)))

    def starts(self) -> Sequence[Act]:
        """Each company has read, and staked something on deleting it."""
        return [
            act
            for who in range(PEOPLE)
            for act in (
                self.pay_in("deposit", who, 20_000),
                Act(who, "set_bond", (who + 1, 100)),
                self.read(who),
            )
        ]

    def releases(self) -> Sequence[Act]:
        return [
            Act(who, "attest_deletion", (who + 1, PERSON, PURPOSE, CERTIFICATE))
            for who in filter(self.bond, range(PEOPLE))
        ]
