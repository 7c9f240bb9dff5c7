"""Accounts of passkeys from Python: offered where the chain can check them, found again, used."""

import pytest

from cercle import identity, typed_data
from cercle.artifacts import Artifacts
from cercle.chain import Chain
from cercle.deployments import Deployment
from cercle.errors import (
    AccountExists,
    DeploymentError,
    NodeMisbehaved,
    NoPasskeysHere,
    NotByThisPasskey,
    PasskeyCallExpired,
    PasskeyOtherKey,
    WalletHasAPassport,
)
from cercle.executors import UnlockedExecutor
from cercle.passkeys import (
    account_of,
    create,
    execute,
    execution,
    find,
    is_made,
    is_offered,
    is_supported,
    message,
    next_nonce,
    pack,
    pick,
    read_assertion,
    read_credential,
)
from cercle.passkeys.p256 import PRECOMPILE, has_p256
from cercle.rollout import Rollout
from cercle.verification import verify_all
from tests.authenticator import SITE, Passkey
from tests.client.community import DAY, found, plan_of
from tests.client.nodes import FakeNode, place_code, put_back, rpc, running_anvil
from tests.client.passkeys import answered, assertion, made

ORIGINS = (f"https://{SITE}",)


@pytest.fixture(scope="module")
def new_node(project):
    """The URL of a node with P-256 at 0x100."""
    project.load_contracts()
    with running_anvil("--hardfork", "osaka") as url:
        yield url


@pytest.fixture(scope="module")
def opened(new_node, people, tmp_path_factory):
    return found(new_node, people, tmp_path_factory.mktemp("passkeys"))


@pytest.fixture
def town(opened):
    """The brand on it, put back afterwards as it was."""
    snapshot = rpc(opened.url, "evm_snapshot")
    yield opened
    put_back(opened.url, snapshot)
    opened.chain.forget_head()


@pytest.fixture
def passkey():
    return Passkey("a phone")


@pytest.fixture
def credential(passkey):
    return read_credential(made(passkey), SITE)


@pytest.fixture
def account(town, credential):
    """The account of the passkey, made by an outsider."""
    town.send(create(town.deployment, credential), town.outsider)
    return account_of(town.deployment, credential)


@pytest.fixture
def sign(town, passkey, credential):
    """What the passkey signs, by the way of a browser."""

    def by(asked, signer=passkey):
        challenge = asked.digest()
        answer = read_assertion(answered(signer.answer(challenge)))
        return pack(answer, challenge, SITE, ORIGINS, credential.key if signer is passkey else None)

    return by


@pytest.fixture
def carry(town, account, sign):
    """A call of the account's, signed, and carried by an outsider."""

    def send(call, signer=None, seconds=DAY, nonce=None):
        chain, deadline = town.chain, town.now() + seconds
        nonce = next_nonce(chain, account, chain.head(fresh=True)) if nonce is None else nonce
        asked = execution(account, chain.chain_id, call, nonce=nonce, deadline=deadline)
        signature = sign(asked, signer) if signer else sign(asked)
        return town.send(execute(account, call, deadline, signature), town.outsider)

    return send


# ---- where they are offered ------------------------------------------------------------


def test_rollout__chain_with_p256__offers_accounts(town):
    assert has_p256(town.chain)
    assert is_offered(town.deployment)
    assert is_supported(town.chain, town.deployment, town.chain.head(fresh=True))
    made = list(town.deployment.contracts)
    assert made[-4:] == ["PasskeyAccount", "PasskeyFactory", "Guard", "Governor"]
    wrong = [f for f in verify_all(town.chain, town.deployment, Artifacts()) if not f.is_right]
    assert wrong == []


def test_rollout__chain_without__offers_none(founded):
    assert not has_p256(founded.chain)
    assert not is_offered(founded.deployment)


@pytest.mark.parametrize("code", ["0x60015f5260205ff3", "0x60025f5260205ff3", "0x5f5ffd", "0x00"])
def test_has_p256__something_else_at_the_address__is_not(founded, code):
    """An older chain, where a contract happens to stand there: one that agrees to all, say."""
    snapshot = rpc(founded.url, "evm_snapshot")
    place_code(founded.url, PRECOMPILE, code)
    assert not has_p256(founded.chain)
    rpc(founded.url, "evm_revert", snapshot)


def rollout_of(town, path, **options):
    executor = UnlockedExecutor(town.chain, town.people[0])
    return Rollout(plan_of(town.people), path, executor, network="local", **options)


def test_rollout__shared_factory__is_taken_over_with_its_code(town, tmp_path):
    shared = town.deployment.address("PasskeyFactory")
    options = {"content": str(tmp_path), "passkeys": shared}
    list(rollout_of(town, tmp_path / "second.json", **options).run())
    second = Deployment.load(tmp_path / "second.json")
    for name in ("PasskeyFactory", "PasskeyAccount"):
        assert second.address(name) == town.deployment.address(name)
    wrong = [f for f in verify_all(town.chain, second, Artifacts()) if not f.is_right]
    assert wrong == []


def test_verify_all__factory_of_other_code__is_named(town, tmp_path):
    list(rollout_of(town, tmp_path / "second.json", content=str(tmp_path)).run())
    second = Deployment.load(tmp_path / "second.json")
    mixed = town.deployment.with_contract("PasskeyAccount", second.contracts["PasskeyAccount"])
    wrong = {f.name: f.sentence for f in verify_all(town.chain, mixed, Artifacts())}
    own = town.deployment.address("PasskeyAccount")
    assert f"its implementation is {own}" in wrong["PasskeyFactory"]


def test_rollout__factory_on_a_chain_without__is_refused(founded, tmp_path):
    chain = founded.chain
    factory = "0x" + "fa" * 20
    snapshot = rpc(founded.url, "evm_snapshot")
    place_code(founded.url, factory, "0x60015f5260205ff3")
    executor = UnlockedExecutor(chain, founded.people[0])
    with pytest.raises(DeploymentError, match="cannot check passkeys"):
        Rollout(
            *(plan_of(founded.people), tmp_path / "b.json", executor),
            network="local",
            passkeys=factory,
        )
    rpc(founded.url, "evm_revert", snapshot)


# ---- making one -----------------------------------------------------------------------


def test_create__by_anybody__makes_the_account_where_it_was_foretold(town, credential):
    expected = account_of(town.deployment, credential)
    assert not is_made(town.chain, expected)
    events = town.send(create(town.deployment, credential), town.outsider)
    assert [(e.name, e.args["account"]) for e in events] == [("AccountCreated", expected)]
    assert is_made(town.chain, expected)
    factory = town.deployment.contract("PasskeyFactory")
    asked = factory.read("account_of", *credential.terms)
    assert town.chain.read([asked], town.chain.head(fresh=True)) == [expected]


def test_create__again__is_refused(town, credential, account):
    with pytest.raises(AccountExists):
        town.chain.simulate(create(town.deployment, credential), town.outsider)


def test_create__where_the_chain_lacks_p256__is_refused_in_a_clear_word(founded, town, credential):
    """The same contracts, on a chain of the hard fork before."""
    snapshot = rpc(founded.url, "evm_snapshot")
    for name in ("PasskeyFactory", "PasskeyAccount"):
        address = town.deployment.address(name)
        place_code(founded.url, address, rpc(town.url, "eth_getCode", address, "latest"))
    with pytest.raises(NoPasskeysHere, match="cannot check passkeys: use a wallet"):
        founded.chain.simulate(create(town.deployment, credential), founded.outsider)
    assert not is_supported(founded.chain, town.deployment, founded.chain.head(fresh=True))
    rpc(founded.url, "evm_revert", snapshot)
    founded.chain.forget_head()


# ---- finding it again -------------------------------------------------------------------


def test_find__on_another_device__by_the_credential_and_an_answer(
    town, passkey, credential, account
):
    thief = read_credential(made(Passkey("a thief")), SITE)
    disguised = thief.model_copy(update={"credential_id": credential.credential_id})
    town.send(create(town.deployment, disguised), town.outsider)
    elsewhere = credential.model_copy(update={"site": "other.example"})
    town.send(create(town.deployment, elsewhere), town.outsider)

    accounts = find(town.chain, town.deployment, credential.credential_id, SITE)
    assert [one.address for one in accounts] == [account, account_of(town.deployment, disguised)]
    answer = assertion(passkey.answer(b"\x05" * 32))
    assert pick(accounts, answer).address == account
    assert pick(reversed(accounts), answer).key == credential.key
    assert find(town.chain, town.deployment, b"unknown", SITE) == ()


def test_pick__answer_of_another_passkey__is_named(town, credential, account):
    accounts = find(town.chain, town.deployment, credential.credential_id, SITE)
    with pytest.raises(PasskeyOtherKey):
        pick(accounts, assertion(Passkey("another").answer(bytes(32))))


def test_find__node_that_names_another_account__is_caught(town, credential, account):
    def bend(asked, answers):
        for answer in answers:
            logs = answer["result"] if isinstance(answer["result"], list) else []
            for log in logs:
                log["topics"][1] = "0x" + "00" * 12 + "ab" * 20
        return answers

    fake = FakeNode(town.url, bend)
    try:
        liar = Chain([fake.url], town.chain.chain_id, head_age=0.0)
        with pytest.raises(NodeMisbehaved, match="no passkey leads to"):
            find(liar, town.deployment, credential.credential_id, SITE)
    finally:
        fake.close()


# ---- using it -------------------------------------------------------------------------


def test_execute__a_call__is_made_as_the_account(town, account, carry):
    events = carry(identity.register(town.deployment))
    assert [e.name for e in events] == ["Transfer", "Locked", "WalletLinked"]
    assert events[-1].args["wallet"] == account
    assert next_nonce(town.chain, account, town.chain.head(fresh=True)) == 1


def test_execute__refused_by_the_target__says_its_reason(town, carry):
    carry(identity.register(town.deployment))
    with pytest.raises(WalletHasAPassport):
        carry(identity.register(town.deployment))


@pytest.mark.parametrize(
    ("differing", "refusal"),
    [
        ({"signer": Passkey("another")}, NotByThisPasskey),
        ({"seconds": -1}, PasskeyCallExpired),
        ({"nonce": 1}, NotByThisPasskey),
    ],
    ids=["another passkey", "expired", "out of order"],
)
def test_execute__not_as_it_must_be__is_refused(town, carry, differing, refusal):
    with pytest.raises(refusal):
        carry(identity.register(town.deployment), **differing)


def test_message__a_link__is_taken_as_a_wallets_signature(town, account, sign):
    deployment, person = town.deployment, town.people[14]
    town.send(identity.register(deployment), person)
    deadline = town.now() + DAY
    asked = typed_data.link(deployment, 1, account, 7, deadline)
    signature = sign(message(account, deployment.chain_id, asked.digest()))
    events = town.send(identity.link(deployment, account, 7, deadline, signature), person)
    assert events[-1].args == {"passport_id": 1, "wallet": account}


def test_message__digest_of_another_length__is_none(account):
    with pytest.raises(ValueError, match="32 bytes"):
        message(account, 1, b"short")
