"""The whole brand, with one newcomer who has a passport and is no member."""

import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.signing import sign

DAY = 86_400
WEEK = 7 * DAY
PERIOD = 30 * DAY
BUDGET = 1_000_000
NOBODY = "0x" + "00" * 20
MOST = 2**48 - 1
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"


def word(account, points, standing):
    """An award's word."""
    return int(str(getattr(account, "address", account)), 16) << 96 | points << 48 | standing


def awards_hash(words, passport_ids):
    """What the chain keeps of a batch: the hash of the two calls that pay it in full."""

    def call(function, items):
        return keccak(keccak(text=f"{function}(uint256[])")[:4] + encode(["uint256[]"], [items]))

    credits = [
        passport_id << 96 | item & MOST
        for passport_id, item in zip(passport_ids, words, strict=True)
    ]
    digest = keccak(call("mint_batch", words) + call("credit", credits))
    return digest[:26] + bytes(6)


@pytest.fixture
def stranger(community, passport, newcomer):
    """Has passport 6, and is no member."""
    passport.register(sender=newcomer)
    return newcomer


@pytest.fixture
def batch(community, rewards, issuer):
    """Batch 7: a hundred points and ten standing to the first three members."""
    words = [word(who, 100, 10) for who in community[:3]]
    rewards.award(7, words, sender=issuer)
    return words


@pytest.fixture
def link(passport, chain):
    """Link one more wallet to a person."""

    def _link(main, wallet, nonce=1):
        passport_id, deadline = passport.id_of(main), chain.blocks.head.timestamp + 100
        signature = sign(
            wallet,
            passport,
            LINK,
            passport_id=passport_id,
            wallet=wallet,
            nonce=nonce,
            deadline=deadline,
        )
        passport.link(wallet, nonce, deadline, signature, sender=main)

    return _link
