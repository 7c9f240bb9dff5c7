"""
A Governor on a ledger in memory: nine members with a wallet each who lend their votes to one
another, a treasury, and what proposals call.
"""

from functools import cache
from types import SimpleNamespace

from tests.drafts import DAY
from tests.house import CAPS, ONE
from tests.invariant.revm import SOMEBODY, Ledger
from tests.signing import Key

START = 1_700_000_000
STEWARD, WARDEN, PAYEE = "0x" + "55" * 20, "0x" + "66" * 20, "0x" + "77" * 20
NAME = "Cercle Governor"
PEOPLE = 9
STRANGER = 99  # nobody's member
TREASURY = 1_000


@cache
def key(number):
    return Key(0xC0000 + number)


def build_electorate(project):
    """Members 1 to 9 with a unit each, which counts at once."""
    ledger = Ledger(START)
    charter = ledger.deploy(project.Charter, SOMEBODY, WARDEN, START + 365 * DAY)
    passport = ledger.deploy(project.Passport)
    electorate = ledger.deploy(project.Electorate, passport.address, ONE, 0, 0)
    membership = ledger.deploy(project.Membership, charter.address, electorate.address, CAPS, [])
    charter.send("give_roles", STEWARD, 8, sender=SOMEBODY)
    charter.send("seal", sender=SOMEBODY)
    for who in range(PEOPLE):
        passport.send("register", sender=key(who).address)
    everybody = list(range(1, PEOPLE + 1))
    membership.send("admit", everybody, sender=STEWARD)
    electorate.send("refresh", everybody, sender=SOMEBODY)
    return SimpleNamespace(
        ledger=ledger, charter=charter, passport=passport, electorate=electorate,
        membership=membership, target=ledger.deploy(project.FakeTarget),
        token=ledger.deploy(project.FakeToken),
    )  # fmt: skip


def add_governor(project, stage, classes, scopes=(), is_bounded=True):
    """The pair, with a treasury of coin and of the token."""
    ledger, assets = stage.ledger, [stage.token.address] if is_bounded else []
    guard = (stage.charter.address, list(classes), list(scopes), assets)
    stage.guard = ledger.deploy(project.Guard, *guard)
    words = (NAME, stage.electorate.address, stage.guard.address)
    stage.governor = ledger.deploy(project.Governor, *words)
    fund(stage, stage.governor)
    return stage


def fund(stage, governor):
    stage.ledger.evm.set_balance(governor.address, TREASURY)
    stage.token.send("mint", governor.address, TREASURY, sender=SOMEBODY)
