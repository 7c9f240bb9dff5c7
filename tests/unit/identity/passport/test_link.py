"""`Passport.link`: another wallet joins a passport, if both sides want it."""

import ape
import pytest

from tests.signing import sign, twin

LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
ZERO = "0x" + "00" * 20


def test_link__signed_by_the_new_wallet__joins(passport, link, person, second):
    receipt = link(person, second)

    assert receipt.events == [
        passport.NonceUsed(account=second, nonce=1),
        passport.WalletLinked(passport_id=1, wallet=second),
    ]
    assert passport.id_of(second) == 1
    assert passport.wallet_of(1) == person
    assert passport.wallet_count(1) == 2
    assert passport.balanceOf(second) == 0
    assert passport.passport_count() == 1


def test_link__several_wallets__all_join(passport, link, person, spare_wallets):
    for wallet in spare_wallets:
        link(person, wallet)
    assert passport.ids_of(spare_wallets) == [1, 1, 1, 1]
    assert passport.wallet_count(1) == 5


def test_link__contract_wallet__joins_by_its_owners_signature(
    passport, link, person, project, admin, outsider
):
    wallet = admin.deploy(project.FakeWallet, [outsider, admin])
    given = {"passport_id": 1, "wallet": wallet, "nonce": 1}

    def signature(**more):
        keys = (outsider, admin)
        return b"".join(sign(key, passport, LINK, **given, **more) for key in keys)

    deadline = 2**40
    passport.link(wallet, 1, deadline, signature(deadline=deadline), sender=person)
    assert passport.id_of(wallet) == 1


def test_link__wallet_that_calls_back__gets_no_passport_of_its_own(
    passport, person, project, admin, deadline
):
    wallet = admin.deploy(project.TrickyWallet)
    wallet.call_back(passport, passport.register.encode_input(), sender=admin)
    receipt = passport.link(wallet, 1, deadline, b"", sender=person)

    assert receipt.events == [
        passport.NonceUsed(account=wallet, nonce=1),
        passport.WalletLinked(passport_id=1, wallet=wallet),
    ]
    assert (passport.id_of(wallet), passport.passport_count()) == (1, 1)


def test_link__wallet_that_devours_the_gas__reverts(passport, person, project, admin, deadline):
    wallet = admin.deploy(project.TrickyWallet)
    with ape.reverts("signatures: not by signer"):
        passport.link(wallet, 1, deadline, b"", sender=person)
    assert passport.id_of(wallet) == 0


def test_link__after_an_unlinking__joins_another_person(passport, link, person, linked, outsider):
    passport.unlink(linked, sender=person)
    passport.register(sender=outsider)
    link(outsider, linked, nonce=2)
    assert passport.id_of(linked) == 2


def test_link__same_signature_after_an_unlinking__reverts(passport, link, person, linked):
    passport.unlink(linked, sender=linked)
    with ape.reverts("signatures: nonce used"):
        link(person, linked)


def test_link__last_second__joins(link, person, second, deadline, chain):
    chain.pending_timestamp = deadline
    link(person, second)


def test_link__expired__reverts(link, person, second, deadline, chain):
    chain.pending_timestamp = deadline + 1
    with ape.reverts("signatures: expired"):
        link(person, second)


def test_link__cancelled_by_the_new_wallet__reverts(passport, link, person, second):
    receipt = passport.cancel_nonce(1, sender=second)
    assert receipt.events == [passport.NonceUsed(account=second, nonce=1)]
    with ape.reverts("signatures: nonce used"):
        link(person, second)


def test_link__signed_by_the_person_instead__reverts(link, person, second):
    with ape.reverts("signatures: not by signer"):
        link(person, second, signer=person)


@pytest.mark.parametrize(
    "differing", [{"passport_id": 2}, {"wallet": ZERO}, {"nonce": 2}, {"deadline": 2**40}]
)
def test_link__signed_otherwise__reverts(passport, link, person, second, deadline, differing):
    given = {"passport_id": 1, "wallet": second, "nonce": 1, "deadline": deadline}
    with ape.reverts("signatures: not by signer"):
        link(person, second, signature=sign(second, passport, LINK, **(given | differing)))


def test_link__signed_for_another_person__reverts(passport, link, person, second, outsider):
    passport.register(sender=outsider)
    with ape.reverts("signatures: not by signer"):
        link(outsider, second, passport_id=1)


def test_link__signed_for_another_chain__reverts(link, person, second, chain):
    with ape.reverts("signatures: not by signer"):
        link(person, second, chain_id=chain.chain_id + 1)


def test_link__signed_for_another_register__reverts(link, person, second, project, admin):
    with ape.reverts("signatures: not by signer"):
        link(person, second, verifying_contract=admin.deploy(project.Passport))


def test_link__signature_twin__reverts(passport, link, person, second, deadline):
    given = {"passport_id": 1, "wallet": second, "nonce": 1, "deadline": deadline}
    with ape.reverts("signatures: not by signer"):
        link(person, second, signature=twin(sign(second, passport, LINK, **given)))


def test_link__zero_wallet__reverts(link, person):
    with ape.reverts("signatures: zero signer"):
        link(person, ZERO, signature=bytes(65))


def test_link__wallet_of_the_same_person__reverts(link, person, linked):
    with ape.reverts("passport: wallet has one"):
        link(person, linked, nonce=2)


def test_link__main_wallet_itself__reverts(link, person):
    with ape.reverts("passport: wallet has one"):
        link(person, person)


def test_link__wallet_of_another_person__reverts(passport, link, person, second):
    passport.register(sender=second)
    with ape.reverts("passport: wallet has one"):
        link(person, second)


def test_link__from_a_linked_wallet__reverts(link, linked, spare_wallets):
    with ape.reverts("passport: not the main wallet"):
        link(linked, spare_wallets[1])


def test_link__without_a_passport__reverts(link, outsider, second):
    with ape.reverts("passport: no passport"):
        link(outsider, second)


def test_domain__name_and_version__are_the_passports(passport):
    _, name, version, *_ = passport.eip712Domain()
    assert (name, version) == ("Cercle Passport", "1")
