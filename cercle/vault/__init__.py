"""
A service that keeps data shut: sealed by its owner, opened for a company after the ledger says so.

It holds ciphertext, and releases a record's key to one company for one purpose and one order once
`AccessRequested` is mined. `client` is how members and companies ask it; `python -m cercle.vault`
runs one, and opens what somebody took out of one.
"""

from .bindings import Ledger
from .envelopes import Envelope, Record, Released, open_record, open_release, release, seal_record
from .keys import KeyRefused, SealBroken, new_private, public_of
from .rings import (
    Contact,
    PassphraseRefused,
    Ring,
    give_back,
    make_ring,
    open_ring,
    share,
    take_back,
)

__all__ = [
    "Contact",
    "Envelope",
    "KeyRefused",
    "Ledger",
    "PassphraseRefused",
    "Record",
    "Released",
    "Ring",
    "SealBroken",
    "give_back",
    "make_ring",
    "new_private",
    "open_record",
    "open_release",
    "open_ring",
    "public_of",
    "release",
    "seal_record",
    "share",
    "take_back",
]
