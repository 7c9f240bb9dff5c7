"""Ape without what it does anew at every call and no test asks for.

Measured on the perks' units: half of the time went into drawing source tracebacks of refusals
that the tests expect, and a fifth into reading the provider's settings again.
"""

import pytest
from ape import exceptions
from ape.api.providers import ProviderAPI
from ape_ethereum.trace import Trace
from ape_foundry.provider import FoundryProvider


def quicken(patch: pytest.MonkeyPatch) -> None:
    """Take the detours out, for as long as the patch lasts."""
    # A call tree is drawn with the ABI of whatever an earlier test had deployed at the same
    # address, which fails when it does not fit.
    patch.setattr(Trace, "show", lambda trace, *args, **kwargs: None)
    # A refusal's reason comes with the answer; the lines of source that led there take half a
    # second each. `ape test` with a failing test still shows the test's own lines.
    patch.setattr(exceptions, "_get_ape_traceback_from_tx", lambda txn: None)
    patch.setattr(FoundryProvider, "settings", property(_remembered()))


def _remembered():
    """The provider's settings, validated once for each set of them."""
    known = {}

    def settings(provider):
        key = (id(provider), repr(provider.provider_settings))
        if key not in known:
            known[key] = ProviderAPI.settings.fget(provider)
        return known[key]

    return settings
