"""What a proposal is said to do: what is built reads back as it was meant, and nothing hides."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from cercle.calls import Call
from cercle.deployments import Deployed, Deployment
from cercle.flags import PollKind, Role
from cercle.governor_plan import ClassPlan
from cercle.proposals import Action, Draft, build, say
from cercle.proposals.kinds import SENTENCES
from cercle.values import checksum

NAMES = (
    *("Passport", "Profile", "Charter", "Electorate", "Membership", "Points", "Rewards"),
    *("Perks", "Polls", "Guard", "Governor"),
)
ZERO = "0x" + "00" * 32


def place(number):
    return checksum("0x" + f"{number:040x}")


def standing(name, number):
    args = (place(1), place(2), "Sillon Points", "SIL", 1) if name == "Points" else ()
    return Deployed(address=place(100 + number), block=1, codehash=ZERO, args=args)


BOOK = Deployment(
    chain_id=31337,
    network="local",
    brand="Sillon",
    contracts={name: standing(name, number) for number, name in enumerate(NAMES)},
)
AT = {name: BOOK.address(name) for name in NAMES}

people = st.integers(1_000, 2**160 - 1).map(place)
words = st.integers(0, 2**256 - 1)
hashes = st.binary(min_size=32, max_size=32).map(lambda raw: "0x" + raw.hex())
roles = st.integers(2, 127).map(Role)
entries = st.sampled_from(["points", "perks", "a b", "governor"])
seconds = st.integers(1, 2**37)
moments = seconds.map(lambda one: datetime.fromtimestamp(one, UTC))
classes = st.builds(
    ClassPlan,
    voting_delay_days=st.decimals(1, 90, places=3),
    voting_period_days=st.decimals(30, 90, places=3),
    late_extension_days=st.decimals(0, 30, places=3),
    queue_delay_days=st.decimals(1, 90, places=3),
    threshold=st.integers(0, 2**58 - 1),
    quorum_percent=st.decimals(0, 100, places=2),
    season_share_percent=st.none() | st.decimals(0, 100, places=2),
    veto=st.booleans(),
)
TERMS = (
    *("voting_delay", "voting_period", "late_extension", "queue_delay", "threshold"),
    *("quorum", "season_share", "is_bounded", "is_vetoable"),
)


def entry(name):
    return name.encode().ljust(32, b"\0")


def raw(text):
    return bytes.fromhex(text[2:])


@st.composite
def meant(draw):
    """An action, and what it was built from."""
    who, other, number = draw(people), draw(people), draw(words)
    seal, name, when = draw(hashes), draw(entries), draw(moments)
    some, until = draw(roles), int(when.timestamp())
    terms = (1, number, 1, 2**40, 0, 1, 3_600, [(other, 7)])
    gates = [{"gate": other, "argument": 7}]
    perk = dict(zip(("kind", "price", "opens_at", "closes_at"), terms[:4], strict=True))
    perk |= {"period": 0, "limit": 1, "fulfil_within": 3_600, "gates": gates}
    plan, selector = draw(classes), draw(st.binary(min_size=4, max_size=4))
    scope = {"class_id": 2, "target": who, "selector": selector, "cap": number}
    scope |= {"amount_word": 3, "is_allowed": draw(st.booleans())}
    uri = draw(st.text(max_size=60))
    rights = {"account": who, "roles": int(some)}
    kinds = [
        ("Charter.give_roles", build.give_roles(BOOK, who, some), rights),
        ("Charter.take_roles", build.take_roles(BOOK, who, some), rights),
        ("Charter.accept_admin", build.accept_admin(BOOK), {}),
        ("Charter.offer_admin", build.offer_admin(BOOK, who), {"candidate": who}),
        (
            "Charter.announce_replacement",
            build.announce_replacement(BOOK, name, who),
            {"name": entry(name), "contract": who},
        ),
        (
            "Charter.cancel_replacement",
            build.cancel_replacement(BOOK, name),
            {"name": entry(name)},
        ),
        ("Charter.extend_warden", build.extend_warden(BOOK, when), {"until": until}),
        ("Charter.set_profile", build.set_profile(BOOK, seal), {"content_hash": raw(seal)}),
        ("Charter.set_dao_uri", build.set_dao_uri(BOOK, uri), {"uri": uri}),
        (
            "Points.transfer",
            build.pay_token(AT["Points"], who, number),
            {"receiver": who, "amount": number},
        ),
        ("token", build.pay_token(other, who, number), {"receiver": who, "amount": number}),
        (
            "Perks.open_perk",
            build.open_perk(BOOK, seal, terms, [5, 6]),
            {"content_hash": raw(seal), "terms": perk, "stock": [5, 6]},
        ),
        (
            "Polls.open_poll",
            build.open_poll(BOOK, seal, 4, when, PollKind.APPROVAL),
            {"content_hash": raw(seal), "kind": 2, "option_count": 4, "closes_at": until},
        ),
        (
            "Guard.set_terms",
            build.set_terms(BOOK, 3, plan),
            {"class_id": 3, "class_terms": dict(zip(TERMS, plan.terms, strict=True))},
        ),
        (
            "Guard.set_scope",
            build.set_scope(
                BOOK,
                2,
                who,
                selector,
                cap=number,
                amount_word=3,
                is_allowed=scope["is_allowed"],
            ),
            {"scope": scope},
        ),
        ("Guard.set_assets", build.set_assets(BOOK, [who, other]), {"tokens": [who, other]}),
        (
            "Rewards.set_budget",
            build.call(BOOK.contract("Rewards").call("set_budget", number)),
            {"points_per_period": number},
        ),
    ]
    if number:
        paid = build.pay_ether(who, number)
        kinds.append(("ether", paid, {"receiver": who, "amount": number}))
    return draw(st.sampled_from(kinds))


def said_of(*actions):
    return say(BOOK, Draft(actions=actions, description="Nothing of the kind."))


@given(meant())
def test_say__whatever_was_built__says_what_was_meant(one):
    kind, action, values = one
    (said,) = said_of(action)
    assert (said.kind, said.values) == (kind, values)
    assert "\n" not in said.text
    for word in (action.target,) if kind in ("token", "bytes") else ():
        assert word in said.text
    for value in values.values():  # what can be said in one word is in the sentence
        if isinstance(value, str) and value.startswith("0x"):
            assert value in said.text


def test_build__every_kind__is_in_the_property():
    built = {name for name in build.__all__ if name not in ("call", "pay_ether", "pay_token")}
    told = {function for _, function in SENTENCES}
    assert built <= told


@given(people, st.binary(max_size=200), words)
def test_say__any_bytes__are_shown_whole_or_read_exactly(target, data, value):
    (said,) = said_of(Action(target=target, value=value, data="0x" + data.hex()))
    assert (data.hex() in said.text) or not data
    assert (" ether" in said.text) == bool(value)


@given(st.sampled_from(NAMES), st.binary(min_size=1, max_size=100))
def test_say__bytes_behind_a_call__are_never_dropped(name, more):
    call = build.give_roles(BOOK, place(5_000), Role.TILL)
    longer = call.model_copy(update={"data": call.data + more.hex(), "target": AT[name]})
    (said,) = said_of(longer)
    assert (said.kind, said.is_known) == ("bytes", False)
    assert longer.data in said.text


def test_say__ether_beside_a_call__is_told():
    call = build.set_profile(BOOK, ZERO).model_copy(update={"value": 10**18 + 1})
    (said,) = said_of(call)
    assert said.text.endswith(" Send 1.000000000000000001 ether along.")


def test_say__function_that_no_sentence_knows__is_told_by_its_name():
    (said,) = said_of(build.call(BOOK.contract("Polls").call("withdraw_poll", 7)))
    assert said.text == "Call Polls.withdraw_poll with poll_id 7."
    assert said.is_known


def test_say__text_that_would_forge_a_sentence__stays_between_its_marks():
    uri = 'ipfs://x". Give it all.\n\u202eback\u200b to front'
    (said,) = said_of(build.set_dao_uri(BOOK, uri))
    assert said.text == (
        "Say that the brand's description lies at "
        '"ipfs://x\\". Give it all.\\n\\u202eback\\u200b to front".'
    )


def test_say__braces_in_a_text__fill_no_gap():
    (said,) = said_of(build.set_dao_uri(BOOK, "{uri}{account}{0}"))
    assert '"{uri}{account}{0}"' in said.text


def test_say__bytes_that_are_no_text__are_shown_as_codes():
    call = build.set_dao_uri(BOOK, "abcd")
    broken = call.model_copy(update={"data": call.data.replace(b"abcd".hex(), "ff616263")})
    (said,) = said_of(broken)
    assert said.is_known
    assert "\\\\xffabc" in said.text


def test_say__roles_that_nobody_knows__are_told():
    data = BOOK.contract("Charter").call("give_roles", place(5_000), 4 | 512)
    (said,) = said_of(build.call(data))
    assert said.text.endswith("these roles: till, unknown ones, number 512.")


def test_say__number_that_is_no_date__is_shown_as_it_is():
    call = BOOK.contract("Charter").call("extend_warden", 2**255)
    assert f"until second {2**255}." in said_of(build.call(call))[0].text


def test_say__amounts__in_whole_points_and_ether():
    paid = build.pay_token(AT["Points"], place(5_000), 1_005)
    assert said_of(paid)[0].text == f'Pay 100.5 "SIL" to {place(5_000)}.'
    wei = int(Decimal("0.25") * 10**18)
    assert said_of(build.pay_ether(AT["Perks"], wei))[0].text == (
        f"Pay 0.25 ether to Perks ({AT['Perks']})."
    )


def test_say__same_selector_elsewhere__is_not_believed():
    call = build.give_roles(BOOK, place(5_000), Role.TILL)
    stranger = call.model_copy(update={"target": place(9_999)})
    (said,) = said_of(stranger)
    assert (said.kind, said.is_known) == ("bytes", False)


def test_say__description__changes_nothing():
    draft = Draft(actions=(build.accept_admin(BOOK),), description="Only a party.")
    other = draft.model_copy(update={"description": "Pay nobody."})
    assert say(BOOK, draft) == say(BOOK, other)


def test_say__nothing_at_all__is_said():
    (said,) = said_of(Action(target=place(5_000)))
    assert said.text == f"Call {place(5_000)} with nothing."


@pytest.mark.parametrize("key", SENTENCES, ids=".".join)
def test_sentence__names_every_argument(key):
    contract, function = key
    entries = [
        entry
        for entry in BOOK.contract(contract).abi
        if entry["type"] == "function" and entry["name"] == function
    ]
    for found in entries:
        for item in found["inputs"]:
            assert "{" + item["name"] + "}" in SENTENCES[key]


def test_action__of_a_call__is_the_same_call():
    call = Call(to=place(7), data="0x12345678", value=3, contract="X", function="y")
    assert Action.of(call) == Action(target=place(7), value=3, data="0x12345678")
    assert keccak(Action.of(call).raw) == keccak(bytes.fromhex("12345678"))
