"""Records, Vault and Decisions on the scene of D3: a person, and a company with duties to them."""

from eth_utils import keccak

from tests import consents
from tests.consents import CERTIFICATE, COMMITMENT, OPENING, ORDER, PURPOSE, SECRET
from tests.odd_tokens import Habit
from tests.signing import sign

DAY = 86_400
OVERDUE = 4  # the purpose for which something should have been deleted
ERASED = 1  # the category that is erased
ACTS = {
    "Vault": {
        "set_price(uint256,uint256,uint256)": (
            "SetPrice(address wallet,uint256 purpose,uint256 category,uint256 price,{})",
            {"purpose": PURPOSE, "category": 0, "price": 7},
        ),
        "set_shares((uint256,uint256)[])": (
            "SetShares(address wallet,Share[] shares,{})Share(uint256 payee,uint256 basis_points)",
            {"shares": []},
        ),
    },
    "Records": {
        "set_custodians(address[])": (
            "SetCustodians(address wallet,address[] custodians,{})",
            {"custodians": []},
        ),
    },
}
NONCE = "uint256 nonce,uint256 deadline"
MOVE = (
    "Move(address wallet,uint256 passport_id,uint256 category,bytes32 commitment,"
    "uint256 version,uint256 deadline)"
)
ERASE = (
    "Erase(address wallet,uint256 passport_id,uint256 category,uint256 version,uint256 deadline)"
)
DEMAND = "Demand(address wallet,uint256 decision_id,uint256 deadline)"
SHRED = (
    "Shred(address custodian,uint256 passport_id,uint256 category,uint256 version,"
    "bytes32 certificate_hash)"
)


def deployed(project, people) -> dict:
    """The three, with a Consent and a token of their own."""
    admin = people["admin"]
    consent = admin.deploy(project.Consent, people["passport"])
    token = admin.deploy(project.OddToken, Habit.PLAIN, 18)
    return {
        "Records": admin.deploy(project.Records, consent),
        "Vault": admin.deploy(project.Vault, consent, token),
        "Decisions": admin.deploy(project.Decisions, consent),
    }


def set_scene(project, chain, books, people) -> None:
    """Something is read, something overdue, one decision silent and one to be demanded."""
    records, vault, decisions = books.values()
    admin, member = people["admin"], people["members"][0]
    consent = project.Consent.at(vault.consent())
    token = project.OddToken.at(vault.token())
    consents.found(consent, admin, people["till"])
    for payer in (admin, people["outsider"]):
        token.mint(payer, 1_000, sender=payer)
        token.approve(vault, 500, sender=payer)
    vault.deposit(1, 500, sender=admin)
    vault.set_price(OVERDUE, 0, 5, sender=member)
    give(chain, consent, member, OVERDUE, DAY)
    vault.request_access(1, 1, OVERDUE, 0, ORDER, 5, sender=admin)
    seal = decisions.commitment_of(1, 1, OPENING, SECRET)
    decisions.commit(1, 1, seal, sender=admin)
    decisions.demand(1, sender=member)
    chain.mine(deltatime=32 * DAY)
    decisions.commit(1, 1, seal, sender=admin)
    give(chain, consent, member, PURPOSE, 90 * DAY)
    vault.request_access(1, 1, PURPOSE, 0, ORDER, 0, sender=admin)
    records.move(0, COMMITMENT, sender=member)
    records.set_custodians([people["steward"]], sender=member)
    records.erase(ERASED, sender=member)


def give(chain, consent, member, purpose, seconds, **changes):
    """Let the company see something for so long."""
    chain.mine(deltatime=1)
    now = chain.blocks.head.timestamp
    ends = {"until": now + seconds, "keep_until": now + seconds}
    consent.grant(consents.terms(now, purpose=purpose, **ends, **changes), sender=member)
    chain.mine(deltatime=1)


def arguments(books, people, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    soon, member = now + 5 * DAY, people["members"][0]
    return {
        **vault(people),
        **records(books["Records"], people, soon),
        **decisions(books["Decisions"], member, soon),
        **signed_once(books, member, soon),
    }


def vault(people) -> dict:
    hashed = "uint256,uint256,uint256,bytes32"
    return {
        "Vault.cancel_nonce(uint256)": [9],
        "Vault.request_access(uint256,uint256,uint256,uint256,bytes32,uint256)": [
            *(1, 1, PURPOSE, 0, ORDER, 0)
        ],
        f"Vault.attest_deletion({hashed})": [1, 1, PURPOSE, CERTIFICATE],
        "Vault.set_bond(uint256,uint256)": [1, 100],
        "Vault.withdraw_funds(uint256,address,uint256)": [1, people["admin"], 10],
        "Vault.deposit(uint256,uint256)": [1, 10],
        "Vault.mark_overdue(uint256,uint256,uint256)": [1, 1, OVERDUE],
        "Vault.collect(uint256,uint256)": [1, 1],
    }


def records(contract, people, soon) -> dict:
    member, custodian = people["members"][0], people["steward"]
    moved = {"wallet": member, "passport_id": 1, "category": 0, "commitment": COMMITMENT}
    moved |= {"version": 2, "deadline": soon}
    erased = {name: value for name, value in moved.items() if name != "commitment"}
    shred = {"custodian": custodian, "passport_id": 1, "category": ERASED, "version": 1}
    shred |= {"certificate_hash": CERTIFICATE}

    def carried(text, words):
        sent = [value for name, value in words.items() if name != "passport_id"]
        return [*sent, sign(member, contract, text, **words)]

    numbers = "uint256,uint256,bytes"
    return {
        "Records.cancel_nonce(uint256)": [9],
        "Records.move(uint256,bytes32)": [0, COMMITMENT],
        "Records.erase(uint256)": [0],
        f"Records.move_by_signature(address,uint256,bytes32,{numbers})": carried(MOVE, moved),
        f"Records.erase_by_signature(address,uint256,{numbers})": carried(ERASE, erased),
        "Records.acknowledge(uint256,uint256,uint256,uint256,uint256)": [1, 1, PURPOSE, 0, 1],
        "Records.certify_shred(address,uint256,uint256,uint256,bytes32,bytes)": [
            *(*shred.values(), sign(custodian, contract, SHRED, **shred))
        ],
    }


def decisions(contract, member, soon) -> dict:
    words = {"wallet": member, "decision_id": 2, "deadline": soon}
    return {
        "Decisions.commit(uint256,uint256,bytes32)": [1, 1, keccak(text="a seal")],
        "Decisions.demand(uint256)": [2],
        "Decisions.demand_by_signature(address,uint256,uint256,bytes)": [
            *(*words.values(), sign(member, contract, DEMAND, **words))
        ],
        "Decisions.open(uint256,(bytes32,bytes32,bytes32,bytes32),bytes32)": [2, OPENING, SECRET],
        "Decisions.mark_silence(uint256)": [1],
    }


def signed_once(books, member, soon) -> dict:
    """What a person does or signs with a nonce."""
    found = {}
    for book, acts in ACTS.items():
        for nonce, (function, (text, words)) in enumerate(acts.items()):
            told = {"wallet": member, **words, "nonce": nonce, "deadline": soon}
            signature = sign(member, books[book], text.format(NONCE), **told)
            name, _, types = function.partition("(")
            types = types.removesuffix(")")
            found[f"{book}.{function}"] = [*words.values()]
            found[f"{book}.{name}_by_signature(address,{types},uint256,uint256,bytes)"] = [
                *(*told.values(), signature)
            ]
    return found
