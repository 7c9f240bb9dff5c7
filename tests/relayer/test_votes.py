"""Ballots on proposals by the hundred: one transaction, and the other ballots beside it."""

from cercle import typed_data
from cercle.flags import Support
from cercle.proposals import acts

from .acting import declined, post, said, set_balance, settle, slots
from .proposing import DAY, ballot, counts, proposed, second_wallet
from .stage import ETHER, account

FIRST_OF_A_PROPOSAL = 16_500  # gas a ballot: a hundred share the first words
TOGETHER = "cast_votes_by_signatures"
GOOD = ("mined", None)


def words(relayer, posted):
    return [said(relayer, one) for one in posted]


def test_a_hundred_votes__posted__are_one_transaction(stage, relayer, draft, cast, record_property):
    before = stage.count()
    posted = [cast(place, place % 3) for place in range(100)]
    settle(relayer, stage)
    assert stage.count() - before == 1
    assert counts(stage, draft) == (34, 33, 33)
    found = [relayer.status(one.id) for one in posted]
    assert {(one.state, one.tx) for one in found} == {("mined", found[0].tx)}
    receipt = stage.chain.request("eth_getTransactionReceipt", [found[0].tx])
    a_ballot = int(receipt["gasUsed"], 16) / 100
    record_property("gas_a_vote", a_ballot)
    assert a_ballot < FIRST_OF_A_PROPOSAL
    assert "batch_size_sum 100.0" in relayer.parts.metrics.text().decode()


def test_votes__more_than_a_batch__go_at_once_and_the_rest_later(stage, new_relayer, draft):
    relayer = new_relayer(batch_size=3)
    posted = [post(relayer, ballot(stage, draft, voter)) for voter in stage.members[:4]]
    relayer.step()
    assert [said(relayer, one)[0] for one in posted] == ["sent"] * 3 + ["accepted"]
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 4
    assert counts(stage, draft) == (0, 4, 0)


def test_votes__too_much_gas_together__are_cut_in_two(stage, new_relayer, draft):
    relayer = new_relayer(batch_gas_cap=200_000)
    for voter in stage.members[:8]:
        post(relayer, ballot(stage, draft, voter))
    settle(relayer, stage)
    assert counts(stage, draft) == (0, 8, 0)
    assert len(slots(relayer)) > 1


def test_votes__of_two_proposals_and_a_poll__are_three_transactions(stage, relayer):
    drafts = [proposed(stage), proposed(stage, "Pay them twice.")]
    stage.town.pass_time(DAY + 60)
    posted = [
        post(relayer, ballot(stage, draft, voter))
        for place, draft in enumerate(drafts)
        for voter in stage.members[3 * place : 3 * place + 3]
    ]
    posted += [post(relayer, stage.ballot(voter)) for voter in stage.members[6:9]]
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 9
    assert [slot[2] for slot in slots(relayer)] == [TOGETHER, TOGETHER, "vote_by_signatures"]
    assert [counts(stage, draft) for draft in drafts] == [(0, 3, 0)] * 2


def test_vote__one_member_twice__the_first_one_counts(stage, relayer, draft, cast):
    early, late, other = cast(0), cast(0, Support.AGAINST), cast(1)
    settle(relayer, stage)
    assert words(relayer, [early, late, other]) == [GOOD, ("refused", "voted_already"), GOOD]
    assert counts(stage, draft) == (0, 2, 0)


# ---- alone --------------------------------------------------------------------------


def test_vote__nobody_elses_beside_it__is_a_batch_of_one(stage, relayer, draft, cast):
    posted = cast(0)
    settle(relayer, stage)
    assert (said(relayer, posted), counts(stage, draft)) == (GOOD, (0, 1, 0))
    assert [slot[2] for slot in slots(relayer)] == [TOGETHER]


def test_vote__with_a_reason_or_with_the_standards_nonce__travels_alone(stage, relayer, draft):
    voters = stage.members
    about = {"proposal_id": draft.id, "support": Support.ABSTAIN}
    why = typed_data.extended_ballot(
        stage.deployment, voters[0].address, **about, reason="Peut-être. \U0001f3b5", params=b"\x01"
    )
    plain = typed_data.governor_ballot(stage.deployment, voters[1].address, **about)
    posted = [
        post(relayer, stage.sign(voters[0], why)),
        post(relayer, stage.sign(voters[1], plain)),
    ]
    posted += [post(relayer, ballot(stage, draft, voter)) for voter in voters[2:4]]
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 4
    assert counts(stage, draft) == (0, 2, 2)
    assert [slot[2] for slot in slots(relayer)] == [
        "castVoteWithReasonAndParamsBySig",
        "castVoteBySig",
        TOGETHER,
    ]


def test_vote__of_a_contract_wallet__travels_beside_the_batch(stage, relayer, draft):
    passkey, at = second_wallet(stage, relayer, stage.members[0])
    vote = typed_data.governor_ballot(
        stage.deployment, at, proposal_id=draft.id, support=Support.AGAINST
    )
    posted = [post(relayer, stage.by_passkey(passkey, at, vote))]
    posted += [post(relayer, ballot(stage, draft, voter)) for voter in stage.members[1:3]]
    settle(relayer, stage)
    assert words(relayer, posted) == [GOOD] * 3
    assert counts(stage, draft) == (1, 2, 0)
    assert [slot[2] for slot in slots(relayer)][1:] == ["castVoteBySig", TOGETHER]


# ---- what is not taken --------------------------------------------------------------


def test_vote__that_would_be_skipped__is_refused_in_the_contracts_words(stage, relayer, draft):
    voters = stage.members
    old = ballot(stage, draft, voters[0], deadline=stage.town.now() - 1)
    assert declined(relayer, old) == (409, "signature_expired")
    assert declined(relayer, ballot(stage, draft, voters[0], 3)) == (409, "unknown_support")
    assert declined(relayer, ballot(stage, draft, account("nobody"))) == (403, "not_a_member")
    forged = ballot(stage, draft, voters[1]).signature
    stolen = ballot(stage, draft, voters[0]).model_copy(update={"signature": forged})
    assert declined(relayer, stolen) == (422, "not_signed")
    set_balance(stage, voters[0].address, ETHER)
    stage.town.send(acts.vote(stage.deployment, draft.id, 0), voters[0].address)
    assert declined(relayer, ballot(stage, draft, voters[0])) == (409, "voted_already")


def test_vote__whose_votes_are_somebody_elses__is_refused(stage, relayer):
    delegator, delegate = stage.members[:2]
    call = stage.deployment.contract("Electorate").call("delegate", delegate.address)
    set_balance(stage, delegator.address, ETHER)
    stage.town.send(call, delegator.address)
    draft = proposed(stage)
    stage.town.pass_time(DAY + 60)
    assert declined(relayer, ballot(stage, draft, delegator)) == (409, "no_votes")
    posted = post(relayer, ballot(stage, draft, delegate))
    settle(relayer, stage)
    assert (said(relayer, posted), counts(stage, draft)) == (GOOD, (0, 2, 0))


def test_vote__of_a_contract_wallet_for_a_batch__is_refused(stage, relayer, draft):
    passkey, at = second_wallet(stage, relayer, stage.members[0])
    about = {"proposal_id": draft.id, "support": Support.IN_FAVOUR}
    vote = typed_data.ballot_until(stage.deployment, at, **about, deadline=stage.soon())
    assert declined(relayer, stage.by_passkey(passkey, at, vote)) == (400, "malformed")


def test_vote__before_the_vote_begins_or_on_nothing__is_refused(stage, relayer):
    early = ballot(stage, proposed(stage), stage.members[0])
    assert declined(relayer, early) == (409, "proposal_elsewhere")
    unknown = typed_data.ballot_until(
        *(stage.deployment, stage.members[0].address),
        proposal_id=1,
        support=Support.AGAINST,
        deadline=stage.soon(),
    )
    assert declined(relayer, stage.sign(stage.members[0], unknown)) == (409, "unknown_proposal")
