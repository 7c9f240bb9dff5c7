"""`Guard.admit`: what a class may do, and the code that its proposals meet."""

import ape
import pytest
from eth_utils.crypto import keccak

from tests.drafts import PAYING, terms

CAP = 500
TRANSFER = bytes.fromhex("a9059cbb")


def word(number):
    return number.to_bytes(32, "big")


@pytest.fixture
def transfer(token, outsider):
    """A call that pays somebody."""
    return lambda amount: bytes(token.transfer.encode_input(outsider, amount))


@pytest.fixture
def admit(guard, outsider):
    """Ask as anybody may."""

    def _admit(class_id, target, amount=0, data=b""):
        return guard.admit(class_id, target, amount, data, sender=outsider)

    return _admit


# ---- scopes ---------------------------------------------------------------------------


@pytest.mark.parametrize("amount", [0, CAP])
def test_admit__within_the_cap_of_an_argument__is_let(guard, admit, token, transfer, amount):
    receipt = admit(2, token, 0, transfer(amount))
    assert receipt.return_value == guard.word_of(2)


@pytest.mark.parametrize("amount", [CAP + 1, 2**128 + 1, 2**256 - 1])
def test_admit__past_the_cap_of_an_argument__reverts(admit, token, transfer, amount):
    with ape.reverts("scopes: past the cap"):
        admit(2, token, 0, transfer(amount))


def test_admit__ether_beside_a_capped_argument__reverts(admit, token, transfer):
    with ape.reverts("scopes: ether out of scope"):
        admit(2, token, 1, transfer(1))


@pytest.mark.parametrize("size", [4, 36, 67])
def test_admit__call_without_its_argument__reverts(admit, token, transfer, size):
    with ape.reverts("scopes: short call"):
        admit(2, token, 0, transfer(1)[:size])


@pytest.mark.parametrize(("amount", "is_let"), [(0, True), (10, True), (11, False)])
def test_admit__cap_of_the_ether__is_asked(admit, target, amount, is_let):
    call = bytes(target.work.encode_input(2**255))
    if is_let:
        admit(2, target, amount, call)
    else:
        with ape.reverts("scopes: past the cap"):
            admit(2, target, amount, call)


@pytest.mark.parametrize(("amount", "is_let"), [(100, True), (101, False)])
def test_admit__ether_alone__has_a_scope_of_its_own(guard, admit, spare_wallets, amount, is_let):
    if is_let:
        assert admit(2, spare_wallets[0], amount).events == []
    else:
        with ape.reverts("scopes: past the cap"):
            admit(2, spare_wallets[0], amount)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_admit__part_of_a_selector__reverts(admit, spare_wallets, size):
    with ape.reverts("scopes: short call"):
        admit(2, spare_wallets[0], 0, b"\x00" * size)


@pytest.mark.parametrize("size", [4, 36])
def test_admit__ether_alone_is_listed__a_function_of_zeros_is_not(
    guard, admit, spare_wallets, size
):
    """What is kept under zeros is the call of nothing."""
    assert admit(2, spare_wallets[0], 1).events == []
    with ape.reverts("scopes: out of scope"):
        admit(2, spare_wallets[0], 1, bytes(size))


def test_admit__another_function_contract_or_class__reverts(
    command, admit, target, token, transfer, spare_wallets
):
    for where, amount, call in (
        (token, 0, b"\x01\x02\x03\x04" + transfer(1)[4:]),
        (target, 0, transfer(1)),
        (token, 1, b""),
        (spare_wallets[1], 1, b""),
    ):
        with ape.reverts("scopes: out of scope"):
            admit(2, where, amount, call)


def test_admit__first_class__may_do_anything(guard, admit, token, transfer):
    receipt = admit(1, token, 10**30, transfer(2**255))
    assert receipt.return_value == guard.word_of(1)


@pytest.mark.parametrize("class_id", [0, 3])
def test_admit__unknown_class__reverts(admit, token, class_id):
    with ape.reverts("settings: unknown class"):
        admit(class_id, token)


# ---- lending ------------------------------------------------------------------------------


@pytest.mark.parametrize("selector", ["095ea7b3", "39509351"])
def test_admit__bounded_class_lends__reverts(command, own_guard, token, outsider, selector):
    lend = bytes.fromhex(selector) + word(1) + word(1)
    command("set_scope", (2, token, lend[:4], 5, 0, True))
    with ape.reverts("guard: lends the treasury"):
        own_guard.admit(2, token, 0, lend, sender=outsider)
    own_guard.admit(1, token, 0, lend, sender=outsider)
    command("set_terms", 2, terms(PAYING, is_bounded=False, season_share=0))
    own_guard.admit(2, token, 0, lend, sender=outsider)


def test_admit__first_class_bounded__lends_neither(command, own_guard, token, outsider):
    command("set_terms", 1, PAYING)
    with ape.reverts("guard: lends the treasury"):
        own_guard.admit(1, token, 0, bytes.fromhex("095ea7b3"), sender=outsider)


# ---- pins -----------------------------------------------------------------------------------


def test_admit__code_first_met__is_pinned_once(guard, admit, target):
    receipt = admit(1, target, 0, b"\x01")
    assert receipt.events == [guard.CodePinned(target=target)]
    assert guard.is_same_code(target, receipt.timestamp, True)
    assert not guard.is_same_code(target, receipt.timestamp - 1, True)
    assert admit(1, target, 0, b"\x01").events == []
    assert guard.is_same_code(target, receipt.timestamp, True)


def test_admit__another_implementation__is_pinned_anew(guard, admit, target, admin, project, chain):
    first = admit(1, target, 0, b"\x01")
    target.name_implementation(admin.deploy(project.FakeToken), sender=admin)
    assert not guard.is_same_code(target, first.timestamp, True)
    chain.mine(deltatime=5)
    second = admit(1, target, 0, b"\x01")
    assert second.events == [guard.CodePinned(target=target)]
    assert first.events[0].code != second.events[0].code
    assert guard.is_same_code(target, second.timestamp, True)
    assert not guard.is_same_code(target, first.timestamp, True)


def test_admit__ordinary_wallet__may_be_paid_and_not_called(guard, admit, outsider):
    assert admit(1, outsider, 5).events == []
    assert guard.is_same_code(outsider, 0, False)
    assert not guard.is_same_code(outsider, 2**40, True)
    with ape.reverts("pins: no contract"):
        admit(1, outsider, 5, b"\x01")


def test_admit__wallet_with_borrowed_code__is_pinned_where_it_is_called_alone(
    guard, admit, borrower, new_wallet, admin
):
    borrower.set_delegate(new_wallet(admin), receiver=admin)
    assert admit(1, borrower, 5).events == []
    receipt = admit(1, borrower, 0, b"\x01\x02\x03\x04")
    assert receipt.events == [guard.CodePinned(target=borrower)]
    assert guard.is_same_code(borrower, receipt.timestamp, True)
    borrower.remove_delegate(receiver=admin)
    assert not guard.is_same_code(borrower, receipt.timestamp, True)
    assert guard.is_same_code(borrower, 0, False)


@pytest.mark.parametrize("call", ["set_assets", "spend", "set_terms", "set_scope"])
def test_admit__bounded_class_calls_the_guard__reverts(command, own_guard, call):
    """It would choose what of its own spending is booked."""
    selector = next(one.selector for one in own_guard.contract_type.methods if one.name == call)
    data = keccak(text=selector)[:4]
    command("set_scope", (2, own_guard, data, 0, 0, True))
    with ape.reverts("guard: bounded itself"):
        command("admit", 2, own_guard, 0, data)
    assert command("admit", 1, own_guard, 0, data).events == [own_guard.CodePinned()]


def test_is_same_code__never_met__is_not(guard, token):
    assert not guard.is_same_code(token, 2**40, True)
    assert guard.is_same_code(token, 0, False)
