"""Arguments with which each writing function passes for whom it is meant, on the scene of D3."""

from tests.attacks import d3_signed
from tests.attacks.d3_stage import (
    ATTESTATION,
    BADGES,
    CLEARING,
    CODE,
    CONTENT,
    DAY,
    DELEGATE_UNTIL,
    DELEGATION,
    INVITATION,
    LINK,
    PERKS,
    PERMIT,
    PROFILE_MESSAGES,
    REDEEM,
    STORE,
    vrs,
)
from tests.conftest import entry_name
from tests.signing import sign

ISSUER = 2


def arguments(brand, people, scene, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    soon = now + 5 * DAY
    return {
        **wings(brand, now),
        **charter(people, scene, now),
        **passport(people, soon),
        **profile(brand, people, scene, now, soon),
        **membership(brand, people, soon),
        **electorate(brand, people, soon),
        **points(brand, people, soon),
        **rewards(scene),
        **perks(brand, people, scene, now, soon),
        **polls(now),
        **d3_signed.arguments(brand, people, scene, now),
    }


def wings(brand, now) -> dict:
    """What the Charter pushes to each of its wings."""
    return {
        f"{name.capitalize()}.{function}": values
        for name in brand
        for function, values in (("halt_until(uint256)", [now + DAY]), ("retire()", []))
    }


def charter(people, scene, now) -> dict:
    return {
        "Charter.give_roles(address,uint256)": [people["outsider"], ISSUER],
        "Charter.take_roles(address,uint256)": [people["issuer"], ISSUER],
        "Charter.renounce_roles(uint256)": [ISSUER],
        "Charter.offer_admin(address)": [people["steward"]],
        "Charter.accept_admin()": [],
        "Charter.set_entry(bytes32,address)": [BADGES, scene["first_wing"]],
        "Charter.seal()": [],
        "Charter.announce_replacement(bytes32,address)": [entry_name("vault"), scene["spare"]],
        "Charter.cancel_replacement(bytes32)": [PERKS],
        "Charter.replace(bytes32)": [BADGES],
        "Charter.pause(bytes32,uint256)": [entry_name("polls"), DAY],
        "Charter.unpause(bytes32)": [CLEARING],
        "Charter.extend_warden(uint256)": [now + 500 * DAY],
        "Charter.set_profile(bytes32)": [CONTENT],
        "Charter.set_dao_uri(string)": ["https://cercle.example/dao.json"],
        "Charter.set_domain(bytes32)": [CONTENT],
        "Charter.set_company_id(uint256)": [7],
    }


def passport(people, soon) -> dict:
    member, spares = people["members"][0], people["spares"]
    link = {"passport_id": 1, "wallet": spares[1], "nonce": 2, "deadline": soon}
    signature = sign(spares[1], people["passport"], LINK, **link)
    move = "address,address,uint256"
    return {
        "Passport.cancel_nonce(uint256)": [9],
        "Passport.register()": [],
        "Passport.link(address,uint256,uint256,bytes)": [spares[1], 2, soon, signature],
        "Passport.unlink(address)": [spares[0]],
        "Passport.set_main(address)": [spares[0]],
        f"Passport.transferFrom({move})": [member, spares[2], 1],
        f"Passport.safeTransferFrom({move})": [member, spares[2], 1],
        f"Passport.safeTransferFrom({move},bytes)": [member, spares[2], 1, b""],
        "Passport.approve(address,uint256)": [spares[2], 1],
        "Passport.setApprovalForAll(address,bool)": [spares[2], True],
    }


def profile(brand, people, scene, now, soon) -> dict:
    contract, member, admin = brand["profile"], people["members"][0], people["admin"]
    world = bytes(contract.world_of(admin, "Plaza"))
    token = {"world": world, "token": scene["collection"].address, "token_id": 7}
    stated = {"world": world, "reference": CONTENT}
    words = {"key": admin, **stated, "passport_id": 1, "issued_at": now, "deadline": soon}
    attested = (CONTENT, now, soon, sign(admin, contract, ATTESTATION, **words))
    acts = {
        "set_profile(bytes32)": ("SetProfile", {"content_hash": CONTENT}, [CONTENT]),
        "clear_profile()": ("ClearProfile", {}, []),
        "set_token_avatar(bytes32,address,uint256)": (
            *("SetTokenAvatar", token),
            list(token.values()),
        ),
        "set_attested_avatar(bytes32,(bytes32,uint256,uint256,bytes))": (
            *("SetAttestedAvatar", stated),
            [world, attested],
        ),
        "set_stated_avatar(bytes32,bytes32)": (
            *("SetStatedAvatar", stated),
            list(stated.values()),
        ),
        "remove_avatar(bytes32)": ("RemoveAvatar", {"world": world}, [world]),
    }
    found = {
        "Profile.cancel_nonce(uint256)": [9],
        "Profile.register_world(string,address)": ["Arcade", admin],
        "Profile.set_world_key(bytes32,address)": [world, admin],
        "Profile.offer_world(bytes32,address)": [world, people["steward"]],
        "Profile.accept_world(bytes32)": [world],
        "Profile.set_collection(bytes32,address,bool)": [world, scene["collection"], False],
        "Profile.revoke_attestation(bytes32,bytes32)": [world, CONTENT],
    }
    for nonce, (function, (struct, signed, sent)) in enumerate(acts.items()):
        fields = f"address wallet,{PROFILE_MESSAGES[struct]}uint256 nonce,uint256 deadline"
        given = {"wallet": member, **signed, "nonce": nonce, "deadline": soon}
        signature = sign(member, contract, f"{struct}({fields})", **given)
        name, _, types = function.removesuffix(")").partition("(")
        carried = ",".join(filter(None, ("address", types, "uint256,uint256,bytes")))
        found[f"Profile.{function}"] = sent
        found[f"Profile.{name}_by_signature({carried})"] = [
            *(member, *sent, nonce, soon, signature)
        ]
    return found


def membership(brand, people, soon) -> dict:
    contract = brand["membership"]
    given = {"inviter": str(people["steward"]), "passport_id": 0, "nonce": 1, "deadline": soon}
    invitation = sign(people["steward"], contract, INVITATION, **given)
    return {
        "Membership.cancel_nonce(uint256)": [9],
        "Membership.admit(uint256[])": [[people["passport"].id_of(people["newcomer"])]],
        "Membership.set_tiers(uint256[])": [[100, 600]],
        "Membership.credit(uint256[])": [[1 << 96 | 10]],
        "Membership.debit(uint256,uint256,uint256)": [1, 10, 0],
        "Membership.join(address,uint256,uint256,bytes)": [people["steward"], 1, soon, invitation],
        "Membership.join_open()": [],
        "Membership.leave()": [],
    }


def electorate(brand, people, soon) -> dict:
    contract, member, other = brand["electorate"], people["members"][0], people["members"][2]
    newcomer = people["newcomer"]
    plain = {"delegatee": other, "nonce": contract.nonces(member), "expiry": soon}
    until = {
        "delegator": member,
        "delegatee": other,
        "expires_at": soon,
        "nonce": 5,
        "deadline": soon,
    }
    return {
        "Electorate.bind()": [],
        "Electorate.enrol(uint256,uint256,address,uint256)": [
            *(people["passport"].id_of(newcomer), 6, newcomer, 0)
        ],
        "Electorate.dismiss(uint256)": [3],
        "Electorate.cancel_nonce(uint256)": [9],
        "Electorate.delegate(address)": [other],
        "Electorate.delegate_until(address,uint256)": [other, soon],
        "Electorate.delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)": [
            *(other, plain["nonce"], soon),
            *vrs(sign(member, contract, DELEGATION, **plain)),
        ],
        "Electorate.delegate_by_signature(address,address,uint256,uint256,uint256,bytes)": [
            *(member, other, soon, 5, soon),
            sign(member, contract, DELEGATE_UNTIL, **until),
        ],
        "Electorate.expire_delegation(uint256)": [2],
        "Electorate.refresh(uint256[])": [[1, 2, 3]],
    }


def points(brand, people, soon) -> dict:
    contract, member, other = brand["points"], people["members"][0], people["members"][2]
    given = {"owner": member, "spender": other, "value": 5, "nonce": 0, "deadline": soon}
    return {
        "Points.mint_batch(uint256[])": [[int(str(member.address), 16) << 96 | 10 << 48]],
        "Points.reverse(address,uint256)": [member, 10],
        "Points.take(address,uint256)": [member, 10],
        "Points.raise_face_value(uint256)": [20_000],
        "Points.raise_expiry_period(uint256)": [0],
        "Points.transfer(address,uint256)": [other, 10],
        "Points.transferFrom(address,address,uint256)": [member, other, 10],
        "Points.approve(address,uint256)": [other, 10],
        "Points.permit(address,address,uint256,uint256,uint8,bytes32,bytes32)": [
            *(member, other, 5, soon),
            *vrs(sign(member, contract, PERMIT, **given)),
        ],
        "Points.burn(uint256)": [10],
        "Points.recognise(bytes32)": [CLEARING],
        "Points.sweep(address[])": [[member]],
        "Points.freeze(address)": [member],
        "Points.thaw(address)": [member],
        "Points.pull(address)": [member],
    }


def rewards(scene) -> dict:
    words = scene["words"]
    ids = list(range(1, len(words) + 1))
    return {
        "Rewards.award(uint256,uint256[])": [2, words],
        "Rewards.reverse(uint256,uint256[],uint256)": [1, words, 0],
        "Rewards.reverse_from(uint256,uint256[],uint256[],uint256)": [1, words, ids, 0],
        "Rewards.set_budget(uint256)": [2_000_000],
    }


def perks(brand, people, scene, now, soon) -> dict:
    contract, member = brand["perks"], people["members"][0]
    at_till, by_code, late = scene["claims"]
    code = sign(member, contract, REDEEM, wallet=member, claim_id=at_till, deadline=soon)
    terms = (CODE, 10, now, now + 60 * DAY, 0, 1, DAY, [])
    open_perk = (
        "open_perk(bytes32,(uint256,uint256,uint256,uint256,uint256,uint256,uint256,"
        "(address,uint96)[]),uint256[])"
    )
    return {
        f"Perks.{open_perk}": [CONTENT, terms, [10]],
        "Perks.close_perk(uint256)": [1],
        "Perks.add_stock(uint256,uint256,uint256)": [1, 0, 5],
        "Perks.fulfil(uint256[],bytes32)": [[by_code], CONTENT],
        "Perks.redeem(uint256,address,uint256,bytes)": [at_till, member, soon, code],
        "Perks.claim(uint256,uint256,bytes32)": [STORE, 0, CONTENT],
        "Perks.cancel(uint256)": [at_till],
        "Perks.miss(uint256)": [late],
    }


def polls(now) -> dict:
    return {
        "Polls.open_poll(bytes32,uint256,uint256,uint256)": [CONTENT, 1, 3, now + 60 * DAY],
        "Polls.withdraw_poll(uint256)": [1],
        "Polls.vote(uint256,uint256)": [1, 2],
    }
