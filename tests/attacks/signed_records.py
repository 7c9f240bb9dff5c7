"""What people sign about their records, prices and reasons, where each could be carried now."""

from cercle.typed_data import records
from tests import consents
from tests.attacks.signed_stage import Case, carried
from tests.consents import COMMITMENT, OPENING, SECRET
from tests.odd_tokens import Habit


def deployed(project, passport, admin) -> dict:
    """The three contracts, by the name of the directory."""
    consent = admin.deploy(project.Consent, passport)
    token = admin.deploy(project.OddToken, Habit.PLAIN, 18)
    consents.found(consent, admin)
    return {
        "records": admin.deploy(project.Records, consent),
        "vault": admin.deploy(project.Vault, consent, token),
        "decisions": admin.deploy(project.Decisions, consent),
    }


def set_scene(signers, admin) -> None:
    """A decision about the member, by the company that the admin runs."""
    decisions = signers["books"]["decisions"]
    seal = decisions.commitment_of(1, 1, OPENING, SECRET)
    decisions.commit(1, 1, seal, sender=admin)


def cases(book, signers, until) -> list[Case]:
    """One for each message."""
    member, deadline = signers["member"], {"deadline": until["deadline"]}
    me, mine = (book, member.address), (book, member.address, 1)
    seal, version = "0x" + COMMITMENT.hex(), {"version": 1, **deadline}

    def alone(message, wing, again="signatures: nonce used"):
        nobody = f"{wing}: no passport"
        carrier = signers["carrier"]
        return Case(message, member, carried(book), carrier, again=again, zero=nobody)

    raised = "records: other version"
    demanded = {"again": "commit_open: not to demand", "zero": "signatures: zero signer"}
    demand = records.demand(*me, decision_id=1, **deadline)
    price = {"purpose": consents.PURPOSE, "category": 0, "price": 7}
    return [
        alone(records.move(*mine, category=0, commitment=seal, **version), "records", raised),
        alone(records.erase(*mine, category=1, **version), "records", raised),
        alone(records.set_custodians(*me, [signers["steward"].address], **until), "records"),
        alone(records.set_price(*me, **price, **until), "vault"),
        alone(records.set_shares(*me, [(2, 2_500)], **until), "vault"),
        Case(demand, member, carried(book), signers["carrier"], **demanded),
    ]
