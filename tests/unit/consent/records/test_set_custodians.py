"""`Records.set_custodians`: who keeps a person's records and certifies their end."""

import ape
import pytest
from ape.exceptions import ContractLogicError

ZERO = "0x" + "00" * 20


@pytest.fixture
def three(spare_wallets):
    return list(spare_wallets[:3])


def test_set_custodians__three__are_named(records, person, other, three):
    receipt = records.set_custodians(three, sender=person)

    assert receipt.events == [records.CustodiansSet(passport_id=1, custodians=three)]
    assert records.custodians_of(1) == three
    assert records.custodians_of(2) == []


def test_set_custodians__others__replace_them(records, person, three):
    records.set_custodians(three, sender=person)
    records.set_custodians(three[2:], sender=person)
    assert records.custodians_of(1) == three[2:]


def test_set_custodians__none__ends_all(records, person, three):
    records.set_custodians(three, sender=person)
    receipt = records.set_custodians([], sender=person)
    assert receipt.events == [records.CustodiansSet(passport_id=1, custodians=[])]
    assert records.custodians_of(1) == []


def test_set_custodians__four__are_refused(records, person, spare_wallets):
    with pytest.raises(ContractLogicError):  # refused by the decoder, which gives no reason
        records.set_custodians(list(spare_wallets[:4]), sender=person)


def test_set_custodians__nobody_among_them__reverts(records, person, three):
    for place in range(3):
        named = [ZERO if index == place else who for index, who in enumerate(three)]
        with ape.reverts("records: zero custodian"):
            records.set_custodians(named, sender=person)


def test_set_custodians__one_twice__reverts(records, person, three):
    first, second, _ = three
    for named in ([first, first], [first, second, first], [second, first, first]):
        with ape.reverts("records: named twice"):
            records.set_custodians(named, sender=person)


def test_set_custodians__without_a_passport__reverts(records, outsider, three):
    with ape.reverts("records: no passport"):
        records.set_custodians(three, sender=outsider)
