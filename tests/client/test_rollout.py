"""A plan carried out: killed after any step and run again, it ends in one and the same brand."""

import pytest

from cercle.chain import Chain
from cercle.contracts import Contract
from cercle.deployments import Deployment
from cercle.errors import CercleError, DeploymentError
from cercle.executors import UnlockedExecutor
from cercle.flags import Right, Role
from cercle.journal import create_address
from cercle.plan import SharedPlan
from cercle.rollout import DIRECTORY, Rollout

from .community import DAY, plan_of
from .nodes import put_back, rpc

OTHER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720"  # the node's tenth account


class Killed(BaseException):
    """The process dies here: nothing may catch it."""


class MortalExecutor(UnlockedExecutor):
    """Dies at its n-th act: before sending, or after sending and before hearing back."""

    def __init__(self, chain, sender, dies_at, when):
        super().__init__(chain, sender)
        self.acts = 0
        self.dies_at = dies_at
        self.when = when

    def _act(self, act, *arguments):
        self.acts += 1
        if self.acts == self.dies_at and self.when == "before":
            raise Killed
        act(*arguments)
        if self.acts == self.dies_at:
            raise Killed

    def deploy(self, name, arguments, nonce):
        self._act(super().deploy, name, arguments, nonce)

    def send(self, call):
        self._act(super().send, call)


@pytest.fixture
def ground(brand_node, people, tmp_path):
    """The brand's node with nothing new on it, put back afterwards."""
    snapshot = rpc(brand_node, "evm_snapshot")
    yield brand_node
    put_back(brand_node, snapshot)


def rollout_of(url, people, path, executor=None, **options):
    chain = Chain([url], 31337, head_age=0.0)
    executor = executor or UnlockedExecutor(chain, people[0])
    content = str(path.parent / "content")
    return Rollout(plan_of(people), path, executor, network="local", content=content, **options)


def taken(book, names):
    """The options that take over contracts of another brand's."""
    told = {entry: book.address(one) for entry, one in DIRECTORY.items() if one in names}
    first = {name: told.pop(name) for name in ("passport", "profile") if name in told}
    return {**first, "shared": SharedPlan(**told)} if told else first


def state_of(url, path):
    """What a finished rollout leaves, addresses aside."""
    chain, book = Chain([url], 31337, head_age=0.0), Deployment.load(path)
    charter, points = book.contract("Charter"), book.contract("Points")
    listed = {name: one for name, one in DIRECTORY.items() if book.has(one)}
    names = {n: n.encode().ljust(32, b"\0") for n in listed}
    reads = [charter.read("entry", word) for word in names.values()]
    reads += [charter.read("is_sealed"), charter.read("entry_count")]
    reads += [points.read("holder", book.address(name)) for name in ("Rewards", "Perks")]
    answers = chain.read(reads, chain.head())
    entries, rest = answers[: len(names)], answers[len(names) :]
    assert entries == [book.address(name) for name in listed.values()]
    return rest[0], rest[1], [Right(holder["rights"]) for holder in rest[2:]]


SHARED = ("Passport", "Profile", "Consent", "Records", "Decisions", "PriceLists", "Agreements")
READ = ("Passport", "Passport", "Consent", "Consent", "Consent", "PriceLists")
FINISHED = (True, 15, [Right.MINTER | Right.REVERSER, Right.SPENDER])


def test_run__to_the_end__leaves_a_sealed_brand(ground, people, tmp_path):
    path = tmp_path / "local.json"
    said = list(rollout_of(ground, people, path).run())
    assert said[0].startswith("deployed Passport at 0x")
    assert state_of(ground, path) == FINISHED
    book = Deployment.load(path)
    assert list(book.contracts) == [
        *SHARED,
        *("Tariff", "Charter", "Electorate", "Membership"),
        *("Points", "Rewards", "Perks", "Polls", "Guard", "Governor"),
    ]
    chain = Chain([ground], 31337)
    roles = chain.read([book.contract("Charter").read("roles", people[2])], chain.head())
    assert Role(roles[0]) == Role.ISSUER
    for deployed in book.contracts.values():
        assert rpc(ground, "eth_getCode", deployed.address, hex(deployed.block)) != "0x"
        assert rpc(ground, "eth_getCode", deployed.address, hex(deployed.block - 1)) == "0x"


def test_run__again__does_nothing(ground, people, tmp_path):
    path = tmp_path / "local.json"
    list(rollout_of(ground, people, path).run())
    before = rpc(ground, "eth_getTransactionCount", people[0], "latest")
    assert list(rollout_of(ground, people, path).run()) == []
    assert rpc(ground, "eth_getTransactionCount", people[0], "latest") == before


def test_preview__before_and_after__sends_nothing(ground, people, tmp_path):
    path = tmp_path / "local.json"
    before = rpc(ground, "eth_getTransactionCount", people[0], "latest")
    assert "deploy Charter" in list(rollout_of(ground, people, path).preview())
    assert rpc(ground, "eth_getTransactionCount", people[0], "latest") == before
    assert not path.exists()
    list(rollout_of(ground, people, path).run())
    assert list(rollout_of(ground, people, path).preview()) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_run__killed_at_each_act__ends_alike(ground, people, tmp_path, when):
    acts = 0
    start = int(rpc(ground, "eth_getTransactionCount", people[0], "latest"), 16)
    path = tmp_path / "local.json"
    while True:
        # The next life dies one act further on than what is left would need it to.
        chain = Chain([ground], 31337, head_age=0.0)
        executor = MortalExecutor(chain, people[0], dies_at=1 + acts % 2, when=when)
        try:
            list(rollout_of(ground, people, path, executor).run())
        except Killed:
            acts += 1
            assert acts < 80
            continue
        break
    sent = int(rpc(ground, "eth_getTransactionCount", people[0], "latest"), 16) - start
    assert state_of(ground, path) == FINISHED
    assert sent == 17 + 5 + 15 + 1 + 2, "nothing was sent twice"


class Overtaken(UnlockedExecutor):
    """Somebody binds the electorate before our membership can."""

    def deploy(self, name, arguments, nonce):
        super().deploy(name, arguments, nonce)
        if name == "Electorate":
            self.electorate = create_address(self.sender, nonce)
            thief = UnlockedExecutor(self.chain, OTHER)
            thief.send(Contract("Electorate", self.electorate).call("bind"))


class Outrun(UnlockedExecutor):
    """Somebody binds the guard before our governor can."""

    def deploy(self, name, arguments, nonce):
        super().deploy(name, arguments, nonce)
        if name == "Guard":
            self.guard = create_address(self.sender, nonce)
            thief = UnlockedExecutor(self.chain, OTHER)
            thief.send(Contract("Guard", self.guard).call("bind"))


def test_run__electorate_bound_by_another__is_left_to_them(ground, people, tmp_path):
    path = tmp_path / "local.json"
    executor = Overtaken(Chain([ground], 31337, head_age=0.0), people[0])
    with pytest.raises(CercleError):
        list(rollout_of(ground, people, path, executor).run())
    list(rollout_of(ground, people, path).run())
    assert state_of(ground, path) == FINISHED
    assert Deployment.load(path).address("Electorate") != executor.electorate


def test_run__guard_bound_by_another__is_left_to_them(ground, people, tmp_path):
    path = tmp_path / "local.json"
    executor = Outrun(Chain([ground], 31337, head_age=0.0), people[0])
    with pytest.raises(CercleError):
        list(rollout_of(ground, people, path, executor).run())
    list(rollout_of(ground, people, path).run())
    assert state_of(ground, path) == FINISHED
    assert Deployment.load(path).address("Guard") != executor.guard


def test_run__governor__has_the_plans_classes_scopes_and_assets(ground, people, tmp_path):
    path = tmp_path / "local.json"
    list(rollout_of(ground, people, path).run())
    book, chain = Deployment.load(path), Chain([ground], 31337)
    guard, governor, points = map(book.contract, ("Guard", "Governor", "Points"))
    transfer = bytes.fromhex("a9059cbb")
    reads = [
        guard.read("class_count"),
        guard.read("terms_of", 1),
        guard.read("terms_of", 2),
        guard.read("scope_of", 2, points.address, transfer),
        guard.read("assets"),
        *(guard.read(view) for view in ("charter", "governor")),
        *(governor.read(view) for view in ("name", "token", "guard", "charter")),
    ]
    count, first, second, scope, assets, *ties = chain.read(reads, chain.head())
    assert count == 2
    days = {"voting_delay": DAY, "voting_period": 3 * DAY, "late_extension": DAY}
    votes = {"threshold": 1, "is_vetoable": True}
    free = {"queue_delay": 2 * DAY, "quorum": 4_000, "season_share": 0, "is_bounded": False}
    bounded = {"queue_delay": DAY, "quorum": 2_000, "season_share": 5_000, "is_bounded": True}
    assert (first, second) == (days | votes | free, days | votes | bounded)
    assert (scope["cap"], scope["amount_word"], scope["is_allowed"]) == (500, 2, True)
    assert assets == [points.address]
    assert ties == [
        *(book.address("Charter"), book.address("Governor")),
        *("Cercle Governor", book.address("Electorate"), book.address("Guard")),
        book.address("Charter"),
    ]


@pytest.mark.parametrize("names", [("Passport",), ("Passport", "Profile"), SHARED])
def test_run__shared_contracts__are_taken_over(ground, people, tmp_path, names):
    list(rollout_of(ground, people, tmp_path / "first.json").run())
    first = Deployment.load(tmp_path / "first.json")
    second = rollout_of(ground, people, tmp_path / "second.json", **taken(first, names))
    list(second.run())
    book = Deployment.load(tmp_path / "second.json")
    for name in SHARED:
        assert (book.address(name) == first.address(name)) == (name in names)
    for name, read in zip(SHARED[1:], READ, strict=True):
        assert book.contracts[name].args == (book.address(read),)
    assert state_of(ground, tmp_path / "second.json") == FINISHED


def test_run__token_for_companies__deploys_a_vault_that_others_share(ground, people, tmp_path):
    executor = UnlockedExecutor(Chain([ground], 31337, head_age=0.0), people[0])
    nonce = executor.chain.nonce(people[0])
    token = create_address(people[0], nonce)
    executor.deploy("FakeToken", (), nonce)
    told = SharedPlan(token=token)
    list(rollout_of(ground, people, tmp_path / "first.json", shared=told).run())
    first = Deployment.load(tmp_path / "first.json")
    assert first.contracts["Vault"].args == (first.address("Consent"), token)
    names = (*SHARED, "Vault")
    second = rollout_of(ground, people, tmp_path / "second.json", **taken(first, names))
    list(second.run())
    book = Deployment.load(tmp_path / "second.json")
    assert book.contracts["Vault"] == first.contracts["Vault"]
    assert state_of(ground, tmp_path / "second.json") == (True, 16, FINISHED[2])


@pytest.mark.parametrize(("name", "read"), list(zip(SHARED[1:], READ, strict=True)))
def test_rollout__shared_of_another_register__is_refused(ground, people, tmp_path, name, read):
    list(rollout_of(ground, people, tmp_path / "first.json").run())
    first = Deployment.load(tmp_path / "first.json")
    spelt = {"PriceLists": "price lists"}
    told = [spelt.get(one, one.lower()) for one in (name, read)]
    why = f"The {told[0]} {first.address(name)} reads the {told[1]}"
    with pytest.raises(DeploymentError, match=why):
        rollout_of(ground, people, tmp_path / "second.json", **taken(first, (name,)))


def test_rollout__not_the_admin__is_refused(ground, people, tmp_path):
    executor = UnlockedExecutor(Chain([ground], 31337), people[1])
    with pytest.raises(DeploymentError, match="cannot act for it"):
        rollout_of(ground, people, tmp_path / "local.json", executor)


def test_rollout__file_of_another_chain__is_refused(ground, people, tmp_path):
    path = tmp_path / "local.json"
    Deployment(chain_id=1, network="mainnet", brand="Sillon").save(path)
    with pytest.raises(DeploymentError, match="is of Sillon on chain 1"):
        rollout_of(ground, people, path)


def test_rollout__chain_forgot_everything__deploys_anew(ground, people, tmp_path):
    path = tmp_path / "local.json"
    snapshot = rpc(ground, "evm_snapshot")
    list(rollout_of(ground, people, path).run())
    rpc(ground, "evm_revert", snapshot)
    list(rollout_of(ground, people, path).run())
    assert state_of(ground, path) == FINISHED


def test_rollout__no_contract_at_the_passport__is_refused(ground, people, tmp_path):
    with pytest.raises(DeploymentError, match="No contract stands at the passport"):
        rollout_of(ground, people, tmp_path / "local.json", passport=people[5])


@pytest.mark.parametrize(
    ("nonce", "address"),
    [
        (0, "0x5FbDB2315678afecb367f032d93F642f64180aa3"),
        (1, "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"),
        (200, "0xcd8a1C3ba11CF5ECfa6267617243239504a98d90"),
    ],
)
def test_create_address__known_nonces__is_where_nodes_put_it(nonce, address):
    sender = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    if nonce < 128:
        assert create_address(sender, nonce) == address
    else:
        assert len(create_address(sender, nonce)) == 42
