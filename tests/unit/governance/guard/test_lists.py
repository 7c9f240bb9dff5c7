"""`Guard.set_scope` and `set_assets`: what is listed, within which bounds, and who may."""

import ape
import pytest

SELECTOR = b"\x01\x02\x03\x04"
MOST = 2**128 - 1


def test_set_scope__allowed_then_forbidden__is_told(own_guard, command, target):
    for is_allowed in (True, False):
        receipt = command("set_scope", (2, target, SELECTOR, 9, 3, is_allowed))
        assert receipt.events == [
            own_guard.ScopeSet(
                class_id=2,
                target=target,
                selector=SELECTOR,
                cap=9,
                amount_word=3,
                is_allowed=is_allowed,
            )
        ]
        assert own_guard.scope_of(2, target, SELECTOR).is_allowed == is_allowed
    assert tuple(own_guard.scope_of(2, target, SELECTOR)) == (2, target, SELECTOR, 0, 0, False)


@pytest.mark.parametrize("scope", [(0, 0), (MOST, 31), (1, 0), (0, 31)])
def test_set_scope__at_the_bounds__is_kept(own_guard, command, target, scope):
    command("set_scope", (15, target, SELECTOR, *scope, True))
    assert tuple(own_guard.scope_of(15, target, SELECTOR)) == (15, target, SELECTOR, *scope, True)


def test_set_scope__its_neighbours__stay_as_they_are(own_guard, command, target, token):
    command("set_scope", (2, target, SELECTOR, 9, 0, True))
    assert not own_guard.scope_of(3, target, SELECTOR).is_allowed
    assert not own_guard.scope_of(2, token, SELECTOR).is_allowed
    assert not own_guard.scope_of(2, target, b"\x01\x02\x03\x05").is_allowed


@pytest.mark.parametrize(
    ("class_id", "cap", "word", "reason"),
    [
        (0, 1, 0, "scopes: class without scopes"),
        (1, 1, 0, "scopes: class without scopes"),
        (16, 1, 0, "scopes: class without scopes"),
        (2, MOST + 1, 0, "scopes: cap too high"),
        (2, 1, 32, "scopes: no such argument"),
    ],
)
def test_set_scope__past_the_bounds__reverts(command, target, class_id, cap, word, reason):
    with ape.reverts(reason):
        command("set_scope", (class_id, target, SELECTOR, cap, word, True))


def test_set_scope__by_another__reverts(own_guard, target, admin):
    with ape.reverts("guard: not the governor"):
        own_guard.set_scope((2, target, SELECTOR, 1, 0, True), sender=admin)


# ---- assets -------------------------------------------------------------------------


def test_set_assets__others__take_their_place(own_guard, command, token, target, charter):
    for listed in ([], [target], [token, target, charter, own_guard]):
        receipt = command("set_assets", listed)
        assert receipt.events == [own_guard.AssetsSet(assets=listed)]
        assert list(own_guard.assets()) == listed


def test_set_assets__no_contract__reverts(command, token, outsider):
    with ape.reverts("seasons: no token"):
        command("set_assets", [token, outsider])


@pytest.mark.parametrize("order", [(0, 0), (0, 1, 0), (1, 0, 0), (0, 1, 2, 0)])
def test_set_assets__one_twice__reverts(command, token, target, charter, order):
    contracts = [token, target, charter]
    with ape.reverts("seasons: listed twice"):
        command("set_assets", [contracts[n] for n in order])


def test_set_assets__by_another__reverts(own_guard, admin):
    with ape.reverts("guard: not the governor"):
        own_guard.set_assets([], sender=admin)


# ---- the season -----------------------------------------------------------------------


def test_balances_of__coin_and_tokens__stand_in_their_order(own_guard, commander, token, admin):
    token.mint(commander, 100, sender=admin)
    assert list(own_guard.balances_of(commander)) == [0, 100, 0, 0, 0]
    assert tuple(own_guard.season_of(2, token)) == (0, 0, 0)


def test_spend__more_than_fits__counts_as_much_as_fits(command, own_guard, commander, token, admin):
    token.mint(commander, 2**200, sender=admin)
    command("spend", 2, 1, 1, 1, [0, 2**200 + 10, 0, 0, 0])
    assert own_guard.season_of(2, token).treasury == MOST


@pytest.mark.parametrize(("late", "season"), [(-1, 0), (0, 1)])
def test_season_of__a_year_later__is_the_next(own_guard, token, chain, late, season):
    born = own_guard.creation_metadata.receipt.timestamp
    chain.mine(timestamp=born + 365 * 86_400 + late)
    assert own_guard.season_of(2, token).number == season


def test_spend__by_another__reverts(own_guard, admin):
    with ape.reverts("guard: not the governor"):
        own_guard.spend(2, 1, 1, 1, [0] * 5, sender=admin)
