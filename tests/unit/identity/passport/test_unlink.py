"""`Passport.unlink`: a wallet leaves; the main one stays."""

import ape


def test_unlink__by_the_main_wallet__lets_it_go(passport, person, linked):
    receipt = passport.unlink(linked, sender=person)

    assert receipt.events == [passport.WalletUnlinked(passport_id=1, wallet=linked)]
    assert passport.id_of(linked) == 0
    assert passport.wallet_count(1) == 1
    assert passport.wallet_of(1) == person


def test_unlink__by_that_wallet_itself__lets_it_go(passport, linked):
    passport.unlink(linked, sender=linked)
    assert passport.id_of(linked) == 0


def test_unlink__afterwards__the_wallet_may_take_a_passport(passport, person, linked):
    passport.unlink(linked, sender=person)
    passport.register(sender=linked)
    assert passport.id_of(linked) == 2


def test_unlink__main_wallet__reverts(passport, person, linked):
    for sender in (person, linked):
        with ape.reverts("passport: main wallet stays"):
            passport.unlink(person, sender=sender)


def test_unlink__by_another_linked_wallet__reverts(passport, link, person, linked, spare_wallets):
    link(person, spare_wallets[1])
    with ape.reverts("passport: not yours"):
        passport.unlink(linked, sender=spare_wallets[1])


def test_unlink__by_another_person__reverts(passport, linked, outsider):
    passport.register(sender=outsider)
    with ape.reverts("passport: not yours"):
        passport.unlink(linked, sender=outsider)


def test_unlink__unknown_wallet__reverts(passport, person, outsider):
    with ape.reverts("passport: not linked"):
        passport.unlink(outsider, sender=person)
