"""Every act of a person's `..._by_signature`: whose signature counts, for what, where and when."""

import ape
import pytest
from eth_utils import keccak

from tests.conftest import DAY
from tests.signing import sign, twin

from .acts import REFERENCE, TEXT, TYPES, act_of

ZERO = "0x" + "00" * 20
OTHER = {
    "content_hash": keccak(text="another text"),
    "world": keccak(text="another world"),
    "token": "0x" + "77" * 20,
    "token_id": 8,
    "reference": keccak(text="another reference"),
}


@pytest.fixture(params=TYPES)
def act(request, profile, world, collection, person, attest):
    """Each act in turn, ready to pass, on a person who shows a text and an avatar."""
    collection.give(7, person, sender=person)
    profile.set_profile(keccak(text="an old text"), sender=person)
    profile.set_stated_avatar(world, keccak(text="an old avatar"), sender=person)
    return act_of(request.param, world, collection, attest(REFERENCE))


@pytest.fixture
def carry(profile, act, person, outsider, now):
    """A stranger sends what the person signed; what is signed may differ from what is sent."""

    def _carry(signer=person, *, whose=person, nonce=5, deadline=None, signature=None, **changes):
        deadline = now() + DAY if deadline is None else deadline
        words = {"wallet": whose, **act.signed, "nonce": nonce, "deadline": deadline}
        if signature is None:
            signature = sign(signer, profile, act.encoded_type, **(words | changes))
        send = getattr(profile, f"{act.name}_by_signature")
        return send(whose, *act.sent, nonce, deadline, signature, sender=outsider)

    return _carry


def state(profile, world):
    return profile.profile_of(1), profile.avatar_of(1, world)


def test_by_signature__carried_by_a_stranger__is_the_persons_own_act(
    profile, world, act, carry, person, chain
):
    snapshot = chain.snapshot()
    direct = getattr(profile, act.name)(*act.sent, sender=person)
    expected = state(profile, world)
    own = [log.event_arguments for log in direct.events]
    chain.restore(snapshot)

    receipt = carry()
    assert receipt.events[0] == profile.NonceUsed(account=person, nonce=5)
    assert [log.event_arguments for log in receipt.events[1:]] == own
    assert own
    assert state(profile, world) == expected


def test_by_signature__replayed__reverts(carry):
    carry()
    with ape.reverts("signatures: nonce used"):
        carry()


def test_by_signature__cancelled__reverts(profile, carry, person):
    profile.cancel_nonce(5, sender=person)
    with ape.reverts("signatures: nonce used"):
        carry()


def test_by_signature__last_second__counts(carry, now, chain):
    deadline = now() + 100
    chain.pending_timestamp = deadline
    carry(deadline=deadline)


def test_by_signature__expired__reverts(carry, now, chain):
    deadline = now() + 100
    chain.pending_timestamp = deadline + 1
    with ape.reverts("signatures: expired"):
        carry(deadline=deadline)


def test_by_signature__of_another_person__reverts(carry, person, other):
    with ape.reverts("signatures: not by signer"):
        carry(other)
    with ape.reverts("signatures: not by signer"):
        carry(person, whose=other)


def test_by_signature__of_a_linked_wallet__reverts(carry, person, link_to, newcomer):
    link_to(person, newcomer)
    with ape.reverts("signatures: not by signer"):
        carry(newcomer)
    with ape.reverts("profile: not the main wallet"):
        carry(newcomer, whose=newcomer)


def test_by_signature__main_wallet_changed_since__reverts(
    carry, passport, person, link_to, newcomer
):
    link_to(person, newcomer)
    passport.set_main(newcomer, sender=person)
    with ape.reverts("profile: not the main wallet"):
        carry(person)
    carry(newcomer, whose=newcomer)


def test_by_signature__wallet_left_the_passport_since__reverts(
    carry, passport, person, link_to, newcomer
):
    link_to(person, newcomer)
    passport.set_main(newcomer, sender=person)
    passport.unlink(person, sender=person)
    with ape.reverts("profile: no passport"):
        carry(person)


def test_by_signature__for_another_chain__reverts(carry, chain):
    with ape.reverts("signatures: not by signer"):
        carry(chain_id=chain.chain_id + 1)


def test_by_signature__for_another_contract__reverts(carry, project, admin, passport):
    with ape.reverts("signatures: not by signer"):
        carry(verifying_contract=admin.deploy(project.Profile, passport))


def test_by_signature__signed_otherwise__reverts(carry, act):
    changes = {"wallet": ZERO} | {name: OTHER[name] for name in act.signed}
    for name, value in changes.items():
        with ape.reverts("signatures: not by signer"):
            carry(**{name: value})


def test_by_signature__another_nonce_or_deadline_than_signed__reverts(
    profile, carry, act, person, now
):
    words = {"wallet": person, **act.signed, "nonce": 5, "deadline": now() + DAY}
    signature = sign(person, profile, act.encoded_type, **words)
    with ape.reverts("signatures: not by signer"):
        carry(signature=signature, nonce=6, deadline=words["deadline"])
    with ape.reverts("signatures: not by signer"):
        carry(signature=signature, deadline=words["deadline"] + 1)


@pytest.mark.parametrize(
    "spoil", [twin, lambda s: bytes(65), lambda s: b"", lambda s: s[:64], lambda s: s + b"\0"]
)
def test_by_signature__spoilt__reverts(profile, carry, act, person, now, spoil):
    deadline = now() + DAY
    words = {"wallet": person, **act.signed, "nonce": 5, "deadline": deadline}
    signature = sign(person, profile, act.encoded_type, **words)
    with ape.reverts("signatures: not by signer"):
        carry(signature=spoil(signature), deadline=deadline)


def test_by_signature__nobodys__reverts(carry, newcomer):
    for wallet in (ZERO, newcomer):
        with ape.reverts("profile: no passport"):
            carry(whose=wallet, signature=bytes(65))


def test_by_signature__oversized__never_gets_in(profile, carry, act, person, now, ask, limits):
    longest = bytes(limits.MAX_SIGNATURE())
    with ape.reverts("signatures: not by signer"):
        carry(signature=longest)
    send = getattr(profile, f"{act.name}_by_signature")
    data = bytes(send.encode_input(person, *act.sent, 5, now() + DAY, longest))
    at = len(data) - len(longest) - 32  # the length, then the bytes
    assert data[at : at + 32] == len(longest).to_bytes(32)
    longer = (len(longest) + 1).to_bytes(32) + bytes(len(longest) + 32)
    refusal = ask(profile, data[:at] + longer)
    assert "revert" in refusal
    assert "signatures" not in refusal


def test_by_signature__contract_wallet__signs_as_its_owners_do(
    profile, passport, world, collection, attest, project, admin, outsider, now
):
    wallet = admin.deploy(project.FakeWallet, [outsider, admin])
    wallet.execute(passport, passport.register.encode_input(), sender=admin)
    passport_id = passport.id_of(wallet)
    collection.give(7, wallet, sender=admin)
    for nonce, name in enumerate(TYPES):
        act = act_of(name, world, collection, attest(REFERENCE, passport_id))
        words = {"wallet": wallet, **act.signed}
        words |= {"nonce": nonce, "deadline": now() + DAY}
        signature = b"".join(
            sign(owner, profile, act.encoded_type, **words) for owner in (outsider, admin)
        )
        send = getattr(profile, f"{name}_by_signature")
        send(wallet, *act.sent, nonce, words["deadline"], signature, sender=outsider)
        assert profile.is_nonce_used(wallet, nonce)


def test_by_signature__wallet_that_calls_back__changes_nothing_on_the_way(
    profile, passport, project, admin, now
):
    wallet = admin.deploy(project.TrickyWallet)
    wallet.call_back(passport, passport.register.encode_input(), sender=admin)
    passport.register(sender=admin)
    deadline = now() + DAY
    passport.link(wallet, 1, deadline, b"", sender=admin)
    passport.set_main(wallet, sender=admin)
    wallet.call_back(profile, profile.clear_profile.encode_input(), sender=admin)
    profile.set_profile_by_signature(wallet, TEXT, 2, deadline, b"", sender=admin)
    assert profile.profile_of(1) == TEXT
