"""`Passport.link_by_signatures`: two wallets signed that they are one person's."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import ADOPT, LINK, REGISTER, SET_MAIN, UNLINK


@pytest.fixture
def carry(passport, deadline, signed_by, outsider):
    """Carry both; what either signed may be given."""

    def _carry(main, wallet, main_signature=None, signature=None, nonce=1, sender=outsider):
        if main_signature is None:
            words = {"main_wallet": main, "wallet": wallet, "nonce": nonce}
            main_signature = signed_by(main, ADOPT, **words)
        if signature is None:
            words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": nonce}
            signature = signed_by(wallet, LINK, **words)
        return passport.link_by_signatures(
            main, wallet, nonce, deadline, main_signature, signature, sender=sender
        )

    return _carry


class LinkSigned(SignedActBehaviour):
    @pytest.fixture
    def is_done(self, passport):
        return lambda act: passport.id_of(act.message["wallet"]) == 1

    @pytest.fixture
    def question(self, passport):
        return lambda act: passport.wallet_count.encode_input(1)


class TestAdoptSigned(LinkSigned):
    """The main wallet's half."""

    ZERO = "signatures: zero signer"

    @pytest.fixture
    def adopting(self, passport, signed_by, spare_wallets):
        other = spare_wallets[1]

        def _act(main, keys):
            def send(values, signature, sender):
                told = {"passport_id": 1, "wallet": other}
                told |= {name: values[name] for name in ("nonce", "deadline")}
                return passport.link_by_signatures(
                    *values.values(), signature, signed_by(other, LINK, **told), sender=sender
                )

            message = {"main_wallet": main, "wallet": other, "nonce": 1, "deadline": 2**40}
            return SignedAct(passport, ADOPT, "main_wallet", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, adopting, person):
        return adopting(person, [person])

    @pytest.fixture
    def act_of_a_contract(self, adopting, joint_person):
        return adopting(*joint_person)


class TestLinkSigned(LinkSigned):
    """The other wallet's half."""

    ZERO = "signatures: zero signer"

    @pytest.fixture
    def linking(self, passport, signed_by, person):
        def _act(wallet, keys):
            def send(values, signature, sender):
                _, wallet, nonce, deadline = values.values()
                told = {"main_wallet": person, "wallet": wallet, "nonce": nonce}
                adopt = signed_by(person, ADOPT, **told, deadline=deadline)
                words = person, wallet, nonce, deadline, adopt, signature
                return passport.link_by_signatures(*words, sender=sender)

            message = {"passport_id": 1, "wallet": wallet, "nonce": 1, "deadline": 2**40}
            return SignedAct(passport, LINK, "wallet", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, linking, second):
        return linking(second, [second])

    @pytest.fixture
    def act_of_a_contract(self, linking, joint_wallet):
        return linking(*joint_wallet)


def test_link_by_signatures__both_signed__joins(passport, carry, person, second):
    receipt = carry(person, second)

    assert receipt.events == [
        passport.NonceUsed(account=person, nonce=1),
        passport.NonceUsed(account=second, nonce=1),
        passport.WalletLinked(passport_id=1, wallet=second),
    ]
    assert passport.id_of(second) == 1
    assert passport.wallet_of(1) == person
    assert passport.wallet_count(1) == 2
    assert passport.passport_count() == 1


def test_link_by_signatures__several_open__in_any_order(passport, carry, person, spare_wallets):
    for nonce, wallet in reversed(list(enumerate(spare_wallets))):
        carry(person, wallet, nonce=nonce)
    assert passport.ids_of(spare_wallets) == [1, 1, 1, 1]


def test_link_by_signatures__carried_by_either_of_them__joins(
    passport, carry, person, spare_wallets
):
    carry(person, spare_wallets[0], sender=person)
    carry(person, spare_wallets[1], nonce=2, sender=spare_wallets[1])
    assert passport.wallet_count(1) == 3


def test_link_by_signatures__what_the_new_wallet_signed__serves_a_direct_link_too(
    passport, person, second, deadline, signed_by, carry
):
    """It is one message; carried in either way it is spent."""
    signature = signed_by(second, LINK, passport_id=1, wallet=second)
    passport.link(second, 1, deadline, signature, sender=person)
    passport.unlink(second, sender=second)
    with ape.reverts("signatures: nonce used"):
        carry(person, second, signature=signature)


def test_link_by_signatures__only_one_nonce_is_free__reverts(passport, carry, person, second):
    passport.cancel_nonce(1, sender=person)
    with ape.reverts("signatures: nonce used"):
        carry(person, second)
    passport.cancel_nonce(2, sender=second)
    with ape.reverts("signatures: nonce used"):
        carry(person, second, nonce=2)
    assert not passport.is_nonce_used(person, 2)


@pytest.mark.parametrize("text", [UNLINK, SET_MAIN])
def test_link_by_signatures__main_wallet_signed_another_move__reverts(
    carry, person, second, signed_by, text
):
    first = text.partition("address ")[2].partition(",")[0]
    signature = signed_by(person, text, **{first: person, "wallet": second})
    with ape.reverts("signatures: not by signer"):
        carry(person, second, main_signature=signature)


def test_link_by_signatures__new_wallet_signed_to_register__reverts(
    carry, person, second, signed_by
):
    with ape.reverts("signatures: not by signer"):
        carry(person, second, signature=signed_by(second, REGISTER, wallet=second))


def test_link_by_signatures__halves_exchanged__reverts(carry, person, second, signed_by):
    adopt = signed_by(person, ADOPT, main_wallet=person, wallet=second)
    link = signed_by(second, LINK, passport_id=1, wallet=second)
    with ape.reverts("signatures: not by signer"):
        carry(person, second, main_signature=link, signature=adopt)


def test_link_by_signatures__asked_by_another_person__reverts(
    passport, carry, person, second, signed_by, outsider
):
    """Who adopts a wallet that agreed to be somebody else's gets nothing."""
    passport.register(sender=outsider)
    agreed = signed_by(second, LINK, passport_id=1, wallet=second)
    with ape.reverts("signatures: not by signer"):
        carry(outsider, second, signature=agreed)


def test_link_by_signatures__main_wallet_moved_on__reverts(
    passport, carry, person, linked, spare_wallets, signed_by
):
    """What a wallet signed as the main one ends with being that."""
    third = spare_wallets[1]
    adopt = signed_by(person, ADOPT, main_wallet=person, wallet=third, nonce=2)
    passport.set_main(linked, sender=person)
    with ape.reverts("passport: not the main wallet"):
        carry(person, third, main_signature=adopt, nonce=2)


def test_link_by_signatures__main_wallet_starts_anew__reverts(
    passport, carry, person, linked, spare_wallets, signed_by
):
    """It has another passport by now, which the new wallet did not agree to."""
    third = spare_wallets[1]
    adopt = signed_by(person, ADOPT, main_wallet=person, wallet=third, nonce=2)
    agreed = signed_by(third, LINK, passport_id=1, wallet=third, nonce=2)
    passport.set_main(linked, sender=person)
    passport.unlink(person, sender=linked)
    passport.register(sender=person)
    with ape.reverts("signatures: not by signer"):
        carry(person, third, main_signature=adopt, signature=agreed, nonce=2)


def test_link_by_signatures__from_a_linked_wallet__reverts(carry, linked, spare_wallets):
    with ape.reverts("passport: not the main wallet"):
        carry(linked, spare_wallets[1], nonce=2)


def test_link_by_signatures__without_a_passport__reverts(carry, outsider, second):
    with ape.reverts("passport: no passport"):
        carry(outsider, second)


def test_link_by_signatures__wallet_of_another_person__reverts(passport, carry, person, second):
    passport.register(sender=second)
    with ape.reverts("passport: wallet has one"):
        carry(person, second)


def test_link_by_signatures__main_wallet_with_itself__reverts(carry, person):
    with ape.reverts("passport: wallet has one"):
        carry(person, person)
