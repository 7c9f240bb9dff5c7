"""A company's servers on good and bad nodes: what is done is done once, whatever fails."""

import pytest
from eth_account import Account

from cercle.chain import Chain
from cercle.consent import ConsentStatus, calls, company
from cercle.consent.client import CompanyClient, Patience, Sender
from cercle.consent.sending import StillPending
from cercle.errors import (
    AccessNotAllowed,
    AskedLately,
    NodeUnreachable,
    NoReadsLeft,
    NotTheCompany,
    OtherVersion,
    RefusedLately,
    VaultNotTheCompany,
)
from cercle.index.history import open_history

from .community import DAY
from .data_town import PURPOSE
from .nodes import FakeNode, rpc

ORDER, SEAL = "0x" + "77" * 32, "0x" + "66" * 32
QUICK = Patience(first=0.0, poll=0.0, sleep=lambda seconds: None)


@pytest.fixture
def person(data_town):
    wallet = data_town.members[0]
    return data_town.passport(wallet)


@pytest.fixture
def number(data_town, person):
    return data_town.found_company()


@pytest.fixture
def client_at(data_town, number, keys):
    """A client behind a node of its own; by default the controller's."""

    def _make(url=None, key=15, patience=QUICK):
        chain = Chain([url or data_town.url], 31337, head_age=0.0, rest=0.0)
        sender = Sender(chain, Account.from_key(keys[key]), patience)
        history = open_history(chain, data_town.deployment)
        return CompanyClient(sender, data_town.deployment, number, history)

    return _make


@pytest.fixture
def between(data_town):
    """Nodes that stand before the honest one."""
    made = []

    def _make(bend):
        made.append(FakeNode(data_town.url, bend))
        return made[-1].url

    yield _make
    for one in made:
        one.close()


def sent_by(data_town):
    return data_town.chain.nonce(data_town.controller)


def dying(method, times):
    """A node that does what it is asked by `method`, and dies before it says so."""
    left = [times]

    def bend(asked, answers):
        if any(one["method"] == method for one in asked) and left[0]:
            left[0] -= 1
            return b""
        return answers

    return bend


def deaf(method, times):
    """A node that answers nothing at all to `method`, and does nothing either."""
    left = [times]

    def bend(asked, answers):
        if any(one["method"] == method for one in asked) and left[0]:
            left[0] -= 1
            return b"nonsense"
        return answers

    return bend


# ---- what it does -------------------------------------------------------------------------


def test_ask__twice__asks_once(client_at, data_town, person):
    client = client_at()
    first, second = (client.ask(person, PURPOSE, 0, 1) for _ in range(2))
    assert (first.was_done, second.was_done) == (False, True)
    assert client.status(person, PURPOSE) == ConsentStatus.REQUESTED


def test_ask__refused__leaves_them_alone(client_at, data_town, person, number):
    client = client_at()
    client.ask(person, PURPOSE, 0)
    data_town.send(calls.refuse(data_town.deployment, number, PURPOSE), data_town.members[0])
    with pytest.raises(RefusedLately):
        client.ask(person, PURPOSE, 0)
    data_town.pass_time(31 * DAY)
    assert not client.ask(person, PURPOSE, 0).was_done


def test_ask__again_after_less_than_a_week__is_refused(client_at, data_town, person, number):
    client = client_at()
    client.ask(person, PURPOSE, 0)
    data_town.give(data_town.members[0], number, categories=1)
    with pytest.raises(AskedLately):
        client.ask(person, PURPOSE, 0, 1)


def test_ask__by_a_stranger__is_refused(client_at, person):
    with pytest.raises(NotTheCompany):
        client_at(key=16).ask(person, PURPOSE, 0)


def test_allowed__given_and_taken__follows(client_at, data_town, person, number):
    client = client_at()
    assert not client.allowed(person, PURPOSE, 0)
    data_town.give(data_town.members[0], number)
    assert client.allowed(person, PURPOSE, 0)
    assert not client.allowed(person, PURPOSE, 2)  # beyond what was given
    assert not client.allowed(person, PURPOSE + 1, 0)
    data_town.send(calls.withdraw_all(data_town.deployment), data_town.members[0])
    assert not client.allowed(person, PURPOSE, 0)


def test_request_access__same_order_twice__looks_once(client_at, data_town, person, number):
    data_town.give(data_town.members[0], number)
    client = client_at()
    looks = [client.request_access(person, PURPOSE, 0, ORDER) for _ in range(2)]
    assert [(one.read, one.price, one.was_done) for one in looks] == [(1, 0, False), (1, 0, True)]
    assert client.request_access(person, PURPOSE, 0, SEAL).read == 2
    with pytest.raises(NoReadsLeft):
        client.request_access(person, PURPOSE, 0, "0x" + "78" * 32)


def test_look__one_order_of_two_categories__has_a_look_for_each(
    client_at, data_town, person, number
):
    data_town.give(data_town.members[0], number, categories=0b11)
    client = client_at()
    assert client.look(person, PURPOSE, 0, ORDER) is None
    made = [client.request_access(person, PURPOSE, bit, ORDER) for bit in (0, 1)]
    assert [(one.read, one.was_done) for one in made] == [(1, False), (2, False)]
    assert client.request_access(person, PURPOSE, 1, ORDER).was_done
    found = [client.look(person, PURPOSE, bit, ORDER) for bit in (0, 1)]
    assert [(one.args["category"], one.tx_hash) for one in found] == [
        (bit, made[bit].tx_hash) for bit in (0, 1)
    ]


def test_request_access__not_given__is_refused(client_at, person):
    with pytest.raises(AccessNotAllowed):
        client_at().request_access(person, PURPOSE, 0, ORDER)
    with pytest.raises(VaultNotTheCompany):
        client_at(key=16).request_access(person, PURPOSE, 0, ORDER)


def test_moves__told__are_listed_until_noted(client_at, data_town, person, number):
    d, client = data_town.deployment, client_at()
    data_town.give(data_town.members[0], number)
    data_town.pass_time(10)
    assert client.moves() == ()
    data_town.send(calls.move(d, 1, SEAL), data_town.members[0])
    (note,) = client.moves()
    assert (note.passport_id, note.purpose, note.category, note.version) == (person, PURPOSE, 1, 1)
    assert not note.is_late
    with pytest.raises(OtherVersion):
        client.acknowledge(person, PURPOSE, 1, 2)
    done = [client.acknowledge(person, PURPOSE, 1, 1).was_done for _ in range(2)]
    assert (done, client.moves()) == ([False, True], ())


def test_deletions__withdrawn__are_due_until_attested(client_at, data_town, person, number):
    client = client_at()
    data_town.give(data_town.members[0], number)
    client.request_access(person, PURPOSE, 0, ORDER)
    assert client.deletions() == ()
    (held,) = client.deletions(due=False)
    assert not held.is_due
    data_town.pass_time(10)
    data_town.send(calls.withdraw(data_town.deployment, number, PURPOSE), data_town.members[0])
    (due,) = client.deletions()
    assert (due.passport_id, due.purpose, due.duty.reads) == (person, PURPOSE, 1)
    done = [client.attest_deletion(person, PURPOSE, SEAL).was_done for _ in range(2)]
    assert (done, client.deletions(due=False)) == ([False, True], ())


# ---- nodes that fail -----------------------------------------------------------------------


@pytest.mark.parametrize("failure", [dying, deaf])
def test_ask__node_dies_while_sending__is_sent_once(client_at, data_town, person, between, failure):
    before = sent_by(data_town)
    client = client_at(between(failure("eth_sendRawTransaction", 2)))
    client.ask(person, PURPOSE, 0)
    assert client.status(person, PURPOSE) == ConsentStatus.REQUESTED
    assert sent_by(data_town) == before + 1


@pytest.mark.parametrize(
    "method", ["eth_estimateGas", "eth_gasPrice", "eth_getTransactionCount", "eth_call"]
)
def test_ask__node_stumbles_over_a_question__asks_again(
    client_at, data_town, person, between, method
):
    before = sent_by(data_town)
    assert not client_at(between(deaf(method, 3))).ask(person, PURPOSE, 0).was_done
    assert sent_by(data_town) == before + 1


def test_allowed__no_node_at_all__says_so_in_the_end(client_at, person, dead_node):
    pauses = []
    patience = Patience(tries=4, first=1.0, longest=3.0, sleep=pauses.append)
    with pytest.raises(NodeUnreachable):
        client_at(dead_node, patience=patience).allowed(person, PURPOSE, 0)
    bounds = [(0.5, 1.0), (1.0, 2.0), (1.5, 3.0)]
    assert len(pauses) == 3
    assert all(low <= one <= high for one, (low, high) in zip(pauses, bounds, strict=True))


def test_ask__nothing_is_mined__ends_and_sends_the_same_later(client_at, data_town, person):
    before = sent_by(data_town)
    rpc(data_town.url, "evm_setAutomine", False)
    impatient = Patience(first=0.0, mined=0.3, poll=0.01)
    with pytest.raises(StillPending) as pending:
        client_at(patience=impatient).ask(person, PURPOSE, 0)
    rpc(data_town.url, "evm_mine")
    rpc(data_town.url, "evm_setAutomine", True)
    assert client_at().ask(person, PURPOSE, 0).was_done
    assert sent_by(data_town) == before + 1
    assert pending.value.tx_hash in str(pending.value)


def test_request_access__node_forgets_that_it_sent__looks_once(
    client_at, data_town, person, number, between
):
    data_town.give(data_town.members[0], number)
    client = client_at(between(dying("eth_sendRawTransaction", 3)))
    assert client.request_access(person, PURPOSE, 0, ORDER).read == 1
    assert client.request_access(person, PURPOSE, 0, ORDER).was_done


def test_funds__paid_in_and_taken_out__are_told(data_town, number):
    d = data_town.deployment
    data_town.pay_in(number, 900)
    data_town.send(
        company.withdraw_funds(d, number, data_town.controller, 300), data_town.controller
    )
    data_town.send(company.set_bond(d, number, 50), data_town.controller)
    data_town.send(company.set_bond(d, number, 20), data_town.controller)
    told = company.funds(data_town.chain, d, number)
    assert (told.free, told.bond, told.next_bond) == (600, 50, 20)
    assert told.next_from > data_town.chain.head().time
