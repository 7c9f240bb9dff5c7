"""`Passport.register`: how a person takes a passport."""

import ape

ZERO = "0x" + "00" * 20


def test_register__fresh_wallet__gives_the_next_passport(passport, newcomer):
    assert passport.register.call(sender=newcomer) == 1
    receipt = passport.register(sender=newcomer)

    assert receipt.events == [
        passport.Transfer(sender=ZERO, receiver=newcomer, token_id=1),
        passport.Locked(tokenId=1),
        passport.WalletLinked(passport_id=1, wallet=newcomer),
    ]
    assert passport.id_of(newcomer) == 1
    assert passport.wallet_of(1) == newcomer
    assert passport.ownerOf(1) == newcomer
    assert passport.balanceOf(newcomer) == 1
    assert passport.wallet_count(1) == 1
    assert passport.passport_count() == 1


def test_register__several_people__counts_from_one_without_gaps(passport, members):
    for member in members:
        passport.register(sender=member)
    assert passport.ids_of(members) == [1, 2, 3, 4, 5]
    assert passport.passport_count() == 5


def test_register__again__reverts(passport, newcomer):
    passport.register(sender=newcomer)
    with ape.reverts("passport: wallet has one"):
        passport.register(sender=newcomer)
