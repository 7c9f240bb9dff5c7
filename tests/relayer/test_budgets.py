"""So much a day and no more, for each member, each kind and in all; a restart forgets nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from cercle import typed_data
from cercle.relayer.app import build
from cercle.relayer.declined import Declined
from cercle.relayer.wire import ActRequest

from .acting import declined, post, said, settle, wait_for_pool
from .stage import account

NOON = 43_200  # where a test's clock stands; the day ends in as many seconds
ENOUGH = (429, "budget")


def test_member__past_theirs__waits_for_midnight(stage, new_relayer, clock):
    relayer = new_relayer(per_member=2)
    member = stage.members[0]
    for sequence in (1, 2):
        post(relayer, stage.ballot(member, sequence=sequence))
    with pytest.raises(Declined) as no:
        post(relayer, stage.ballot(member, sequence=3))
    assert (no.value.status, no.value.word, no.value.retry_after) == (*ENOUGH, NOON)
    assert post(relayer, stage.ballot(member, sequence=2)).state == "accepted"  # known: no new act
    post(relayer, stage.ballot(stage.members[1]))
    clock.wait(NOON)
    post(relayer, stage.ballot(member, sequence=3))


def test_member__all_their_wallets__share_it(stage, new_relayer):
    relayer = new_relayer(per_member=2)
    member, second = stage.members[0], account("second wallet")
    terms = {"nonce": 1, "deadline": stage.soon()}
    number = stage.read("Passport", "id_of", member.address)
    link = typed_data.link(stage.deployment, number, second.address, **terms)
    adopt = typed_data.adopt(stage.deployment, member.address, second.address, **terms)
    agreed = stage.sign(second, link).signature
    post(relayer, stage.sign(member, adopt, link_signature=agreed))
    settle(relayer, stage)
    post(relayer, stage.ballot(second))
    assert declined(relayer, stage.ballot(member, sequence=2)) == ENOUGH


def test_kind__past_its_number__leaves_others_open(stage, new_relayer):
    relayer = new_relayer(per_kind={"Ballot": 2})
    for voter in stage.members[:2]:
        post(relayer, stage.ballot(voter))
    assert declined(relayer, stage.ballot(stage.members[2])) == ENOUGH
    post(relayer, stage.leave(stage.members[3]))


def test_kind__of_nought__is_carried_never(stage, new_relayer):
    relayer = new_relayer(per_kind={"Leave": 0})
    assert declined(relayer, stage.leave(stage.members[0])) == ENOUGH


@pytest.mark.parametrize("limit", [{"gas_per_day": 400_000}, {"ether_per_day": 6 * 10**14}])
def test_day__its_gas_or_money_is_spent__nothing_more_today(stage, new_relayer, clock, limit):
    relayer = new_relayer(**limit)
    posted = [post(relayer, stage.leave(member)) for member in stage.members[:8]]
    for _ in range(6):
        settle_quietly(relayer, stage)
    words = [said(relayer, one)[0] for one in posted]
    done = words.count("mined")
    assert 0 < done < 8
    assert words == ["mined"] * done + ["accepted"] * (8 - done)  # kept, not lost
    spent = relayer.parts.budgets.spent(int(clock() // 86_400))
    assert spent[0] <= limit.get("gas_per_day", spent[0])
    assert spent[1] <= limit.get("ether_per_day", spent[1])
    clock.wait(NOON)
    settle_quietly(relayer, stage)
    assert [said(relayer, one)[0] for one in posted].count("mined") > done


def settle_quietly(relayer, stage):
    relayer.step()
    if relayer.parts.book.flying():
        wait_for_pool(stage)
    relayer.step()


def test_day__spent_to_the_last__says_so_at_the_door(stage, new_relayer):
    relayer = new_relayer(gas_per_day=0)
    assert declined(relayer, stage.leave(stage.members[0])) == ENOUGH


def test_budgets__after_a_restart__are_as_before(stage, new_relayer):
    relayer = new_relayer(per_member=1)
    post(relayer, stage.ballot(stage.members[0]))
    settle(relayer, stage)
    relayer.close()
    again = new_relayer(per_member=1)
    assert declined(again, stage.ballot(stage.members[0], sequence=2)) == ENOUGH


def test_refused_at_the_door__costs_no_budget(stage, new_relayer):
    relayer = new_relayer(per_member=1)
    member = stage.members[0]
    for options in ([9], []):
        assert declined(relayer, stage.ballot(member, options))[0] == 409
    post(relayer, stage.ballot(member))


def test_posted_at_once__budget_of_one__takes_one(stage, new_relayer):
    relayer = new_relayer(per_member=1)
    requests = [ActRequest.of(stage.ballot(stage.members[0], sequence=n)) for n in range(1, 9)]

    def take(request):
        try:
            return relayer.take(request).id
        except Declined as no:
            return no.status

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(take, requests))
    assert answers.count(429) == 7


def test_budget__over_http__says_when_to_come_back(stage, new_relayer):
    relayer = new_relayer(per_member=0)
    with TestClient(build(relayer, works=False)) as http:
        body = ActRequest.of(stage.ballot(stage.members[0])).model_dump(mode="json")
        answer = http.post("/v1/acts", json=body)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(NOON))
