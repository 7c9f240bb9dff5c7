"""D10: an event is acted upon, and then the chain undoes its block.

Indexers that keep a cursor and nothing else, and bots that forget `.removed`, went on serving what
never happened. Here somebody gets a passport, and the chain turns: one index still knows them.
"""

import pytest

from cercle import identity
from cercle.chain import Chain
from cercle.events import read_events
from cercle.index import Follower, open_store
from cercle.index.history import open_history
from cercle.values import checksum
from tests.client.community import found
from tests.client.nodes import rpc, running_anvil


class CarelessIndex:
    """Reads on from its cursor, and never looks back."""

    def __init__(self, town):
        self.town, self.known, self.next = town, set(), 0

    def catch_up(self):
        head = self.town.chain.head(fresh=True).number
        logs = read_events(
            self.town.chain, self.town.deployment, "Passport", "WalletLinked", first=self.next
        )
        self.known |= {event.args["wallet"] for event in logs}
        self.next = head + 1


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    with running_anvil() as url:
        people = [checksum(one) for one in rpc(url, "eth_accounts")]
        yield found(url, people, tmp_path_factory.mktemp("brand"))


def test_undone_passport__careless_index_still_knows_it__ours_does_not(town, tmp_path):
    thief, path = town.outsider, str(tmp_path / "index.sqlite")
    careless = CarelessIndex(town)
    chain = Chain([town.url], town.chain.chain_id, head_age=0)
    with open_store(path, town.deployment, chain) as store:
        ours, history = Follower(store, chain), open_history(chain, town.deployment, path)
        ours.catch_up()
        snapshot = rpc(town.url, "evm_snapshot")
        town.send(identity.register(town.deployment), thief)
        careless.catch_up()
        ours.catch_up()
        page = history.of_wallet(thief)
        assert thief in careless.known
        assert page.served.source == "index"
        assert [entry.is_final for entry in page.entries] == [False] * 2  # not to be acted upon yet

        rpc(town.url, "evm_revert", snapshot)
        rpc(town.url, "evm_increaseTime", hex(60))
        for _ in range(3):
            rpc(town.url, "evm_mine")
        town.chain.forget_head()
        careless.catch_up()
        ours.catch_up()
        assert town.chain.read(
            [town.deployment.contract("Passport").read("id_of", thief)], town.chain.head(fresh=True)
        ) == [0]
        assert thief in careless.known
        assert history.of_wallet(thief).entries == ()
        assert history.person_of(thief) is None
