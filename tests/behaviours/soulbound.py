"""What every token that belongs to a person for good must do (ERC-721 with ERC-5192, ERC-165).

Inherit, and give `subject` (the contract), `token` (the id of one that exists), `holder` (its
owner), and as class attributes the reasons: SOULBOUND, UNKNOWN and ZERO_ADDRESS.
"""

import ape
import pytest

ZERO = "0x" + "00" * 20
UNKNOWN = 2**255


class SoulboundBehaviour:
    SOULBOUND: str
    UNKNOWN: str
    ZERO_ADDRESS: str

    @pytest.fixture
    def subject(self):
        raise NotImplementedError

    @pytest.fixture
    def token(self):
        raise NotImplementedError

    @pytest.fixture
    def holder(self):
        raise NotImplementedError

    @pytest.fixture
    def stranger(self, outsider):
        return outsider

    def test_owner_of__known__is_its_holder(self, subject, token, holder):
        assert subject.ownerOf(token) == holder
        assert subject.balanceOf(holder) == 1

    def test_balance_of__stranger__is_zero(self, subject, token, stranger):
        assert subject.balanceOf(stranger) == 0

    def test_locked__known__is_true(self, subject, token):
        assert subject.locked(token) is True

    def test_get_approved__known__is_nobody(self, subject, token, holder, stranger):
        assert subject.getApproved(token) == ZERO
        assert subject.isApprovedForAll(holder, stranger) is False

    @pytest.mark.parametrize("function", ["ownerOf", "locked", "getApproved", "tokenURI"])
    @pytest.mark.parametrize("unknown", [0, UNKNOWN])
    def test_view__unknown_token__reverts(self, subject, token, function, unknown):
        with ape.reverts(self.UNKNOWN):
            getattr(subject, function)(unknown)

    def test_balance_of__zero_address__reverts(self, subject):
        with ape.reverts(self.ZERO_ADDRESS):
            subject.balanceOf(ZERO)

    def test_transfer__by_its_holder__reverts(self, subject, token, holder, stranger):
        with ape.reverts(self.SOULBOUND):
            subject.transferFrom(holder, stranger, token, sender=holder)
        with ape.reverts(self.SOULBOUND):
            subject.safeTransferFrom(holder, stranger, token, sender=holder)
        with ape.reverts(self.SOULBOUND):
            subject.safeTransferFrom(holder, stranger, token, b"data", sender=holder)
        assert subject.ownerOf(token) == holder

    def test_transfer__to_oneself__reverts(self, subject, token, holder):
        with ape.reverts(self.SOULBOUND):
            subject.transferFrom(holder, holder, token, sender=holder)

    def test_approval__by_its_holder__reverts(self, subject, token, holder, stranger):
        with ape.reverts(self.SOULBOUND):
            subject.approve(stranger, token, sender=holder)
        with ape.reverts(self.SOULBOUND):
            subject.setApprovalForAll(stranger, True, sender=holder)

    @pytest.mark.parametrize(
        ("interface_id", "is_kept"),
        [
            ("0x01ffc9a7", True),  # ERC-165
            ("0x80ac58cd", True),  # ERC-721
            ("0x5b5e139f", True),  # ERC-721 metadata
            ("0xb45a3c0e", True),  # ERC-5192
            ("0x780e9d63", False),  # ERC-721 enumerable
            ("0xd9b67a26", False),  # ERC-1155
            ("0xffffffff", False),
            ("0x00000000", False),
        ],
    )
    def test_supports_interface__each_id__is_answered(self, subject, interface_id, is_kept):
        assert subject.supportsInterface(interface_id) is is_kept
