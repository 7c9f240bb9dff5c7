"""`Passport.set_main`: the passport moves to another wallet of the same person."""

import ape


def test_set_main__linked_wallet__takes_the_passport(passport, person, linked):
    receipt = passport.set_main(linked, sender=person)

    assert receipt.events == [
        passport.Transfer(sender=person, receiver=linked, token_id=1),
        passport.MainWalletChanged(passport_id=1, old_wallet=person, new_wallet=linked),
    ]
    assert passport.wallet_of(1) == linked
    assert passport.ownerOf(1) == linked
    assert passport.balanceOf(linked) == 1
    assert passport.balanceOf(person) == 0
    assert passport.id_of(person) == 1
    assert passport.wallet_count(1) == 2


def test_set_main__then_the_former_one__may_be_let_go(passport, person, linked):
    passport.set_main(linked, sender=person)
    passport.unlink(person, sender=linked)
    assert passport.id_of(person) == 0
    assert passport.id_of(linked) == 1


def test_set_main__and_back__is_as_before(passport, person, linked):
    passport.set_main(linked, sender=person)
    passport.set_main(person, sender=linked)
    assert passport.wallet_of(1) == person


def test_set_main__wallet_that_is_main__reverts(passport, person):
    with ape.reverts("passport: main already"):
        passport.set_main(person, sender=person)


def test_set_main__wallet_of_another_person__reverts(passport, person, outsider):
    passport.register(sender=outsider)
    with ape.reverts("passport: not linked"):
        passport.set_main(outsider, sender=person)


def test_set_main__unknown_wallet__reverts(passport, person, outsider):
    with ape.reverts("passport: not linked"):
        passport.set_main(outsider, sender=person)


def test_set_main__by_the_linked_wallet__reverts(passport, linked):
    with ape.reverts("passport: not the main wallet"):
        passport.set_main(linked, sender=linked)


def test_set_main__without_a_passport__reverts(passport, outsider):
    with ape.reverts("passport: no passport"):
        passport.set_main(outsider, sender=outsider)
