"""A brand is paused, in pieces and replaced, a recovery is pending: a person still takes back what
they gave, by their own act and by what somebody carries for them."""

import pytest
from eth_utils import keccak

from cercle.typed_data import STRUCTS
from cercle.typed_data.consent import TERMS
from tests.conftest import DAY, entry_name
from tests.signing import sign

PURPOSE, CATEGORIES = 1, 0b11
HASH = keccak(text="a notice, or a record")


@pytest.fixture
def company(consent, charter, steward, admin, brand):
    """The brand's own company, whose number its Charter names."""
    consent.register_company(HASH, "", sender=steward)
    consent.publish_notice(1, PURPOSE, CATEGORIES, HASH, sender=steward)
    charter.set_company_id(1, sender=admin)
    return steward


@pytest.fixture
def agreed(consent, community, company, chain):
    """Each member lets the brand see data of theirs."""
    now = chain.blocks.head.timestamp
    words = (1, PURPOSE, CATEGORIES, now, now + 300 * DAY, now + 400 * DAY, 5, 1, HASH)
    for member in community:
        consent.grant(words, sender=member)
    chain.mine(deltatime=1)
    assert sees(consent) == [1, 2, 3, 4, 5]
    return community


@pytest.fixture
def everything_stands_still(chain, project, brand, charter, admin, warden, points, agreed):
    """Each entry of the Charter is replaced by a stopped wing or paused, the points are frozen."""
    broken = admin.deploy(project.WingHarness, charter)
    replaced = entry_name("rewards")
    charter.announce_replacement(replaced, broken, sender=admin)
    chain.mine(deltatime=15 * DAY)
    charter.replace(replaced, sender=admin)
    for name in ("membership", "points", "rewards", "perks", "polls"):
        charter.pause(entry_name(name), 14 * DAY, sender=warden)
    chain.provider.set_code(brand["perks"].address, "0xfe")  # broke: answers nothing at all


@pytest.fixture
def recovering(project, chain, passport):
    """The register of persons as it will be, with a recovery pending: the book asks it whose a
    wallet is, and nothing of recoveries."""

    def _recovering(wallets):
        fake = wallets[0].deploy(project.FakePassport)
        for number, wallet in enumerate(wallets, 1):
            fake.set_id(wallet, number, sender=wallet)
            fake.set_wallet(number, wallet, sender=wallet)
            fake.set_recovering(wallet, True, sender=wallet)
        return fake

    return _recovering


def sees(consent):
    """Whose data the brand may see."""
    return [number for number in range(1, 6) if consent.allowed(number, 1, PURPOSE, 0)]


def carried(consent, chain, struct, wallet, passport_id, carrier, **words):
    """A message of the person's, carried by anybody."""
    text, deadline = STRUCTS[struct].encoded_type, chain.blocks.head.timestamp + DAY
    told = {"wallet": wallet, **words, "deadline": deadline}
    if "passport_id" in text:
        told |= {"passport_id": passport_id}
    signature = sign(wallet, consent, text, **told)
    sent = [*words.values(), deadline, signature]
    name = "".join("_" + one.lower() if one.isupper() else one for one in struct).lstrip("_")
    return consent._mutable_methods_[f"{name}_by_signature"](wallet, *sent, sender=carrier)


def take_back(consent, chain, people, carrier):
    """Five people, each another way."""
    now = chain.blocks.head.timestamp
    one = {"company_id": 1, "purpose": PURPOSE}
    consent.withdraw(1, PURPOSE, sender=people[0])
    carried(consent, chain, "Withdraw", people[1], 2, carrier, **one, signed_at=now)
    carried(consent, chain, "WithdrawAll", people[2], 3, carrier, signed_at=now)
    denial = {"company_id": 1, "is_denied": True, "nonce": 1}
    carried(consent, chain, "DenyCompany", people[3], 4, carrier, **denial)
    consent.deny_purpose(PURPOSE, True, sender=people[4])


def test_while_everything_stands_still(
    consent, chain, everything_stands_still, agreed, outsider, perks
):
    assert sees(consent) == [1, 2, 3, 4, 5]
    take_back(consent, chain, agreed, outsider)
    assert sees(consent) == []


def test_the_other_way_round_while_everything_stands_still(
    consent, chain, everything_stands_still, agreed, outsider
):
    consent.withdraw_all(sender=agreed[0])
    consent.deny_company(1, True, sender=agreed[1])
    denial = {"purpose": PURPOSE, "is_denied": True, "nonce": 1}
    carried(consent, chain, "DenyPurpose", agreed[2], 3, outsider, **denial)
    assert sees(consent) == [4, 5]


def test_without_a_brand_at_all(consent, chain, agreed, company, brand, outsider):
    """The Charter and each of its wings are gone; the company ended its notice as well."""
    consent.end_notice(1, PURPOSE, sender=company)
    for name, contract in brand.items():
        if name not in ("passport", "profile"):  # these are nobody's
            chain.provider.set_code(contract.address, "0xfe")
    take_back(consent, chain, agreed, outsider)
    assert [consent.status(number, 1, PURPOSE) for number in range(1, 6)] == [7, 7, 7, 2, 2]


def test_while_a_recovery_is_pending(
    project, admin, chain, members, recovering, company, outsider, steward
):
    """The thief who started it, or the owner whom it robs: either may stop the data at once."""
    book = admin.deploy(project.Consent, recovering(members))
    book.register_company(HASH, "", sender=steward)
    book.publish_notice(1, PURPOSE, CATEGORIES, HASH, sender=steward)
    now = chain.blocks.head.timestamp
    words = dict(zip(TERMS, (1, PURPOSE, 1, now, now + DAY, now + DAY, 0, 1, HASH), strict=True))
    for member in members:
        book.grant(tuple(words.values()), sender=member)
    chain.mine(deltatime=1)
    assert sees(book) == [1, 2, 3, 4, 5]
    take_back(book, chain, members, outsider)
    assert sees(book) == []
