"""`PasskeyAccount.execute`: a call that the passkey signed, carried by anybody, once, in time."""

import ape
import pytest
from ape.exceptions import ContractLogicError

from tests.authenticator import EXECUTE, Passkey, challenge_of

ETHER = 10**18


@pytest.fixture
def funded(account, admin):
    """The account, with some ether."""
    admin.transfer(account, ETHER)
    return account


@pytest.fixture
def register(passport):
    """A call that changes something, and that can be made once only."""
    return passport.register.encode_input()


# ---- what it does -----------------------------------------------------------------


def test_execute__signed_call__is_made_as_the_account(account, passport, execute, register):
    receipt = execute(passport, register)

    assert receipt.events == [
        account.Executed(target=passport, nonce=0, amount=0),
        passport.Transfer(sender="0x" + "00" * 20, receiver=account, token_id=1),
        passport.Locked(tokenId=1),
        passport.WalletLinked(passport_id=1, wallet=account),
    ]
    assert passport.id_of(account) == 1
    assert account.next_nonce() == 1


def test_execute__answer__is_handed_back(account, passkey, passport, relayer, deadline):
    data = passport.name.encode_input()
    given = {"target": passport, "amount": 0, "data": data, "nonce": 0, "deadline": deadline}
    signature = passkey.answer(challenge_of(account, EXECUTE, **given)).packed()
    sent = (passport, 0, data, deadline, signature)
    raw = account.execute.call(*sent, sender=relayer)
    assert b"Cercle Passport" in raw
    assert len(raw) == 96


def test_execute__ether__goes_along(funded, newcomer, execute):
    before = newcomer.balance
    receipt = execute(newcomer, amount=ETHER)

    assert receipt.events == [funded.Executed(target=newcomer, nonce=0, amount=ETHER)]
    assert newcomer.balance == before + ETHER
    assert funded.balance == 0


def test_execute__one_after_the_other__counts_up(account, execute, passport, register):
    execute(passport, register)
    receipt = execute(passport, passport.cancel_nonce.encode_input(5))

    assert receipt.events == [
        account.Executed(target=passport, nonce=1, amount=0),
        passport.NonceUsed(account=account, nonce=5),
    ]
    assert account.next_nonce() == 2


def test_execute__nothing_at_all__makes_the_signed_call_void(
    account, execute, passkey, passport, register, deadline
):
    """How a person takes back what they signed and nobody carried yet."""
    given = {"target": passport, "amount": 0, "data": register, "nonce": 0, "deadline": deadline}
    signed = passkey.answer(challenge_of(account, EXECUTE, **given)).packed()
    receipt = execute(account)

    assert receipt.events == [account.Executed(target=account, nonce=0, amount=0)]
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, register, signature=signed)


# ---- when -------------------------------------------------------------------------


def test_execute__last_second__counts(execute, passport, register, chain, deadline):
    chain.pending_timestamp = deadline
    execute(passport, register)


def test_execute__expired__reverts(execute, passport, register, chain, deadline):
    chain.pending_timestamp = deadline + 1
    with ape.reverts("passkey_account: expired"):
        execute(passport, register)


def test_execute__replayed__reverts(account, execute, passkey, passport, deadline):
    data = passport.name.encode_input()
    given = {"target": passport, "amount": 0, "data": data, "nonce": 0, "deadline": deadline}
    signature = passkey.answer(challenge_of(account, EXECUTE, **given)).packed()
    execute(passport, data, signature=signature)
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, data, signature=signature)


@pytest.mark.parametrize("nonce", [1, 2**256 - 1])
def test_execute__out_of_order__reverts(execute, passport, register, nonce):
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, register, nonce=nonce)


# ---- what was signed -----------------------------------------------------------------


@pytest.mark.parametrize(
    "differing",
    [{"amount_": 1}, {"data_": b"\x01"}, {"deadline": 2**40}, {"target_": "0x" + "11" * 20}],
    ids=["amount", "data", "deadline", "target"],
)
def test_execute__signed_otherwise__reverts(
    account, passkey, passport, register, deadline, relayer, differing
):
    given = {"target": passport, "amount": 0, "data": register, "nonce": 0, "deadline": deadline}
    signed = given | {key.rstrip("_"): value for key, value in differing.items()}
    signature = passkey.answer(challenge_of(account, EXECUTE, **signed)).packed()
    with ape.reverts("webauthn: not by this passkey"):
        account.execute(passport, 0, register, deadline, signature, sender=relayer)


def test_execute__signed_by_another__reverts(execute, passport, register):
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, register, signer=Passkey("another"))


def test_execute__signed_for_another_account_of_the_key__reverts(
    execute, second_account, passkey, passport, register, deadline
):
    given = {"target": passport, "amount": 0, "data": register, "nonce": 0, "deadline": deadline}
    signature = passkey.answer(challenge_of(second_account, EXECUTE, **given)).packed()
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, register, signature=signature)


def test_execute__signed_for_another_chain__reverts(execute, passport, register, chain):
    with ape.reverts("webauthn: not by this passkey"):
        execute(passport, register, chain_id=chain.chain_id + 1)


# ---- whom it calls -------------------------------------------------------------------


def test_execute__target_refuses__hands_on_its_reason_and_keeps_the_nonce(
    account, execute, passport, register
):
    execute(passport, register)
    with ape.reverts("passport: wallet has one"):
        execute(passport, register)
    assert account.next_nonce() == 1


def test_execute__call_of_nobody__reverts(execute, newcomer):
    with ape.reverts("passkey_account: no contract"):
        execute(newcomer, b"\x01\x02\x03\x04")


def test_execute__more_ether_than_there_is__reverts(funded, execute, newcomer):
    with ape.reverts("passkey_account: too little"):
        execute(newcomer, amount=ETHER + 1)


def test_execute__as_long_as_a_call_may_be__is_made(account, execute, project, admin, relayer):
    agreeable = admin.deploy(project.AgreeableFake)
    receipt = execute(agreeable, b"\x01" * 2_048)
    assert receipt.events == [account.Executed(target=agreeable, nonce=0, amount=0)]
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        execute(agreeable, b"\x01" * 2_049)


def test_execute__long_answer__is_cut(
    account, execute, passkey, passport, register, relayer, deadline
):
    """A hundred words come back, of which the first names the account's own passport."""
    execute(passport, register)
    data = passport.ids_in.encode_input([int(account.address, 16) << 96], 0)
    given = {"target": passport, "amount": 0, "data": data, "nonce": 1, "deadline": deadline}
    signature = passkey.answer(challenge_of(account, EXECUTE, **given)).packed()
    raw = account.execute.call(passport, 0, data, deadline, signature, sender=relayer)
    assert len(raw) == 1_024
    assert int.from_bytes(raw[:32], "big") == 1 << 96


def test_execute__target_calls_back__is_refused(
    account, execute, passkey, project, admin, newcomer, relayer, deadline
):
    """The next call, signed and known to the target, must wait until this one is over."""
    puppet = admin.deploy(project.Puppet)
    given = {"target": newcomer, "amount": 0, "data": b"", "nonce": 1, "deadline": deadline}
    signature = passkey.answer(challenge_of(account, EXECUTE, **given)).packed()
    sent = (newcomer, 0, b"", deadline, signature)
    execute(puppet, puppet.act.encode_input(account, account.execute.encode_input(*sent)))
    assert account.next_nonce() == 1
    account.execute(*sent, sender=relayer)
    assert account.next_nonce() == 2


def test_execute__target_asks_for_a_signature__is_answered(
    account, execute, answer, project, admin
):
    """A contract called by the account may ask it what it signed: no lock is in the way."""
    digest = b"\x07" * 32
    question = account.isValidSignature.encode_input(digest, answer(digest).packed())
    puppet = admin.deploy(project.Puppet)
    receipt = execute(puppet, puppet.act_at_once.encode_input(account, [question]))
    assert receipt.events == [account.Executed(target=puppet, nonce=0, amount=0)]


# ---- the code itself -----------------------------------------------------------------


def test_execute__asked_of_the_code_itself__reverts(implementation, execute, passport, register):
    with ape.reverts("passkey_account: not an account"):
        execute(passport, register, of=implementation)
