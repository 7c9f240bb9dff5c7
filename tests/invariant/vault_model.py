"""The Vault in some lines of Python: who may read, what it costs, and who loses a bond when."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.invariant.splits_model import Income

DAY = 86_400
MONTH = 30 * DAY
SELLING = 7
DELETION_TIME = BOND_HOLDS = 30 * DAY


@dataclass
class Grant:
    """What a person gave a company for a purpose."""

    issued_at: int = 0
    until: int = 0
    keep_until: int = 0
    categories: frozenset = frozenset()
    reads: int = 0
    version: int = 0
    ended_at: int | None = None  # by a withdrawal of this one


@dataclass
class Duty:
    """What a company read of a person for a purpose."""

    issued_at: int = 0
    reads: int = 0
    read_at: int = 0
    bond: int = 0
    is_overdue: bool = False


@dataclass
class VaultModel:
    """The promises, with nothing packed and every number a dictionary's."""

    grants: dict = field(default_factory=lambda: defaultdict(Grant))
    withdrew: dict = field(default_factory=lambda: defaultdict(int))  # everything, the last time
    denied: set = field(default_factory=set)
    versions: dict = field(default_factory=lambda: defaultdict(lambda: 1))
    prices: dict = field(default_factory=lambda: defaultdict(int))
    duties: dict = field(default_factory=lambda: defaultdict(Duty))
    free: dict = field(default_factory=lambda: defaultdict(int))
    bonds: dict = field(default_factory=lambda: defaultdict(lambda: [(0, 0)]))  # (since, bond)
    incomes: dict = field(default_factory=dict)

    def start(self, people):
        self.incomes = {person: Income(person) for person in people}

    # ---- consent ----

    def is_allowed(self, now, person, company, purpose, category):
        grant = self.grants[person, company, purpose]
        return (
            grant.issued_at > self.withdrew[person]
            and grant.ended_at is None
            and now < grant.until
            and category in grant.categories
            and grant.version == self.versions[company, purpose]
            and (person, company) not in self.denied
        )

    def kept_until(self, person, company, purpose):
        """The end that was given, or the withdrawal if that came first."""
        grant = self.grants[person, company, purpose]
        if grant.ended_at is not None:
            return min(grant.keep_until, grant.ended_at)
        if self.withdrew[person] >= grant.issued_at:
            return min(grant.keep_until, self.withdrew[person])
        return grant.keep_until

    # ---- money ----

    def bond_of(self, now, company):
        """The last one that counts already."""
        return [bond for since, bond in self.bonds[company] if since <= now][-1]

    def set_bond(self, now, company, bond):
        """More at once; less in a month; whatever waited is forgotten."""
        known = [one for one in self.bonds[company] if one[0] <= now]
        known.append((now if bond >= known[-1][1] else now + BOND_HOLDS, bond))
        self.bonds[company] = known

    @property
    def set_aside(self):
        return sum(duty.bond for duty in self.duties.values())

    @property
    def unpaid(self):
        return sum(i.total - sum(i.collected.values()) for i in self.incomes.values())

    @property
    def owed(self):
        return sum(self.free.values()) + self.set_aside + self.unpaid

    # ---- what a company does: the reason why not, or None once it is done ----

    def read(self, now, company, person, purpose, category, most, is_stranger):
        grant, duty = self.grants[person, company, purpose], self.duties[person, company, purpose]
        if is_stranger:
            return "vault: not the company"
        if not self.is_allowed(now, person, company, purpose, category):
            return "vault: not allowed"
        reads = 1 + (duty.reads if duty.issued_at == grant.issued_at else 0)
        if reads > grant.reads:
            return "vault: no reads left"
        price = self.prices[person, purpose, category]
        if not price and purpose == SELLING:
            return "vault: not for sale"
        if price > most:
            return "vault: dearer than agreed"
        bond = 0 if duty.bond else self.bond_of(now, company)
        if price + bond > self.free[company]:
            return "vault: too little paid in"
        self.free[company] -= price + bond
        if price:
            self.incomes[person].credit(now // MONTH, price)
        held = duty.bond + bond
        self.duties[person, company, purpose] = Duty(grant.issued_at, reads, now, held)
        return None

    def attest(self, now, company, person, purpose, is_stranger):
        duty = self.duties[person, company, purpose]
        if is_stranger:
            return "vault: not the company"
        if not duty.read_at:
            return "vault: nothing to delete"
        self.mark(now, company, person, purpose)  # where it is late and nobody marked it
        self.free[company] += duty.bond
        duty.read_at, duty.bond, duty.is_overdue = 0, 0, False
        return None

    def due_at(self, company, person, purpose):
        if not self.duties[person, company, purpose].read_at:
            return 0
        return self.kept_until(person, company, purpose) + DELETION_TIME

    def mark(self, now, company, person, purpose):
        duty, due = self.duties[person, company, purpose], self.due_at(company, person, purpose)
        if not due or now <= due:
            return "vault: not overdue"
        if duty.is_overdue:
            return "vault: marked already"
        if duty.bond:
            self.incomes[person].credit(now // MONTH, duty.bond)
        duty.bond, duty.is_overdue = 0, True
        return None

    def withdraw(self, company, amount):
        if amount > self.free[company]:
            return "vault: too little paid in"
        self.free[company] -= amount
        return None
