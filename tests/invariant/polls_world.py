"""
Polls on a ledger in memory: ten people with two wallets each, whose numbers lie at the edges of a
slot of cells and at the highest that there is, and what they sign.
"""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

from tests.ballots import TEXT, Ballot
from tests.invariant.polls_model import options_of
from tests.invariant.revm import SOMEBODY, Ledger
from tests.signing import Key, twin

DAY, NEVER = 86_400, 2**40
START = 1_700_000_000
STEWARD, WARDEN = "0x" + "55" * 20, "0x" + "66" * 20
CELLS = 21  # in a slot, under SINGLE
NUMBERS = (1, 2, CELLS - 1, CELLS, CELLS + 1, 2 * CELLS - 1, 2 * CELLS, 2**31, 2**32 - 2, 2**32 - 1)
SECOND = 100  # what tells a person's second wallet
STRANGER = 999
OTHER_TEXT = b"\x45" * 32

FLAWS = {  # what is signed instead, or done to the signature
    "key": {},
    "twin": {},
    "parity": {},
    "text": {"content_hash": OTHER_TEXT},
    "poll": {"poll_id": 77},
    "chain": {"chain_id": 77},
    "contract": {"verifying_contract": SOMEBODY},
    "sequence": {"sequence": 99_999},
    "deadline": {"deadline": NEVER},
    "options": {"options": [40, 41]},
}


@cache
def key(number):
    return Key(0xB0000 + number)


def wallet(who, is_second=False):
    if who is None:
        return key(STRANGER)
    return key(who + SECOND if is_second else who)


def build(project):
    """Polls in a sealed brand."""
    ledger = Ledger(START)
    charter = ledger.deploy(project.Charter, SOMEBODY, WARDEN, START + 365 * DAY)
    passport = ledger.deploy(project.FakePassport)
    membership = ledger.deploy(project.FakeMembership, passport.address)
    polls = ledger.deploy(project.Polls, charter.address, membership.address)
    charter.send("give_roles", STEWARD, 8, sender=SOMEBODY)
    charter.send("set_entry", b"polls".ljust(32, b"\x00"), polls.address, sender=SOMEBODY)
    charter.send("seal", sender=SOMEBODY)
    for who, member_no in enumerate(NUMBERS):
        passport.send("register", sender=wallet(who).address)
        passport.send("set_id", wallet(who, True).address, who + 1, sender=SOMEBODY)
        membership.send("enrol", who + 1, member_no, sender=SOMEBODY)
    return SimpleNamespace(ledger=ledger, charter=charter, polls=polls, membership=membership)


def carried(polls, poll, number, slip):
    """A slip with its signature, as a ballot that can be sent."""
    voter = wallet(slip.who, slip.is_second_wallet)
    options = options_of(slip.choice) if poll.is_approval else (slip.choice,)
    words = (voter.address, number, options, slip.sequence, slip.deadline)
    ballot = Ballot(*words, is_approval=poll.is_approval)
    signer = key(STRANGER + 1) if slip.flaw == "key" else voter
    ballot = ballot.signed(polls, signer, **FLAWS.get(slip.flaw, {}))
    if slip.flaw == "twin":
        return replace(ballot, signature=twin(ballot.signature))
    if slip.flaw == "parity":
        other = bytes([55 - ballot.signature[64]])
        return replace(ballot, signature=ballot.signature[:64] + other)
    return ballot


def open_poll(polls, kind, options, closes_at):
    polls.send("open_poll", TEXT, kind, options, closes_at, sender=STEWARD)
