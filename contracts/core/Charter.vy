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

from ethereum.ercs import IERC165

implements: IERC165

from ..interfaces import ICharter

implements: ICharter

from ..common import limits
from . import authority

initializes: authority

from . import directory

initializes: directory[authority := authority]

exports: (
    authority.admin,
    authority.pending_admin,
    authority.roles,
    authority.has_role,
    authority.give_roles,
    authority.take_roles,
    authority.renounce_roles,
    authority.offer_admin,
    authority.accept_admin,
    directory.is_sealed,
    directory.entry,
    directory.name_of,
    directory.is_current,
    directory.entry_count,
    directory.entry_name,
    directory.replacement,
    directory.set_entry,
    directory.seal,
    directory.announce_replacement,
    directory.cancel_replacement,
    directory.replace,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

GOVERNOR: constant(bytes32) = 0x676f7665726e6f72000000000000000000000000000000000000000000000000
ERC165: constant(bytes4) = 0x01ffc9a7
ERC4824: constant(bytes4) = method_id("daoURI()", output_type=bytes4)


# ---- storage --------------------------------------------------------------------

warden_until: public(reentrant(uint256))
pause_allowed_from: public(reentrant(HashMap[bytes32, uint256]))

profile: public(reentrant(bytes32))
daoURI: public(reentrant(String[limits.MAX_URI]))
domain: public(reentrant(bytes32))  # hash of a signed well-known file
company_id: public(reentrant(uint256))  # set once

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
    assert warden_until_ <= block.timestamp + limits.MAX_WARDEN_TERM, "charter: term too long"
    authority.__init__(admin_)
    self.warden_until = warden_until_
    log ICharter.WardenTermExtended(old_until=0, new_until=warden_until_)
    if warden_ != empty(address):
        authority._give_roles(warden_, ICharter.Role.WARDEN)


# ---- external: the warden ----------------------------------------------------------

@external
def pause(name: bytes32, duration: uint256):
    """
    @notice Stop one contract's new business for a while; exits, refunds and votes go on.
    @param name The entry.
    @param duration Seconds, at most `MAX_PAUSE`. The next pause of this name may start
           only `MAX_PAUSE` after the end that is set now.
    """
    authority._require_role(ICharter.Role.WARDEN)
    assert block.timestamp < self.warden_until, "charter: office ended"
    assert duration > 0, "charter: no duration"
    assert duration <= limits.MAX_PAUSE, "charter: pause too long"
    assert block.timestamp >= self.pause_allowed_from[name], "charter: paused lately"
    contract: address = directory._require_entry(name)

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
    authority._require_role(ICharter.Role.WARDEN)
    assert block.timestamp < self._paused_until[name], "charter: not paused"
    self._paused_until[name] = block.timestamp
    self._halt(directory.entry[name], block.timestamp)
    log ICharter.PauseEnded(name=name, warden=msg.sender)


@external
def extend_warden(until: uint256):
    """
    @notice Prolong the warden's office. Only a vote does: the caller must be the
            directory's governor, and ADMIN.
    @param until The new end, at most `MAX_WARDEN_TERM` from now.
    """
    assert msg.sender == directory.entry[GOVERNOR], "charter: only a vote extends"
    authority._require_admin()
    old_until: uint256 = self.warden_until
    assert until > old_until, "charter: no extension"
    assert until <= block.timestamp + limits.MAX_WARDEN_TERM, "charter: term too long"
    self.warden_until = until
    log ICharter.WardenTermExtended(old_until=old_until, new_until=until)


# ---- external: what the brand says of itself ----------------------------------------

@external
def set_profile(content_hash: bytes32):
    """
    @notice Publish the brand's profile: name, colour, tiers, languages, support hours.
    @param content_hash The keccak256 of its canonical JSON.
    """
    authority._require_admin()
    old_hash: bytes32 = self.profile
    self.profile = content_hash
    log ICharter.ProfileChanged(old_hash=old_hash, new_hash=content_hash)


@external
def set_dao_uri(uri: String[limits.MAX_URI]):
    """
    @notice Say where the ERC-4824 description lies.
    @param uri An address of a JSON-LD file.
    """
    authority._require_admin()
    self.daoURI = uri
    log ICharter.DAOURIUpdate(daoAddress=self, daoURI=uri)


@external
def set_domain(well_known_hash: bytes32):
    """
    @notice Tie the brand's web domain to this charter.
    @param well_known_hash The keccak256 of the signed file that the domain serves.
    """
    authority._require_admin()
    old_hash: bytes32 = self.domain
    self.domain = well_known_hash
    log ICharter.DomainChanged(old_hash=old_hash, new_hash=well_known_hash)


@external
def set_company_id(company_id: uint256):
    """
    @notice Name the company that the brand is in matters of consent, once for all.
    @param company_id Its number there.
    """
    authority._require_admin()
    assert company_id != 0, "charter: zero company id"
    assert self.company_id == 0, "charter: company id is set"
    self.company_id = company_id
    log ICharter.CompanyIdSet(company_id=company_id)


# ---- external: views --------------------------------------------------------------

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


# ---- internal ---------------------------------------------------------------------

@internal
def _halt(contract: address, until: uint256):
    # Shared contracts are entries too, and nobody may pause those.
    has_halted: bool = raw_call(
        contract,
        abi_encode(until, method_id=method_id("halt_until(uint256)")),
        revert_on_failure=False,
    )
    assert has_halted and directory._halted_until(contract) == until, "charter: cannot be paused"
