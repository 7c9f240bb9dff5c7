"""The Governor and its Guard on the scene of D3: a proposal in each state that an act needs."""

from tests.drafts import EXTENDED, IN_FAVOUR, Draft, own_nonce, sign_ballot, sign_until, terms
from tests.signing import sign

HOUR = 3_600
SHORT = terms(
    voting_delay=HOUR, voting_period=HOUR, late_extension=0, queue_delay=HOUR, is_vetoable=True
)
SCOPE = "(uint256,address,bytes4,uint256,uint256,bool)"
TERMS = "(uint256,uint256,uint256,uint256,uint256,uint256,uint256,bool,bool)"
LISTS = "address[],uint256[],bytes[]"


def deployed(project, admin, charter, electorate) -> dict:
    """A Governor whose proposals take three hours."""
    guard = admin.deploy(project.Guard, charter, [SHORT], [], [])
    governor = admin.deploy(project.Governor, "On the scene", electorate, guard)
    return {"Guard": guard, "Governor": governor}


def set_scene(chain, decisions, members, target) -> dict:
    """Proposals that are due, have succeeded, are voted on, and are pending."""
    governor = decisions["Governor"]
    drafts = {
        word: Draft(((target, 0, b""),), word) for word in ("due", "succeeded", "active", "pending")
    }
    for word in ("due", "succeeded"):
        governor.propose(*drafts[word].proposed, sender=members[0])
        chain.mine(deltatime=HOUR + 10)
        for member in (members[0], *members[2:4]):  # the second lent her voice
            governor.castVote(drafts[word].id, IN_FAVOUR, sender=member)
        chain.mine(deltatime=HOUR + 10)
        if word == "due":
            governor.queue(*drafts[word].named, sender=members[0])
    governor.propose(*drafts["active"].proposed, sender=members[0])
    chain.mine(deltatime=HOUR + 10)
    governor.propose(*drafts["pending"].proposed, sender=members[0])
    return drafts


def arguments(decisions, drafts, people, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    governor, guard = decisions["Governor"], decisions["Guard"]
    voter, active = people["members"][4], drafts["active"]
    target = active.lists[0][0]
    words = {"proposalId": active.id, "support": IN_FAVOUR, "voter": voter}
    reasoned = words | {"nonce": own_nonce(active), "reason": "Why", "params": b"x"}
    extended = sign(voter, governor, EXTENDED, **reasoned)
    alone = sign_ballot(governor, active, voter, IN_FAVOUR, own_nonce(active))
    batch = [sign_until(governor, active, voter, IN_FAVOUR, now + 5 * HOUR)]
    vote, fresh = (active.id, IN_FAVOUR), active.described("fresh").proposed
    votes = {
        "castVote(uint256,uint8)": [*vote],
        "castVoteWithReason(uint256,uint8,string)": [*vote, "Why"],
        "castVoteWithReasonAndParams(uint256,uint8,string,bytes)": [*vote, "Why", b"x"],
        "castVoteBySig(uint256,uint8,address,bytes)": [*vote, voter, alone],
        "castVoteWithReasonAndParamsBySig(uint256,uint8,address,string,bytes,bytes)": [
            *(*vote, voter, "Why", b"x", extended)
        ],
        "cast_votes_by_signatures(uint256,uint256[3][])": [active.id, batch],
    }
    acts = {
        f"propose({LISTS},string)": [*fresh],
        f"propose({LISTS},string,uint256)": [*fresh, 1],
        f"queue({LISTS},bytes32)": [*drafts["succeeded"].named],
        f"execute({LISTS},bytes32)": [*drafts["due"].named],
        f"cancel({LISTS},bytes32)": [*drafts["pending"].named],
        "veto(uint256,string)": [active.id, "Why"],
    }
    bounds = {
        "bind()": [],
        f"set_terms(uint256,{TERMS})": [1, SHORT],
        f"set_scope({SCOPE})": [(2, target, b"\x01\x02\x03\x04", 1, 0, True)],
        "set_assets(address[])": [[guard]],
        "spend(uint256,uint256,uint256,uint256,uint256[5])": [1, 1, 5, 5, [0] * 5],
        "admit(uint256,address,uint256,bytes)": [1, target, 0, b""],
    }
    named = {f"Governor.{function}": values for function, values in (votes | acts).items()}
    return named | {f"Guard.{function}": values for function, values in bounds.items()}
