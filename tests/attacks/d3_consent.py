"""Consent on the scene of D3: a company with an agent and a candidate, and what a member gave."""

from eth_utils import keccak

from cercle.typed_data import STRUCTS
from tests.attacks.d3_stage import DAY, abi_of
from tests.signing import sign
from tools.access import writers

HASH = keccak(text="a notice, a record, a key")
GIVEN, ASKED = 1, 2  # purposes: the first is given already
STRUCT_OF = {
    "deny_company": "DenyCompany",
    "deny_purpose": "DenyPurpose",
    "grant": "Grant",
    "refuse": "Refuse",
    "withdraw": "Withdraw",
    "withdraw_all": "WithdrawAll",
}


def set_scene(chain, consent, people):
    """The steward's company, offered to the treasurer; two members gave, one took all back."""
    steward, members = people["steward"], people["members"]
    consent.register_company(HASH, "", sender=steward)
    consent.set_agent(1, people["till"], sender=steward)
    consent.offer_controller(1, people["treasurer"], sender=steward)
    for purpose in (GIVEN, ASKED):
        consent.publish_notice(1, purpose, 0b11, HASH, sender=steward)
    now = chain.blocks.head.timestamp
    for member in members[:2]:
        consent.grant(terms(GIVEN, now), sender=member)
    consent.withdraw_all(sender=members[1])
    chain.mine(deltatime=1)


def terms(purpose, now) -> tuple:
    return 1, purpose, 0b1, now, now + 30 * DAY, now + 60 * DAY, 5, 1, HASH


def arguments(consent, people, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    member, soon = people["members"][0], now + 5 * DAY
    acts = {
        "grant": [terms(ASKED, now)],
        "refuse": [1, ASKED],
        "withdraw": [1, GIVEN],
        "withdraw_all": [],
        "deny_company": [1, True],
        "deny_purpose": [GIVEN, True],
    }
    words = acts | {
        "register_company": [HASH, ""],
        "describe": [1, HASH, ""],
        "set_agent": [1, people["outsider"]],
        "offer_controller": [1, people["outsider"]],
        "accept_controller": [1],
        "publish_notice": [1, GIVEN, 0b1, HASH],
        "end_notice": [1, GIVEN],
        "request_consent": [1, 1, ASKED, 0b1],
        "note_end": [2, 1, GIVEN],
        "cancel_nonce": [9],
    }
    for nonce, (act, sent) in enumerate(acts.items()):
        words[f"{act}_by_signature"] = signed(consent, member, act, sent, nonce, now, soon)
    return {f"Consent.{one}": words[one.partition("(")[0]] for one in writers(abi_of(consent))}


def signed(consent, member, act, sent, nonce, now, soon) -> list:
    """The same by signature."""
    struct = STRUCTS[STRUCT_OF[act]]
    names = [one.name for one in struct.fields]
    first = [member, 1] if "passport_id" in names else [member]
    last = [nonce] if "nonce" in names else [now] if "signed_at" in names else []
    flat = list(sent[0]) if act == "grant" else sent
    told = dict(zip(names, [*first, *flat, *last, soon], strict=True))
    return [member, *sent, *last, soon, sign(member, consent, struct.encoded_type, **told)]
