"""Ballots as they are built, signed, and carried alone or in three words each."""

import json

import pytest
from eth_abi import decode
from eth_account import Account
from eth_account.messages import encode_typed_data

from cercle import typed_data
from cercle.deployments import Deployed, Deployment
from cercle.typed_data import CannotCarry, SignedMessage

SOMEBODY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
TEXT = "0x" + "44" * 32


@pytest.fixture
def deployment():
    polls = Deployed(address=f"0x{8:040x}", block=8, codehash="0x" + "11" * 32)
    return Deployment(chain_id=31337, network="local", brand="Sillon", contracts={"Polls": polls})


@pytest.fixture
def ballot(deployment):
    def _ballot(options=(2,), sequence=1, poll_id=1, deadline=2**33):
        return typed_data.ballot(
            deployment,
            SOMEBODY,
            poll_id=poll_id,
            content_hash=TEXT,
            options=options,
            sequence=sequence,
            deadline=deadline,
        )

    return _ballot


@pytest.fixture
def signed(ballot):
    def _signed(**changes):
        message = ballot(**changes)
        signature = Account.sign_typed_data(KEY, full_message=message.full).signature
        return SignedMessage(message=message, signature="0x" + signature.hex())

    return _signed


def with_signature(signed, raw):
    return signed.model_copy(update={"signature": "0x" + raw.hex()})


# ---- what is shown and signed ---------------------------------------------------------


def test_ballot__any_order__is_signed_ascending(ballot):
    assert ballot([3, 1, 2]).message["options"] == [1, 2, 3]
    assert ballot([3, 1, 2]).digest() == ballot([1, 2, 3]).digest()
    assert ballot([]).message["options"] == []


def test_ballot__for_wallet__holds_no_number_that_json_rounds(ballot):
    message = ballot([1, 32])
    shown = json.loads(json.dumps(message.for_wallet()))
    assert shown["message"]["options"] == ["1", "32"]
    assert shown["message"]["voter"] == message.actor == SOMEBODY
    numbers = {name: int(shown["message"][name]) for name in ("poll_id", "sequence", "deadline")}
    back = {**shown["message"], **numbers, "options": [1, 32]}
    again = encode_typed_data(full_message={**shown, "message": back})
    assert again == encode_typed_data(full_message=message.full)


@pytest.mark.parametrize(
    "changes",
    [
        {"options": [True]},
        {"options": ["one"]},
        {"options": "12"},
        {"options": 7},
        {"options": [-1]},
        {"options": [2**256]},
        {"options": [1.0]},
        {"options": [None]},
        {"sequence": None},
        {"deadline": float("inf")},
        {"poll_id": -1},
        {"content_hash": "0x44"},
        {"voter": "0x12"},
        {"more": 1},
    ],
    ids=str,
)
def test_message__values_that_are_none__are_refused(deployment, ballot, changes):
    values = {**ballot().message, **changes}
    with pytest.raises(ValueError, match=r"."):
        typed_data.message(deployment, "Ballot", **values)


def test_message__from_json_text__is_the_same(deployment, ballot):
    told = ballot([1, 2]).for_wallet()["message"]
    assert typed_data.message(deployment, "Ballot", **told) == ballot([1, 2])


# ---- carried alone ------------------------------------------------------------------------


def test_carry__ballot__is_the_call_with_its_words(deployment, signed):
    one = signed(options=[1, 3], sequence=7)
    call = typed_data.carry(deployment, one)

    assert typed_data.can_carry("Ballot")
    assert call.to == deployment.address("Polls")
    types = ["address", "uint256", "uint256[]", "uint256", "uint256", "bytes"]
    words = decode(types, bytes.fromhex(call.data[2:])[4:])
    assert words == (SOMEBODY.lower(), 1, (1, 3), 7, 2**33, one.raw)


def test_carry__contract_wallets_signature__travels_at_any_length(deployment, signed):
    long = with_signature(signed(), bytes(1_024))
    assert bytes(1_024).hex() in typed_data.carry(deployment, long).data
    assert not typed_data.fits_a_batch(long)


# ---- carried together -----------------------------------------------------------------------


def batch_of(call):
    poll_id, words = decode(["uint256", "uint256[3][]"], bytes.fromhex(call.data[2:])[4:])
    return poll_id, [list(word) for word in words]


@pytest.mark.parametrize(
    ("options", "is_approval", "choice"),
    [
        ([1], False, 1),
        ([32], False, 32),
        ([1], True, 0b1),
        ([], True, 0),
        ([1, 3, 32], True, 1 | 1 << 2 | 1 << 31),
    ],
)
def test_carry_ballots__each_kind__writes_the_choice_its_way(
    deployment, signed, options, is_approval, choice
):
    one = signed(options=options, sequence=127, deadline=2**40 - 1)
    call = typed_data.carry_ballots(deployment, [one], is_approval=is_approval)

    poll_id, [[head, r, vs]] = batch_of(call)
    assert poll_id == 1
    assert head == int(SOMEBODY, 16) << 96 | choice << 48 | 127 << 40 | 2**40 - 1
    assert r.to_bytes(32) == one.raw[:32]
    assert (vs & 2**255 - 1).to_bytes(32) == one.raw[32:64]
    assert vs >> 255 == one.raw[64] - 27


def test_carry_ballots__both_parities__are_told(deployment, signed):
    seen = {}
    for sequence in range(1, 100):
        one = signed(sequence=sequence)
        _, _, vs = typed_data.ballot_words(one, is_approval=False)
        seen[one.raw[64]] = vs >> 255
        if len(seen) == 2:
            break
    assert seen == {27: 0, 28: 1}


def test_carry_ballots__a_hundred__and_no_more(deployment, signed):
    one = signed()
    _, words = batch_of(typed_data.carry_ballots(deployment, [one] * 100, is_approval=False))
    assert len(words) == 100
    with pytest.raises(CannotCarry, match="holds 100 ballots at most"):
        typed_data.carry_ballots(deployment, [one] * 101, is_approval=False)


def test_carry_ballots__none_or_of_two_polls__is_refused(deployment, signed):
    for ballots in ([], [signed(), signed(poll_id=2)]):
        with pytest.raises(CannotCarry, match="of one poll"):
            typed_data.carry_ballots(deployment, ballots, is_approval=False)


@pytest.mark.parametrize("options", [[], [1, 2]])
def test_carry_ballots__single_and_not_one__is_refused(deployment, signed, options):
    with pytest.raises(CannotCarry, match="takes one option"):
        typed_data.carry_ballots(deployment, [signed(options=options)], is_approval=False)


@pytest.mark.parametrize(
    "changes",
    [{"options": [0]}, {"options": [33]}, {"sequence": 256}, {"deadline": 2**40}],
    ids=str,
)
def test_carry_ballots__words_that_do_not_fit__travel_alone(deployment, signed, changes):
    one = signed(**changes)
    assert not typed_data.fits_a_batch(one)
    with pytest.raises(CannotCarry, match="travels alone"):
        typed_data.carry_ballots(deployment, [one], is_approval=True)


def test_carry_ballots__signature_that_does_not_fit__travels_alone(deployment, signed):
    one = signed()
    for raw in (
        one.raw[:64],
        one.raw + b"\x00",
        one.raw[:64] + b"\x00",
        one.raw[:64] + b"\x1d",
        one.raw[:32] + b"\xff" * 32 + one.raw[64:],
    ):
        assert not typed_data.fits_a_batch(with_signature(one, raw))


def test_carry_ballots__another_message__is_refused(deployment, signed):
    names = {**deployment.contracts, "Passport": deployment.contracts["Polls"]}
    book = deployment.model_copy(update={"contracts": names})
    other = typed_data.register(book, SOMEBODY, nonce=1, deadline=2**33)
    with pytest.raises(CannotCarry, match="travels alone"):
        typed_data.carry_ballots(
            book, [signed().model_copy(update={"message": other})], is_approval=False
        )
