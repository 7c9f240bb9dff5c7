"""`Charter.set_profile`, `set_dao_uri`, `set_domain`, `set_company_id`: what the brand says."""

import ape
import pytest

FIRST, SECOND = b"\x01" * 32, b"\x02" * 32


def test_set_profile__twice__tells_old_and_new(charter, admin):
    charter.set_profile(FIRST, sender=admin)
    receipt = charter.set_profile(SECOND, sender=admin)

    assert receipt.events == [charter.ProfileChanged(old_hash=FIRST, new_hash=SECOND)]
    assert charter.profile() == SECOND


def test_set_dao_uri__any__is_published_as_the_erc_says(charter, admin):
    receipt = charter.set_dao_uri("ipfs://dao.json", sender=admin)

    assert receipt.events == [charter.DAOURIUpdate(daoAddress=charter, daoURI="ipfs://dao.json")]
    assert charter.daoURI() == "ipfs://dao.json"


def test_set_dao_uri__longest__is_kept_whole(charter, admin, limits):
    uri = "u" * limits.MAX_URI()
    charter.set_dao_uri(uri, sender=admin)
    assert charter.daoURI() == uri


def test_set_domain__twice__tells_old_and_new(charter, admin):
    charter.set_domain(FIRST, sender=admin)
    receipt = charter.set_domain(SECOND, sender=admin)

    assert receipt.events == [charter.DomainChanged(old_hash=FIRST, new_hash=SECOND)]
    assert charter.domain() == SECOND


def test_set_company_id__first_time__is_kept(charter, admin):
    receipt = charter.set_company_id(7, sender=admin)

    assert receipt.events == [charter.CompanyIdSet(company_id=7)]
    assert charter.company_id() == 7


def test_set_company_id__again__reverts(charter, admin):
    charter.set_company_id(7, sender=admin)
    with ape.reverts("charter: company id is set"):
        charter.set_company_id(8, sender=admin)


def test_set_company_id__zero__reverts(charter, admin):
    with ape.reverts("charter: zero company id"):
        charter.set_company_id(0, sender=admin)


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        ("set_profile", FIRST),
        ("set_dao_uri", "ipfs://dao.json"),
        ("set_domain", FIRST),
        ("set_company_id", 7),
    ],
)
def test_statement__by_another_role__reverts(charter, steward, function, argument):
    with ape.reverts("authority: not the admin"):
        getattr(charter, function)(argument, sender=steward)
