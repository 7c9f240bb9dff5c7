"""Small parts on their own: words, slips, typed messages, cache, codec, values, flags of models."""

import json
import re
from decimal import Decimal

import pytest
from eth_abi.exceptions import EncodingError
from eth_account import Account
from eth_account.messages import encode_typed_data
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cercle import typed_data
from cercle.cache import BoundedCache
from cercle.codec import decode, encode
from cercle.deployments import Deployed, Deployment
from cercle.errors import NodeMisbehaved, PlanError
from cercle.flags import GateQuestion
from cercle.gates import pack_gate, unpack_gate
from cercle.jsontext import depth_of, parse_json
from cercle.loyalty.points import base_units
from cercle.loyalty.words import (
    MAX_AMOUNT,
    Award,
    claim_id_of,
    pack_award,
    period_at,
    read_claim_id,
    unpack_award,
    unpack_pair,
)
from cercle.models import Card
from cercle.reverts import explain
from cercle.slips import BadSlip, Invitation, RedeemCode
from cercle.values import checksum, hash_text, moment

SOMEBODY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
amounts = st.integers(0, MAX_AMOUNT)
accounts = st.binary(min_size=20, max_size=20).map(lambda raw: checksum("0x" + raw.hex()))


@pytest.fixture
def deployment():
    names = (
        "Charter",
        "Passport",
        "Electorate",
        "Membership",
        "Points",
        "Rewards",
        "Perks",
        "Polls",
    )
    contracts = {
        name: Deployed(address=f"0x{number:040x}", block=number, codehash="0x" + "11" * 32)
        for number, name in enumerate(names, 1)
    }
    return Deployment(chain_id=31337, network="local", brand="Sillon", contracts=contracts)


# ---- words --------------------------------------------------------------------------


@given(accounts, amounts, amounts)
def test_award_word__any__reads_back(account, points, standing):
    award = Award(account, points, standing)
    assert unpack_award(pack_award(award)) == award
    assert pack_award(award) < 2**256


@pytest.mark.parametrize(("points", "standing"), [(-1, 0), (2**48, 0), (0, -1), (0, 2**48)])
def test_award_word__too_much__is_refused(points, standing):
    with pytest.raises(PlanError, match="fit"):
        pack_award(Award(SOMEBODY, points, standing))


@given(
    st.integers(1, 2**176 - 1),
    st.integers(1, 2**32 - 1),
    st.integers(0, 2**40 - 1),
    st.integers(0, 3),
)
def test_claim_id__any__reads_back(perk_id, member_no, period, lane):
    claim_id = claim_id_of(perk_id, member_no, period, lane)
    assert read_claim_id(claim_id) == (perk_id, member_no, period, lane)
    assert claim_id < 2**256


@pytest.mark.parametrize("key", [(0, 1, 0, 0), (1, 0, 0, 0), (1, 2**32, 0, 0), (1, 1, 0, 4)])
def test_claim_id__out_of_range__is_refused(key):
    with pytest.raises(ValueError, match="there is no such"):
        claim_id_of(*key)


@pytest.mark.parametrize(
    ("period", "timestamp", "index"), [(0, 999, 0), (10, 99, 0), (10, 100, 0), (10, 119, 1)]
)
def test_period_at__opened_at_100__counts_from_the_opening(period, timestamp, index):
    assert period_at(100, period, timestamp) == index


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_pair__any__reads_back(high, low):
    assert unpack_pair(high << 128 | low) == (high, low)


@given(
    st.sampled_from([GateQuestion.TIER, GateQuestion.STANDING, GateQuestion.TOOK_PART]),
    st.integers(1, 2**88 - 1),
)
def test_gate__any_question__reads_back(question, value):
    contracts = {
        name: Deployed(address=f"0x{number:040x}", block=1, codehash="0x" + "11" * 32)
        for number, name in ((1, "Membership"), (2, "Polls"))
    }
    deployment = Deployment(chain_id=1, network="n", brand="b", contracts=contracts)
    gate, argument = pack_gate(deployment, question, value)
    assert unpack_gate(deployment, gate, argument) == (question, value)


@given(st.decimals(0, 10**12, places=2))
def test_base_units__two_decimals__are_exact(amount):
    assert Decimal(base_units(amount, 2)) / 100 == amount


@pytest.mark.parametrize("amount", [Decimal("-1"), Decimal("0.001")])
def test_base_units__finer_or_negative__is_refused(amount):
    with pytest.raises(ValueError, match="not an amount"):
        base_units(amount, 2)


# ---- slips ---------------------------------------------------------------------------


@given(st.integers(0, 2**256 - 1), st.integers(0, 2**256 - 1), st.binary(min_size=1, max_size=200))
def test_slip__any__reads_back(nonce, deadline, signature):
    slip = Invitation(
        inviter=SOMEBODY, nonce=nonce, deadline=deadline, signature="0x" + signature.hex()
    )
    assert Invitation.from_text(slip.as_text()) == slip
    assert slip.signature_bytes == signature
    assert slip.as_link("https://a/?x=1").startswith("https://a/?x=1&invitation=")


@given(st.integers(0, 2**256 - 1), st.integers(0, 2**256 - 1), st.binary(min_size=1, max_size=200))
def test_redeem_code__any__reads_back_however_it_is_typed(claim_id, deadline, signature):
    code = RedeemCode(
        claim_id=claim_id, wallet=SOMEBODY, deadline=deadline, signature="0x" + signature.hex()
    )
    text = code.as_text()
    assert re.fullmatch("[A-Z2-7]+", text)
    typed = " ".join(text[place : place + 4] for place in range(0, len(text), 4)).lower()
    assert RedeemCode.from_text(f" {typed}\n") == code


@given(st.integers(0, 174), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_redeem_code__mistyped_or_cut__is_refused(place, letter):
    code = RedeemCode(claim_id=7, wallet=SOMEBODY, deadline=2**33, signature="0x" + "ab" * 65)
    text = code.as_text()
    place %= len(text)
    wrong = text[:place] + letter + text[place + 1 :]
    if wrong != text:
        with pytest.raises(BadSlip):
            RedeemCode.from_text(wrong)
    with pytest.raises(BadSlip):
        RedeemCode.from_text(text[:place])


@given(st.text(max_size=200))
def test_slip__any_text__is_refused_in_one_sentence(text):
    with pytest.raises(BadSlip, match="This is not a code"):
        RedeemCode.from_text(text)


def test_slip__too_long__is_refused():
    with pytest.raises(BadSlip):
        Invitation.from_text("a" * 10_000)


# ---- typed messages ------------------------------------------------------------------


def messages(deployment):
    return [
        typed_data.link(deployment, 2**60, SOMEBODY, 2**255, 10),
        typed_data.invitation(deployment, SOMEBODY, nonce=2**200, deadline=10),
        typed_data.redeem(deployment, SOMEBODY, claim_id_of(1, 2, 3, 0), 10),
        typed_data.permit(deployment, "Points", SOMEBODY, SOMEBODY, 2**128, 0, 10),
        typed_data.delegate_until(
            deployment, SOMEBODY, SOMEBODY, expires_at=0, nonce=2**99, deadline=10
        ),
    ]


def test_typed_data__for_wallet__holds_no_number_that_json_rounds(deployment):
    for message in messages(deployment):
        shown = json.loads(json.dumps(message.for_wallet()))
        assert all(isinstance(value, str) for value in shown["message"].values())
        assert shown["domain"]["chainId"] == 31337
        again = {**shown, "message": {k: _back(v) for k, v in shown["message"].items()}}
        assert encode_typed_data(full_message=again) == encode_typed_data(full_message=message.full)


def _back(value):
    return value if value.startswith("0x") else int(value)


def test_typed_data__signed__is_recognised_and_only_then(deployment):
    first, other = messages(deployment)[:2]
    signature = Account.sign_typed_data(KEY, full_message=first.full).signature
    assert first.is_signed_by(SOMEBODY, signature)
    assert not other.is_signed_by(SOMEBODY, signature)
    assert not first.is_signed_by(SOMEBODY, b"nonsense")
    assert len({message.digest() for message in messages(deployment)}) == 5


# ---- deployments ---------------------------------------------------------------------


def test_deployment__saved__reads_back_and_leaves_no_draft(deployment, tmp_path):
    path = tmp_path / "deployments" / "local.json"
    deployment.save(path)
    assert Deployment.load(path) == deployment
    assert [file.name for file in path.parent.iterdir()] == ["local.json"]


# ---- the rest ------------------------------------------------------------------------


def test_cache__full__drops_the_least_used():
    cache = BoundedCache(2)
    for key in ("a", "b"):
        cache.put(key, key)
    assert cache.get("a") == "a"
    cache.put("c", "c")
    assert (cache.get("a"), cache.get("b"), len(cache)) == ("a", None, 2)
    cache.clear()
    assert len(cache) == 0


def test_codec__true_after_one__is_still_no_number():
    assert encode(["uint256"], [1]) == (1).to_bytes(32, "big")
    with pytest.raises(EncodingError):
        encode(["uint256"], [True])
    assert encode(["bool"], [True]) == (1).to_bytes(32, "big")
    with pytest.raises(EncodingError):
        encode(["bool"], [1])


def test_codec__lists_and_long_answers__go_round():
    for numbers in ([], [1, 2], list(range(200))):
        assert decode(["uint256[]"], encode(["uint256[]"], [numbers])) == (tuple(numbers),)


def test_codec__truncated_number__is_an_error_beside_ape():
    import ape  # noqa: F401 - it replaces the process-wide decoder of numbers

    with pytest.raises(Exception, match="only got 1 bytes"):
        decode(["uint256"], b"\x01")


@pytest.mark.parametrize("text", ["0x12", "nobody", SOMEBODY[:-1] + "7", SOMEBODY.swapcase(), 7])
def test_checksum__wrong__is_refused(text):
    with pytest.raises(ValueError, match=r"not an address|bad checksum"):
        checksum(text)


@pytest.mark.parametrize("text", [SOMEBODY, SOMEBODY.lower(), "0x" + SOMEBODY[2:].upper()])
def test_checksum__right_or_single_case__is_given_its_form(text):
    assert checksum(text) == SOMEBODY


@pytest.mark.parametrize("text", ["0x12", "12" * 32, None])
def test_hash_text__no_hash__is_refused(text):
    with pytest.raises(ValueError, match="not a hash"):
        hash_text(text)


def test_moment__zero_and_for_ever__are_none():
    assert (moment(0), moment(2**40), moment(2**256 - 1)) == (None, moment(2**40), None)
    assert moment(1).year == 1970


@given(st.binary(max_size=80))
def test_depth__any_bytes__never_less_than_json_needs(raw):
    try:
        value = json.loads(raw)
    except ValueError:
        return
    assert depth_of(raw) >= _depth(value)


def _depth(value):
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def test_parse_json__brackets_in_a_string__are_no_depth():
    assert parse_json(b'["]]]]]]\\"[[[["]', 1) == [']]]]]]"[[[[']
    with pytest.raises(ValueError, match="deeper"):
        parse_json(b'[["]]"]]', 1)


@pytest.mark.parametrize(
    ("error", "name"),
    [
        ({"code": 3, "message": "execution reverted: wing: halted"}, "WingHalted"),
        ({"code": -32015, "message": "VM execution error.", "data": "Reverted 0x"}, None),
        ({"code": -32000, "message": "VM Exception: revert with reason 'wing: halted'"}, None),
        ({"code": -32000, "message": "execution reverted"}, "UnknownRefusal"),
        ({"code": -32000, "message": "header not found"}, "BlockGone"),
        ({"code": -32001, "message": "Resource not found"}, "BlockGone"),
        ({"code": -32601, "message": "no such method"}, "NodeMisbehaved"),
        ("oops", "NodeMisbehaved"),
    ],
)
def test_explain__what_nodes_say__is_typed(error, name):
    found = explain(error, "node")
    assert isinstance(found, Exception)
    if name:
        assert type(found).__name__ == name


def test_explain__revert_data__wins_over_the_message():
    data = "0x08c379a0" + (32).to_bytes(32, "big").hex() + (12).to_bytes(32, "big").hex()
    data += b"wing: halted".ljust(32, b"\0").hex()
    for shape in (data, {"data": data}, f"Reverted {data}"):
        found = explain({"code": 3, "message": "execution reverted", "data": shape}, "node")
        assert type(found).__name__ == "WingHalted"


def test_models__frozen__refuse_a_change():
    with pytest.raises(ValidationError):
        Card.model_validate({"account": SOMEBODY, "head": None})


def test_misbehaviour__is_a_chain_error():
    assert NodeMisbehaved("x").code == "node_misbehaved"
