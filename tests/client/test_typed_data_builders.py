"""What people are asked to sign: each message as its builder makes it, field by field."""

import inspect

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

from cercle import typed_data
from cercle.deployments import Deployed, Deployment
from cercle.errors import DeploymentError
from cercle.flags import Support
from cercle.slips import Attestation
from cercle.typed_data import STRUCTS
from cercle.values import ZERO_HASH

from . import consent_messages, service_messages

CHAIN_ID = 31_337
SOMEBODY = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
OTHER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
CONTENT, ORDER = "0x" + "11" * 32, "0x" + "22" * 32
WORLD = "0x" + "33" * 32
ATTESTED = Attestation(
    key=OTHER,
    world=WORLD,
    reference=ORDER,
    passport_id=5,
    issued_at=55,
    deadline=98,
    signature="0x" + "cc" * 65,
)
VOTE = {"proposal_id": 2**255, "support": Support.ABSTAIN}
SAID = {"proposalId": 2**255, "support": 2, "voter": SOMEBODY}
UNTIL = {"nonce": 7, "deadline": 99}
CLAIM = {"perk_id": 3, "content_hash": CONTENT, "variant": 1, "price": 250, "claim_id": 2**90}


@pytest.fixture(scope="module")
def deployment():
    names = sorted({struct.contract for struct in STRUCTS.values()})
    contracts = {
        name: Deployed(address=f"0x{place:040x}", block=1, codehash="0x" + "00" * 32)
        for place, name in enumerate(names, 0x1001)
    }
    return Deployment(chain_id=CHAIN_ID, network="local", brand="Sillon", contracts=contracts)


@pytest.fixture(scope="module")
def built(deployment):
    """Each message once, by its name."""
    d, two = deployment, (SOMEBODY, OTHER)
    made = [
        typed_data.register(d, SOMEBODY, **UNTIL),
        typed_data.link(d, 5, SOMEBODY, 7, 99),
        typed_data.adopt(d, *two, **UNTIL),
        typed_data.unlink(d, *two, **UNTIL),
        typed_data.set_main(d, *two, **UNTIL),
        typed_data.set_profile(d, SOMEBODY, CONTENT, **UNTIL),
        typed_data.clear_profile(d, SOMEBODY, **UNTIL),
        typed_data.set_token_avatar(d, SOMEBODY, WORLD, OTHER, 6, **UNTIL),
        typed_data.set_attested_avatar(d, SOMEBODY, ATTESTED, **UNTIL),
        typed_data.set_stated_avatar(d, SOMEBODY, WORLD, ORDER, **UNTIL),
        typed_data.remove_avatar(d, SOMEBODY, WORLD, **UNTIL),
        typed_data.avatar_attestation(d, SOMEBODY, WORLD, ORDER, 5, issued_at=55, deadline=99),
        typed_data.invitation(d, SOMEBODY, passport_id=5, **UNTIL),
        typed_data.join(d, *two, **UNTIL),
        typed_data.leave(d, SOMEBODY, **UNTIL),
        typed_data.delegate_until(d, *two, expires_at=55, **UNTIL),
        typed_data.permit(d, "Sillon Points", *two, 50, 7, 99),
        typed_data.claim(d, SOMEBODY, **CLAIM, order_hash=ORDER, deadline=99),
        typed_data.cancel(d, SOMEBODY, 2**90, 99),
        typed_data.miss(d, SOMEBODY, 2**90, 99),
        typed_data.redeem(d, SOMEBODY, 2**90, 99),
        typed_data.ballot(
            *(d, SOMEBODY),
            poll_id=4,
            content_hash=CONTENT,
            options=[3, 1],
            sequence=2,
            deadline=99,
        ),
        typed_data.governor_ballot(d, SOMEBODY, **VOTE, nonce=7),
        typed_data.extended_ballot(d, SOMEBODY, **VOTE, nonce=7, reason="Oui.", params=b"\x01"),
        typed_data.ballot_until(d, SOMEBODY, **VOTE, deadline=99),
        *consent_messages.built(d),
        *service_messages.built(d),
    ]
    return {one.struct: one for one in made}


TOLD = {
    "Register": {"wallet": SOMEBODY},
    "Link": {"passport_id": 5, "wallet": SOMEBODY},
    "Adopt": {"main_wallet": SOMEBODY, "wallet": OTHER},
    "Unlink": {"sender": SOMEBODY, "wallet": OTHER},
    "SetMain": {"main_wallet": SOMEBODY, "wallet": OTHER},
    "SetProfile": {"wallet": SOMEBODY, "content_hash": CONTENT},
    "ClearProfile": {"wallet": SOMEBODY},
    "SetTokenAvatar": {"wallet": SOMEBODY, "world": WORLD, "token": OTHER, "token_id": 6},
    "SetAttestedAvatar": {"wallet": SOMEBODY, "world": WORLD, "reference": ORDER},
    "SetStatedAvatar": {"wallet": SOMEBODY, "world": WORLD, "reference": ORDER},
    "RemoveAvatar": {"wallet": SOMEBODY, "world": WORLD},
    "AvatarAttestation": {
        "key": SOMEBODY,
        "world": WORLD,
        "reference": ORDER,
        "passport_id": 5,
        "issued_at": 55,
    },
    "Invitation": {"inviter": SOMEBODY, "passport_id": 5},
    "Join": {"wallet": SOMEBODY, "inviter": OTHER},
    "Leave": {"wallet": SOMEBODY},
    "DelegateUntil": {"delegator": SOMEBODY, "delegatee": OTHER, "expires_at": 55},
    "Permit": {"owner": SOMEBODY, "spender": OTHER, "value": 50},
    "Claim": {"wallet": SOMEBODY, "order_hash": ORDER, **CLAIM},
    "Cancel": {"wallet": SOMEBODY, "claim_id": 2**90},
    "Miss": {"wallet": SOMEBODY, "claim_id": 2**90},
    "Redeem": {"wallet": SOMEBODY, "claim_id": 2**90},
    "Ballot": {
        "voter": SOMEBODY,
        "poll_id": 4,
        "content_hash": CONTENT,
        "options": [1, 3],
        "sequence": 2,
    },
    "GovernorBallot": SAID,
    "ExtendedBallot": {**SAID, "reason": "Oui.", "params": "0x01"},
    "BallotUntil": SAID,
    **consent_messages.TOLD,
    **service_messages.TOLD,
}


@pytest.mark.parametrize("struct", STRUCTS)
def test_builder__any_message__says_what_its_signer_means(built, struct):
    fields = {field.name for field in STRUCTS[struct].fields}
    ends = {name: value for name, value in UNTIL.items() if name in fields}
    assert built[struct].message == TOLD[struct] | ends
    assert built[struct].actor == SOMEBODY


@pytest.mark.parametrize("struct", STRUCTS)
def test_builder__any_message__is_for_one_contract_on_one_chain(built, deployment, struct):
    contract = STRUCTS[struct].contract
    own = {"Points": "Sillon Points", "PriceLists": "Cercle Price Lists"}
    name = own.get(contract, f"Cercle {contract}")
    assert built[struct].full["domain"] == {
        "name": name,
        "version": "1",
        "chainId": CHAIN_ID,
        "verifyingContract": deployment.address(contract),
    }


@pytest.mark.parametrize("struct", STRUCTS)
def test_digest__any_message__is_what_eth_account_signs(built, struct):
    message = built[struct]
    parts = encode_typed_data(full_message=message.full)
    assert message.digest() == keccak(b"\x19" + parts.version + parts.header + parts.body)
    signature = Account.sign_typed_data(KEY, full_message=message.full).signature
    assert Account._recover_hash(message.digest(), signature=signature) == SOMEBODY
    assert message.is_signed_by(SOMEBODY, signature)
    assert not message.is_signed_by(OTHER, signature)


def test_digest__of_all_messages__no_two_are_the_same(built):
    """Also of those that have the same fields."""
    assert len({message.digest() for message in built.values()}) == len(STRUCTS)


def test_builders__every_struct__has_one(built):
    assert built.keys() == STRUCTS.keys() == TOLD.keys()
    builders = [
        name for name in typed_data.__all__ if inspect.isfunction(getattr(typed_data, name))
    ]
    named = {name.replace("_", "") for name in builders}
    assert {struct.lower() for struct in STRUCTS} <= named
    assert all(inspect.getdoc(getattr(typed_data, name)) for name in builders)


def test_claim__without_an_order__says_zero(deployment):
    message = typed_data.claim(deployment, SOMEBODY, **CLAIM, deadline=99)
    assert message.message["order_hash"] == ZERO_HASH


def test_invitation__of_nobody_in_particular__is_its_bearers(deployment):
    assert typed_data.invitation(deployment, SOMEBODY, **UNTIL).message["passport_id"] == 0


@pytest.mark.parametrize("struct", STRUCTS)
def test_message__by_its_name__is_the_same(built, deployment, struct):
    """From JSON too: numbers as text, addresses in any case."""
    asked = built[struct]
    name = "Sillon Points" if struct == "Permit" else None
    assert typed_data.message(deployment, struct, name, **asked.message) == asked
    texts = {
        key: value.lower() if isinstance(value, str) and value[:2] == "0x" else value
        for key, value in asked.for_wallet()["message"].items()
    }
    assert typed_data.message(deployment, struct, name, **texts) == asked


@pytest.mark.parametrize("struct", STRUCTS)
def test_message__field_missing_or_too_many__is_refused(built, deployment, struct):
    told = built[struct].message
    for name in told:
        fewer = {key: value for key, value in told.items() if key != name}
        with pytest.raises(ValueError, match=f"{struct} takes"):
            typed_data.message(deployment, struct, **fewer)
    with pytest.raises(ValueError, match=f"{struct} takes"):
        typed_data.message(deployment, struct, **told, more=1)


BAD = {
    "address": [None, 7, "0x12", "nobody", SOMEBODY.swapcase(), SOMEBODY[2:], [SOMEBODY]],
    "uint256": [None, -1, 2**256, "-1", str(2**256), 1.0, True, "", "1.5", "0x10", [1], {}],
    "bytes32": [None, 7, "0x12", CONTENT + "00", CONTENT[2:], "0x" + "gg" * 32, b"\x11" * 31],
    "uint8": [None, -1, 2**8, "-1", 1.0, True, ""],
    "string": [None, 7, b"x", ["x"]],
    "bytes": [None, 7, "12", "0x1", "0xgg"],
    "bool": [None, 0, 1, "true", "", [True]],
    "address[]": [None, SOMEBODY, [None], ["0x12"], [[SOMEBODY]]],
    "Share[]": [None, {}, [1], [{"payee": 1}], [{"payee": -1, "basis_points": 1}]],
    "Rung[]": [None, {}, [1], [{"plan": 1}]],
    "uint256[]": [None, 7, [None], [-1], [2**256], [True], [[1]]],
}


@pytest.mark.parametrize("struct", STRUCTS)
def test_message__value_of_no_such_type__is_refused(built, deployment, struct):
    told = built[struct].message
    for field in STRUCTS[struct].fields:
        for bad in BAD[field.type]:
            with pytest.raises(ValueError):  # noqa: PT011 - many kinds of wrong, one class
                typed_data.message(deployment, struct, **(told | {field.name: bad}))


@pytest.mark.parametrize("name", ["", "Transfer", "claim", "__class__"])
def test_message__that_there_is_not__is_refused(deployment, name):
    with pytest.raises(ValueError, match="no such message"):
        typed_data.message(deployment, name)


def test_message__of_a_contract_that_is_not_deployed__is_refused(deployment):
    bare = deployment.model_copy(update={"contracts": {}})
    with pytest.raises(DeploymentError, match="no Passport"):
        typed_data.register(bare, SOMEBODY, **UNTIL)
