"""`PasskeyFactory.create`: how a passkey gets its account, and where."""

import ape
from eth_utils import keccak

from tests.authenticator import Passkey

HEAD, TAIL = "363d3d373d3d3d363d73", "5af43d82803e903d91602b57fd5bf3"


def clone_of(implementation, passkey) -> bytes:
    """The code of an account, put together by hand."""
    x, y, rp_id_hash, _ = passkey.terms
    proxy = bytes.fromhex(HEAD + str(implementation.address)[2:] + TAIL)
    return proxy + x.to_bytes(32, "big") + y.to_bytes(32, "big") + rp_id_hash


def address_of(factory, implementation, passkey, salt) -> str:
    """EIP-1014, by hand."""
    code = bytes.fromhex("61008d3d81600a3d39f3") + clone_of(implementation, passkey)
    packed = b"\xff" + bytes.fromhex(str(factory.address)[2:]) + salt + keccak(code)
    return "0x" + keccak(packed)[12:].hex()


def test_constructor__implementation__is_read_back(factory, implementation):
    assert factory.IMPLEMENTATION() == implementation
    assert implementation.IMPLEMENTATION() == implementation


def test_constructor__without_code__reverts(project, admin, outsider):
    with ape.reverts("passkey_factory: no code there"):
        admin.deploy(project.PasskeyFactory, outsider)


def test_create__a_passkey__makes_its_account(factory, implementation, project, chain, relayer):
    passkey = Passkey("just made")
    x, y, rp_id_hash, credential_hash = passkey.terms
    expected = factory.account_of(*passkey.terms)
    assert chain.provider.get_code(expected) == b""
    assert factory.create.call(*passkey.terms, sender=relayer) == expected
    receipt = factory.create(*passkey.terms, sender=relayer)

    assert receipt.events == [
        factory.AccountCreated(
            account=expected, credential_hash=credential_hash, x=x, y=y, rp_id_hash=rp_id_hash
        )
    ]
    assert chain.provider.get_code(expected) == clone_of(implementation, passkey)
    account = project.PasskeyAccount.at(expected)
    assert tuple(account.key()) == (x, y, rp_id_hash)
    assert account.next_nonce() == 0


def test_account_of__any_passkey__is_what_eip_1014_says(factory, implementation):
    for name in ("first", "second"):
        passkey = Passkey(name)
        expected = address_of(factory, implementation, passkey, passkey.terms[3])
        assert factory.account_of(*passkey.terms).lower() == expected


def test_account_of__anything_different__is_another_address(factory, passkey):
    x, y, rp_id_hash, credential_hash = passkey.terms
    other = Passkey("another", site="other.example")
    variants = [
        (x, y, rp_id_hash, credential_hash),
        (other.x, other.y, rp_id_hash, credential_hash),
        (x, y, other.terms[2], credential_hash),
        (x, y, rp_id_hash, other.terms[3]),
    ]
    assert len({factory.account_of(*variant) for variant in variants}) == 4


def test_create__again__reverts(factory, passkey, account, relayer):
    with ape.reverts("passkey_factory: exists"):
        factory.create(*passkey.terms, sender=relayer)


def test_create__others_credential__is_in_nobodys_way(factory, project, relayer):
    """Somebody who watches makes accounts under the same credential, or for the same key, first."""
    passkey, thief = Passkey("a newcomer"), Passkey("a thief")
    factory.create(*thief.terms[:3], passkey.terms[3], sender=relayer)
    factory.create(*passkey.terms[:3], thief.terms[3], sender=relayer)
    factory.create(*passkey.terms, sender=relayer)

    account = project.PasskeyAccount.at(factory.account_of(*passkey.terms))
    assert tuple(account.key()) == passkey.terms[:3]


def test_create__no_point_of_the_curve__reverts(factory, passkey, relayer):
    x, y, rp_id_hash, credential_hash = passkey.terms
    for wrong in ((0, 0), (x, y ^ 1), (y, x)):
        with ape.reverts("passkey_factory: not on curve"):
            factory.create(*wrong, rp_id_hash, credential_hash, sender=relayer)


def test_is_supported__here__is(factory):
    assert factory.is_supported()
