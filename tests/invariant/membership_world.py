"""
A membership's votes in plain Python: what every act should change, and be refused for.

The world sends each act to a ledger and does it in the model; `check` compares them. Joining,
leaving and delegating are sent, or signed for anybody to send: the same comes of it.
A ledger gives `send(contract, name, *args, sender=)`, which returns the refusal or
None, `view(contract, name, *args)`, `turn_to(second)`, `sign(signer, contract, text, **words)`,
and a `steward`, who invites.
"""

from dataclasses import dataclass, field
from math import isqrt

from tests.house import MATURITY, ONE, SQRT

CAP = 50
LATE = 2**40
INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
LEAVE = "Leave(address wallet,uint256 nonce,uint256 deadline)"
DELEGATE_UNTIL = (
    "DelegateUntil(address delegator,address delegatee,"
    "uint256 expires_at,uint256 nonce,uint256 deadline)"
)


@dataclass
class Person:
    """One passport, from joining to leaving and back."""

    wallets: list
    number: int = 0
    is_active: bool = False
    joined_at: int = 0
    standing: int = 0
    counted: int = 0
    to: int | None = None
    expires_at: int = 0
    own: list = field(default_factory=list)
    votes: list = field(default_factory=list)


def value_at(trace, second):
    """What held at a second: the last (second, value) not after it."""
    return next((value for start, value in reversed(trace) if start <= second), 0)


def write(trace, now, second, value):
    """From a second on it is so; what was planned past now is dropped."""
    trace[:] = [point for point in trace if point[0] <= now and point[0] < second]
    trace.append((second, value))


class World:
    def __init__(self, ledger, house, rewards, passport, wallets, rule):
        self.ledger, self.rule = ledger, rule
        self.membership, self.electorate = house
        self.rewards, self.passport = rewards, passport
        self.people = [Person([wallet]) for wallet in wallets]
        self.total = []
        self.numbers = 0
        self.nonces = 0
        self.now = ledger.now
        self.seen = {}
        for wallet in wallets:
            assert ledger.send(passport, "register", sender=wallet) is None

    # ---- the clock ----

    def wait(self, seconds):
        """Let time pass; what a passed second read is written down for ever."""
        before = self.now
        self.now += seconds
        self.ledger.turn_to(self.now)
        if seconds:
            self.seen.setdefault(before, self._read(before))

    # ---- acts: each returns the refusal, or None ----

    def join(self, who, is_signed=False):
        person = self.people[who]
        refusal = "membership: already a member" if person.is_active else None
        if is_signed:
            self._join_signed(refusal, person.wallets[-1])
        else:
            self._send(refusal, self.membership, "join_open", sender=person.wallets[-1])
        if refusal is None:
            if person.number == 0:
                self.numbers += 1
                person.number = self.numbers
            person.is_active, person.joined_at = True, self.now
            person.to, person.expires_at, person.counted = who, 0, 0
            if self._units(person):
                write(person.own, self.now, self.now + MATURITY, self._units(person))
        return refusal

    def leave(self, who, is_signed=False):
        person = self.people[who]
        refusal = None if person.is_active else "membership: not a member"
        if is_signed:
            words = {"wallet": person.wallets[0], "nonce": self._nonce(), "deadline": LATE}
            self._carry(refusal, self.membership, "leave_by_signature", LEAVE, words)
        else:
            self._send(refusal, self.membership, "leave", sender=person.wallets[0])
        if refusal is None:
            self._count(person, 0)
            write(person.own, self.now, self.now, 0)
            person.is_active, person.to, person.expires_at = False, None, 0
        return refusal

    def credit(self, who, amount):
        person = self.people[who]
        words = [(who + 1) << 96 | amount]
        self._send(
            None, self.rewards, "credit", self.membership.address, words, sender=person.wallets[0]
        )
        if person.is_active:
            person.standing += amount
        return None if person.is_active else "skipped"

    def debit(self, who, amount):
        person = self.people[who]
        self._send(
            None,
            self.rewards,
            "debit",
            *(self.membership.address, who + 1, amount, 0),
            sender=person.wallets[0],
        )
        person.standing -= min(amount, person.standing)

    def refresh(self, *whom):
        people = [self.people[who] for who in whom]
        refusal = "electorate: unknown member" if any(p.number == 0 for p in people) else None
        numbers = [p.number for p in people]
        self._send(refusal, self.electorate, "refresh", numbers, sender=self.people[0].wallets[0])
        if refusal is None:
            for person in people:
                if person.is_active and self.now >= person.joined_at + MATURITY:
                    if value_at(person.own, self.now) != self._units(person):
                        write(person.own, self.now, self.now, self._units(person))
                    self._count(person, self._units(person))
        return refusal

    def delegate(self, who, to, seconds=None, is_signed=False):
        person, delegatee = self.people[who], self.people[to]
        ends = None if seconds is None else self.now + seconds
        refusal = None
        if ends is not None and ends <= self.now:
            refusal = "electorate: expiry passed"
        elif not person.is_active:
            refusal = "votes: not enrolled"
        elif not delegatee.is_active:
            refusal = "votes: delegatee not enrolled"
        if is_signed:
            words = {"delegator": person.wallets[-1], "delegatee": delegatee.wallets[-1]}
            words |= {"expires_at": ends or 0, "nonce": self._nonce(), "deadline": LATE}
            self._carry(refusal, self.electorate, "delegate_by_signature", DELEGATE_UNTIL, words)
        else:
            name = "delegate" if ends is None else "delegate_until"
            args = (delegatee.wallets[-1],) if ends is None else (delegatee.wallets[-1], ends)
            self._send(refusal, self.electorate, name, *args, sender=person.wallets[-1])
        if refusal is None:
            self._redirect(who, to, ends or 0)
        return refusal

    def expire(self, who):
        person = self.people[who]
        refusal = None
        if person.to in (None, who):
            refusal = "electorate: nothing delegated"
        elif self.people[person.to].is_active and not 0 < person.expires_at <= self.now:
            refusal = "electorate: not expired"
        self._send(
            refusal,
            self.electorate,
            "expire_delegation",
            person.number,
            sender=self.people[-1].wallets[0],
        )
        if refusal is None:
            self._redirect(who, who, 0)
        return refusal

    def link(self, who, wallet):
        """Another wallet of the person; the fake passport asks nobody."""
        self._send(None, self.passport, "set_id", wallet, who + 1, sender=wallet)
        self.people[who].wallets.append(wallet)

    # ---- what is signed ----

    def _nonce(self):
        self.nonces += 1
        return self.nonces

    def _carry(self, refusal, contract, name, text, words):
        """Sign with the wallet that is named first, and have somebody else send it."""
        signer = next(iter(words.values()))
        told = self.ledger.sign(signer, contract, text, **words)
        carrier = self.people[-1].wallets[0]
        self._send(refusal, contract, name, *words.values(), told, sender=carrier)

    def _join_signed(self, refusal, wallet):
        steward, terms = self.ledger.steward, {"nonce": self._nonce(), "deadline": LATE}
        named = {"inviter": steward, "passport_id": 0, **terms}
        invited = self.ledger.sign(steward, self.membership, INVITATION, **named)
        joins = {"wallet": wallet, "inviter": steward, **terms}
        told = self.ledger.sign(wallet, self.membership, JOIN, **joins)
        words = wallet, *terms.values(), told, steward, *terms.values(), invited
        carrier = self.people[-1].wallets[0]
        self._send(refusal, self.membership, "join_by_signature", *words, sender=carrier)

    # ---- the model's own steps ----

    def _units(self, person):
        if self.rule == ONE:
            return 1
        return isqrt(person.standing) if self.rule == SQRT else min(CAP, person.standing)

    def _count(self, person, units):
        diff = units - person.counted
        if diff:
            self._add(self.people[person.to].votes, diff)
            self._add(self.total, diff)
            person.counted = units

    def _redirect(self, who, to, expires_at):
        person = self.people[who]
        if person.to != to and person.counted:
            self._add(self.people[person.to].votes, -person.counted)
            self._add(self.people[to].votes, person.counted)
        person.to, person.expires_at = to, expires_at if to != who else 0

    def _add(self, trace, diff):
        write(trace, self.now, self.now, value_at(trace, self.now) + diff)

    def _send(self, refusal, contract, name, *args, sender):
        assert self.ledger.send(contract, name, *args, sender=sender) == refusal

    # ---- comparing ----

    def _read(self, second):
        """(votes, own units) of each person and the total at a second, by the model."""
        return (
            [(value_at(p.votes, second), value_at(p.own, second)) for p in self.people],
            value_at(self.total, second),
        )

    def _view(self, name, *args):
        return self.ledger.view(self.electorate, name, *args)

    def check_now(self):
        """Sum of votes = total = sum of counted units, on the ledger as in the model."""
        votes = [self._view("getVotes", p.wallets[-1]) for p in self.people]
        counted = [self._view("delegation_of", i + 1)[2] for i in range(len(self.people))]
        assert votes == [value_at(p.votes, self.now) for p in self.people]
        assert counted == [p.counted for p in self.people]
        assert sum(votes) == sum(counted) == value_at(self.total, self.now)

    def check_past(self, seconds):
        """Seconds that passed read as they did when they had just passed."""
        words = [int(p.wallets[0], 16) << 96 for p in self.people]
        mask, count = 2**128 - 1, len(words)
        for second in seconds:
            people, total = self.seen[second]
            assert self._read(second) == (people, total), "the model rewrote its past"
            ballots = self._view("ballots", words, second)[:count]
            owns = self._view("owns", words, second)[:count]
            assert [word & mask for word in ballots] == [votes for votes, _ in people]
            assert [word & mask for word in owns] == [own for _, own in people]
            assert [word >> 128 for word in ballots] == [p.number for p in self.people]
            assert self._view("getPastTotalSupply", second) == total
            assert sum(votes for votes, _ in people) == total
