"""What a reader of the chain looks for: somebody's data, in plain words or as a hash of a guess.

Ten million guesses take one core nine seconds: a hash without a secret is its own answer.
"""

import gzip
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from eth_utils import keccak

SAMPLE = {
    "name": "Élodie Brisebois-Martin",
    "mail": "Elodie.Brisebois@Example.org",
    "postal address": "12 rue des Lilas, 69003 Lyon",
    "birth date": "1987-04-23",
    "telephone": "+33 6 12 34 56 78",
}
DATES = ("23/04/1987", "23.04.1987", "04/23/1987", "19870423", "23041987")
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
SHORTENED = 16  # bytes: a fingerprint is often cut


@dataclass(frozen=True)
class Find:
    """Something of a person's that lies open."""

    what: str  # which datum
    how: str  # in plain words, or by which hash
    where: str  # calldata, events or storage


def spellings(what: str, text: str) -> set[str]:
    """The ways in which one would write it before hashing it."""
    first = {text, *(DATES if what == "birth date" else ())}
    plain = {
        "".join(c for c in unicodedata.normalize("NFKD", one) if not unicodedata.combining(c))
        for one in first
    }
    forms = {unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in first | plain}
    cases = {case for one in forms for case in (one, one.lower(), one.upper(), one.casefold())}
    tight = {"".join(one.split()) for one in cases} | {one.replace(" ", "-") for one in cases}
    bare = {"".join(c for c in one if c.isalnum()) for one in cases}
    return cases | tight | bare | {one + "\n" for one in cases}


def needles(sample: dict[str, str] = SAMPLE) -> dict[bytes, tuple[str, str]]:
    """Every form in which a datum could lie somewhere: bytes -> which, and how."""
    found: dict[bytes, tuple[str, str]] = {}
    for what, text in sample.items():
        for spelling in spellings(what, text):
            for encoding in ENCODINGS:
                try:
                    raw = spelling.encode(encoding)
                except UnicodeEncodeError:
                    continue
                found.setdefault(raw, (what, "plain words"))
                for once in hashed(raw):
                    found.setdefault(once[1][:SHORTENED], (what, once[0]))
                    for twice in hashed(once[1]):
                        found.setdefault(twice[1][:SHORTENED], (what, f"{twice[0]} of {once[0]}"))
                    for again in hashed(once[1].hex().encode()):
                        name = f"{again[0]} of {once[0]} in hexadecimal"
                        found.setdefault(again[1][:SHORTENED], (what, name))
    return found


def hashed(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "keccak", keccak(raw)
    for name in HASHES:
        yield name, hashlib.new(name, raw).digest()


def open_to_all(web3) -> Iterator[tuple[str, bytes]]:
    """All that anybody reads of this chain: each transaction's words, logs, and what is stored."""
    for number in range(web3.eth.block_number + 1):
        block = web3.eth.get_block(number, full_transactions=True)
        for transaction in block.transactions:
            yield "calldata", bytes(transaction["input"])
            for log in web3.eth.get_transaction_receipt(transaction["hash"]).logs:
                yield "events", b"".join(bytes(topic) for topic in log.topics) + bytes(log.data)
    dumped = web3.provider.make_request("anvil_dumpState", [])["result"]
    state = json.loads(gzip.decompress(bytes.fromhex(dumped[2:])))
    for account in state["accounts"].values():
        for slot, word in account["storage"].items():
            yield "storage", word_of(slot) + word_of(word)
        # A text longer than a word lies in several: as they follow each other.
        slots = sorted((int(slot, 16), word_of(word)) for slot, word in account["storage"].items())
        yield "storage", b"".join(word for _, word in slots)


def word_of(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x").rjust(64, "0"))


def scan(web3, sought: dict[bytes, tuple[str, str]]) -> set[Find]:
    """The attack: read everything, look for everybody."""
    places: dict[str, list[bytes]] = {}
    for where, raw in open_to_all(web3):
        places.setdefault(where, []).append(raw)
    found = set()
    for where, pieces in places.items():
        haystack = b"\x00|\x00".join(pieces)
        found |= {Find(*said, where) for needle, said in sought.items() if needle in haystack}
    return found
