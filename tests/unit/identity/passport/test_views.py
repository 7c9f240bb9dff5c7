"""What a passport answers about people, and about recovery, which this edition lacks."""

import json

ZERO = "0x" + "00" * 20


def test_id_of__stranger__is_zero(passport, outsider):
    assert passport.id_of(outsider) == 0
    assert passport.id_of(ZERO) == 0


def test_ids_of__people_and_strangers__keeps_their_order(passport, person, linked, outsider):
    asked = [outsider, linked, person, ZERO, linked]
    assert passport.ids_of(asked) == [0, 1, 1, 0, 1]
    assert passport.ids_of([]) == []


def test_ids_of__as_many_as_may_be__answers_all(passport, person, limits):
    many = limits.MAX_BATCH()
    assert passport.ids_of([person] * many) == [1] * many


def test_ids_in__words__keeps_the_order_and_the_wanted_bits(
    passport, person, linked, outsider, limits
):
    wallets, amount, other = [person, outsider, linked], 7, 9 << 48
    words = [int(wallet.address, 16) << 96 | other | amount for wallet in wallets]
    answers = passport.ids_in(words, 2**48 - 1)

    assert answers[:3] == [1 << 96 | amount, amount, 1 << 96 | amount]
    assert answers[3:] == [0] * (limits.MAX_BATCH() - 3)
    assert passport.ids_in(words, 0)[:3] == [1 << 96, 0, 1 << 96]
    assert passport.ids_in([], 0) == [0] * limits.MAX_BATCH()


def test_ids_in__wants_more_bits_than_there_are__never_mixes_them_into_the_id(passport, person):
    word = int(person.address, 16) << 96 | 5
    assert passport.ids_in([word], 2**256 - 1)[0] == 1 << 96 | 5


def test_ids_in__as_many_as_may_be__answers_all(passport, person, limits):
    many = limits.MAX_BATCH()
    word = int(person.address, 16) << 96
    assert passport.ids_in([word] * many, 0) == [1 << 96] * many


def test_wallet_of__unknown__is_zero(passport):
    assert passport.wallet_of(0) == ZERO
    assert passport.wallet_of(1) == ZERO
    assert passport.wallet_count(1) == 0


def test_recovery__anyone__has_none(passport, person, outsider):
    for wallet in (person, outsider, ZERO):
        assert passport.is_recovering(wallet) is False
        assert passport.heir_of(wallet) == ZERO


def test_token_uri__known__names_the_number_and_nothing_else(passport, person):
    kind, _, body = passport.tokenURI(1).partition(",")
    assert kind == "data:application/json;utf8"
    assert json.loads(body) == {"name": "Cercle Passport 1"}


def test_name__and_symbol__are_the_collections(passport):
    assert passport.name() == "Cercle Passport"
    assert passport.symbol() == "CERCLE"
    assert passport.VERSION() == "1.0.0"
