"""What somebody signed, and the call that carries it: to the right function, word for word."""

import pytest
from eth_abi import decode
from pydantic import ValidationError

from cercle import typed_data
from cercle.limits import MAX_SIGNATURE
from cercle.slips import Invitation
from cercle.typed_data import STRUCTS, CannotCarry, SignedMessage

from . import consent_messages, service_messages
from .test_typed_data_builders import ATTESTED, OTHER, SOMEBODY, built, deployment

__all__ = ["built", "deployment"]  # fixtures

TOLD, ALSO = b"\xaa" * 65, b"\xbb" * 130
SLIP = Invitation(inviter=OTHER, passport_id=0, nonce=8, deadline=98, signature="0x" + ALSO.hex())
SMALL = b"\x11" * 32 + b"\x22" * 32 + b"\x1c"  # as an ordinary wallet signs
FOLDED = int.from_bytes(SMALL[:32]), int.from_bytes(SMALL[32:64]) | 1 << 255
PARTS = {
    "Adopt": {"link_signature": "0x" + ALSO.hex()},
    "Join": {"invitation": SLIP},
    "SetAttestedAvatar": {"attestation": ATTESTED},
    **service_messages.PARTS,
}
one, two = SOMEBODY.lower(), OTHER.lower()
CLAIM_ID = 2**90
CONTENT, REFERENCE, WORLD = (bytes([digit]) * 32 for digit in (0x11, 0x22, 0x33))

# The function that each message reaches, its types, and its words.
CALLS = {
    "Register": (
        *("Passport", "register_by_signature", "address,uint256,uint256,bytes"),
        (one, 7, 99, TOLD),
    ),
    "Adopt": (
        *("Passport", "link_by_signatures", "address,address,uint256,uint256,bytes,bytes"),
        (one, two, 7, 99, TOLD, ALSO),
    ),
    "Unlink": (
        *("Passport", "unlink_by_signature", "address,address,uint256,uint256,bytes"),
        (one, two, 7, 99, TOLD),
    ),
    "SetMain": (
        *("Passport", "set_main_by_signature", "address,address,uint256,uint256,bytes"),
        (one, two, 7, 99, TOLD),
    ),
    "SetProfile": (
        *("Profile", "set_profile_by_signature", "address,bytes32,uint256,uint256,bytes"),
        (one, CONTENT, 7, 99, TOLD),
    ),
    "ClearProfile": (
        *("Profile", "clear_profile_by_signature", "address,uint256,uint256,bytes"),
        (one, 7, 99, TOLD),
    ),
    "SetTokenAvatar": (
        *("Profile", "set_token_avatar_by_signature"),
        "address,bytes32,address,uint256,uint256,uint256,bytes",
        (one, WORLD, two, 6, 7, 99, TOLD),
    ),
    "SetAttestedAvatar": (
        *("Profile", "set_attested_avatar_by_signature"),
        "address;bytes32;(bytes32,uint256,uint256,bytes);uint256;uint256;bytes",
        (one, WORLD, (REFERENCE, 55, 98, b"\xcc" * 65), 7, 99, TOLD),
    ),
    "SetStatedAvatar": (
        *("Profile", "set_stated_avatar_by_signature"),
        "address,bytes32,bytes32,uint256,uint256,bytes",
        (one, WORLD, REFERENCE, 7, 99, TOLD),
    ),
    "RemoveAvatar": (
        *("Profile", "remove_avatar_by_signature", "address,bytes32,uint256,uint256,bytes"),
        (one, WORLD, 7, 99, TOLD),
    ),
    "Join": (
        *("Membership", "join_by_signature"),
        "address,uint256,uint256,bytes,address,uint256,uint256,bytes",
        (one, 7, 99, TOLD, two, 8, 98, ALSO),
    ),
    "Leave": (
        *("Membership", "leave_by_signature", "address,uint256,uint256,bytes"),
        (one, 7, 99, TOLD),
    ),
    "DelegateUntil": (
        *("Electorate", "delegate_by_signature"),
        "address,address,uint256,uint256,uint256,bytes",
        (one, two, 55, 7, 99, TOLD),
    ),
    "Claim": (
        *("Perks", "claim_by_signature"),
        "address,uint256,uint256,bytes32,uint256,uint256,bytes",
        (one, 3, 1, REFERENCE, CLAIM_ID, 99, TOLD),
    ),
    "Cancel": (
        *("Perks", "cancel_by_signature", "address,uint256,uint256,bytes"),
        (one, CLAIM_ID, 99, TOLD),
    ),
    "Miss": ("Perks", "miss", "uint256", (CLAIM_ID,)),
    "Ballot": (
        *("Polls", "vote_by_signature"),
        "address,uint256,uint256[],uint256,uint256,bytes",
        (one, 4, (1, 3), 2, 99, TOLD),
    ),
    "GovernorBallot": (
        *("Governor", "castVoteBySig", "uint256,uint8,address,bytes"),
        (2**255, 2, one, TOLD),
    ),
    "ExtendedBallot": (
        *("Governor", "castVoteWithReasonAndParamsBySig"),
        "uint256,uint8,address,string,bytes,bytes",
        (2**255, 2, one, "Oui.", b"\x01", TOLD),
    ),
    "BallotUntil": (
        *("Governor", "cast_votes_by_signatures", "uint256,uint256[3][]"),
        (2**255, ((int(SOMEBODY, 16) << 96 | 2 << 40 | 99, FOLDED[0], FOLDED[1]),)),
    ),
    **consent_messages.CALLS,
    **service_messages.CALLS,
}
CARRIED_BY_NOBODY = {
    *("Link", "Invitation", "AvatarAttestation", "Permit", "Redeem", "PersonalOffer"),
}


def signed(message, told=TOLD, **parts):
    if message.struct == "BallotUntil":
        told = SMALL
    return SignedMessage(message=message, signature="0x" + told.hex(), **parts)


def test_can_carry__every_message__is_said(built):
    """Half of a pair, a permit and a code for the till go their own ways."""
    assert {name for name in STRUCTS if typed_data.can_carry(name)} == CALLS.keys()
    assert STRUCTS.keys() - CALLS.keys() == CARRIED_BY_NOBODY


@pytest.mark.parametrize("struct", CALLS)
def test_carry__signed__calls_its_function_word_for_word(built, deployment, struct):
    contract, function, types, words = CALLS[struct]
    call = typed_data.carry(deployment, signed(built[struct], **PARTS.get(struct, {})))

    assert (call.contract, call.function) == (contract, function)
    assert call.to == deployment.address(contract)
    assert call.value == 0
    assert decode(_split(types), bytes.fromhex(call.data[10:])) == words


@pytest.mark.parametrize("struct", CALLS)
def test_is_carried__its_own_call__is_and_no_other(built, deployment, struct):
    message = signed(built[struct], **PARTS.get(struct, {}))
    data = typed_data.carry(deployment, message).data
    assert typed_data.is_carried(deployment, message, data)
    for other in ("0x", "0xzz", data + "00", data[:-2], data[:-2] + "77"):
        assert not typed_data.is_carried(deployment, message, other)


def test_is_carried__its_signature_in_another_call__is_not(built, deployment):
    """A carrier may send what it likes to the same contract, and have it succeed."""
    leave = signed(built["Leave"])
    number = int.from_bytes(leave.raw[:32])
    call = deployment.contract("Membership").call("cancel_nonce", number)
    assert leave.signature[2:66] in call.data
    assert not typed_data.is_carried(deployment, leave, call.data)


@pytest.mark.parametrize("options", [[2], [1, 3]])
def test_is_carried__ballot_in_a_batch__is_as_it_was_signed(deployment, options):
    def ballot(voter, told=b"\x11" * 64 + b"\x1b", poll_id=3):
        message = typed_data.ballot(
            deployment,
            voter,
            poll_id=poll_id,
            content_hash="0x" + "11" * 32,
            options=options,
            sequence=1,
            deadline=99,
        )
        return signed(message, told)

    def batch(*ballots):
        return typed_data.carry_ballots(deployment, ballots, is_approval=len(options) > 1).data

    mine, other = ballot(SOMEBODY), ballot(OTHER)
    for told, is_there in (
        (batch(other, mine), True),
        (batch(mine), True),
        (batch(other), False),
        (batch(ballot(SOMEBODY, poll_id=4)), False),
        (batch(ballot(SOMEBODY, told=b"\x11" * 63 + b"\x12\x1b")), False),
        (batch(mine)[:-64], False),
        (batch(mine) + "00", False),
    ):
        assert typed_data.is_carried(deployment, mine, told) is is_there
    words = typed_data.ballot_words(mine, is_approval=len(options) > 1)
    askew = deployment.contract("Polls").call(
        "vote_by_signatures", 3, [[0, *words[:2]], [words[2], 0, 0]]
    )
    assert "".join(f"{word:064x}" for word in words) in askew.data
    assert not typed_data.is_carried(deployment, mine, askew.data)


@pytest.mark.parametrize("struct", sorted(CARRIED_BY_NOBODY))
def test_carry__message_that_nobody_carries__is_refused(built, deployment, struct):
    with pytest.raises(CannotCarry, match=f"No call carries a {struct}"):
        typed_data.carry(deployment, signed(built[struct]))


def test_carry__adoption_without_the_other_half__is_refused(built, deployment):
    with pytest.raises(CannotCarry, match="has not signed"):
        typed_data.carry(deployment, signed(built["Adopt"]))


def test_carry__joining_without_the_invitation_it_names__is_refused(built, deployment):
    elsewhere = SLIP.model_copy(update={"inviter": SOMEBODY})
    for parts in ({}, {"invitation": elsewhere}):
        with pytest.raises(CannotCarry, match="invitation that is named"):
            typed_data.carry(deployment, signed(built["Join"], **parts))


def test_carry__appearing_without_the_attestation_it_names__is_refused(built, deployment):
    elsewhere = ATTESTED.model_copy(update={"world": "0x" + "44" * 32})
    for parts in ({}, {"attestation": elsewhere}):
        with pytest.raises(CannotCarry, match="attestation that is named"):
            typed_data.carry(deployment, signed(built["SetAttestedAvatar"], **parts))


@pytest.mark.parametrize("struct", service_messages.NEEDS_TERMS)
def test_carry__without_the_terms_of_the_contract__is_refused(built, deployment, struct):
    with pytest.raises(CannotCarry, match="takes the terms"):
        typed_data.carry(deployment, signed(built[struct]))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"at_capacity": "PAUSE"}, "PAUSE"),
        ({"base_price": 2**88}, "no place for a base price"),
        ({"plan": 2**24}, "No plan has a number so large"),
    ],
)
def test_carry__ladder_that_no_contract_takes__is_refused(built, deployment, changes, why):
    told = built["OpenAgreement"].message
    rungs = [{**told["rungs"][0], **changes}]
    asked = typed_data.message(deployment, "OpenAgreement", **{**told, "rungs": rungs})
    with pytest.raises(CannotCarry, match=why):
        typed_data.carry(deployment, signed(asked))
    seven = typed_data.message(
        deployment, "OpenAgreement", **{**told, "rungs": told["rungs"][:1] * 7}
    )
    with pytest.raises(CannotCarry, match="six plans at most"):
        typed_data.carry(deployment, signed(seven))


def test_carry__contract_wallet__sends_all_its_owners_signed(built, deployment):
    """Fifteen owners of a Safe."""
    told = bytes(range(195)) * 5
    call = typed_data.carry(deployment, signed(built["Leave"], told))
    _, _, types, _ = CALLS["Leave"]
    assert decode(_split(types), bytes.fromhex(call.data[10:]))[-1] == told


@pytest.mark.parametrize(
    "text",
    ["", "aa", "0x", "0xa", "0xAA", "0xzz", "0xaa\n", " 0xaa", "0x" + "aa" * (MAX_SIGNATURE + 1)],
)
def test_signed_message__no_signature__is_refused(built, text):
    with pytest.raises(ValidationError):
        SignedMessage(message=built["Leave"], signature=text)
    with pytest.raises(ValidationError):
        SignedMessage(message=built["Adopt"], signature="0xaa", link_signature=text)
    longest = "0x" + "aa" * MAX_SIGNATURE
    assert len(SignedMessage(message=built["Leave"], signature=longest).raw) == MAX_SIGNATURE


@pytest.mark.parametrize("struct", CALLS)
def test_signed_message__through_json__is_the_same(built, struct):
    """As an app hands it to whoever carries it."""
    message = signed(built[struct], **PARTS.get(struct, {}))
    assert SignedMessage.model_validate_json(message.model_dump_json()) == message


def _split(types):
    return types.split(";" if ";" in types else ",")
