"""What a charter answers: roles, and the standards it keeps."""

import pytest

ADMIN, ISSUER, TILL = 1, 2, 4


def test_has_role__held__is_true(charter, issuer):
    assert charter.has_role(issuer, ISSUER)


def test_has_role__not_held__is_false(charter, issuer, outsider):
    assert not charter.has_role(issuer, TILL)
    assert not charter.has_role(outsider, ADMIN)


def test_has_role__several__wants_them_all(charter, admin, issuer):
    assert not charter.has_role(issuer, ISSUER | TILL)
    charter.give_roles(issuer, TILL, sender=admin)
    assert charter.has_role(issuer, ISSUER | TILL)


def test_has_role__none__is_false(charter, issuer):
    assert not charter.has_role(issuer, 0)


@pytest.mark.parametrize(
    ("interface_id", "is_kept"),
    [
        ("0x01ffc9a7", True),  # ERC-165
        ("0x7034731b", True),  # ERC-4824
        ("0xffffffff", False),
        ("0x80ac58cd", False),
    ],
)
def test_supports_interface__each_id__is_answered(charter, interface_id, is_kept):
    assert charter.supportsInterface(interface_id) is is_kept


def test_version__first_edition__says_so(charter):
    assert charter.VERSION() == "1.0.0"
