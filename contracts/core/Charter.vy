# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Charter
@custom:contract-name Charter
@license AGPL-3.0-only
@author The Cercle authors
@notice One brand's constitution. It says who may do what for the brand, which
        contracts are the brand's, how one of them is replaced (announced, 14 days,
        the same code), and who may pause one for a while.
@dev The directory: founding -> sealed. While founding, ADMIN writes entries at once;
     sealing is for ever, and members join only after it. From then on an entry is
     announced -> (cancelled | replaced by anyone after the delay); a replaced
     contract is retired: it takes no new business and serves exits for ever.
     ADMIN is one account: offered -> accepted. Whoever hands over keeps no role, and
     what was announced before the hand-over is void. Nothing here holds money,
     upgrades code, or reaches what a member holds.
     Signs: nobody, each act is a transaction of the role's holder, who pays for it.
     Lies: ADMIN may announce a bad contract; 14 days of public notice are what it
     costs them, and its codehash is pinned. WARDEN may pause without need: one
     pause of 14 days in 28, until the office ends.
@custom:security security@cercle.example
@custom:kill No stop for the Charter itself. A WARDEN calls `pause(name, duration)`
             for one wing; ADMIN announces a replacement for good.
"""

from ..interfaces import ICharter

implements: ICharter

from ..interfaces import IWing

from ..common import limits


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

GOVERNOR: constant(bytes32) = 0x676f7665726e6f72000000000000000000000000000000000000000000000000
ERC165: constant(bytes4) = 0x01ffc9a7
ERC4824: constant(bytes4) = method_id("daoURI()", output_type=bytes4)
# A wallet that borrows code (EIP-7702) shows these three bytes and an address.
BORROWED: constant(Bytes[3]) = x"ef0100"
BORROWED_SIZE: constant(uint256) = 23


# ---- storage --------------------------------------------------------------------

admin: public(reentrant(address))
pending_admin: public(reentrant(address))

is_sealed: public(reentrant(bool))
entry: public(reentrant(HashMap[bytes32, address]))
# Kept when a contract is replaced: its exits still need to know what it was.
name_of: public(reentrant(HashMap[address, bytes32]))

warden_until: public(reentrant(uint256))
pause_allowed_from: public(reentrant(HashMap[bytes32, uint256]))

profile: public(reentrant(bytes32))
daoURI: public(reentrant(String[limits.MAX_URI]))
domain: public(reentrant(bytes32))  # hash of a signed well-known file
company_id: public(reentrant(uint256))  # set once

_roles: HashMap[address, ICharter.Role]
_names: DynArray[bytes32, limits.MAX_ENTRIES]
_replacements: HashMap[bytes32, ICharter.Replacement]
# How many hand-overs there were, and how many when a replacement was announced:
# an outgoing ADMIN leaves nothing behind that would come into force later.
_handovers: uint256
_announced_after: HashMap[bytes32, uint256]
_paused_until: HashMap[bytes32, uint256]


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(admin_: address, warden_: address, warden_until_: uint256):
    """
    @notice Found a brand with an empty directory.
    @param admin_ Who gives roles and keeps the directory until a hand-over.
    @param warden_ The first warden; zero for none.
    @param warden_until_ When the warden's office ends, in unix seconds.
    """
    assert admin_ != empty(address), "charter: zero admin"
    assert warden_until_ <= block.timestamp + limits.MAX_WARDEN_TERM, "charter: term too long"
    self.admin = admin_
    self._roles[admin_] = ICharter.Role.ADMIN
    self.warden_until = warden_until_
    log ICharter.AdminHandedOver(old_admin=empty(address), new_admin=admin_)
    log ICharter.RolesGiven(account=admin_, roles=ICharter.Role.ADMIN)
    log ICharter.WardenTermExtended(old_until=0, new_until=warden_until_)
    if warden_ != empty(address):
        self._roles[warden_] |= ICharter.Role.WARDEN
        log ICharter.RolesGiven(account=warden_, roles=ICharter.Role.WARDEN)


# ---- external: roles ------------------------------------------------------------

@external
def give_roles(account: address, roles: ICharter.Role):
    """
    @notice Let an account act for the brand.
    @param account Who gets the roles.
    @param roles One or more roles; ADMIN is offered instead. Those held already
           are left as they are, and the event names the new ones only.
    """
    self._require_admin()
    self._require_ordinary(roles)
    assert account != empty(address), "charter: zero account"
    new_roles: ICharter.Role = roles & ~self._roles[account]
    assert new_roles != empty(ICharter.Role), "charter: role held already"
    self._roles[account] |= new_roles
    log ICharter.RolesGiven(account=account, roles=new_roles)


@external
def take_roles(account: address, roles: ICharter.Role):
    """
    @notice Stop an account from acting for the brand, at once.
    @param account Who loses the roles.
    @param roles One or more roles; ADMIN is handed over instead.
    """
    self._require_admin()
    self._require_ordinary(roles)
    self._take_roles(account, roles)


@external
def renounce_roles(roles: ICharter.Role):
    """
    @notice Lay down roles of your own.
    @param roles One or more roles; ADMIN is handed over instead.
    """
    self._require_ordinary(roles)
    self._take_roles(msg.sender, roles)


@external
def offer_admin(candidate: address):
    """
    @notice Offer ADMIN to another account; an earlier offer lapses.
    @param candidate Who may accept; zero to withdraw the offer.
    """
    self._require_admin()
    assert candidate != msg.sender, "charter: admin already"
    self.pending_admin = candidate
    log ICharter.AdminOffered(admin=msg.sender, candidate=candidate)


@external
def accept_admin():
    """
    @notice Take over as ADMIN. The former one is left without any role, and every
            replacement announced so far is void.
    """
    assert msg.sender == self.pending_admin, "charter: not the candidate"
    old_admin: address = self.admin
    old_roles: ICharter.Role = self._roles[old_admin]
    self._roles[old_admin] = empty(ICharter.Role)
    self._roles[msg.sender] |= ICharter.Role.ADMIN
    self.admin = msg.sender
    self.pending_admin = empty(address)
    self._handovers += 1
    log ICharter.AdminHandedOver(old_admin=old_admin, new_admin=msg.sender)
    log ICharter.RolesTaken(account=old_admin, roles=old_roles)
    log ICharter.RolesGiven(account=msg.sender, roles=ICharter.Role.ADMIN)


# ---- external: the directory -----------------------------------------------------

@external
def set_entry(name: bytes32, contract: address):
    """
    @notice Write a name into the directory at once, while the brand is founded.
    @param name ASCII, padded on the right, such as "points".
    @param contract The contract that bears it. One that it displaces is forgotten:
           nobody joins before the seal, so it has no business to finish.
    """
    self._require_admin()
    assert not self.is_sealed, "charter: sealed"
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
    self._require_admin()
    assert not self.is_sealed, "charter: sealed"
    self.is_sealed = True
    log ICharter.CharterSealed(entries=len(self._names))


@external
def announce_replacement(name: bytes32, contract: address):
    """
    @notice Say which contract shall bear a name after the delay.
    @param name An entry, or a new name.
    @param contract The contract, deployed already: its code is pinned now.
    """
    self._require_admin()
    assert self.is_sealed, "charter: not sealed"
    assert self._replacement(name).contract == empty(address), "charter: announced already"
    self._require_listable(name, contract)
    effective_at: uint256 = block.timestamp + limits.REPLACEMENT_DELAY
    old_contract: address = self.entry[name]
    self._replacements[name] = ICharter.Replacement(
        contract=contract, codehash=contract.codehash, effective_at=effective_at
    )
    self._announced_after[name] = self._handovers
    log ICharter.ReplacementAnnounced(
        name=name,
        old_contract=old_contract,
        new_contract=contract,
        old_codehash=old_contract.codehash,
        new_codehash=contract.codehash,
        effective_at=effective_at,
    )


@external
def cancel_replacement(name: bytes32):
    """
    @notice Call an announced replacement off.
    @param name The entry.
    """
    self._require_admin()
    contract: address = self._replacement(name).contract
    assert contract != empty(address), "charter: nothing announced"
    self._replacements[name] = empty(ICharter.Replacement)
    log ICharter.ReplacementCancelled(name=name, new_contract=contract)


@external
def replace(name: bytes32):
    """
    @notice Put an announced contract in its place; anyone may, once the delay is over.
    @dev The old contract is told last, and its refusal stops nothing. A caller cannot
         starve that call of gas: what is left to it (a 64th) would not pay the log.
    @param name The entry.
    """
    announced: ICharter.Replacement = self._replacement(name)
    assert announced.contract != empty(address), "charter: nothing announced"
    assert block.timestamp >= announced.effective_at, "charter: too early"
    assert announced.contract.codehash == announced.codehash, "charter: code changed"
    # Again: it may have been listed under another name in the meantime.
    self._require_listable(name, announced.contract)

    old_contract: address = self.entry[name]
    self._replacements[name] = empty(ICharter.Replacement)
    self._set_entry(name, announced.contract)

    has_retired: bool = False
    if old_contract != empty(address):
        has_retired = raw_call(
            old_contract, method_id("retire()"), revert_on_failure=False
        )
    log ICharter.EntryReplaced(
        name=name,
        old_contract=old_contract,
        new_contract=announced.contract,
        has_retired=has_retired,
    )


# ---- external: the warden ----------------------------------------------------------

@external
def pause(name: bytes32, duration: uint256):
    """
    @notice Stop one contract's new business for a while; exits, refunds and votes go on.
    @param name The entry.
    @param duration Seconds, at most `MAX_PAUSE`. The next pause of this name may start
           only `MAX_PAUSE` after the end that is set now.
    """
    self._require_role(ICharter.Role.WARDEN)
    assert block.timestamp < self.warden_until, "charter: office ended"
    assert duration > 0, "charter: no duration"
    assert duration <= limits.MAX_PAUSE, "charter: pause too long"
    assert block.timestamp >= self.pause_allowed_from[name], "charter: paused lately"
    contract: address = self._require_entry(name)

    until: uint256 = block.timestamp + duration
    self._paused_until[name] = until
    self.pause_allowed_from[name] = until + limits.MAX_PAUSE
    self._halt(contract, until)
    log ICharter.PauseStarted(name=name, warden=msg.sender, until=until)


@external
def unpause(name: bytes32):
    """
    @notice End a pause before its time; a warden may, also after the office ended.
    @param name The entry.
    """
    self._require_role(ICharter.Role.WARDEN)
    assert block.timestamp < self._paused_until[name], "charter: not paused"
    self._paused_until[name] = block.timestamp
    self._halt(self.entry[name], block.timestamp)
    log ICharter.PauseEnded(name=name, warden=msg.sender)


@external
def extend_warden(until: uint256):
    """
    @notice Prolong the warden's office. Only a vote does: the caller must be the
            directory's governor, and ADMIN.
    @param until The new end, at most `MAX_WARDEN_TERM` from now.
    """
    assert msg.sender == self.entry[GOVERNOR], "charter: only a vote extends"
    assert msg.sender == self.admin, "charter: not the admin"
    old_until: uint256 = self.warden_until
    assert until > old_until, "charter: no extension"
    assert until <= block.timestamp + limits.MAX_WARDEN_TERM, "charter: term too long"
    self.warden_until = until
    log ICharter.WardenTermExtended(old_until=old_until, new_until=until)


# ---- external: what the brand says of itself ------------------------------------------

@external
def set_profile(content_hash: bytes32):
    """
    @notice Publish the brand's profile: name, colour, tiers, languages, support hours.
    @param content_hash The keccak256 of its canonical JSON.
    """
    self._require_admin()
    old_hash: bytes32 = self.profile
    self.profile = content_hash
    log ICharter.ProfileChanged(old_hash=old_hash, new_hash=content_hash)


@external
def set_dao_uri(uri: String[limits.MAX_URI]):
    """
    @notice Say where the ERC-4824 description lies.
    @param uri An address of a JSON-LD file.
    """
    self._require_admin()
    self.daoURI = uri
    log ICharter.DAOURIUpdate(daoAddress=self, daoURI=uri)


@external
def set_domain(well_known_hash: bytes32):
    """
    @notice Tie the brand's web domain to this charter.
    @param well_known_hash The keccak256 of the signed file that the domain serves.
    """
    self._require_admin()
    old_hash: bytes32 = self.domain
    self.domain = well_known_hash
    log ICharter.DomainChanged(old_hash=old_hash, new_hash=well_known_hash)


@external
def set_company_id(company_id: uint256):
    """
    @notice Name the company that the brand is in matters of consent, once for all.
    @param company_id Its number there.
    """
    self._require_admin()
    assert company_id != 0, "charter: zero company id"
    assert self.company_id == 0, "charter: company id is set"
    self.company_id = company_id
    log ICharter.CompanyIdSet(company_id=company_id)


# ---- external: views --------------------------------------------------------------

@external
@view
@reentrant
def roles(account: address) -> ICharter.Role:
    """
    @notice What an account may do for the brand.
    @param account Anybody.
    @return Its roles, as one set.
    """
    return self._roles[account]


@external
@view
@reentrant
def has_role(account: address, role: ICharter.Role) -> bool:
    """
    @notice Whether an account holds a role.
    @param account Anybody.
    @param role The role; of several, all must be held.
    @return True when it does; False for no role at all.
    """
    return role != empty(ICharter.Role) and self._roles[account] & role == role


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
    assert index < len(self._names), "charter: no such entry"
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


@external
@view
@reentrant
def supportsInterface(interface_id: bytes4) -> bool:
    """
    @notice The standards this contract keeps (ERC-165).
    @param interface_id The standard's id.
    @return True for ERC-165 and ERC-4824.
    """
    return interface_id == ERC165 or interface_id == ERC4824


# ---- internal: checks --------------------------------------------------------------

@internal
@view
def _require_admin():
    assert msg.sender == self.admin, "charter: not the admin"


@internal
@view
def _require_role(role: ICharter.Role):
    assert self._roles[msg.sender] & role == role, "charter: lacks the role"


@internal
@view
def _require_ordinary(roles: ICharter.Role):
    assert roles != empty(ICharter.Role), "charter: no role"
    assert roles & ICharter.Role.ADMIN == empty(ICharter.Role), "charter: admin is handed over"


@internal
@view
def _require_entry(name: bytes32) -> address:
    contract: address = self.entry[name]
    assert contract != empty(address), "charter: no such entry"
    return contract


@internal
@view
def _require_listable(name: bytes32, contract: address):
    assert name != empty(bytes32), "charter: empty name"
    assert contract.codesize != 0, "charter: no code"
    # Its owner could swap the borrowed code at any time, past every announcement.
    assert (
        contract.codesize != BORROWED_SIZE or slice(contract.code, 0, 3) != BORROWED
    ), "charter: a wallet's code"
    assert self.name_of[contract] == empty(bytes32), "charter: listed already"
    assert not self._answers_to_another(contract), "charter: another's contract"


@internal
@view
def _answers_to_another(contract: address) -> bool:
    # A wing names its charter; what all brands share names none.
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        contract,
        method_id("charter()"),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(answer) != 32:
        return False
    return convert(answer, uint256) != convert(self, uint256)


# ---- internal: writes --------------------------------------------------------------

@internal
def _take_roles(account: address, roles: ICharter.Role):
    lost: ICharter.Role = roles & self._roles[account]
    assert lost != empty(ICharter.Role), "charter: role not held"
    self._roles[account] &= ~lost
    log ICharter.RolesTaken(account=account, roles=lost)


@internal
def _set_entry(name: bytes32, contract: address):
    if self.entry[name] == empty(address):
        assert len(self._names) < limits.MAX_ENTRIES, "charter: directory full"
        self._names.append(name)
    self.entry[name] = contract
    self.name_of[contract] = name


@internal
@view
def _replacement(name: bytes32) -> ICharter.Replacement:
    if self._announced_after[name] != self._handovers:
        return empty(ICharter.Replacement)
    return self._replacements[name]


@internal
def _halt(contract: address, until: uint256):
    # Shared contracts are entries too, and nobody may pause those.
    has_halted: bool = raw_call(
        contract,
        abi_encode(until, method_id=method_id("halt_until(uint256)")),
        revert_on_failure=False,
    )
    assert has_halted, "charter: cannot be paused"
