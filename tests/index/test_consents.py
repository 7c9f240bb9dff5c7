"""The four books of consent in an index: what it tells, and that it adds up to what they say."""

import pytest

from cercle.consent import calls, company
from cercle.consent.finding import companies_of, decisions_of, looks_of
from cercle.index.chain_history import ChainHistory
from cercle.index.sql_history import SqlHistory
from cercle.index.verify import verify
from tests.client.data_town import DAY, PURPOSE

from .test_history import whole
from .test_verify import corrupt

ORDER, SEAL = "0x" + "77" * 32, "0x" + "66" * 32


@pytest.fixture
def busy(stage):
    """Three people and two companies, after all that may happen between them."""
    town, d = stage.town, stage.deployment
    wallets = [member.address for member in stage.members[40:43]]
    ids = [town.passport(who) for who in wallets]
    first, second = (town.found_company() for _ in range(2))
    staff = town.controller
    town.send(company.set_agent(d, first, town.people[16]), staff)
    town.send(company.request_consent(d, second, ids[0], PURPOSE, 1), staff)
    town.pay_in(first, 10_000)
    town.send(company.set_bond(d, first, 500), staff)
    town.send(calls.set_price(d, PURPOSE, 1, 90), wallets[0])
    for who in wallets:
        town.give(who, first)
    town.give(wallets[0], first)  # a renewal
    look = company.request_access(d, first, ids[0], PURPOSE, 1, ORDER, 90)
    town.send(look, staff)
    town.send(calls.move(d, 1, SEAL), wallets[0])
    town.send(company.acknowledge(d, first, ids[0], PURPOSE, 1, 1), staff)
    town.send(calls.erase(d, 0), wallets[1])
    town.send(calls.set_custodians(d, [town.people[17]]), wallets[1])
    town.send(calls.set_shares(d, [(ids[1], 2_500)]), wallets[0])
    town.send(company.commit(d, first, ids[0], SEAL), staff)
    town.send(calls.demand(d, 1), wallets[0])
    town.send(calls.withdraw(d, first, PURPOSE), wallets[0])
    town.send(calls.withdraw_all(d), wallets[1])
    town.send(calls.note_end(d, ids[1], first, PURPOSE), wallets[2])
    town.send(calls.deny_company(d, second, True), wallets[2])
    town.send(calls.deny_purpose(d, 5, True), wallets[2])
    town.send(calls.refuse(d, second, PURPOSE), wallets[0])
    town.send(calls.collect(d, ids[0], ids[0]), wallets[2])
    town.send(company.end_notice(d, second, PURPOSE), staff)
    return stage, ids, (first, second)


def test_verify__books_of_consent__agree_in_every_figure(busy, prepared, database):
    stage, _, _ = busy
    url = prepared(database)
    assert verify(url, stage.deployment, stage.chain).differences == ()
    town, d = stage.town, stage.deployment
    town.pass_time(31 * DAY)
    (first,) = busy[2][:1]
    town.send(calls.mark_overdue(d, first, busy[1][0], PURPOSE), town.outsider)
    town.send(company.attest_deletion(d, first, busy[1][0], PURPOSE, SEAL), town.controller)
    town.send(calls.mark_silence(d, 1), town.outsider)
    assert verify(prepared(url), d, stage.chain).differences == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM consent_company_registered WHERE company_id = 2", "companies"),
        ("UPDATE consent_agent_set SET new_agent = controller FROM consent_company_registered",
         "company 1 (controller, agent)"),
        ("DELETE FROM consent_notice_ended", "notice of company 2"),
        ("UPDATE consent_consent_given SET record_hash = '', purpose = 9", "grant of passport"),
        ("DELETE FROM consent_consent_withdrawn", "grant of passport 41 to company 1"),
        ("DELETE FROM consent_end_noted", "grant of passport 42 to company 1"),
        ("DELETE FROM consent_consent_refused", "asking of passport 41 by company 2"),
        ("UPDATE consent_purpose_denied SET purpose = 6", "denials of passport 43"),
        ("UPDATE consent_company_denied SET is_denied = false", "denials of passport 43"),
        ("UPDATE consent_everything_withdrawn SET passport_id = 43", "denials of passport 43"),
        ("UPDATE records_category_moved SET version = 7", "category 1 of passport 41"),
        ("UPDATE records_move_acknowledged SET version = 7", "note of company 1"),
        ("UPDATE records_custodians_set SET custodians = '[]'", "custodians of passport 42"),
        ("UPDATE vault_price_set SET new_price = 7", "price of passport 41"),
        ("UPDATE vault_income_credited SET amount = 7", "income of passport 41"),
        ("DELETE FROM vault_income_collected", "held by the vault"),
        ("UPDATE vault_access_requested SET read = 7", "duty of company 1 to passport 41"),
        ("DELETE FROM decisions_decision_committed", "decisions"),
        ("DELETE FROM decisions_opening_demanded", "decision 1 ("),
    ],
)  # fmt: skip
def test_verify__a_row_of_consent_is_wrong__says_what(busy, prepared, path, statement, told):
    stage, _, _ = busy
    prepared(path)
    corrupt(path, statement)
    found = [str(one) for one in verify(path, stage.deployment, stage.chain).differences]
    assert any(told in one for one in found), found


def test_history__of_data__is_the_same_from_index_and_chain(busy, prepared, path):
    stage, ids, numbers = busy
    d = stage.deployment
    index = SqlHistory.open(prepared(path), d, stage.chain)
    histories = (index, ChainHistory(stage.chain, d))
    first, second = (
        [
            whole(lambda h=history, p=passport_id, **page: h.of_passport(p, **page))
            for history in histories
        ]
        for passport_id in ids[:2]
    )
    assert first[0] == first[1]
    assert second[0] == second[1]
    names = {one.event.name for one in first[0]}
    assert {"ConsentGiven", "IncomeCredited", "SharesSet", "IncomeCollected"} <= names
    assert "SharesSet" in {one.event.name for one in second[0]}  # as a co-owner
    for history in histories:
        assert companies_of(history, d, ids[0]) == numbers
        assert companies_of(history, d, ids[2]) == numbers
        assert decisions_of(history, d, ids[0]) == (1,)
        assert [one.name for one in looks_of(history, d, ids[0])] == ["AccessRequested"]
    index.close()
