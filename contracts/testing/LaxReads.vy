# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Lax reads
@custom:contract-name LaxReads
@license AGPL-3.0-only
@author The Cercle authors
@notice A log of reads that asks whether a company may see something, and not for what: what was
        given to deliver a parcel serves to advertise.
"""

from ..common import limits
from ..interfaces import IConsent

CONSENT: immutable(IConsent)


event AccessRequested:
    passport_id: indexed(uint256)
    company_id: indexed(uint256)
    purpose: uint256


@deploy
def __init__(consent_: IConsent):
    CONSENT = consent_


@external
def request_access(company_id: uint256, passport_id: uint256, purpose: uint256, category: uint256):
    """
    @notice Have it written down that a company looks, for what it says.
    """
    assert staticcall CONSENT.may_act(company_id, msg.sender), "lax_reads: not the company"
    for granted: uint256 in range(limits.PURPOSES):
        if staticcall CONSENT.allowed(passport_id, company_id, granted, category):
            log AccessRequested(passport_id=passport_id, company_id=company_id, purpose=purpose)
            return
    raise "lax_reads: not allowed"
