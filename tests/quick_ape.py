"""Ape without what it does anew at every call and no test asks for.

Profiles of the units showed where their time went: half of it into the source tracebacks of
refusals that a test expects, and half of the rest into settings, network classes and proxies
of the environment, looked up again for each request to a node next door.
"""

import gc

import ape_ethereum.provider
import pytest
import requests
from ape import exceptions
from ape.api.providers import ProviderAPI
from ape.api.transactions import ReceiptAPI
from ape.contracts.base import ContractMethodHandler
from ape_ethereum.ecosystem import Ethereum
from ape_ethereum.trace import Trace
from ape_foundry.provider import FoundryProvider


def quicken(patch: pytest.MonkeyPatch) -> None:
    """Take the detours out, for as long as the patch lasts."""
    # A call tree is drawn with the ABI of whatever an earlier test had deployed at the same
    # address, which fails when it does not fit.
    patch.setattr(Trace, "show", lambda trace, *args, **kwargs: None)
    # A refusal's reason comes with the answer; the source lines that led there take half a
    # second each. What a failing test shows is its own lines.
    patch.setattr(exceptions, "_get_ape_traceback_from_tx", lambda txn: None)
    patch.setattr(FoundryProvider, "settings", _remembered(ProviderAPI.settings, _settings_key))
    patch.setattr(FoundryProvider, "auto_mine", True)  # no test on Ape's chain turns it off
    patch.setattr(
        Ethereum,
        "default_transaction_type",
        _remembered(Ethereum.default_transaction_type, _network_key),
    )
    # Five requests a transaction: whether a contract deployed a moment ago has code, whether the
    # sender of a mined transaction has a higher nonce, and what Vyper never prints.
    patch.setattr(ContractMethodHandler, "_validate_is_contract", lambda handler: None)
    patch.setattr(ReceiptAPI, "_await_sender_nonce_increment", lambda receipt: None)
    patch.setattr(ape_ethereum.provider, "_post_send_transaction", lambda tx, receipt: None)
    patch.setattr(requests.sessions, "get_environ_proxies", lambda url, no_proxy=None: {})

    # What is imported by now stays: no use in looking through it again and again.
    gc.collect()
    gc.freeze()


def _settings_key(provider):
    return id(provider), repr(provider.provider_settings)


def _network_key(ecosystem):
    provider = ecosystem.network_manager.active_provider
    return ecosystem.name, provider and provider.network.name


def _remembered(computed, key_of):
    """The property, computed once for each key."""
    known = {}

    def answer(self):
        key = key_of(self)
        if key not in known:
            known[key] = computed.fget(self)
        return known[key]

    return property(answer)
