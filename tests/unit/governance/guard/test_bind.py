"""`Guard.bind`, and its constructor."""

import ape
import pytest

from tests.drafts import FIRST, PAYING, terms, terms_set

NOBODY = "0x" + "00" * 20


def test_constructor__its_arguments__are_kept(project, admin, charter, token, target):
    scope = (2, token, b"\x01\x02\x03\x04", 5, 1, True)
    guard = admin.deploy(project.Guard, charter, [FIRST, PAYING], [scope], [token, target])

    assert guard.charter() == charter
    assert guard.governor() == NOBODY
    assert guard.class_count() == 2
    assert tuple(guard.terms_of(1)) == FIRST
    assert tuple(guard.terms_of(2)) == PAYING
    assert tuple(guard.scope_of(2, token, b"\x01\x02\x03\x04")) == scope
    assert list(guard.assets()) == [token, target]


def test_constructor__what_it_lays_down__is_told(project, admin, charter, token):
    scope = (2, token, b"\x01\x02\x03\x04", 5, 1, True)
    guard = admin.deploy(project.Guard, charter, [FIRST, PAYING], [scope], [token])
    assert guard.creation_metadata.receipt.events == [
        terms_set(guard, 1, 1, FIRST),
        terms_set(guard, 2, 1, PAYING),
        guard.ScopeSet(
            class_id=2,
            target=token,
            selector=b"\x01\x02\x03\x04",
            cap=5,
            amount_word=1,
            is_allowed=True,
        ),
        guard.AssetsSet(assets=[token]),
    ]


def test_constructor__no_charter__reverts(project, admin):
    with ape.reverts("guard: zero charter"):
        admin.deploy(project.Guard, NOBODY, [FIRST], [], [])


def test_constructor__no_class__reverts(project, admin, charter):
    with ape.reverts("settings: no class"):
        admin.deploy(project.Guard, charter, [], [], [])


def test_constructor__as_many_classes_as_may_be__are_kept(project, admin, charter):
    classes = [terms(threshold=n) for n in range(15)]
    guard = admin.deploy(project.Guard, charter, classes, [], [])
    assert [guard.terms_of(n).threshold for n in range(1, 16)] == list(range(15))


def test_bind__first__is_the_governor(project, admin, charter, commander, outsider):
    guard = admin.deploy(project.Guard, charter, [FIRST], [], [])
    receipt = commander.execute(guard, guard.bind.encode_input(), sender=outsider)
    assert receipt.events == [guard.GovernorBound(governor=commander)]
    assert guard.governor() == commander


@pytest.mark.parametrize("who", ["admin", "outsider"])
def test_bind__second__reverts(own_guard, request, who):
    with ape.reverts("guard: bound already"):
        own_guard.bind(sender=request.getfixturevalue(who))


def test_bind__again__reverts(command):
    with ape.reverts("guard: bound already"):
        command("bind")
