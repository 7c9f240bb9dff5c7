"""What people sign and anybody carries, on the scene of D3: each message by its rightful signer."""

from tests.attacks.d3_stage import CONTENT, DAY, INVITATION, LINK, STORE
from tests.signing import sign

MOVES = {
    "Adopt": "Adopt(address main_wallet,address wallet,uint256 nonce,uint256 deadline)",
    "Unlink": "Unlink(address sender,address wallet,uint256 nonce,uint256 deadline)",
    "SetMain": "SetMain(address main_wallet,address wallet,uint256 nonce,uint256 deadline)",
}
REGISTER = "Register(address wallet,uint256 nonce,uint256 deadline)"
JOIN = "Join(address wallet,address inviter,uint256 nonce,uint256 deadline)"
LEAVE = "Leave(address wallet,uint256 nonce,uint256 deadline)"
CLAIM = (
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,"
    "bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL = "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
BALLOT = (
    "Ballot(address voter,uint256 poll_id,bytes32 content_hash,uint256[] options,"
    "uint256 sequence,uint256 deadline)"
)


def arguments(brand, people, scene, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    soon = now + 5 * DAY
    return {
        **passport(people, soon),
        **membership(brand["membership"], people, soon),
        **perks(brand["perks"], people, scene, soon),
        **polls(brand["polls"], people, soon),
    }


def passport(people, soon) -> dict:
    contract, member, spares = people["passport"], people["members"][0], people["spares"]
    asked = {"wallet": spares[2], "nonce": 5, "deadline": soon}
    joins = {"passport_id": 1, "wallet": spares[1], "nonce": 5, "deadline": soon}

    def move(name, first, wallet):
        words = {first: member, "wallet": wallet, "nonce": 5, "deadline": soon}
        return [*words.values(), sign(member, contract, MOVES[name], **words)]

    return {
        "Passport.register_by_signature(address,uint256,uint256,bytes)": [
            *(spares[2], 5, soon, sign(spares[2], contract, REGISTER, **asked))
        ],
        "Passport.link_by_signatures(address,address,uint256,uint256,bytes,bytes)": [
            *move("Adopt", "main_wallet", spares[1]),
            sign(spares[1], contract, LINK, **joins),
        ],
        "Passport.unlink_by_signature(address,address,uint256,uint256,bytes)": [
            *move("Unlink", "sender", spares[0])
        ],
        "Passport.set_main_by_signature(address,address,uint256,uint256,bytes)": [
            *move("SetMain", "main_wallet", spares[0])
        ],
    }


def membership(contract, people, soon) -> dict:
    steward, newcomer, member = people["steward"], people["newcomer"], people["members"][0]
    invited = {"inviter": steward, "passport_id": 0, "nonce": 2, "deadline": soon}
    joins = {"wallet": newcomer, "inviter": steward, "nonce": 5, "deadline": soon}
    leaves = {"wallet": member, "nonce": 5, "deadline": soon}
    join = "join_by_signature(address,uint256,uint256,bytes,address,uint256,uint256,bytes)"
    return {
        f"Membership.{join}": [
            *(newcomer, 5, soon, sign(newcomer, contract, JOIN, **joins)),
            *(steward, 2, soon, sign(steward, contract, INVITATION, **invited)),
        ],
        "Membership.leave_by_signature(address,uint256,uint256,bytes)": [
            *(member, 5, soon, sign(member, contract, LEAVE, **leaves))
        ],
    }


def perks(contract, people, scene, soon) -> dict:
    member, at_till = people["members"][0], scene["claims"][0]
    number = contract.next_claim_id(STORE, 1)
    claim = {"wallet": member, "perk_id": STORE, "content_hash": CONTENT, "variant": 0}
    claim |= {"price": 100, "order_hash": CONTENT, "claim_id": number, "deadline": soon}
    sent = (member, STORE, 0, CONTENT, number, soon)
    cancel = {"wallet": member, "claim_id": at_till, "deadline": soon}
    return {
        "Perks.claim_by_signature(address,uint256,uint256,bytes32,uint256,uint256,bytes)": [
            *(*sent, sign(member, contract, CLAIM, **claim))
        ],
        "Perks.cancel_by_signature(address,uint256,uint256,bytes)": [
            *(member, at_till, soon, sign(member, contract, CANCEL, **cancel))
        ],
    }


def polls(contract, people, soon) -> dict:
    member = people["members"][0]
    ballot = {"voter": member, "poll_id": 1, "content_hash": CONTENT, "options": [2]}
    ballot |= {"sequence": 1, "deadline": soon}
    signature = sign(member, contract, BALLOT, **ballot)
    head = int(str(member.address), 16) << 96 | 2 << 48 | 1 << 40 | soon
    r, s = (int.from_bytes(signature[at : at + 32]) for at in (0, 32))
    return {
        "Polls.vote_for(uint256,uint256[])": [1, [2]],
        "Polls.vote_by_signature(address,uint256,uint256[],uint256,uint256,bytes)": [
            *(member, 1, [2], 1, soon, signature)
        ],
        "Polls.vote_by_signatures(uint256,uint256[3][])": [
            *(1, [[head, r, s | (signature[64] - 27) << 255]])
        ],
    }
