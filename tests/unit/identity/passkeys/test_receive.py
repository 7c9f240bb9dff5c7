"""`PasskeyAccount`: what it takes, what it says of itself, and what it refuses."""

import ape
import pytest

ETHER = 10**18
RECEIVERS = {
    "onERC721Received": ("150b7a02", lambda who: (who, who, 1, b"note")),
    "onERC1155Received": ("f23a6e61", lambda who: (who, who, 1, 2, b"note")),
    "onERC1155BatchReceived": ("bc197c81", lambda who: (who, who, [1, 2], [3, 4], b"note")),
}


def test_default__ether__is_taken(account, admin):
    receipt = admin.transfer(account, ETHER)

    assert receipt.events == [account.Received(sender=admin, amount=ETHER)]
    assert account.balance == ETHER


def test_default__unknown_function__reverts(account, admin):
    with ape.reverts("passkey_account: unknown call"):
        admin.transfer(account, 0, data=b"\x01\x02\x03\x04")


def test_default__ether_for_the_code_itself__reverts(implementation, admin):
    with ape.reverts("passkey_account: not an account"):
        admin.transfer(implementation, ETHER)


@pytest.mark.parametrize("function", RECEIVERS)
def test_receivers__of_an_account__agree(account, admin, function):
    selector, arguments = RECEIVERS[function]
    assert getattr(account, function)(*arguments(admin)) == bytes.fromhex(selector)


@pytest.mark.parametrize("function", RECEIVERS)
def test_receivers__of_the_code_itself__revert(implementation, admin, function):
    _, arguments = RECEIVERS[function]
    with ape.reverts("passkey_account: not an account"):
        getattr(implementation, function)(*arguments(admin))


def test_key__of_the_code_itself__reverts(implementation):
    with ape.reverts("passkey_account: not an account"):
        implementation.key()


@pytest.mark.parametrize(
    ("interface", "kept"),
    [
        ("01ffc9a7", True),
        ("1626ba7e", True),
        ("150b7a02", True),
        ("4e2312e0", True),
        ("80ac58cd", False),
        ("ffffffff", False),
    ],
)
def test_supports_interface__any__as_promised(account, interface, kept):
    assert account.supportsInterface(bytes.fromhex(interface)) is kept


def test_domain__of_an_account__is_its_own(account, second_account, chain):
    """Each clone answers for itself, though all run one code."""
    for each in (account, second_account):
        _, name, version, chain_id, contract, *_ = each.eip712Domain()
        assert (name, version, chain_id) == ("Cercle Passkey", "1", chain.chain_id)
        assert contract == each
