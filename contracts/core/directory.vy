# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Directory
@custom:contract-name directory
@license AGPL-3.0-only
@author The Cercle authors
@notice Which contracts are a brand's: names that a wallet, a script or a page looks
        up. After the founding a name changes hands in the open: announced, 14 days,
        and only to the very code that was announced.
@dev A module of the Charter: founding -> sealed. While founding, ADMIN writes at once;
     then an entry is announced -> (cancelled | replaced by anyone after the delay).
     A hand-over of ADMIN voids what was announced before it. The lock is on, since
     `replace` calls the contract that leaves.
"""

from ..interfaces import ICharter

from ..common import limits
from . import authority

uses: authority


# ---- constants ------------------------------------------------------------------

# A wallet that borrows code (EIP-7702) shows these three bytes and an address.
_BORROWED: constant(Bytes[3]) = x"ef0100"
_BORROWED_SIZE: constant(uint256) = 23


# ---- storage --------------------------------------------------------------------

is_sealed: public(reentrant(bool))
entry: public(reentrant(HashMap[bytes32, address]))
# Kept when a contract is replaced: its exits still need to know what it was.
name_of: public(reentrant(HashMap[address, bytes32]))

_names: DynArray[bytes32, limits.MAX_ENTRIES]
_replacements: HashMap[bytes32, ICharter.Replacement]
# How many hand-overs of ADMIN there had been when it was announced.
_announced_after: HashMap[bytes32, uint256]


# ---- external: the admin ----------------------------------------------------------

@external
def set_entry(name: bytes32, contract: address):
    """
    @notice Write a name into the directory at once, while the brand is founded.
    @param name ASCII, padded on the right, such as "points".
    @param contract The contract that bears it. One that it displaces is forgotten:
           nobody joins before the seal, so it has no business to finish.
    """
    authority._require_admin()
    assert not self.is_sealed, "directory: sealed"
    self._require_listable(name, contract)
    old_contract: address = self.entry[name]
    if old_contract != empty(address):
        self.name_of[old_contract] = empty(bytes32)
    self._set_entry(name, contract)
    log ICharter.EntrySet(name=name, contract=contract, codehash=contract.codehash)


@external
def seal():
    """
    @notice End the founding: from now on every change of the directory is announced
            and waits. There is no way back.
    """
    authority._require_admin()
    assert not self.is_sealed, "directory: sealed"
    self.is_sealed = True
    log ICharter.CharterSealed(entries=len(self._names))


@external
def announce_replacement(name: bytes32, contract: address):
    """
    @notice Say which contract shall bear a name after the delay.
    @param name An entry, or a new name.
    @param contract The contract, deployed already: its code is pinned now.
    """
    authority._require_admin()
    assert self.is_sealed, "directory: not sealed"
    assert self._replacement(name).contract == empty(address), "directory: announced already"
    self._require_listable(name, contract)
    effective_at: uint256 = block.timestamp + limits.REPLACEMENT_DELAY
    old_contract: address = self.entry[name]
    # The zero address may hash like an account that merely has no code.
    old_codehash: bytes32 = empty(bytes32)
    if old_contract != empty(address):
        old_codehash = old_contract.codehash
    self._replacements[name] = ICharter.Replacement(
        contract=contract, codehash=contract.codehash, effective_at=effective_at
    )
    self._announced_after[name] = authority._handovers
    log ICharter.ReplacementAnnounced(
        name=name,
        old_contract=old_contract,
        new_contract=contract,
        old_codehash=old_codehash,
        new_codehash=contract.codehash,
        effective_at=effective_at,
    )


@external
def cancel_replacement(name: bytes32):
    """
    @notice Call an announced replacement off.
    @param name The entry.
    """
    authority._require_admin()
    contract: address = self._replacement(name).contract
    assert contract != empty(address), "directory: nothing announced"
    self._replacements[name] = empty(ICharter.Replacement)
    log ICharter.ReplacementCancelled(name=name, new_contract=contract)


# ---- external: anyone -------------------------------------------------------------

@external
def replace(name: bytes32):
    """
    @notice Put an announced contract in its place; anyone may, once the delay is over, from
            a wallet without code.
    @dev Whoever runs code first could make the announced contract for this transaction
         only (EIP-6780), and put other code there later. So nothing runs before this.
         The old contract is told last, and its refusal stops nothing. A caller cannot
         starve that call of gas: what would be left here (a 64th) does not pay the log.
    @param name The entry.
    """
    assert msg.sender == tx.origin and msg.sender.codesize == 0, "directory: no plain wallet"
    announced: ICharter.Replacement = self._replacement(name)
    assert announced.contract != empty(address), "directory: nothing announced"
    assert block.timestamp >= announced.effective_at, "directory: too early"
    assert announced.contract.codehash == announced.codehash, "directory: code changed"
    # Again: it may have been listed under another name in the meantime.
    self._require_listable(name, announced.contract)

    old_contract: address = self.entry[name]
    self._replacements[name] = empty(ICharter.Replacement)
    self._set_entry(name, announced.contract)

    has_retired: bool = False
    if old_contract != empty(address):
        has_retired = self._has_retired(old_contract)
    log ICharter.EntryReplaced(
        name=name,
        old_contract=old_contract,
        new_contract=announced.contract,
        has_retired=has_retired,
    )


# ---- external: views --------------------------------------------------------------

@external
@view
@reentrant
def is_current(contract: address) -> bool:
    """
    @notice Whether a contract stands in the directory now.
    @param contract Any address.
    @return False for strangers and for those that were replaced.
    """
    name: bytes32 = self.name_of[contract]
    return name != empty(bytes32) and self.entry[name] == contract


@external
@view
@reentrant
def entry_count() -> uint256:
    """
    @notice How many names the directory has.
    @return The count.
    """
    return len(self._names)


@external
@view
@reentrant
def entry_name(index: uint256) -> bytes32:
    """
    @notice A name of the directory, in the order in which they came.
    @param index From zero.
    @return The name.
    """
    assert index < len(self._names), "directory: no such entry"
    return self._names[index]


@external
@view
@reentrant
def replacement(name: bytes32) -> ICharter.Replacement:
    """
    @notice What is announced for a name and still in force.
    @param name Any name.
    @return The announced contract, its pinned codehash, when it may take its place;
            all zero when nothing is announced.
    """
    return self._replacement(name)


# ---- internal ---------------------------------------------------------------------

@internal
@view
def _require_entry(name: bytes32) -> address:
    contract: address = self.entry[name]
    assert contract != empty(address), "directory: no such entry"
    return contract


@internal
@view
def _require_listable(name: bytes32, contract: address):
    assert name != empty(bytes32), "directory: empty name"
    assert contract.codesize != 0, "directory: no code"
    # Its owner could swap the borrowed code at any time, past every announcement.
    assert (
        contract.codesize != _BORROWED_SIZE or slice(contract.code, 0, 3) != _BORROWED
    ), "directory: a wallet's code"
    assert self.name_of[contract] == empty(bytes32), "directory: listed already"
    assert not self._answers_to_another(contract), "directory: another's contract"


@internal
@view
def _answers_to_another(contract: address) -> bool:
    # A wing names its charter; what all brands share names none.
    named: uint256 = self._ask(contract, method_id("charter()"))
    return named != 0 and named != convert(self, uint256)


@internal
@view
def _replacement(name: bytes32) -> ICharter.Replacement:
    if self._announced_after[name] != authority._handovers:
        return empty(ICharter.Replacement)
    return self._replacements[name]


@internal
def _has_retired(contract: address) -> bool:
    success: bool = raw_call(contract, method_id("retire()"), revert_on_failure=False)
    return success and self._halted_until(contract) == max_value(uint256)


@internal
@view
def _halted_until(contract: address) -> uint256:
    # Asked of the contract itself: one with a fallback agrees to every call.
    return self._ask(contract, method_id("halted_until()"))


@internal
@view
def _ask(contract: address, question: Bytes[4]) -> uint256:
    """
    @dev One word from a contract that may know nothing of the question; then zero.
    """
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        contract,
        question,
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return 0
    return convert(answer, uint256)


@internal
def _set_entry(name: bytes32, contract: address):
    if self.entry[name] == empty(address):
        assert len(self._names) < limits.MAX_ENTRIES, "directory: full"
        self._names.append(name)
    self.entry[name] = contract
    self.name_of[contract] = name
