"""What protects a person goes first and past every budget of theirs, within bounds of its own."""

import pytest

from cercle import typed_data
from cercle.consent import ConsentStatus, acts, calls, company
from cercle.loyalty import membership
from cercle.typed_data import SignedMessage
from tests.client.data_town import PURPOSE, RECORD
from tests.client.nodes import rpc

from .acting import declined, post, said, settle
from .stage import ETHER, account

SEAL = "0x" + "66" * 32


@pytest.fixture
def number(stage):
    """A company with a notice."""
    return stage.town.found_company()


@pytest.fixture
def sign(stage):
    """Have an act signed by a member's key."""

    def _sign(act, who):
        return stage.sign(who, act.sign(stage.chain, who.address))

    return _sign


@pytest.fixture
def given(stage, number):
    """What the first member gave the company, and paid for."""
    who = stage.members[0]
    rpc(stage.url, "anvil_setBalance", who.address, hex(ETHER))
    stage.town.give(who.address, number)
    return who


def status(stage, who, number):
    return ConsentStatus(stage.read("Consent", "status", passport(stage, who), number, PURPOSE))


def passport(stage, who):
    return stage.read("Passport", "id_of", who.address)


def test_consents__each_message__is_carried_alone(stage, relayer, number, sign):
    """All twelve, by one member who has no ether."""
    d, who = stage.deployment, stage.members[0]
    town, passport_id = stage.town, passport(stage, who)
    terms = town.terms(who.address, number)
    decision = town.send(company.commit(d, number, passport_id, SEAL), town.controller)
    made = [
        acts.grant(d, terms, RECORD),
        acts.move(d, 1, SEAL),
        acts.set_custodians(d, [town.people[17]]),
        acts.set_price(d, PURPOSE, 1, 5),
        acts.set_shares(d, [(2, 100)]),
        acts.demand(d, decision[0].args["decision_id"]),
        acts.refuse(d, number, PURPOSE),
        acts.withdraw(d, number, PURPOSE),
        acts.erase(d, 1),
        acts.withdraw_all(d),
        acts.deny_company(d, number),
        acts.deny_purpose(d, PURPOSE),
        acts.deny_company(d, number, is_denied=False),
        acts.deny_purpose(d, PURPOSE, is_denied=False),
    ]
    before = stage.count(who.address)
    for act in made:
        posted = post(relayer, sign(act, who))
        settle(relayer, stage)
        assert said(relayer, posted) == ("mined", None), act.struct
    assert status(stage, who, number) == ConsentStatus.WITHDRAWN
    assert stage.count(who.address) == before


def test_withdraw__members_budget_is_spent__is_carried(stage, new_relayer, number, given, sign):
    relayer = new_relayer(per_member=0, per_kind={"Withdraw": 0})
    d = stage.deployment
    assert declined(relayer, sign(acts.deny_company(d, number, is_denied=False), given)) == (
        *(429, "budget"),
    )
    posted = post(relayer, sign(acts.withdraw(d, number, PURPOSE), given))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert status(stage, given, number) == ConsentStatus.WITHDRAWN


def test_withdraw__the_days_gas_is_spent__takes_the_reserve(
    stage, new_relayer, number, given, sign
):
    relayer = new_relayer(gas_per_day=0)
    assert declined(relayer, stage.ballot(stage.members[1])) == (429, "budget")
    posted = post(relayer, sign(acts.withdraw_all(stage.deployment), given))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)


def test_withdraw__no_reserve_either__is_told(stage, new_relayer, given, sign):
    relayer = new_relayer(gas_per_day=0, reserve_gas_per_day=0)
    assert declined(relayer, sign(acts.withdraw_all(stage.deployment), given)) == (429, "budget")


def test_withdraw_all__again_and_again__ends_somewhere(stage, new_relayer, sign):
    relayer, who = new_relayer(protective_per_member=2), stage.members[0]
    for _ in range(2):
        stage.town.pass_time(1)
        post(relayer, sign(acts.withdraw_all(stage.deployment), who))
    stage.town.pass_time(1)
    assert declined(relayer, sign(acts.withdraw_all(stage.deployment), who)) == (429, "budget")
    post(relayer, stage.ballot(who))  # the other budget is as it was
    other = stage.members[1]
    post(relayer, sign(acts.withdraw_all(stage.deployment), other))


def test_withdraw__behind_others_in_the_queue__goes_first(stage, new_relayer, number, given, sign):
    relayer = new_relayer(max_in_flight=1, batch_seconds=0.0)
    waiting = [post(relayer, stage.leave(member)) for member in stage.members[1:4]]
    last = post(relayer, sign(acts.withdraw(stage.deployment, number, PURPOSE), given))
    relayer.step()
    assert said(relayer, last)[0] != "accepted"
    assert [said(relayer, one)[0] for one in waiting] == ["accepted"] * 3


def test_withdraw__who_has_left_the_brand__is_carried(stage, relayer, number, given, sign):
    stage.town.send(membership.leave(stage.deployment), given.address)
    posted = post(relayer, sign(acts.withdraw(stage.deployment, number, PURPOSE), given))
    settle(relayer, stage)
    assert said(relayer, posted) == ("mined", None)
    assert declined(relayer, sign(acts.deny_company(stage.deployment, number, False), given)) == (
        *(403, "not_a_member"),
    )


def test_withdraw__without_a_passport__is_a_strangers(stage, relayer, number):
    stranger = account("a stranger to consent")
    message = typed_data.withdraw(
        stage.deployment,
        stranger.address,
        1,
        company_id=number,
        purpose=PURPOSE,
        signed_at=stage.town.now(),
        deadline=stage.soon(),
    )
    assert declined(relayer, stage.sign(stranger, message)) == (403, "not_a_member")


def test_deny__as_it_stands_already__is_not_carried_again(stage, relayer, number, sign):
    d, who = stage.deployment, stage.members[0]
    rpc(stage.url, "anvil_setBalance", who.address, hex(ETHER))
    for call in (calls.deny_company(d, number, True), calls.deny_purpose(d, PURPOSE, True)):
        stage.town.send(call, who.address)
    for act in (
        acts.deny_company(d, number),
        acts.deny_purpose(d, PURPOSE),
        acts.refuse(d, number, PURPOSE),
    ):
        assert declined(relayer, sign(act, who)) == (409, "done_already")


def test_grant__signed_by_another__is_refused(stage, relayer, number):
    """One of the messages with many fields: a signature is whose it says, or nothing."""
    d, who, other = stage.deployment, stage.members[0], stage.members[1]
    terms = stage.town.terms(who.address, number)
    message = acts.grant(d, terms, RECORD).sign(stage.chain, who.address)
    forged = stage.sign(other, message)
    assert declined(relayer, SignedMessage(message=message, signature=forged.signature)) == (
        *(422, "not_signed"),
    )


def test_grant__beyond_the_notice__is_told_why(stage, relayer, number, sign):
    terms = stage.town.terms(stage.members[0].address, number, categories=1 << 5)
    signed = sign(acts.grant(stage.deployment, terms, RECORD), stage.members[0])
    assert declined(relayer, signed) == (409, "beyond_the_notice")
