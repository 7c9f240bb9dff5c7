"""`Passport.set_main_by_signature`: another wallet becomes the main one, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import ADOPT, LINK, SET_MAIN, UNLINK


@pytest.fixture
def set_main(passport, deadline, signed_by, outsider):
    """Carry what `main` signed."""

    def _set_main(main, wallet, nonce=1, signature=None):
        if signature is None:
            signature = signed_by(main, SET_MAIN, main_wallet=main, wallet=wallet, nonce=nonce)
        words = main, wallet, nonce, deadline, signature
        return passport.set_main_by_signature(*words, sender=outsider)

    return _set_main


class TestSetMainSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"

    @pytest.fixture
    def moving(self, passport, deadline):
        def _act(main, keys, wallet):
            def send(values, signature, sender):
                return passport.set_main_by_signature(*values.values(), signature, sender=sender)

            message = {"main_wallet": main, "wallet": wallet, "nonce": 7, "deadline": deadline}
            return SignedAct(passport, SET_MAIN, "main_wallet", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, moving, person, linked):
        return moving(person, [person], linked)

    @pytest.fixture
    def act_of_a_contract(
        self, passport, moving, joint_person, spare_wallets, signed_by, deadline, admin
    ):
        wallet, owners = joint_person
        agreed = signed_by(spare_wallets[1], LINK, passport_id=1, wallet=spare_wallets[1])
        call = passport.link.encode_input(spare_wallets[1], 1, deadline, agreed)
        wallet.execute(passport, call, sender=admin)
        return moving(wallet, owners, spare_wallets[1])

    @pytest.fixture
    def is_done(self, passport):
        return lambda act: passport.wallet_of(1) == act.message["wallet"]

    @pytest.fixture
    def question(self, passport):
        return lambda act: passport.wallet_of.encode_input(1)


def test_set_main_by_signature__signed__takes_the_passport(passport, set_main, person, linked):
    receipt = set_main(person, linked)

    assert receipt.events == [
        passport.NonceUsed(account=person, nonce=1),
        passport.Transfer(sender=person, receiver=linked, token_id=1),
        passport.MainWalletChanged(passport_id=1, old_wallet=person, new_wallet=linked),
    ]
    assert passport.wallet_of(1) == passport.ownerOf(1) == linked
    assert (passport.balanceOf(person), passport.balanceOf(linked)) == (0, 1)
    assert passport.id_of(person) == 1
    assert passport.wallet_count(1) == 2


def test_set_main_by_signature__and_back__cannot_be_carried_again(
    passport, set_main, person, linked, signed_by
):
    signed = signed_by(person, SET_MAIN, main_wallet=person, wallet=linked)
    set_main(person, linked, signature=signed)
    set_main(linked, person, nonce=2)
    with ape.reverts("signatures: nonce used"):
        set_main(person, linked, signature=signed)
    assert passport.wallet_of(1) == person


def test_set_main_by_signature__signed_by_the_former_main_wallet__reverts(
    passport, set_main, person, linked, signed_by
):
    """A wallet that gave its place away cannot have signed it away elsewhere beforehand."""
    signed = signed_by(person, SET_MAIN, main_wallet=person, wallet=linked, nonce=2)
    passport.set_main(linked, sender=person)
    with ape.reverts("passport: not the main wallet"):
        set_main(person, linked, nonce=2, signature=signed)


def test_set_main_by_signature__let_go_since__reverts(
    passport, set_main, person, linked, signed_by
):
    signed = signed_by(person, SET_MAIN, main_wallet=person, wallet=linked)
    passport.unlink(linked, sender=person)
    with ape.reverts("passport: not linked"):
        set_main(person, linked, signature=signed)


def test_set_main_by_signature__wallet_that_is_main__reverts(set_main, person):
    with ape.reverts("passport: main already"):
        set_main(person, person)


def test_set_main_by_signature__wallet_of_another_person__reverts(
    passport, set_main, person, members
):
    passport.register(sender=members[0])
    with ape.reverts("passport: not linked"):
        set_main(person, members[0])


def test_set_main_by_signature__linked_wallet_signed__reverts(set_main, person, linked):
    for wallet in (linked, person):
        with ape.reverts("passport: not the main wallet"):
            set_main(linked, wallet, nonce=2)


def test_set_main_by_signature__without_a_passport__reverts(set_main, members, person):
    with ape.reverts("passport: no passport"):
        set_main(members[0], person)


@pytest.mark.parametrize("text", [ADOPT, UNLINK])
def test_set_main_by_signature__signed_another_move__reverts(
    set_main, person, linked, signed_by, text
):
    first = text.partition("address ")[2].partition(",")[0]
    signature = signed_by(person, text, **{first: person, "wallet": linked})
    with ape.reverts("signatures: not by signer"):
        set_main(person, linked, signature=signature)
