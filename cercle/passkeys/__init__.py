"""
Passkeys: accounts for people without a wallet, whose only key their phone keeps.

Usage example::

    credential = read_credential(made, "cercle.example")    # what the browser made
    account = account_of(deployment, credential)            # known before it is made
    asked = message(account, deployment.chain_id, ballot.digest()).digest()
    answer = read_assertion(answered)                       # what the browser answered to `asked`
    signature = pack(answer, asked, "cercle.example", ["https://cercle.example"], credential.key)
"""

from .accounts import (
    Account,
    account_of,
    create,
    execute,
    find,
    is_made,
    is_offered,
    is_supported,
    next_nonce,
    pick,
)
from .browser import read_assertion, read_credential
from .keys import Credential, PublicKey
from .messages import Asked, execution, message
from .webauthn import Assertion, is_synced, pack

__all__ = [
    "Account",
    "Asked",
    "Assertion",
    "Credential",
    "PublicKey",
    "account_of",
    "create",
    "execute",
    "execution",
    "find",
    "is_made",
    "is_offered",
    "is_supported",
    "is_synced",
    "message",
    "next_nonce",
    "pack",
    "pick",
    "read_assertion",
    "read_credential",
]
