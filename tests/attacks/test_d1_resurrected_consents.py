"""D1, consent that rises again: what was taken back is given anew by the message that gave it
(idOS: the text that is signed has no number of its own).

The company keeps each message that its customer ever signed. It tries them after the withdrawal of
one consent, of all of them, after the end, and once the wallet has come to another person. Consent
refuses each; the twin, for which a signature is a signature, gives the data back every time.
"""

import ape

from tests.attacks.consent_stage import ANALYTICS
from tests.conftest import DAY
from tests.signing import sign
from tests.signing import twin as other_half

LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"


def link(passport, chain, main, wallet, nonce):
    deadline = chain.blocks.head.timestamp + DAY
    words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": nonce}
    signature = sign(wallet, passport, LINK, **words, deadline=deadline)
    passport.link(wallet, nonce, deadline, signature, sender=main)


def test_replay__after_a_withdrawal__gives_nothing(books, victim, company):
    ours, twin = books
    for book in books:
        message = book.signed(victim)
        book.carry(message, company)
        book.contract.withdraw(1, ANALYTICS, sender=victim)
        assert not book.sees()
        if book is ours:
            with ape.reverts("consent: issued before"):
                book.carry(message, company)
        else:
            book.carry(message, company)
    assert (ours.sees(), twin.sees()) == (False, True)


def test_replay__of_the_signatures_other_half__gives_nothing(books, victim, company):
    ours, _ = books
    *words, signature = ours.signed(victim)
    ours.carry([*words, signature], company)
    ours.contract.withdraw(1, ANALYTICS, sender=victim)
    with ape.reverts("signatures: not by signer"):
        ours.carry([*words, other_half(signature)], company)
    assert not ours.sees()


def test_replay__after_everything_was_withdrawn__gives_nothing(books, victim, company):
    ours, twin = books
    for book in books:
        message = book.signed(victim)
        book.carry(message, company)
        if book is twin:  # it knows no more than this
            book.contract.withdraw(1, ANALYTICS, sender=victim)
            book.carry(message, company)
            continue
        book.contract.withdraw_all(sender=victim)
        with ape.reverts("consent: withdrawn since"):
            book.carry(message, company)
    assert (ours.sees(), twin.sees()) == (False, True)


def test_late__what_nobody_had_carried_yet__gives_nothing(books, victim, company):
    """The company waits with the message until its customer has said no."""
    ours, twin = books
    for book in books:
        message = book.signed(victim)
        book.contract.withdraw(1, ANALYTICS, sender=victim)
        if book is ours:
            with ape.reverts("consent: issued before"):
                book.carry(message, company)
        else:
            book.carry(message, company)
    assert (ours.sees(), twin.sees()) == (False, True)


def test_replay__after_the_end__gives_nothing(books, victim, company, chain):
    ours, twin = books
    messages = [book.signed(victim) for book in books]
    for book, message in zip(books, messages, strict=True):
        book.carry(message, company)
    chain.mine(deltatime=31 * DAY)
    with ape.reverts("consent: empty window"):
        ours.carry(messages[0], company)
    twin.carry(messages[1], company)
    assert (ours.sees(), twin.sees()) == (False, True)


def test_replay__wallet_came_to_another_person__gives_nothing_of_theirs(
    books, registry, victim, members, company, newcomer, chain
):
    """A wallet lent out, sold or shared signs for the one whose it was then."""
    ours, twin = books
    registry.register(sender=members[1])
    link(registry, chain, victim, newcomer, 1)
    messages = [book.signed(newcomer) for book in books]
    for book, message in zip(books, messages, strict=True):
        book.carry(message, company)
    registry.unlink(newcomer, sender=victim)
    link(registry, chain, members[1], newcomer, 2)
    with ape.reverts("signatures: not by signer"):
        ours.carry(messages[0], company)
    twin.carry(messages[1], company)
    assert (ours.sees(passport_id=2), twin.sees(passport_id=2)) == (False, True)
