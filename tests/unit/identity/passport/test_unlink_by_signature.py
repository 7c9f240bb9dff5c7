"""`Passport.unlink_by_signature`: a wallet let go by who may let it go, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import ADOPT, LINK, SET_MAIN, UNLINK


@pytest.fixture
def unlink(passport, deadline, signed_by, outsider):
    """Carry what `who` signed."""

    def _unlink(who, wallet, nonce=1, signature=None):
        if signature is None:
            signature = signed_by(who, UNLINK, sender=who, wallet=wallet, nonce=nonce)
        words = who, wallet, nonce, deadline, signature
        return passport.unlink_by_signature(*words, sender=outsider)

    return _unlink


class TestUnlinkSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"

    @pytest.fixture
    def unlinking(self, passport, deadline, spare_wallets):
        def _act(main, keys, wallet):
            def send(values, signature, sender):
                return passport.unlink_by_signature(*values.values(), signature, sender=sender)

            message = {"sender": main, "wallet": wallet, "nonce": 7, "deadline": deadline}
            return SignedAct(passport, UNLINK, "sender", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, unlinking, person, linked):
        return unlinking(person, [person], linked)

    @pytest.fixture
    def act_of_a_contract(
        self, passport, unlinking, joint_person, spare_wallets, signed_by, deadline, admin
    ):
        wallet, owners = joint_person
        agreed = signed_by(spare_wallets[1], LINK, passport_id=1, wallet=spare_wallets[1])
        call = passport.link.encode_input(spare_wallets[1], 1, deadline, agreed)
        wallet.execute(passport, call, sender=admin)
        return unlinking(wallet, owners, spare_wallets[1])

    @pytest.fixture
    def is_done(self, passport):
        return lambda act: passport.id_of(act.message["wallet"]) == 0

    @pytest.fixture
    def question(self, passport):
        return lambda act: passport.id_of.encode_input(act.message["wallet"])


def test_unlink_by_signature__main_wallet_signed__lets_it_go(passport, unlink, person, linked):
    receipt = unlink(person, linked)

    assert receipt.events == [
        passport.NonceUsed(account=person, nonce=1),
        passport.WalletUnlinked(passport_id=1, wallet=linked),
    ]
    assert passport.id_of(linked) == 0
    assert passport.wallet_count(1) == 1
    assert passport.wallet_of(1) == person


def test_unlink_by_signature__that_wallet_signed__lets_it_go(passport, unlink, linked):
    receipt = unlink(linked, linked, nonce=2)

    assert receipt.events == [
        passport.NonceUsed(account=linked, nonce=2),
        passport.WalletUnlinked(passport_id=1, wallet=linked),
    ]
    assert passport.id_of(linked) == 0


def test_unlink_by_signature__both_signed__one_is_enough(passport, unlink, person, linked):
    unlink(person, linked)
    with ape.reverts("passport: not linked"):
        unlink(linked, linked, nonce=2)
    assert not passport.is_nonce_used(linked, 2)


def test_unlink_by_signature__linked_again_since__goes_by_what_was_signed(
    passport, unlink, link, person, linked, signed_by
):
    """A signature that nobody carried stays good: `cancel_nonce` is how to take it back."""
    signed = signed_by(person, UNLINK, sender=person, wallet=linked)
    kept = signed_by(person, UNLINK, sender=person, wallet=linked, nonce=2)
    passport.unlink(linked, sender=linked)
    link(person, linked, nonce=2)
    passport.cancel_nonce(2, sender=person)
    with ape.reverts("signatures: nonce used"):
        unlink(person, linked, nonce=2, signature=kept)
    unlink(person, linked, signature=signed)
    assert passport.id_of(linked) == 0


def test_unlink_by_signature__no_longer_the_main_wallet__reverts(
    passport, unlink, link, person, linked, spare_wallets, signed_by
):
    """What a wallet signed as the main one ends with being that."""
    link(person, spare_wallets[1])
    signed = signed_by(person, UNLINK, sender=person, wallet=spare_wallets[1])
    passport.set_main(linked, sender=person)
    with ape.reverts("passport: not yours"):
        unlink(person, spare_wallets[1], signature=signed)


def test_unlink_by_signature__main_wallet__reverts(passport, unlink, person, linked):
    for who in (person, linked):
        with ape.reverts("passport: main wallet stays"):
            unlink(who, person, nonce=2)


def test_unlink_by_signature__another_linked_wallet_signed__reverts(
    link, unlink, person, linked, spare_wallets
):
    link(person, spare_wallets[1])
    with ape.reverts("passport: not yours"):
        unlink(spare_wallets[1], linked, nonce=2)


def test_unlink_by_signature__another_person_signed__reverts(passport, unlink, linked, members):
    passport.register(sender=members[0])
    with ape.reverts("passport: not yours"):
        unlink(members[0], linked)


def test_unlink_by_signature__unknown_wallet__reverts(unlink, person, members):
    with ape.reverts("passport: not linked"):
        unlink(person, members[0])


@pytest.mark.parametrize("text", [ADOPT, SET_MAIN])
def test_unlink_by_signature__signed_another_move__reverts(unlink, person, linked, signed_by, text):
    with ape.reverts("signatures: not by signer"):
        unlink(person, linked, signature=signed_by(person, text, main_wallet=person, wallet=linked))
