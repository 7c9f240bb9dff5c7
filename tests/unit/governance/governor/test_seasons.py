"""`Governor.execute` in a bounded class: the treasury x the share x the turnout, a season."""

import ape
import pytest

from cercle.limits import BALANCE_GAS
from tests.drafts import DAY, PAYING, Draft

NOBODY = "0x" + "00" * 20
PAST = "seasons: past the bound"
SILENT = "seasons: silent token"
TRANSFER = bytes.fromhex("a9059cbb")
YEAR = 365 * DAY


def opened(guard, token, treasury=1_000, season=0):
    return guard.TreasuryCounted(season=season, asset=token, treasury=treasury)


def spent(guard, token, amount, total, season=0):
    return guard.SeasonSpent(season=season, class_id=2, asset=token, amount=amount, total=total)


def test_execute__up_to_the_bound__is_paid(governor, guard, token, payment, decide):
    """All five voted: half of 1,000."""
    receipt = decide(payment(500), 2)
    assert receipt.events == [
        opened(guard, token),
        spent(guard, token, 500, 500),
        governor.ProposalExecuted(proposalId=payment(500).id),
    ]
    assert tuple(guard.season_of(2, token)) == (0, 1_000, 500)
    assert tuple(guard.season_of(1, token)) == (0, 1_000, 0)


@pytest.mark.parametrize(("voters_", "most"), [(1, 100), (2, 200), (4, 400)])
def test_execute__quiet_vote__pays_less(governor, payment, carry_through, outsider, voters_, most):
    over = carry_through(payment(most + 1, "Too much."), 2, voters_)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)
    enough = carry_through(payment(most), 2, voters_)
    governor.execute(*enough.named, sender=outsider)


def test_execute__votes_against__are_a_turnout_too(governor, payment, carry_through, outsider):
    draft = carry_through(payment(500), 2, count=3, against=2)
    governor.execute(*draft.named, sender=outsider)


def test_execute__second_payment__adds_to_the_first(
    governor, guard, token, payment, carry_through, decide, outsider
):
    decide(payment(300), 2)
    over = carry_through(payment(201, "Too much."), 2)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)
    receipt = decide(payment(200, "The rest."), 2)
    assert receipt.events[0] == spent(guard, token, 200, 500)


def test_execute__next_season__begins_anew(governor, guard, token, payment, decide, chain, voters):
    decide(payment(500), 2)
    chain.mine(deltatime=YEAR)
    receipt = decide(payment(250, "A year later."), 2)
    season = guard.season_of(2, token).number
    assert season == 1
    assert receipt.events[:2] == [
        opened(guard, token, 500, 1),
        spent(guard, token, 250, 250, 1),
    ]


def test_execute__money_that_comes_in_later__is_counted_from_too(
    governor, guard, token, payment, decide, admin, carry_through, outsider
):
    decide(payment(500, "Half of what was there."), 2)
    over = carry_through(payment(1, "One more."), 2)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)
    token.mint(governor, 700, sender=admin)  # 1,200 are there now
    receipt = governor.execute(*over.named, sender=outsider)
    assert receipt.events[:2] == [opened(guard, token, 1_200), spent(guard, token, 1, 501)]


def test_execute__money_that_only_makes_up_for_what_was_paid__raises_nothing(
    governor, guard, token, payment, decide, admin, carry_through, outsider
):
    """The most there was is what counts, and not what came in."""
    decide(payment(500, "Half of what was there."), 2)
    token.mint(governor, 500, sender=admin)
    over = carry_through(payment(1, "One more."), 2)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)
    assert tuple(guard.season_of(2, token)) == (0, 1_000, 500)


def test_execute__money_lent_by_its_own_call__is_not_counted_from(
    governor, guard, token, carry_through, outsider
):
    """What was there is looked at before the first call is made."""
    scope = (2, token, bytes(token.mint.encode_input(governor, 0))[:4], 300, 2, True)
    allow = Draft(((guard, 0, bytes(guard.set_scope.encode_input(scope))),), "Allow it.")
    carry_through(allow)
    governor.execute(*allow.named, sender=outsider)
    mint = (token, 0, bytes(token.mint.encode_input(governor, 300)))
    pay = [(token, 0, bytes(token.transfer.encode_input(outsider, n))) for n in (500, 400)]
    draft = carry_through(Draft((mint, *pay), "600 of 1,000, or of 1,300."), 2)
    with ape.reverts(PAST):
        governor.execute(*draft.named, sender=outsider)


def test_execute__ether__is_an_asset_too(governor, guard, spare_wallets, carry_through, outsider):
    draft = carry_through(Draft(tuple((spare_wallets[0], 100, b"") for _ in range(5))), 2)
    receipt = governor.execute(*draft.named, sender=outsider)
    assert receipt.events[:2] == [opened(guard, NOBODY), spent(guard, NOBODY, 500, 500)]
    over = carry_through(Draft(((spare_wallets[0], 1, b""),), "One more."), 2)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)


def test_execute__second_token__has_a_share_of_its_own(
    project, governor, guard, token, payment, decide, carry_through, admin, outsider
):
    other = admin.deploy(project.FakeToken)
    other.mint(governor, 100, sender=admin)
    listed = guard.set_assets.encode_input([token, other])
    scope = guard.set_scope.encode_input((2, other, TRANSFER, 500, 2, True))
    decide(Draft(tuple((guard, 0, bytes(call)) for call in (listed, scope)), "List another."))

    def pay(amount):
        call = bytes(other.transfer.encode_input(outsider, amount))
        return Draft(((other, 0, call),), f"Pay {amount} of the other.")

    decide(payment(500), 2)
    over = carry_through(pay(51), 2)
    with ape.reverts(PAST):
        governor.execute(*over.named, sender=outsider)
    receipt = decide(pay(50), 2)
    assert receipt.events[:2] == [opened(guard, other, 100), spent(guard, other, 50, 50)]
    assert guard.season_of(2, token).spent == 500


def test_execute__ether_sent_along__is_not_the_treasurys(
    governor, guard, spare_wallets, carry_through, outsider
):
    draft = carry_through(Draft(tuple((spare_wallets[0], 100, b"") for _ in range(6))), 2)
    with ape.reverts(PAST):
        governor.execute(*draft.named, sender=outsider, value=99)
    receipt = governor.execute(*draft.named, sender=outsider, value=100)
    assert receipt.events[1] == spent(guard, NOBODY, 500, 500)


def test_execute__first_class__is_not_bounded(governor, guard, token, payment, decide, outsider):
    receipt = decide(payment(1_000))
    assert receipt.events == [governor.ProposalExecuted(proposalId=payment(1_000).id)]
    assert token.balanceOf(outsider) == 1_000
    assert tuple(guard.season_of(1, token)) == (0, 0, 0)


def test_execute__nothing_paid__books_nothing(governor, guard, target, work, decide):
    receipt = decide(work, 2)
    assert receipt.events == [
        target.Worked(caller=governor, amount=0, word=7),
        governor.ProposalExecuted(proposalId=work.id),
    ]


def test_execute__share_changed_since__is_that_of_the_proposal(
    governor, guard, payment, change_terms, voters, chain, outsider
):
    draft = payment(500)
    change_terms(draft, 2, PAYING, season_share=1)
    for voter in voters:
        governor.castVote(draft.id, 1, sender=voter)
    chain.mine(timestamp=governor.proposalDeadline(draft.id) + 1)
    governor.queue(*draft.named, sender=outsider)
    chain.mine(timestamp=governor.proposalEta(draft.id))
    governor.execute(*draft.named, sender=outsider)
    assert guard.terms_of(2).season_share == 1


@pytest.mark.parametrize("how", ["break_down", "become_greedy"])
def test_execute__a_token_tells_no_balance__reverts_until_it_is_unlisted(
    governor, guard, token, payment, carry_through, admin, outsider, how
):
    """What nobody can see is not paid; what asks all the gas gets a little."""
    draft = carry_through(payment(100), 2, 1)
    getattr(token, how)(sender=admin)
    with ape.reverts(SILENT):
        governor.execute(*draft.named, sender=outsider, gas=5_000_000)
    unlist = Draft(((guard, 0, bytes(guard.set_assets.encode_input([]))),), "Unlist it.")
    carry_through(unlist)
    governor.execute(*unlist.named, sender=outsider)
    receipt = governor.execute(*draft.named, sender=outsider)
    assert receipt.events == [governor.ProposalExecuted(proposalId=draft.id)]


def test_execute__a_token_that_burns_all_it_gets__burns_little(
    governor, token, payment, carry_through, admin, outsider
):
    draft = carry_through(payment(100), 2, 1)
    token.become_greedy(sender=admin)
    receipt = governor.execute(*draft.named, sender=outsider, gas=5_000_000, raise_on_revert=False)
    assert receipt.failed
    assert BALANCE_GAS < receipt.gas_used < BALANCE_GAS + 100_000


def test_execute__a_token_that_falls_silent_meanwhile__reverts(
    governor, token, carry_through, outsider, guard
):
    """Silence is no way out: what cannot be seen any more may have left."""
    scope = (2, token, bytes(token.break_down.encode_input())[:4], 0, 0, True)
    allow = Draft(((guard, 0, bytes(guard.set_scope.encode_input(scope))),), "Allow it.")
    carry_through(allow)
    governor.execute(*allow.named, sender=outsider)
    draft = carry_through(Draft(((token, 0, bytes(token.break_down.encode_input())),)), 2)
    with ape.reverts(SILENT):
        governor.execute(*draft.named, sender=outsider)
