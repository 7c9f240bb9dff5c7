"""`Passport.register_by_signature`: a passport for a wallet that asked, carried by anybody."""

import ape
import pytest

from tests.behaviours.signed_act import SignedAct, SignedActBehaviour

from .conftest import REGISTER

ZERO = "0x" + "00" * 20


@pytest.fixture
def register(passport, newcomer, deadline, signed_by, outsider):
    """Carry what a wallet signed."""

    def _register(wallet=newcomer, nonce=1):
        signature = signed_by(wallet, REGISTER, wallet=wallet, nonce=nonce)
        return passport.register_by_signature(wallet, nonce, deadline, signature, sender=outsider)

    return _register


class TestRegisterSigned(SignedActBehaviour):
    ZERO = "signatures: zero signer"

    @pytest.fixture
    def registering(self, passport, deadline):
        def _act(wallet, keys):
            def send(values, signature, sender):
                return passport.register_by_signature(*values.values(), signature, sender=sender)

            message = {"wallet": wallet, "nonce": 1, "deadline": deadline}
            return SignedAct(passport, REGISTER, "wallet", message, keys, send)

        return _act

    @pytest.fixture
    def act(self, registering, newcomer):
        return registering(newcomer, [newcomer])

    @pytest.fixture
    def act_of_a_contract(self, registering, joint_wallet):
        return registering(*joint_wallet)

    @pytest.fixture
    def is_done(self, passport):
        return lambda act: passport.id_of(act.message["wallet"]) != 0

    @pytest.fixture
    def question(self, passport):
        return lambda act: passport.id_of.encode_input(act.message["wallet"])


def test_register_by_signature__signed__is_as_if_they_had_sent_it(
    passport, register, newcomer, outsider
):
    receipt = register()

    assert receipt.events == [
        passport.NonceUsed(account=newcomer, nonce=1),
        passport.Transfer(sender=ZERO, receiver=newcomer, token_id=1),
        passport.Locked(tokenId=1),
        passport.WalletLinked(passport_id=1, wallet=newcomer),
    ]
    assert passport.id_of(newcomer) == 1
    assert passport.ownerOf(1) == newcomer
    assert passport.wallet_count(1) == 1
    assert passport.passport_count() == 1
    assert passport.id_of(outsider) == 0


def test_register_by_signature__asked_beforehand__tells_the_number(
    passport, newcomer, members, deadline, signed_by, outsider
):
    passport.register(sender=members[0])
    signature = signed_by(newcomer, REGISTER, wallet=newcomer)
    words = newcomer, 1, deadline, signature
    assert passport.register_by_signature.call(*words, sender=outsider) == 2


def test_register_by_signature__several_people__never_block_each_other(passport, register, members):
    for member in members:
        register(member)
    assert passport.ids_of(members) == [1, 2, 3, 4, 5]


def test_register_by_signature__carried_by_the_wallet_itself__is_done(
    passport, newcomer, deadline, signed_by
):
    signature = signed_by(newcomer, REGISTER, wallet=newcomer)
    passport.register_by_signature(newcomer, 1, deadline, signature, sender=newcomer)
    assert passport.id_of(newcomer) == 1


def test_register_by_signature__registered_meanwhile__reverts(passport, register, newcomer):
    passport.register(sender=newcomer)
    with ape.reverts("passport: wallet has one"):
        register()
    assert not passport.is_nonce_used(newcomer, 1)


def test_register_by_signature__second_one_of_the_same_wallet__reverts(register):
    register(nonce=1)
    with ape.reverts("passport: wallet has one"):
        register(nonce=2)


def test_register_by_signature__linked_meanwhile__reverts(passport, register, link, members):
    passport.register(sender=members[0])
    link(members[0], members[1])
    with ape.reverts("passport: wallet has one"):
        register(members[1], nonce=2)


def test_register_by_signature__let_go_before_the_deadline__gives_what_was_asked_for(
    passport, register, link, person, second
):
    """A signature that nobody carried stays good: `cancel_nonce` is how to take it back."""
    link(person, second, nonce=2)
    passport.unlink(second, sender=person)
    register(second)
    assert passport.id_of(second) == 2


def test_register_by_signature__wallet_that_calls_back__gets_one_passport(
    passport, project, admin, deadline, outsider
):
    """It is asked by a static call, when all has been written."""
    wallet = admin.deploy(project.TrickyWallet)
    wallet.call_back(passport, passport.register.encode_input(), sender=admin)
    passport.register_by_signature(wallet, 1, deadline, b"", sender=outsider)
    assert (passport.id_of(wallet), passport.passport_count()) == (1, 1)
