"""What several contracts' units do with the brand and its people."""

import pytest

from tests.conftest import DAY
from tests.scripted import deploy_scripted
from tests.signing import sign


@pytest.fixture
def link(passport, chain):
    """Link a second wallet to a member's passport."""

    def _link(main, wallet, nonce=1):
        deadline = chain.blocks.head.timestamp + DAY
        words = {"passport_id": passport.id_of(main), "wallet": wallet, "nonce": nonce}
        text = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
        signature = sign(wallet, passport, text, **words, deadline=deadline)
        passport.link(wallet, nonce, deadline, signature, sender=main)

    return _link


@pytest.fixture
def at(chain):
    """Let the next transaction fall into this second."""

    def _at(timestamp):
        chain.pending_timestamp = timestamp

    return _at


@pytest.fixture
def pause(charter, warden):
    """Stop the new business of a wing."""

    def _pause(name, duration=DAY):
        charter.pause(name.encode().ljust(32, b"\x00"), duration, sender=warden)

    return _pause


# ---- wallets that are contracts --------------------------------------------------------


@pytest.fixture(scope="session")
def borrower(accounts):
    """A wallet that may borrow a contract's code (EIP-7702)."""
    return accounts[18]


@pytest.fixture(scope="session")
def new_wallet(project, admin):
    """A contract wallet that its owners command together."""
    return lambda *owners: admin.deploy(project.FakeWallet, list(owners))


@pytest.fixture(scope="session")
def scripted_wallet(admin):
    """Deploy a wallet that has one answer to every question."""
    return lambda answer: deploy_scripted(admin, answer)
