"""Meters whose readings tests sign, and the book of agreements for which they do."""

from __future__ import annotations

from eth_account import Account

from cercle.agreements import Reading, meters
from cercle.deployments import Deployed, Deployment

NOW = 1_800_000_000
METER = Account.from_key((0x5E7E5).to_bytes(32, "big"))
OTHER = Account.from_key((0x5E7E6).to_bytes(32, "big"))
BOOK = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
WRONG = BOOK.replace("Fb", "fb")  # one letter's case, so the checksum
SEAL = "0x" + "99" * 32


def deployment(chain_id=31_337, book=BOOK):
    contracts = {"Agreements": Deployed(address=book, block=0, codehash=SEAL)}
    return Deployment(chain_id=chain_id, network="test", brand="delta", contracts=contracts)


HERE = deployment()


def signed(agreement_id=7, reading=None, by=METER, there=HERE):
    found = reading or Reading(sequence=3, read_at=NOW - 60, shown=1_250, outage=15)
    message = meters.reading_message(there, agreement_id, found)
    return meters.signed(found, bytes(by.sign_message(message).signature))
