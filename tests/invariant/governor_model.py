"""What a Governor promises, in plain Python: where a proposal stands, and what it may pay."""

from dataclasses import dataclass, field

from tests.drafts import (
    ACTIVE,
    CANCELED,
    DEFEATED,
    EXECUTED,
    PENDING,
    QUEUED,
    SUCCEEDED,
    Draft,
)

WHOLE = 10_000  # basis points


@dataclass
class Proposal:
    """One proposal, with the terms of the day it was made."""

    draft: Draft
    class_id: int
    proposer: int
    terms: tuple
    made_at: int
    amount: int = 0  # that it pays
    supply: int | None = None  # at its snapshot
    votes: dict = field(default_factory=dict)  # person -> support, weight
    extension: int = 0
    eta: int = 0
    is_canceled: bool = False
    is_executed: bool = False

    @property
    def snapshot(self):
        return self.made_at + self.terms[0]

    @property
    def deadline(self):
        return self.snapshot + self.terms[1] + self.extension

    @property
    def quorum(self):
        return max(1, self.supply * self.terms[5] // WHOLE)

    def count(self, support):
        return sum(weight for side, weight in self.votes.values() if side == support)

    @property
    def turnout(self):
        return sum(weight for _, weight in self.votes.values())

    @property
    def has_quorum(self):
        return self.count(1) + self.count(2) >= self.quorum

    def state(self, now):
        if self.is_executed:
            return EXECUTED
        if self.is_canceled:
            return CANCELED
        if self.eta:
            return QUEUED
        if now <= self.snapshot:
            return PENDING
        if now <= self.deadline:
            return ACTIVE
        is_won = self.count(1) > self.count(0) and self.has_quorum
        return SUCCEEDED if is_won else DEFEATED

    def vote(self, who, support, weight, now):
        """Count a ballot; tells whether it prolongs the vote."""
        had_quorum = self.has_quorum
        self.votes[who] = support, weight
        return self.prolong(had_quorum, now)

    def prolong(self, had_quorum, now):
        late = now + self.terms[2] - self.deadline
        if had_quorum or not self.has_quorum or late <= 0:
            return False
        self.extension += late
        return True

    def may_pay(self, spent, treasury):
        """Whether its class stays within its season's share of the treasury, by the turnout."""
        if not self.terms[7] or not self.amount:
            return True
        total = (spent + self.amount) * self.supply * WHOLE
        return total <= treasury * self.terms[6] * self.turnout
