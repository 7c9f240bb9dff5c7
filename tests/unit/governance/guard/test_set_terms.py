"""`Guard.set_terms`: classes and their versions, bounds, and who may."""

import ape
import pytest

from tests.drafts import FIRST, PAYING, terms, terms_set

LONGEST = 90 * 86_400
HOUR = 3_600


def test_set_terms__a_class__has_another_version(own_guard, command):
    old = own_guard.word_of(1)
    changed = terms(quorum=777, threshold=2**58 - 1)
    receipt = command("set_terms", 1, changed)

    assert receipt.events == [terms_set(own_guard, 1, 2, changed)]
    assert tuple(own_guard.terms_of(1)) == changed
    assert tuple(own_guard.terms_of(2)) == PAYING
    assert own_guard.class_count() == 2
    assert own_guard.word_at(1, 1) == old
    assert own_guard.word_at(1, 2) == own_guard.word_of(1)
    assert own_guard.word_at(1, 3) == 0
    assert own_guard.word_at(2, 2) == 0


def test_set_terms__again_and_again__every_version_stays(own_guard, command):
    words = [own_guard.word_of(2)]
    for quorum in (1, 2, 3):
        command("set_terms", 2, terms(PAYING, quorum=quorum))
        words.append(own_guard.word_of(2))
    assert [own_guard.word_at(2, n) for n in range(1, 5)] == words
    assert len(set(words)) == 4


def test_set_terms__next_class__is_opened(own_guard, command):
    receipt = command("set_terms", 3, FIRST)
    assert receipt.events == [terms_set(own_guard, 3, 1, FIRST)]
    assert own_guard.class_count() == 3
    assert tuple(own_guard.terms_of(3)) == FIRST


@pytest.mark.parametrize(
    "changed",
    [
        {"voting_delay": 1},
        {"voting_delay": LONGEST},
        {"voting_period": HOUR, "late_extension": HOUR},
        {"voting_period": LONGEST, "late_extension": LONGEST},
        {"late_extension": 0},
        {"queue_delay": HOUR},
        {"queue_delay": LONGEST},
        {"threshold": 0},
        {"threshold": 2**58 - 1},
        {"quorum": 0},
        {"quorum": 10_000},
        {"is_bounded": True, "season_share": 10_000},
        {"is_bounded": True, "season_share": 0},
        {"is_vetoable": True},
    ],
    ids=str,
)
def test_set_terms__at_the_bounds__are_kept(own_guard, command, changed):
    command("set_terms", 1, terms(**changed))
    assert tuple(own_guard.terms_of(1)) == terms(**changed)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"voting_delay": 0}, "settings: no voting delay"),
        ({"voting_delay": LONGEST + 1}, "settings: voting delay too long"),
        ({"voting_period": HOUR - 1, "late_extension": 0}, "settings: vote too short"),
        ({"voting_period": LONGEST + 1}, "settings: vote too long"),
        ({"voting_period": HOUR, "late_extension": HOUR + 1}, "settings: extension too long"),
        ({"queue_delay": HOUR - 1}, "settings: queue delay too short"),
        ({"queue_delay": LONGEST + 1}, "settings: queue delay too long"),
        ({"threshold": 2**58}, "settings: threshold too high"),
        ({"quorum": 10_001}, "settings: quorum too high"),
        ({"is_bounded": True, "season_share": 10_001}, "settings: share too high"),
        ({"season_share": 1}, "settings: share without bound"),
    ],
    ids=str,
)
def test_set_terms__past_the_bounds__revert(own_guard, command, changed, reason):
    with ape.reverts(reason):
        command("set_terms", 1, terms(**changed))
    assert tuple(own_guard.terms_of(1)) == FIRST


@pytest.mark.parametrize("class_id", [0, 4, 2**255])
def test_set_terms__no_such_class__reverts(command, class_id):
    with ape.reverts("settings: unknown class"):
        command("set_terms", class_id, FIRST)


def test_set_terms__sixteenth_class__reverts(own_guard, command):
    for class_id in range(3, 16):
        command("set_terms", class_id, FIRST)
    with ape.reverts("settings: too many classes"):
        command("set_terms", 16, FIRST)


@pytest.mark.parametrize("who", ["admin", "warden", "outsider"])
def test_set_terms__by_another__reverts(own_guard, request, who):
    with ape.reverts("guard: not the governor"):
        own_guard.set_terms(1, FIRST, sender=request.getfixturevalue(who))


@pytest.mark.parametrize("class_id", [0, 3])
def test_terms_of__no_such_class__reverts(own_guard, outsider, class_id):
    for view in (own_guard.terms_of, own_guard.word_of):
        with ape.reverts("settings: unknown class"):
            view.transact(class_id, sender=outsider)
