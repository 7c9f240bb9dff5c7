"""Tokens of others in members' wallets: what came, what went, who holds, who was linked late."""

import random

import pytest
from eth_abi.abi import encode

from cercle import identity, typed_data
from cercle.errors import NodeMisbehaved, PlanError
from cercle.index.pace import Pace
from cercle.index.sql_history import SqlHistory
from cercle.index.tokens import Holding, Standard, Token, TokenFollower, holders, read_tokens
from cercle.index.tokens.transfers import BATCH, SINGLE, TRANSFER
from cercle.loyalty import membership
from tests.client.nodes import place_code, rpc, wait_mined
from tests.relayer.stage import account

from .looking import rows_of
from .town import act_together, random_act

# Logs what its calldata says: so many topics, then the data.
LOG3 = "0x6060360380606060003760403560203560003583" + "6000a300"
LOG4 = "0x608036038060806000376060356040356020356000358460" + "00a400"
COIN, CARD, MIX = ("0x" + byte * 20 for byte in ("c1", "c2", "c3"))
NOBODY = "0x" + "00" * 20
TOKENS = (
    Token(name="Coin", standard=Standard.ERC20, address=COIN, block=0),
    Token(name="Card", standard=Standard.ERC721, address=CARD, block=0),
    Token(name="Mix", standard=Standard.ERC1155, address=MIX, block=0),
)


class Tokens:
    """Three contracts of strangers, which log whatever they are told."""

    def __init__(self, stage) -> None:
        self.url, self._sender = stage.url, stage.payer.address
        for where, code in ((COIN, LOG3), (CARD, LOG4), (MIX, LOG4)):
            place_code(stage.url, where, code)

    def log(self, where: str, topics, data: bytes = b"") -> None:
        words = "".join(topic[2:].rjust(64, "0") for topic in topics)
        fields = {"from": self._sender, "to": where, "data": f"0x{words}{data.hex()}"}
        wait_mined(self.url, rpc(self.url, "eth_sendTransaction", {**fields, "gas": hex(500_000)}))

    def coin(self, sender: str, receiver: str, amount: int) -> None:
        self.log(COIN, [TRANSFER, sender, receiver], encode(["uint256"], [amount]))

    def card(self, sender: str, receiver: str, token_id: int) -> None:
        self.log(CARD, [TRANSFER, sender, receiver, hex(token_id)])

    def mix(self, sender: str, receiver: str, token_id: int, amount: int) -> None:
        data = encode(["uint256", "uint256"], [token_id, amount])
        self.log(MIX, [SINGLE, NOBODY, sender, receiver], data)

    def mixes(self, sender: str, receiver: str, ids, amounts) -> None:
        data = encode(["uint256[]", "uint256[]"], [ids, amounts])
        self.log(MIX, [BATCH, NOBODY, sender, receiver], data)


@pytest.fixture
def tokens(stage):
    return Tokens(stage)


@pytest.fixture
def read(stage, open_index, database):
    """Catch up, tokens and all."""
    follower = open_index(database)
    made = []

    def _read(listed=TOKENS, pace=None):
        follower.catch_up()
        made[:] = made or [TokenFollower(follower.store, stage.chain, listed, pace)]
        return made[0].catch_up()

    _read.follower = follower
    return _read


@pytest.fixture
def holds(stage, database):
    """Who holds what, as (passport, amount)."""

    def _holds(token, at_least=1, token_id=None):
        history = SqlHistory.open(database, stage.deployment)
        with history.snapshot() as connection:
            found = holders(connection, token, at_least, token_id)
        history.close()
        return [(one.passport_id, one.amount) for one in found]

    return _holds


def wallet(stage, number: int) -> str:
    return stage.members[number - 1].address


def outsider() -> str:
    return account("outsider").address


def test_holders__three_standards__what_came_less_what_went(stage, tokens, read, holds):
    one, two, other = wallet(stage, 11), wallet(stage, 12), outsider()
    tokens.coin(other, one, 2**255)  # beyond 64 bits
    tokens.coin(one, two, 5)
    tokens.coin(one, other, 1)
    tokens.coin(other, other, 9)
    tokens.card(NOBODY, one, 2**256 - 1)
    tokens.card(NOBODY, one, 7)
    tokens.card(one, two, 7)
    tokens.mix(NOBODY, one, 1, 10)
    tokens.mixes(one, two, [1, 1, 2], [1, 2, 0])
    assert read() == 10
    assert holds("Coin") == [(11, 2**255 - 6), (12, 5)]
    assert holds("Coin", at_least=6) == [(11, 2**255 - 6)]
    assert holds(CARD.upper().replace("X", "x")) == [(11, 1), (12, 1)]
    assert holds("Card", token_id=7) == [(12, 1)]
    assert holds("Mix") == [(11, 7), (12, 3)]
    assert holds("Mix", token_id=2) == []


def test_catch_up__transfers_of_outsiders__are_not_kept(stage, tokens, read, database):
    tokens.coin(outsider(), NOBODY, 1)
    tokens.coin(outsider(), stage.town.steward, 1)
    assert read() == 0
    assert "token_move" not in rows_of(database)


def test_catch_up__again__reads_only_what_is_new(stage, tokens, read, holds):
    tokens.coin(outsider(), wallet(stage, 11), 3)
    assert (read(), read()) == (1, 0)
    tokens.coin(outsider(), wallet(stage, 11), 4)
    assert read() == 1
    assert holds("Coin") == [(11, 7)]


@pytest.mark.parametrize("step", [1, 3, 1_000])
def test_catch_up__ranges_of_any_size__the_same_rows(stage, tokens, read, database, step):
    for number in range(11, 15):
        tokens.coin(outsider(), wallet(stage, number), number)
        tokens.mixes(wallet(stage, number), wallet(stage, 11), [1, 2], [3, 4])
    assert read(pace=Pace(step=step)) == 12
    assert len(rows_of(database)["token_move"]) == 12


def test_catch_up__wallet_linked_later__is_read_back(stage, tokens, read, holds):
    second = account("second wallet 1")
    tokens.coin(outsider(), second.address, 50)
    assert read() == 0
    link = typed_data.link(stage.deployment, 11, second.address, nonce=6, deadline=stage.soon())
    raw = bytes.fromhex(stage.sign(second, link).signature[2:])
    call = identity.link(stage.deployment, second.address, 6, link.message["deadline"], raw)
    stage.town.send(call, wallet(stage, 11))
    tokens.coin(outsider(), wallet(stage, 11), 1)
    assert read() == 2
    assert holds("Coin") == [(11, 51)]  # one person, two wallets
    stage.town.send(identity.unlink(stage.deployment, second.address), wallet(stage, 11))
    read()
    assert holds("Coin") == [(11, 1)]


def test_catch_up__who_leaves__is_forgotten_and_who_comes_back_is_read_again(
    stage, tokens, read, holds, database
):
    tokens.coin(outsider(), wallet(stage, 40), 5)
    tokens.coin(outsider(), wallet(stage, 41), 6)
    tokens.coin(wallet(stage, 40), wallet(stage, 41), 1)
    read()
    assert holds("Coin") == [(41, 7), (40, 4)]
    stage.town.send(membership.leave(stage.deployment), wallet(stage, 40))
    read()
    assert holds("Coin") == [(41, 7)]
    assert len(rows_of(database)["token_move"]) == 2
    stage.town.send(membership.admit(stage.deployment, [40]), stage.town.steward)
    read()
    assert holds("Coin") == [(41, 7), (40, 4)]


def test_catch_up__chain_turns__transfers_turn_with_it(stage, tokens, read, holds):
    tokens.coin(outsider(), wallet(stage, 11), 3)
    read()
    snapshot = rpc(stage.url, "evm_snapshot")
    tokens.coin(outsider(), wallet(stage, 12), 4)
    act_together(stage, [random_act(stage, random.Random(1)) for _ in range(3)])
    read()
    assert holds("Coin") == [(12, 4), (11, 3)]
    rpc(stage.url, "evm_revert", snapshot)
    rpc(stage.url, "evm_increaseTime", hex(77))
    tokens.coin(outsider(), wallet(stage, 13), 9)
    stage.mine(6)
    read()
    assert holds("Coin") == [(13, 9), (11, 3)]


def test_catch_up__token_logs_nonsense__is_passed_over(stage, tokens, read, holds):
    one = wallet(stage, 11)
    tokens.log(COIN, [TRANSFER, outsider(), one], b"")
    tokens.log(COIN, [TRANSFER, outsider(), one], b"\x01" * 7)
    tokens.log(MIX, [BATCH, NOBODY, outsider(), one], b"\xff" * 64)
    tokens.log(MIX, [BATCH, NOBODY, outsider(), one], encode(["uint256[]"] * 2, [[1], [1, 2]]))
    tokens.log(CARD, [TRANSFER, "0x" + "ff" * 32, one, "0x01"], b"")
    tokens.coin(outsider(), one, 3)
    assert read() == 1
    assert holds("Coin") == [(11, 3)]


def test_catch_up__listed_no_more__is_forgotten(stage, tokens, open_index, read, holds, database):
    tokens.coin(outsider(), wallet(stage, 11), 3)
    tokens.card(outsider(), wallet(stage, 11), 3)
    read()
    TokenFollower(read.follower.store, stage.chain, TOKENS[1:]).catch_up()
    assert holds("Card") == [(11, 1)]
    with pytest.raises(PlanError, match="No token Coin is listed"):
        holds("Coin")
    assert {row[0] for row in rows_of(database)["token_move"]} == {2}


def test_catch_up__node_answers_for_another_token__is_not_believed(
    stage, tokens, open_index, path, proxy
):
    tokens.coin(outsider(), wallet(stage, 11), 3)
    follower = open_index(path, proxy.url)
    follower.catch_up()

    def after(asked, answers):
        for question, answer in zip(asked, answers, strict=True):
            if question["method"] == "eth_getLogs":
                answer["result"] = [{**log, "address": CARD} for log in answer["result"]]
        return answers

    proxy.after = after
    with pytest.raises(NodeMisbehaved, match="transfers that were not asked for"):
        TokenFollower(follower.store, follower.chain, TOKENS).catch_up()
    assert "token_move" not in rows_of(path)


def test_holders__how_far_it_was_read__is_said(stage, tokens, read, database):
    tokens.coin(outsider(), wallet(stage, 11), 3)
    read()
    history = SqlHistory.open(database, stage.deployment)
    with history.snapshot() as connection:
        head = stage.chain.head(fresh=True).number
        assert holders(connection, "Coin") == [Holding(11, 3, head)]
    history.close()


# ---- the list ------------------------------------------------------------------------------------


def test_read_tokens__a_file__is_the_list(tmp_path):
    path = tmp_path / "tokens.yaml"
    path.write_text(f"tokens:\n  - {{name: Coin, standard: erc20, address: '{COIN}', block: 5}}\n")
    (token,) = read_tokens(path)
    assert (token.name, token.standard, token.block) == ("Coin", Standard.ERC20, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tokens: [", "tokens.yaml is no YAML."),
        ("", "the file: Input should be"),
        ("tokens: [{name: a, standard: erc20, block: 1}]", "tokens.0.address: Field required."),
        ("tokens: [{name: a, standard: erc9, address: '0x1', block: 1}]", "tokens.0.standard: "),
        ("tokens: [{name: a, standard: erc20, address: '0x1', block: 1}]", "tokens.0.address: "),
        (f"tokens: [{{name: a, standard: erc20, address: '{COIN}', block: -1}}]", "block: "),
        ("tokens: []\nsize: 3", "size: Extra inputs are not permitted."),
        (
            f"tokens: [{{name: a, standard: erc20, address: '{COIN}', block: 1}}, "
            f"{{name: a, standard: erc20, address: '{CARD}', block: 1}}]",
            "two tokens have one name.",
        ),
    ],
)
def test_read_tokens__file_of_another_form__says_where(tmp_path, text, told):
    path = tmp_path / "tokens.yaml"
    path.write_text(text)
    with pytest.raises(PlanError) as refused:
        read_tokens(path)
    assert told in str(refused.value)


def test_read_tokens__no_file__is_told(tmp_path):
    with pytest.raises(PlanError, match="cannot be read: No such file"):
        read_tokens(tmp_path / "none.yaml")
