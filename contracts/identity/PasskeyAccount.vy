# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Passkey account
@custom:contract-name PasskeyAccount
@license AGPL-3.0-only
@author The Cercle authors
@notice A wallet for a person who has none: its only key is one passkey, which never leaves
        the phone or the security key that made it. The account signs for its person
        (ERC-1271), and makes any call that the passkey signed, whoever carries it here.
@dev This contract is the code of all accounts; the accounts are minimal clones of it
     (ERC-1167) made by the `PasskeyFactory`. A clone carries its key in its own code, behind
     the 45 bytes of the proxy: there is nothing to initialise, so nothing to get ahead of, and
     nothing to change. The code itself, called directly, refuses everything.
     An account: made -> for ever. No owner, no other key, no upgrade, no module, no delegatecall
     but the clone's own. A lost passkey is a lost account, unless the passport that it belongs
     to has another wallet or a recovery.
     Signs: the passkey, an EIP-712 message in this account's own domain, so that what a key
     signed for one account counts for no other: `Message` around whatever ERC-1271 asks, or
     `Execute`. Pays: whoever carries it. Lies: the platform that keeps the passkey (it may
     copy it to the person's other devices), and every page of the site that it is bound to.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it. A call signed but not yet carried is made void
             by another call with the same nonce.
"""

from ethereum.ercs import IERC165

implements: IERC165

from ..interfaces import IPasskeyAccount

implements: IPasskeyAccount

from snekmate.utils import eip712_domain_separator

initializes: eip712_domain_separator

from ..common import limits
from . import webauthn

exports: eip712_domain_separator.eip712Domain


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

MESSAGE_TYPE_HASH: public(constant(bytes32)) = keccak256("Message(bytes32 digest)")
EXECUTE_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Execute(address target,uint256 amount,bytes data,uint256 nonce,uint256 deadline)"
)

PROXY_SIZE: constant(uint256) = 45  # of a clone's code, before its key
KEY_SIZE: constant(uint256) = 96

SUPPORTED: constant(bytes4[4]) = [
    0x01ffc9a7,  # ERC-165
    0x1626ba7e,  # ERC-1271
    0x150b7a02,  # receives ERC-721
    0x4e2312e0,  # receives ERC-1155
]


# ---- immutables -----------------------------------------------------------------

IMPLEMENTATION: public(immutable(address))


# ---- storage --------------------------------------------------------------------

next_nonce: public(reentrant(uint256))  # of the call to be signed next


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    """
    @notice Lay down the code that every account runs.
    """
    eip712_domain_separator.__init__("Cercle Passkey", "1")
    IMPLEMENTATION = self


# ---- external: anyone, with the passkey's signature ----------------------------------

@external
def execute(
    target: address,
    amount: uint256,
    data: Bytes[limits.MAX_CALL],
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
) -> Bytes[limits.MAX_ANSWER]:
    """
    @notice Make a call that the passkey signed.
    @dev A call that fails takes everything back, the nonce included, and gives the reason of
         whoever refused; so it may be carried again until its deadline.
    @param target Whom to call; a contract, unless there is nothing but ether to send.
    @param amount How much of this account's ether goes along.
    @param data The call: a selector and its arguments.
    @param deadline The last second in which the signature counts.
    @param signature The passkey's answer to `Execute` with `next_nonce`, packed.
    @return The answer's first `MAX_ANSWER` bytes.
    """
    self._require_account()
    assert block.timestamp <= deadline, "passkey_account: expired"
    nonce: uint256 = self.next_nonce
    self._require_signed(
        keccak256(abi_encode(EXECUTE_TYPE_HASH, target, amount, keccak256(data), nonce, deadline)),
        signature,
    )
    # A call of nobody succeeds and does nothing.
    assert target.codesize != 0 or len(data) == 0, "passkey_account: no contract"
    assert self.balance >= amount, "passkey_account: too little"
    self.next_nonce = nonce + 1
    log IPasskeyAccount.Executed(target=target, nonce=nonce, amount=amount)
    return raw_call(target, data, value=amount, max_outsize=limits.MAX_ANSWER)


@external
@payable
@reentrant
def __default__():
    """
    @notice Take ether. A call of a function that is not here is refused.
    """
    self._require_account()
    assert len(msg.data) == 0, "passkey_account: unknown call"
    if msg.value != 0:
        log IPasskeyAccount.Received(sender=msg.sender, amount=msg.value)


# ---- external: views ---------------------------------------------------------------

@external
@view
@reentrant
def isValidSignature(digest: bytes32, signature: Bytes[limits.MAX_SIGNATURE]) -> bytes4:
    """
    @notice Whether the passkey signed (ERC-1271). Anything else is refused with its reason.
    @param digest What another contract wants signed.
    @param signature The passkey's answer to `Message` around that digest, packed.
    @return The value that ERC-1271 names.
    """
    self._require_account()
    self._require_signed(keccak256(abi_encode(MESSAGE_TYPE_HASH, digest)), signature)
    return 0x1626ba7e


@external
@view
@reentrant
def key() -> IPasskeyAccount.Key:
    """
    @notice The passkey's public key, and the site that it is bound to.
    @return The point (x, y) and sha256 of the site's domain name.
    """
    self._require_account()
    return self._key()


@external
@view
@reentrant
def supportsInterface(interface_id: bytes4) -> bool:
    """
    @notice The standards this contract keeps (ERC-165).
    @param interface_id The standard's id.
    @return True for ERC-165, ERC-1271 and the receivers of ERC-721 and ERC-1155.
    """
    return interface_id in SUPPORTED


# ---- external: what tokens ask before they come ---------------------------------------

@external
@view
@reentrant
def onERC721Received(
    operator: address, sender: address, token_id: uint256, data: Bytes[1_024]
) -> bytes4:
    """
    @notice Take a token (ERC-721).
    @param operator Anybody.
    @param sender Anybody.
    @param token_id Any token.
    @param data Anything.
    @return The value that the standard names.
    """
    self._require_account()
    return 0x150b7a02


@external
@view
@reentrant
def onERC1155Received(
    operator: address, sender: address, token_id: uint256, amount: uint256, data: Bytes[1_024]
) -> bytes4:
    """
    @notice Take tokens of one kind (ERC-1155).
    @param operator Anybody.
    @param sender Anybody.
    @param token_id Any kind.
    @param amount Any number.
    @param data Anything.
    @return The value that the standard names.
    """
    self._require_account()
    return 0xf23a6e61


@external
@view
@reentrant
def onERC1155BatchReceived(
    operator: address,
    sender: address,
    token_ids: DynArray[uint256, limits.MAX_BATCH],
    amounts: DynArray[uint256, limits.MAX_BATCH],
    data: Bytes[1_024],
) -> bytes4:
    """
    @notice Take tokens of several kinds (ERC-1155).
    @param operator Anybody.
    @param sender Anybody.
    @param token_ids Up to `MAX_BATCH` kinds.
    @param amounts How many of each.
    @param data Anything.
    @return The value that the standard names.
    """
    self._require_account()
    return 0xbc197c81


# ---- internal ----------------------------------------------------------------------

@internal
@view
def _require_account():
    assert self != IMPLEMENTATION, "passkey_account: not an account"


@internal
@view
def _require_signed(struct_hash: bytes32, signature: Bytes[limits.MAX_SIGNATURE]):
    key: IPasskeyAccount.Key = self._key()
    challenge: bytes32 = eip712_domain_separator._hash_typed_data_v4(struct_hash)
    webauthn._require_signed(challenge, signature, key.x, key.y, key.rp_id_hash)


@internal
@view
def _key() -> IPasskeyAccount.Key:
    # NOTE: `self.code` would be the code that runs, the implementation's; the account's own is
    # what stands at its address.
    account: address = self
    return abi_decode(slice(account.code, PROXY_SIZE, KEY_SIZE), IPasskeyAccount.Key)
