"""Two companies and two people between whom data, money and reasons go: what attacks start from."""

from types import SimpleNamespace

from tests import consents
from tests.odd_tokens import Habit

PURSE = 10_000


def set_scene(project, chain, admin, people, companies):
    """Person 1 lets company 1 see something; both companies have money and stake 100."""
    passport = admin.deploy(project.Passport)  # where nobody is yet
    consent = admin.deploy(project.Consent, passport)
    token = admin.deploy(project.OddToken, Habit.PLAIN, 18)
    vault = admin.deploy(project.Vault, consent, token)
    decisions = admin.deploy(project.Decisions, consent)
    for person in people:
        passport.register(sender=person)
    for number, company in enumerate(companies, 1):
        consents.found(consent, company)
        token.mint(company, PURSE, sender=company)
        token.approve(vault, PURSE, sender=company)
        vault.deposit(number, PURSE, sender=company)
        vault.set_bond(number, 100, sender=company)

    def give(person=people[0], **changes):
        chain.mine(deltatime=1)
        agreed = consents.terms(chain.blocks.head.timestamp, **changes)
        consent.grant(agreed, sender=person)
        chain.mine(deltatime=1)
        return agreed

    def read(company=companies[0], **changes):
        words = {"company_id": 1, "passport_id": 1, "purpose": consents.PURPOSE}
        words |= {"category": consents.CATEGORY, "order_hash": consents.ORDER, "max_price": 0}
        return vault.request_access(*(words | changes).values(), sender=company)

    def due_at():
        return vault.due_at(1, 1, consents.PURPOSE)

    def turn_to(second):
        chain.pending_timestamp = second
        chain.mine()

    give()
    return SimpleNamespace(
        consent=consent, token=token, vault=vault, decisions=decisions, people=people,
        companies=companies, give=give, read=read, due_at=due_at, turn_to=turn_to,
        now=lambda: chain.blocks.head.timestamp,
    )  # fmt: skip
