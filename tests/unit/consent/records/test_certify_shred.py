"""`Records.certify_shred`: custodians certify that what was erased is gone."""

import ape
import pytest

from tests.consents import CATEGORY, CERTIFICATE, COMMITMENT, OTHER_CATEGORY
from tests.signing import sign, twin

from .words import SHRED

ZERO = "0x" + "00" * 20


@pytest.fixture
def custodians(records, person, spare_wallets):
    named = list(spare_wallets[:2])
    records.set_custodians(named, sender=person)
    return named


@pytest.fixture
def erased(records, person, custodians):
    """Version 1 of the category is its end."""
    records.erase(CATEGORY, sender=person)


@pytest.fixture
def certify(records, custodians, outsider):
    """A stranger brings a certificate; what is signed may differ from what is sent."""

    def _certify(custodian=custodians[0], key=None, signature=None, signed=(), **changes):
        words = {"custodian": custodian, "passport_id": 1, "category": CATEGORY, "version": 1}
        words |= {"certificate_hash": CERTIFICATE} | changes
        if signature is None:
            signature = sign(key or custodian, records, SHRED, **(words | dict(signed)))
        return records.certify_shred(*words.values(), signature, sender=outsider)

    return _certify


def test_certify_shred__erased__is_certified(records, erased, certify, custodians):
    receipt = certify()

    assert receipt.events == [
        records.ShredCertified(
            passport_id=1,
            custodian=custodians[0],
            category=CATEGORY,
            version=1,
            certificate_hash=CERTIFICATE,
        )
    ]
    assert records.is_shredded(1, CATEGORY, 1, custodians[0])
    assert not records.is_shredded(1, CATEGORY, 1, custodians[1])
    assert not records.is_shredded(1, OTHER_CATEGORY, 1, custodians[0])
    assert not records.is_shredded(1, CATEGORY, 2, custodians[0])


def test_certify_shred__by_each_custodian__counts_for_each(records, erased, certify, custodians):
    for custodian in custodians:
        certify(custodian)
    assert all(records.is_shredded(1, CATEGORY, 1, custodian) for custodian in custodians)


def test_certify_shred__by_a_contract_wallet__counts(
    records, person, new_wallet, outsider, admin, certify
):
    wallet = new_wallet(outsider, admin)
    records.set_custodians([wallet], sender=person)
    records.erase(CATEGORY, sender=person)
    words = {"custodian": wallet.address, "passport_id": 1, "category": CATEGORY, "version": 1}
    words |= {"certificate_hash": CERTIFICATE}
    signature = b"".join(sign(key, records, SHRED, **words) for key in (outsider, admin))
    certify(wallet, signature=signature)
    assert records.is_shredded(1, CATEGORY, 1, wallet)


def test_certify_shred__twice__reverts(erased, certify):
    certify()
    with ape.reverts("records: certified already"):
        certify()


def test_certify_shred__no_custodian__reverts(records, erased, certify, custodians, newcomer):
    for nobody in (newcomer, ZERO):
        with ape.reverts("records: no custodian"):
            certify(nobody, key=newcomer)
    with ape.reverts("records: no custodian"):
        certify(passport_id=2)


def test_certify_shred__former_custodian__reverts(records, person, erased, certify, custodians):
    records.set_custodians(custodians[1:], sender=person)
    with ape.reverts("records: no custodian"):
        certify()


def test_certify_shred__kept__reverts(records, person, custodians, certify):
    records.move(CATEGORY, COMMITMENT, sender=person)
    with ape.reverts("records: not erased"):
        certify()


def test_certify_shred__kept_anew__reverts(records, person, erased, certify):
    records.move(CATEGORY, COMMITMENT, sender=person)
    for version in (1, 2):
        with ape.reverts("records: not erased"):
            certify(version=version)


def test_certify_shred__another_version_or_category__reverts(erased, certify):
    for changes in ({"version": 0}, {"version": 2}, {"category": OTHER_CATEGORY}):
        with ape.reverts("records: not erased"):
            certify(**changes)
    with ape.reverts("records: not erased"):
        certify(version=1 + 2**64)


def test_certify_shred__signed_otherwise__reverts(erased, certify, custodians):
    for signed in (
        {"custodian": custodians[1].address},
        {"passport_id": 2},
        {"category": OTHER_CATEGORY},
        {"version": 2},
        {"certificate_hash": COMMITMENT},
        {"chain_id": 424_242},
        {"verifying_contract": ZERO},
    ):
        with ape.reverts("signatures: not by signer"):
            certify(signed=signed)


def test_certify_shred__by_another_or_broken__reverts(records, erased, certify, custodians):
    with ape.reverts("signatures: not by signer"):
        certify(key=custodians[1])
    words = {"custodian": custodians[0], "passport_id": 1, "category": CATEGORY, "version": 1}
    good = sign(custodians[0], records, SHRED, **words, certificate_hash=CERTIFICATE)
    for bad in (b"", bytes(65), good[:64], twin(good)):
        with ape.reverts("signatures: not by signer"):
            certify(signature=bad)
