# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Consent probe
@custom:contract-name ConsentProbe
@license AGPL-3.0-only
@author The Cercle authors
@notice A contract that asks whether a company may see something, and keeps what the asking
        cost it.
@dev For tests alone.
"""

from ..interfaces import IConsent

gas_used: public(uint256)
answer: public(bool)


@external
def ask(
    consent: IConsent,
    passport_id: uint256,
    company_id: uint256,
    purpose: uint256,
    category: uint256,
):
    """
    @notice Ask, and keep the answer and the gas of the call.
    """
    gas_before: uint256 = msg.gas
    is_allowed: bool = staticcall consent.allowed(passport_id, company_id, purpose, category)
    gas_after: uint256 = msg.gas
    self.gas_used = gas_before - gas_after
    self.answer = is_allowed
