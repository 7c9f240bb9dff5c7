"""Every message that a person may sign, on a brand where each could be carried now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_account.messages import encode_typed_data

from cercle import typed_data
from cercle.calls import Call
from cercle.deployments import Deployed, Deployment
from cercle.flags import Support
from cercle.loyalty import perks as perk_calls
from cercle.loyalty import points as point_calls
from cercle.proposals import Action, acts, draft_of
from cercle.slips import Invitation
from cercle.typed_data import STRUCTS, SignedMessage, TypedData

DAY = 86_400
SINGLE, STORE = 1, 1
GIVEN, ASKED = 1, 2  # purposes of the steward's company
CONTENT, ORDER = b"\x11" * 32, b"\x22" * 32
PURSE = 1_000
NOT_SIGNED = "signatures: not by signer"
NOBODY = "signatures: zero signer"
LEFT_OUT = "left out of its batch"
ON_CHAIN = sorted(name for name, struct in STRUCTS.items() if struct.is_checked_on_chain)


@dataclass(frozen=True)
class Case:
    """A message, whose it is, and the call that some signature of it makes."""

    message: TypedData
    signer: Any
    call: Callable[[bytes, TypedData], Call]  # a signature, and the message as it is sent
    sender: Any
    refusal: str = NOT_SIGNED  # what a bad signature is told
    again: str = "signatures: nonce used"  # what the same one is told a second time
    zero: str = NOT_SIGNED  # what nobody's is told
    is_skipped: bool = False  # a bad one is left out of its batch, and stops no other
    whose: tuple[str, Any] | None = None  # what would make it another's, if not the signer's name

    @property
    def struct(self) -> str:
        return self.message.struct


def sign(account, message: TypedData) -> bytes:
    """An ordinary wallet's answer."""
    return account.sign_message(encode_typed_data(full_message=message.full)).encode_rsv()


def signed(message: TypedData, signature: bytes, **more) -> SignedMessage:
    return SignedMessage(message=message, signature="0x" + signature.hex(), **more)


def address_book(chain, brand) -> Deployment:
    """The brand as the SDK knows it."""
    contracts = {
        "".join(word.capitalize() for word in name.split("_")): Deployed(
            address=str(contract.address), block=0, codehash="0x" + "00" * 32
        )
        for name, contract in brand.items()
    }
    return Deployment(chain_id=chain.chain_id, network="local", brand="ours", contracts=contracts)


def set_scene(chain, brand, signers):
    """A claim to cancel, one to redeem, a poll, a second wallet, and somebody to invite."""
    member, steward = signers["member"], signers["steward"]
    passport, perks = brand["passport"], brand["perks"]
    purses = [int(str(who.address), 16) << 96 | PURSE << 48 for who in signers["members"]]
    brand["rewards"].award(1, purses, sender=signers["issuer"])
    now = chain.blocks.head.timestamp
    terms = (STORE, 100, now, now + 60 * DAY, 0, 4, 30 * DAY, [])
    perks.open_perk(CONTENT, terms, [10, 10], sender=steward)
    for _ in range(2):
        perks.claim(1, 0, ORDER, sender=member)
    brand["polls"].open_poll(CONTENT, SINGLE, 3, now + 60 * DAY, sender=steward)
    passport.register(sender=signers["newcomer"])
    found_world(brand["profile"], signers)
    shared = {name: signers[name] for name in ("governor", "consent")}
    book = address_book(chain, brand | shared | signers["books"])
    propose(chain, signers, book)
    now = chain.blocks.head.timestamp
    link = typed_data.link(book, 1, signers["second"].address, 1, now + DAY)
    told = sign(signers["second"], link)
    passport.link(signers["second"], 1, now + DAY, told, sender=member)
    found_company(chain, signers["consent"], signers)
    return book


def found_company(chain, consent, signers):
    """The steward's, to which the member gave something, as well as the other one."""
    consent.register_company(CONTENT, "", sender=signers["steward"])
    for purpose in (GIVEN, ASKED):
        consent.publish_notice(1, purpose, 3, CONTENT, sender=signers["steward"])
    words = consent_terms(chain.blocks.head.timestamp, GIVEN).values()
    for who in ("member", "other"):
        consent.grant(tuple(words), sender=signers[who])
    chain.mine(deltatime=1)


def consent_terms(now, purpose) -> dict:
    words = {"company_id": 1, "purpose": purpose, "categories": 1, "issued_at": now}
    words |= {"until": now + 30 * DAY, "keep_until": now + 30 * DAY, "reads": 1}
    return words | {"notice_version": 1, "record_hash": ORDER}


def propose(chain, signers, book):
    """Something to vote on, and the vote has begun."""
    action = Action(target=str(signers["carrier"].address))
    draft = draft_of([action], "Greet the carrier.")
    call = acts.propose(book, draft)
    signers["member"].transfer(call.to, 0, data=call.data)
    signers["proposal"] = draft
    chain.mine(deltatime=DAY + 1)


def found_world(profile, signers):
    """The steward's, with a collection of which the member holds a token."""
    steward = signers["steward"]
    profile.register_world("Plaza", steward, sender=steward)
    world = profile.world_of(steward, "Plaza")
    signers["collection"].give(7, signers["member"], sender=steward)
    profile.set_collection(world, signers["collection"], True, sender=steward)


def cases(chain, book: Deployment, brand, signers) -> list[Case]:
    """One for each message, as its rightful signer would give it."""
    until = {"nonce": 7, "deadline": chain.blocks.head.timestamp + 5 * DAY}
    return [
        *of_the_person(book, signers, until),
        *of_how_they_appear(book, brand, signers, until),
        *at_the_brand(book, signers, until),
        *at_the_counter(book, brand, signers, until["deadline"]),
        *of_points(book, signers, until["deadline"]),
        *in_polls(book, signers, until["deadline"]),
        *on_proposals(book, signers, until["deadline"]),
        *of_their_data(book, signers, until),
    ]


def of_their_data(book, signers, until) -> list[Case]:
    """What they give the steward's company, and take back."""
    member, deadline = signers["member"], until["deadline"]
    me, now = (book, member.address), deadline - 5 * DAY
    asked = consent_terms(now, ASKED) | {"record_hash": "0x" + ORDER.hex()}
    given = {"company_id": 1, "purpose": GIVEN}

    def alone(message, again="signatures: nonce used"):
        told = {"again": again, "zero": "consent: no passport"}
        return Case(message, member, carried(book), signers["carrier"], **told)

    return [
        alone(typed_data.grant(*me, 1, deadline=deadline, **asked), "consent: issued before"),
        alone(typed_data.refuse(*me, **given, **until)),
        alone(
            typed_data.withdraw(*me, 1, **given, signed_at=now, deadline=deadline),
            "consent: outdated",
        ),
        alone(
            typed_data.withdraw_all(*me, 1, signed_at=now, deadline=deadline),
            "consent: withdrawn since",
        ),
        alone(typed_data.deny_company(*me, company_id=1, is_denied=True, **until)),
        alone(typed_data.deny_purpose(*me, purpose=GIVEN, is_denied=True, **until)),
    ]


def of_the_person(book, signers, until) -> list[Case]:
    member, fresh = signers["member"], signers["fresh"]
    carrier = signers["carrier"]
    pair = {"main_wallet": member.address, "wallet": fresh.address}
    adopt = typed_data.adopt(book, **pair, **until)
    link = typed_data.link(book, 1, fresh.address, until["nonce"], until["deadline"])

    def linked(adopted, adopts, agrees):
        both = {"link_signature": "0x" + agrees.hex()}
        return typed_data.carry(book, signed(adopted, adopts, **both))

    def as_adopted(told, sent):
        return linked(sent, told, sign(fresh, link))

    def as_linked(told, sent):
        both = adopt.model_copy(
            update={"message": adopt.message | {"wallet": sent.message["wallet"]}}
        )
        return linked(both, sign(member, both), told)

    def alone(message, signer):
        return Case(message, signer, carried(book), carrier, zero=NOBODY)

    return [
        alone(typed_data.register(book, signers["third"].address, **until), signers["third"]),
        Case(adopt, member, as_adopted, carrier, zero=NOBODY),
        Case(link, fresh, as_linked, carrier, zero=NOBODY),
        alone(typed_data.unlink(book, member.address, signers["second"].address, **until), member),
        alone(
            typed_data.set_main(book, member.address, signers["second"].address, **until), member
        ),
    ]


def of_how_they_appear(book, brand, signers, until) -> list[Case]:
    """In a world of the steward's, whose token 7 is the member's."""
    member, steward, carrier = signers["member"], signers["steward"], signers["carrier"]
    world = "0x" + bytes(brand["profile"].world_of(steward, "Plaza")).hex()
    reference, me = "0x" + ORDER.hex(), (book, member.address)
    issued = {"issued_at": until["deadline"] - 5 * DAY, "deadline": until["deadline"]}
    attestation = typed_data.avatar_attestation(
        *(book, steward.address, world, reference, 1), **issued
    )
    slip = typed_data.attested(attestation, sign(steward, attestation))
    attested = typed_data.set_attested_avatar(*me, slip, **until)

    def appear(shown, wallet, proof):
        return typed_data.carry(book, signed(shown, wallet, attestation=proof))

    def as_attested(told, sent):
        """To whom the message says, who would have it."""
        person = member if sent.message["passport_id"] == 1 else signers["other"]
        proof = typed_data.attested(sent, told)
        shown = typed_data.set_attested_avatar(book, person.address, proof, **until)
        return appear(shown, sign(person, shown), proof)

    def alone(message, call=None):
        words = message, member, call or carried(book), carrier
        return Case(*words, zero="profile: no passport")

    token = signers["collection"].address
    return [
        Case(attestation, steward, as_attested, carrier, whose=("passport_id", 3)),
        alone(attested, lambda told, sent: appear(sent, told, slip)),
        alone(typed_data.set_profile(*me, "0x" + CONTENT.hex(), **until)),
        alone(typed_data.clear_profile(*me, **until)),
        alone(typed_data.set_token_avatar(*me, world, token, 7, **until)),
        alone(typed_data.set_stated_avatar(*me, world, reference, **until)),
        alone(typed_data.remove_avatar(*me, world, **until)),
    ]


def at_the_brand(book, signers, until) -> list[Case]:
    steward, newcomer, member = signers["steward"], signers["newcomer"], signers["member"]
    carrier = signers["carrier"]
    invitation = typed_data.invitation(book, steward.address, passport_id=6, **until)
    join = typed_data.join(book, newcomer.address, steward.address, **until)

    def slip(message, told):
        return Invitation(**message.message, signature="0x" + told.hex())

    def as_joined(told, sent):
        invited = slip(invitation, sign(steward, invitation))
        return typed_data.carry(book, signed(sent, told, invitation=invited))

    def as_invited(told, sent):
        named = {"inviter": sent.message["inviter"]}
        joins = join.model_copy(update={"message": join.message | named})
        invited = {"invitation": slip(sent, told)}
        return typed_data.carry(book, signed(joins, sign(newcomer, joins), **invited))

    to = signers["members"][1].address
    delegation = typed_data.delegate_until(book, member.address, to, expires_at=0, **until)
    leave = typed_data.leave(book, member.address, **until)
    zero_inviter = "membership: inviter no steward"
    return [
        Case(invitation, steward, as_invited, carrier, zero=zero_inviter),
        Case(join, newcomer, as_joined, carrier, zero=NOBODY),
        Case(leave, member, carried(book), carrier, zero=NOBODY),
        Case(delegation, member, carried(book), carrier, zero=NOBODY),
    ]


def at_the_counter(book, brand, signers, deadline) -> list[Case]:
    member, perks, settled = signers["member"], brand["perks"], "perk_claims: already settled"
    first, second = perks.claims_of(1, 1)
    claim = typed_data.claim(
        *(book, member.address),
        perk_id=1,
        content_hash="0x" + CONTENT.hex(),
        variant=1,
        price=100,
        order_hash="0x" + ORDER.hex(),
        claim_id=perks.next_claim_id(1, 1),
        deadline=deadline,
    )
    cancel = typed_data.cancel(book, member.address, first, deadline)
    redeem = typed_data.redeem(book, member.address, second, deadline)

    def at_the_till(told, sent):
        words = sent.message["claim_id"], sent.message["wallet"], sent.message["deadline"]
        return perk_calls.redeem(book, *words, told)

    claiming = {"again": "perks: other claim number", "zero": NOBODY}
    cancelling = {"again": settled, "zero": "perks: not theirs to cancel"}
    redeeming = {"again": settled, "zero": NOBODY}
    return [
        Case(claim, member, carried(book), signers["carrier"], **claiming),
        Case(cancel, member, carried(book), signers["carrier"], **cancelling),
        Case(redeem, member, at_the_till, signers["till"], **redeeming),
    ]


def of_points(book, signers, deadline) -> list[Case]:
    member, spender = signers["member"], signers["carrier"]
    permit = typed_data.permit(
        book, "Cercle Points", member.address, spender.address, 50, 0, deadline
    )

    def permitted(told, sent):
        words = [sent.message[name] for name in ("owner", "spender", "value", "deadline")]
        return point_calls.permit(book, *words, told)

    bad = dict.fromkeys(("refusal", "again", "zero"), "points: bad signature")
    return [Case(permit, member, permitted, signers["carrier"], **bad)]


def in_polls(book, signers, deadline) -> list[Case]:
    member = signers["member"]
    ballot = typed_data.ballot(
        *(book, member.address),
        poll_id=1,
        content_hash="0x" + CONTENT.hex(),
        options=[2],
        sequence=1,
        deadline=deadline,
    )
    told = {"again": "polls: stale ballot", "zero": "polls: no voice"}
    return [Case(ballot, member, carried(book), signers["carrier"], **told)]


def on_proposals(book, signers, deadline) -> list[Case]:
    member, carrier = signers["member"], signers["carrier"]
    vote = {"proposal_id": signers["proposal"].id, "support": Support.IN_FAVOUR}
    ballot = typed_data.governor_ballot(book, member.address, **vote)
    extended = typed_data.extended_ballot(book, member.address, **vote, reason="Oui.")
    until = typed_data.ballot_until(book, member.address, **vote, deadline=deadline)

    def batched(told, sent):
        """As anybody may send it: whatever stands where the signature is."""
        words, raw = sent.message, told.ljust(65, b"\0")
        head = int(words["voter"], 16) << 96 | words["support"] << 40 | words["deadline"]
        r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:64])
        folded = [head, r, s | (raw[64] == 28) << 255]
        governor = book.contract("Governor")
        return governor.call("cast_votes_by_signatures", words["proposalId"], [folded])

    bad = dict.fromkeys(("refusal", "zero"), "GovernorInvalidSignature(address)")
    bad |= {"again": "GovernorAlreadyCastVote(address)"}
    out = dict.fromkeys(("refusal", "again", "zero"), LEFT_OUT)
    return [
        Case(ballot, member, carried(book), carrier, **bad),
        Case(extended, member, carried(book), carrier, **bad),
        Case(until, member, batched, carrier, is_skipped=True, **out),
    ]


def carried(book):
    """As the SDK carries it."""
    return lambda told, sent: typed_data.carry(book, signed(sent, told))
