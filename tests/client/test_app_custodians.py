"""The keepers of a person's records, as the app reads and writes them."""

from types import SimpleNamespace

import pytest
from eth_account import Account

from cercle import lens
from cercle.consent import calls
from cercle.index.history import open_history
from cercle.vault.certificates import certificate, line_of
from frontend import consents
from frontend.services import LiveCommunity
from frontend.testing.fakes import seal

KEEPER = Account.from_key("0x" + "c7" * 32)
CATEGORY = 9


@pytest.fixture
def live(data_town):
    past = open_history(data_town.chain, data_town.deployment)
    found = LiveCommunity(data_town.chain, data_town.deployment, data_town.store, past)
    return consents.LiveConsents(data_town.chain, data_town.deployment, past, found)


@pytest.fixture
def card(data_town):
    data_town.passport(data_town.members[0])
    return lens.card(data_town.chain, data_town.deployment, data_town.members[0])


def test_custodian__named__its_word_is_written_once_the_data_is_erased(data_town, live, card):
    town = data_town
    assert live.custodians(card) == ()
    town.send(live.set_custodians((KEEPER.address,)).call, card.account)
    assert live.custodians(card) == (KEEPER.address,)
    town.send(calls.move(town.deployment, CATEGORY, seal(5)), card.account)
    town.send(live.erase(CATEGORY).call, card.account)
    row = certificate(
        town.deployment, KEEPER, card.passport_id, CATEGORY, 2, {"files": 1}, town.now()
    )
    line = line_of(SimpleNamespace(**row))
    assert not live.is_certified(line)
    told = town.send(live.certify(line).call, town.members[1])
    assert [(one.name, one.args["custodian"]) for one in told] == [
        ("ShredCertified", KEEPER.address)
    ]
    town.chain.forget_head()
    assert live.is_certified(line)
