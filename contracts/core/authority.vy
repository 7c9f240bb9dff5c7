# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Authority
@custom:contract-name authority
@license AGPL-3.0-only
@author The Cercle authors
@notice Who may do what for a brand: roles that ADMIN gives and takes, and ADMIN
        itself, held by one account and handed over in two steps.
@dev A module of the Charter. ADMIN: offered -> accepted. Whoever hands over keeps no
     role; `_handovers` lets the host void what an earlier ADMIN left to come.
"""

from ..interfaces import ICharter


# ---- storage --------------------------------------------------------------------

admin: public(address)
pending_admin: public(address)

_roles: HashMap[address, ICharter.Role]
_handovers: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__(admin_: address):
    assert admin_ != empty(address), "authority: zero admin"
    self.admin = admin_
    self._roles[admin_] = ICharter.Role.ADMIN
    log ICharter.AdminHandedOver(old_admin=empty(address), new_admin=admin_)
    log ICharter.RolesGiven(account=admin_, roles=ICharter.Role.ADMIN)


# ---- external: the admin ----------------------------------------------------------

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
    assert account != empty(address), "authority: zero account"
    self._give_roles(account, roles)


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
def offer_admin(candidate: address):
    """
    @notice Offer ADMIN to another account; an earlier offer lapses.
    @param candidate Who may accept; zero to withdraw the offer.
    """
    self._require_admin()
    assert candidate != msg.sender, "authority: admin already"
    self.pending_admin = candidate
    log ICharter.AdminOffered(admin=msg.sender, candidate=candidate)


# ---- external: others -------------------------------------------------------------

@external
def renounce_roles(roles: ICharter.Role):
    """
    @notice Lay down roles of your own.
    @param roles One or more roles; ADMIN is handed over instead.
    """
    self._require_ordinary(roles)
    self._take_roles(msg.sender, roles)


@external
def accept_admin():
    """
    @notice Take over as ADMIN. The former one is left without any role, and every
            replacement announced so far is void.
    """
    assert msg.sender == self.pending_admin, "authority: not the candidate"
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


# ---- external: views --------------------------------------------------------------

@external
@view
def roles(account: address) -> ICharter.Role:
    """
    @notice What an account may do for the brand.
    @param account Anybody.
    @return Its roles, as one set.
    """
    return self._roles[account]


@external
@view
def has_role(account: address, role: ICharter.Role) -> bool:
    """
    @notice Whether an account holds a role.
    @param account Anybody.
    @param role The role; of several, all must be held.
    @return True when it does; False for no role at all.
    """
    return role != empty(ICharter.Role) and self._roles[account] & role == role


# ---- internal ---------------------------------------------------------------------

@internal
@view
def _require_admin():
    assert msg.sender == self.admin, "authority: not the admin"


@internal
@view
def _require_role(role: ICharter.Role):
    assert self._roles[msg.sender] & role == role, "authority: lacks the role"


@internal
@view
def _require_ordinary(roles: ICharter.Role):
    assert roles != empty(ICharter.Role), "authority: no role"
    assert roles & ICharter.Role.ADMIN == empty(ICharter.Role), "authority: admin is handed over"


@internal
def _give_roles(account: address, roles: ICharter.Role):
    gained: ICharter.Role = roles & ~self._roles[account]
    assert gained != empty(ICharter.Role), "authority: role held already"
    self._roles[account] |= gained
    log ICharter.RolesGiven(account=account, roles=gained)


@internal
def _take_roles(account: address, roles: ICharter.Role):
    lost: ICharter.Role = roles & self._roles[account]
    assert lost != empty(ICharter.Role), "authority: role not held"
    self._roles[account] &= ~lost
    log ICharter.RolesTaken(account=account, roles=lost)
