# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Demo euro
@custom:contract-name DemoEuro
@license AGPL-3.0-only
@author The Cercle authors
@notice The money of the demo and the measurements: a plain ERC-20 in cents, worth nothing, of
        which its maker gives out as much as it likes.
@dev Never deployed outside tests and the demo. A holder may allow by a signature that anybody
     sends: an ordinary wallet as EIP-2612 has it, a contract wallet (ERC-1271) beside it.
"""

from ethereum.ercs import IERC20

implements: IERC20

from ..common import limits
from ..common import signatures

initializes: signatures

exports: (
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)

name: public(constant(String[16])) = "Demo euro"
symbol: public(constant(String[8])) = "dEUR"
decimals: public(constant(uint8)) = 2

PERMIT_TYPE_HASH: constant(bytes32) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)

MAKER: public(immutable(address))

totalSupply: public(uint256)
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
nonces: public(HashMap[address, uint256])  # of the next permit


@deploy
def __init__():
    signatures.__init__(name, "1")
    MAKER = msg.sender


@external
def mint(account: address, amount: uint256):
    """
    @notice Give out of nothing, as the maker.
    @param account Who gets it.
    @param amount In cents.
    """
    assert msg.sender == MAKER, "demo_euro: not the maker"
    self.totalSupply += amount
    self.balanceOf[account] += amount
    log IERC20.Transfer(sender=empty(address), receiver=account, value=amount)


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Pay.
    @param to Who gets it.
    @param amount In cents.
    @return True.
    """
    self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(payer: address, to: address, amount: uint256) -> bool:
    """
    @notice Pay out of what somebody allowed you to take.
    @param payer Who pays.
    @param to Who gets it.
    @param amount In cents.
    @return True.
    """
    self.allowance[payer][msg.sender] -= amount
    self._move(payer, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Let somebody take so much of yours.
    @param spender Who may take it.
    @param amount In cents.
    @return True.
    """
    self._approve(msg.sender, spender, amount)
    return True


@external
def permit(
    owner: address,
    spender: address,
    amount: uint256,
    deadline: uint256,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice Allow by a signature, which anybody may send.
    @dev EIP-2612.
    @param owner Who signed.
    @param spender Who may take it.
    @param amount In cents, in all.
    @param deadline The last second at which it may be used.
    @param v The signature's parity.
    @param r Its first half.
    @param s Its second half, the lower one of its two forms.
    """
    parity: Bytes[1] = slice(convert(v, bytes32), 31, 1)
    self._permit(owner, spender, amount, deadline, concat(r, s, parity))


@external
def permit_by_signature(
    owner: address,
    spender: address,
    amount: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Allow by a signature of any length: a contract wallet's has no two halves.
    @dev What ERC-7597 calls `permit`, too: two functions of one name are not to be had here.
    @param owner Who signed: an ordinary wallet, or a contract that says so.
    @param spender Who may take it.
    @param amount In cents, in all.
    @param deadline The last second at which it may be used.
    @param signature Of the same message.
    """
    self._permit(owner, spender, amount, deadline, signature)


@internal
def _permit(
    owner: address,
    spender: address,
    amount: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    assert block.timestamp <= deadline, "demo_euro: permit expired"
    nonce: uint256 = self.nonces[owner]
    struct_hash: bytes32 = keccak256(
        abi_encode(PERMIT_TYPE_HASH, owner, spender, amount, nonce, deadline)
    )
    assert signatures._is_signed(owner, struct_hash, signature), "demo_euro: bad permit"
    self.nonces[owner] = nonce + 1
    self._approve(owner, spender, amount)


@internal
def _approve(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log IERC20.Approval(owner=owner, spender=spender, value=amount)


@internal
def _move(payer: address, to: address, amount: uint256):
    self.balanceOf[payer] -= amount
    self.balanceOf[to] += amount
    log IERC20.Transfer(sender=payer, receiver=to, value=amount)
