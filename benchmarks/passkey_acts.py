"""The vote of a member who has nothing but a passkey, carried by somebody else."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from eth_account.signers.local import LocalAccount

from benchmarks.acts import REPEATS, TEXT, Measured, everybody_votes, open_poll
from benchmarks.node import call
from benchmarks.town import DAY, Town, account
from cercle import typed_data
from cercle.deployments import Deployed, Deployment
from cercle.passkeys import Assertion, Credential, PublicKey, account_of, create, message, pack
from cercle.passkeys.accounts import CODE, FACTORY
from cercle.passkeys.keys import rp_id_hash
from cercle.typed_data import SignedMessage, TypedData
from tools.artifacts import artifacts

SITE = "cercle.example"
ORIGIN = f"https://{SITE}"
VERIFIED = bytes([0x1D])  # somebody was there and was verified; the passkey is copied


class Phone:
    """A passkey in software, with the same signatures in every run."""

    def __init__(self, deployment: Deployment, owner: LocalAccount) -> None:
        self._key = ec.derive_private_key(int(owner.key.hex(), 16) % 2**255 + 1, ec.SECP256R1())
        numbers = self._key.public_key().public_numbers()
        key = PublicKey(x=numbers.x, y=numbers.y)
        raw_id = hashlib.sha256(owner.key).digest()
        self.credential = Credential(credential_id=raw_id, key=key, site=SITE)
        self.account = account_of(deployment, self.credential)

    def signed(self, what: TypedData) -> SignedMessage:
        """What the account answers to a message of a contract's."""
        asked = message(self.account, what.chain_id, what.digest()).digest()
        words = {
            "type": "webauthn.get",
            "challenge": _letters(asked),
            "origin": ORIGIN,
            "crossOrigin": False,
        }
        text = json.dumps(words, separators=(",", ":")).encode()
        data = rp_id_hash(SITE) + VERIFIED + bytes(4)
        algorithm = ec.ECDSA(SHA256(), deterministic_signing=True)
        signature = self._key.sign(data + hashlib.sha256(text).digest(), algorithm)
        answer = Assertion(
            credential_id=self.credential.credential_id,
            client_data=text,
            authenticator_data=data,
            signature=signature,
        )
        packed = pack(answer, asked, SITE, [ORIGIN], self.credential.key)
        return SignedMessage(message=what, signature="0x" + packed.hex())


def passkey_vote(town: Town) -> Measured:
    """A first ballot where nine hundred have voted, signed by a member's passkey account."""
    deployment = deploy(town)
    poll_id = open_poll(town)
    late = town.draw(100, "passkey")
    everybody_votes(town, poll_id, but=late)
    receipts = []
    for member in late[:REPEATS]:
        phone = open_account(town, deployment, member)
        ballot = typed_data.ballot(
            town.deployment,
            phone.account,
            poll_id=poll_id,
            content_hash="0x" + TEXT.hex(),
            options=[3],
            sequence=1,
            deadline=town.node.now + DAY,
        )
        made = typed_data.carry(town.deployment, phone.signed(ballot))
        receipts.append(town.node.send(town.carried(made)))
    return receipts, 1


def deploy(town: Town) -> Deployment:
    """The factory and the code of accounts; the town's address book with both."""
    admin, made = account("admin").address, artifacts()
    code = town.node.deploy(made[CODE], sender=admin)
    factory = town.node.deploy(made[FACTORY], code.address, sender=admin)
    book, nothing = town.deployment, "0x" + "00" * 32
    for name, contract in ((CODE, code), (FACTORY, factory)):
        place = Deployed(address=contract.address, block=0, codehash=nothing)
        book = book.with_contract(name, place)
    return book


def open_account(town: Town, deployment: Deployment, member: LocalAccount) -> Phone:
    """An account for a member's new passkey, as another wallet of their passport."""
    phone = Phone(deployment, member)
    made = create(deployment, phone.credential)
    town.node.send(town.carried(made))
    passport_id = town.passport.functions.id_of(member.address).call()
    deadline = town.node.now + DAY
    agreed = phone.signed(typed_data.link(town.deployment, passport_id, phone.account, 1, deadline))
    words = (phone.account, 1, deadline, agreed.raw)
    town.node.send(call(town.passport, "link", *words, sender=member.address))
    return phone


def _letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
