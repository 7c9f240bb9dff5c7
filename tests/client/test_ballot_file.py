"""Signed ballots from a file: read strictly, a fault is named by its line, cut into batches."""

import json

import pytest
from eth_account import Account

from cercle import typed_data
from cercle.ballot_file import BadBallotFile, loads, read_ballots
from cercle.deployments import Deployed, Deployment
from cercle.flags import PollKind
from cercle.typed_data import SignedMessage

TEXT = "0x" + "44" * 32
KINDS = {1: PollKind.SINGLE, 2: PollKind.APPROVAL}
KEYS = [number.to_bytes(32, "big") for number in range(1, 4)]
OTHER_CHAIN, OTHER_POLLS = {"chain_id": 1}, {"contract": f"0x{9:040x}"}


@pytest.fixture
def deployment():
    polls = Deployed(address=f"0x{8:040x}", block=8, codehash="0x" + "11" * 32)
    passport = Deployed(address=f"0x{2:040x}", block=2, codehash="0x" + "11" * 32)
    contracts = {"Polls": polls, "Passport": passport}
    return Deployment(chain_id=31337, network="local", brand="Sillon", contracts=contracts)


@pytest.fixture
def signed(deployment):
    """A ballot of one of three people, for a poll."""

    def _signed(who=0, options=(1,), sequence=1, poll_id=1, by=None):
        account = Account.from_key(KEYS[who])
        message = typed_data.ballot(
            deployment,
            account.address,
            poll_id=poll_id,
            content_hash=TEXT,
            options=options,
            sequence=sequence,
            deadline=2**33,
        )
        signer = Account.from_key(KEYS[who if by is None else by])
        signature = signer.sign_typed_data(full_message=message.full).signature
        return SignedMessage(message=message, signature="0x" + signature.hex())

    return _signed


@pytest.fixture
def read(tmp_path, deployment):
    def _read(*lines):
        path = tmp_path / "ballots.jsonl"
        texts = [one if isinstance(one, str) else one.model_dump_json() for one in lines]
        path.write_text("\n".join(texts))
        return read_ballots(path, deployment)

    return _read


def altered(signed, **message):
    """A line with something else in the message's envelope."""
    raw = json.loads(signed.model_dump_json())
    raw["message"].update(message)
    return json.dumps(raw)


def test_read_ballots__lines__are_the_ballots_in_their_order(read, signed):
    found = read(signed(), "", signed(1, (2, 3), poll_id=2), "   ", signed(2))
    assert [(one.line, one.poll_id, one.sequence) for one in found] == [
        (1, 1, 1),
        (3, 2, 1),
        (5, 1, 1),
    ]
    assert found[0].signed == signed()
    assert found[0].voter == Account.from_key(KEYS[0]).address


def test_read_ballots__as_a_wallet_was_shown_it__is_the_same(read, signed):
    one = signed(options=(1, 2), poll_id=2)
    assert read(altered(one, message=one.message.for_wallet()["message"]))[0].signed == one


def test_read_ballots__twice_the_same__is_one(read, signed):
    assert [one.line for one in read(signed(), signed(1), signed())] == [1, 2]


def test_read_ballots__with_a_mark_at_its_head__reads(tmp_path, deployment, signed):
    path = tmp_path / "ballots.jsonl"
    path.write_text("\ufeff" + signed().model_dump_json(), encoding="utf-8")
    assert len(read_ballots(path, deployment)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "line 2: the line: Invalid JSON"),
        ("[]", "line 2: the line: "),
        ("{}", "line 2: message: Field required"),
        ('{"message": 1, "signature": "0x"}', "line 2: message: "),
    ],
)
def test_read_ballots__no_ballot__names_the_line(read, signed, line, said):
    with pytest.raises(BadBallotFile, match="ballots.jsonl, " + said.replace("[", r"\[")):
        read(signed(), line)


@pytest.mark.parametrize("envelope", [OTHER_CHAIN, OTHER_POLLS, {"name": "Cercle Perks"}], ids=str)
def test_read_ballots__signed_for_elsewhere__names_the_line(read, signed, envelope):
    with pytest.raises(BadBallotFile, match="line 2: this was signed for other polls"):
        read(signed(), altered(signed(), **envelope))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"options": "12"}, "a list of values is a list"),
        ({"sequence": -1}, "256 bits"),
        ({"sequence": None}, "a number is a whole one"),
        ({"voter": "0x12"}, "not an address"),
        ({"content_hash": "0x12"}, "32 bytes"),
        ({"more": 1}, "Ballot takes"),
        ({"struct": "Ballot"}, "Ballot takes"),
        ({"deployment": 1}, "Ballot takes"),
    ],
)
def test_read_ballots__values_that_are_none__names_the_line(read, signed, values, said):
    told = {**signed().message.message, **values}
    with pytest.raises(BadBallotFile, match=f"line 1: .*{said}"):
        read(altered(signed(), message=told))


def test_read_ballots__another_message__names_the_line(read, signed):
    with pytest.raises(BadBallotFile, match="line 1: a 'Register' is no ballot"):
        read(altered(signed(), struct="Register"))


@pytest.mark.parametrize("signature", ["", "0x", "0x1", "12", "0x" + "00" * 1_025])
def test_read_ballots__no_signature__names_the_line(read, signed, signature):
    raw = {**json.loads(signed().model_dump_json()), "signature": signature}
    with pytest.raises(BadBallotFile, match="line 1: signature: "):
        read(json.dumps(raw))


def test_read_ballots__nothing_or_no_text__says_so(tmp_path, deployment):
    path = tmp_path / "ballots.jsonl"
    path.write_text("\n\n")
    with pytest.raises(BadBallotFile, match="holds no ballot"):
        read_ballots(path, deployment)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadBallotFile, match="not UTF-8"):
        read_ballots(path, deployment)
    with pytest.raises(BadBallotFile, match="cannot be read"):
        read_ballots(tmp_path, deployment)


# ---- cut into calls -----------------------------------------------------------------------


def test_loads__two_polls__travel_apart_and_the_lower_first(deployment, read, signed):
    found = read(
        signed(0, sequence=2),
        signed(0, sequence=1),
        signed(1, (2, 3), poll_id=2),
        signed(1),
    )
    cut = list(loads(deployment, found, KINDS))
    assert [[one.line for one in load.ballots] for load in cut] == [[2, 4, 1], [3]]
    assert cut[0].call == typed_data.carry_ballots(
        deployment, [one.signed for one in cut[0].ballots], is_approval=False
    )
    assert cut[1].call == typed_data.carry_ballots(
        deployment, [cut[1].ballots[0].signed], is_approval=True
    )


def test_loads__more_than_a_hundred__are_several_calls(deployment, read, signed):
    found = read(*(signed(sequence=number) for number in range(1, 128)))
    assert [len(load.ballots) for load in loads(deployment, found, KINDS)] == [100, 27]


def test_loads__signed_by_a_contract_wallet__travels_alone(deployment, read, signed):
    """It looks like an ordinary signature, and is by another key than the voter's."""
    found = read(signed(0, by=1), signed(1), signed(2).model_copy(update={"signature": "0x1234"}))
    cut = list(loads(deployment, found, KINDS))
    assert [[one.line for one in load.ballots] for load in cut] == [[2], [1], [3]]
    assert cut[1].call == typed_data.carry(deployment, found[0].signed)
