"""Whether this device can be a member's wallet here, by a passkey, and what its script is told."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cercle import passkeys
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import CercleError
from cercle.passkeys.accounts import FACTORY
from cercle.slips import Invitation

from . import settings
from .components.passkey import route
from .wallet import Device

KNOWN_FOR = 300.0  # seconds that a network's answer is remembered


def device(
    chain: Chain, deployment: Deployment, brand: str, invitation: Invitation | None
) -> Device | None:
    """What the page is told of passkeys; None where nobody carries what they sign."""
    here = settings.current()
    if not here.relayer_url:
        return None
    told: dict[str, Any] = {"site": here.site, "origin": here.origin}
    script = route.script()
    if script is None:
        return Device(None, told)
    factory = deployment.address(FACTORY)
    try:
        if not _is_supported(factory, chain, deployment):
            return Device(None, told)
    except CercleError:
        return None  # no node answers: the page says so
    slip = None if invitation is None else invitation.as_text()
    place = f"{deployment.chain_id}.{factory}"
    return Device(script, {**told, "brand": brand, "place": place, "invitation": slip})


@st.cache_data(ttl=KNOWN_FOR, max_entries=4, show_spinner=False)
def _is_supported(factory: str, _chain: Chain, _deployment: Deployment) -> bool:
    return passkeys.is_supported(_chain, _deployment, _chain.head())
