"""Before somebody is a member nothing is paid without a live invitation, and each serves once."""

import pytest

from cercle import core, typed_data
from cercle.flags import Role
from cercle.relayer.declined import Declined
from cercle.relayer.wire import AccountRequest
from tests.authenticator import Passkey
from tests.client.community import DAY

from .acting import declined, post, said, settle, slots
from .stage import account

MINED = ("mined", None)


@pytest.fixture
def newcomer():
    return account("newcomer")


def account_request(passkey, invitation):
    x, y, site, credential = passkey.terms
    return AccountRequest(
        x=f"0x{x:064x}",
        y=f"0x{y:064x}",
        rp_id_hash="0x" + site.hex(),
        credential_hash="0x" + credential.hex(),
        invitation=invitation,
    )


# ---- dead ones --------------------------------------------------------------------------


def test_register__without_invitation__is_not_carried(stage, relayer, newcomer):
    assert declined(relayer, stage.register(newcomer, None)) == (403, "invitation_missing")


def test_join__without_invitation__is_not_carried(stage, relayer, newcomer):
    assert declined(relayer, stage.join(newcomer, None)) == (403, "invitation_missing")


def test_register__invitation_by_nobody_of_the_brand__is_not_carried(stage, relayer, newcomer):
    invitation = stage.invitation(inviter=stage.members[0])
    assert declined(relayer, stage.register(newcomer, invitation)) == (403, "inviter_no_steward")


def test_register__invitation_of_a_former_steward__is_not_carried(stage, relayer, newcomer):
    town = stage.town
    stage.events(core.take_roles(stage.deployment, town.steward, Role.STEWARD), town.people[0])
    signed = stage.register(newcomer, stage.invitation())
    assert declined(relayer, signed) == (403, "inviter_no_steward")


def test_register__expired_invitation__is_not_carried(stage, relayer, newcomer):
    invitation = stage.invitation(deadline=stage.town.now() - 1)
    assert declined(relayer, stage.register(newcomer, invitation)) == (403, "signature_expired")


def test_register__forged_invitation__is_not_carried(stage, relayer, newcomer):
    forged = stage.invitation(7).model_copy(update={"nonce": 8})
    assert declined(relayer, stage.register(newcomer, forged)) == (403, "not_signed_by_them")


def test_register__cancelled_invitation__is_not_carried(stage, relayer, newcomer):
    call = stage.deployment.contract("Membership").call("cancel_nonce", 7)
    stage.events(call, stage.town.steward)
    signed = stage.register(newcomer, stage.invitation(7))
    assert declined(relayer, signed) == (403, "nonce_used")


def test_register__invitation_to_somebody_with_a_passport__is_not_carried(stage, relayer, newcomer):
    signed = stage.register(newcomer, stage.invitation(passport_id=3))
    assert declined(relayer, signed) == (403, "invitation_named")


def test_join__invitation_of_another_inviter__is_malformed(stage, relayer, newcomer):
    signed = stage.join(newcomer, stage.invitation())
    other = stage.sign(
        newcomer,
        typed_data.join(
            stage.deployment,
            newcomer.address,
            stage.town.outsider,
            nonce=1,
            deadline=stage.soon(),
        ),
        invitation=signed.invitation,
    )
    assert declined(relayer, other)[0] == 400


def test_adopt__of_a_person_who_is_no_member__takes_an_invitation(stage, relayer, newcomer):
    stage.events(
        typed_data.carry(stage.deployment, stage.register(newcomer, None)), stage.town.outsider
    )
    second, terms = account("second wallet"), {"nonce": 2, "deadline": stage.soon()}
    link = typed_data.link(stage.deployment, 105, second.address, **terms)
    agreed = stage.sign(second, link).signature
    adopt = typed_data.adopt(stage.deployment, newcomer.address, second.address, **terms)
    bare = stage.sign(newcomer, adopt, link_signature=agreed)
    assert declined(relayer, bare) == (403, "invitation_missing")
    posted = post(relayer, bare.model_copy(update={"invitation": stage.invitation()}))
    settle(relayer, stage)
    assert said(relayer, posted) == MINED


def test_other_acts__of_a_person_who_is_no_member__are_not_carried(stage, relayer, newcomer):
    stage.events(
        typed_data.carry(stage.deployment, stage.register(newcomer, None)), stage.town.outsider
    )
    terms = {"nonce": 2, "deadline": stage.soon()}
    message = typed_data.unlink(stage.deployment, newcomer.address, newcomer.address, **terms)
    signed = stage.sign(newcomer, message, invitation=stage.invitation())
    assert declined(relayer, signed) == (403, "not_a_member")


# ---- once -------------------------------------------------------------------------------


def test_invitation__second_person_at_the_same_door__is_not_carried(stage, relayer, newcomer):
    invitation, other = stage.invitation(), account("another newcomer")
    first = post(relayer, stage.register(newcomer, invitation))
    word = (403, "invitation_used")
    assert declined(relayer, stage.register(other, invitation)) == word
    settle(relayer, stage)
    assert declined(relayer, stage.register(other, invitation)) == word
    assert said(relayer, first) == MINED
    assert len(slots(relayer)) == 1


def test_invitation__whose_act_came_to_nothing__serves_again(stage, relayer, newcomer):
    invitation = stage.invitation(deadline=stage.town.now() + 10 * DAY)
    first = post(relayer, stage.register(newcomer, invitation))
    stage.town.pass_time(2 * DAY)  # the person's own signature expires before it is sent
    relayer.step()
    assert said(relayer, first) == ("refused", "signature_expired")
    second = post(relayer, stage.register(newcomer, invitation, nonce=2))
    settle(relayer, stage)
    assert said(relayer, second) == MINED


# ---- passkeys ---------------------------------------------------------------------------


def test_passkey__on_one_invitation__gets_account_passport_membership_and_votes(stage, relayer):
    passkey, invitation = Passkey("a phone"), stage.invitation()
    posted = relayer.take_account(account_request(passkey, invitation))
    settle(relayer, stage)
    assert said(relayer, posted) == MINED
    at = stage.read("PasskeyFactory", "account_of", *passkey.terms)
    assert (posted.actor, posted.struct) == (at, "PasskeyAccount")

    deployment, terms = stage.deployment, {"nonce": 1, "deadline": stage.soon()}
    inviter = invitation.inviter
    for message in (
        typed_data.register(deployment, at, **terms),
        typed_data.join(deployment, at, inviter, **terms),
    ):
        signed = stage.by_passkey(passkey, at, message, invitation=invitation)
        posted = post(relayer, signed)
        settle(relayer, stage)
        assert said(relayer, posted) == MINED
    assert stage.read("Membership", "member_of", at) == (105, 105)

    # Too young for a vote, and told so by the contract; what needs no age is done.
    ballot = stage.ballot(stage.members[0]).message.message | {"voter": at}
    vote = stage.by_passkey(passkey, at, typed_data.message(deployment, "Ballot", **ballot))
    assert declined(relayer, vote) == (409, "no_voice")
    leave = typed_data.leave(deployment, at, nonce=2, deadline=terms["deadline"])
    posted = post(relayer, stage.by_passkey(passkey, at, leave))
    settle(relayer, stage)
    assert said(relayer, posted) == MINED


def test_passkey__ballot_of_a_contract_wallet__travels_beside_the_batch(stage, relayer, clock):
    passkey = Passkey("a phone")
    at = stage.read("PasskeyFactory", "account_of", *passkey.terms)
    factory = stage.deployment.contract("PasskeyFactory")
    stage.events(factory.call("create", *passkey.terms), stage.town.outsider)
    member, terms = stage.members[0], {"nonce": 1, "deadline": stage.soon()}
    number = stage.read("Passport", "id_of", member.address)
    link = typed_data.link(stage.deployment, number, at, **terms)
    agreed = stage.by_passkey(passkey, at, link).signature
    adopt = typed_data.adopt(stage.deployment, member.address, at, **terms)
    post(relayer, stage.sign(member, adopt, link_signature=agreed))
    settle(relayer, stage)

    told = stage.ballot(member, [4]).message.message | {"voter": at}
    vote = typed_data.message(stage.deployment, "Ballot", **told)
    posted = [post(relayer, stage.by_passkey(passkey, at, vote))]
    posted += [post(relayer, stage.ballot(voter)) for voter in stage.members[1:4]]
    settle(relayer, stage)
    assert [said(relayer, one) for one in posted] == [MINED] * 4
    assert stage.tally() == [3, 0, 0, 1]
    kinds = [slot[2] for slot in slots(relayer)]
    assert kinds == ["link_by_signatures", "vote_by_signature", "vote_by_signatures"]


def test_passkey__of_another_passkey__is_not_signed(stage, relayer):
    at = stage.read("PasskeyFactory", "account_of", *Passkey("a phone").terms)
    message = typed_data.register(stage.deployment, at, nonce=1, deadline=stage.soon())
    signed = stage.by_passkey(Passkey("a phone"), at, message, invitation=stage.invitation())
    assert declined(relayer, signed) == (422, "not_signed")  # no account stands there yet
    factory = stage.deployment.contract("PasskeyFactory")
    stage.events(factory.call("create", *Passkey("a phone").terms), stage.town.outsider)
    other = stage.by_passkey(Passkey("a thief's"), at, message, invitation=stage.invitation())
    assert declined(relayer, other) == (422, "not_signed")


@pytest.fixture
def ask(http):
    """Post the wish for an account; status and word or state."""

    def post_account(request):
        answer = http.post("/v1/accounts", json=request.model_dump(mode="json"))
        told = answer.json()
        return answer.status_code, told.get("code", told.get("state"))

    return post_account


def test_account__dead_invitations__are_not_paid_for(stage, ask):
    passkey, no = Passkey("a phone"), stage.invitation
    assert ask(account_request(passkey, no(deadline=1))) == (403, "signature_expired")
    assert ask(account_request(passkey, no(passport_id=1))) == (403, "invitation_named")
    stranger = no(inviter=stage.members[0])
    assert ask(account_request(passkey, stranger)) == (403, "inviter_no_steward")


def test_account__one_invitation__makes_one(stage, ask, relayer):
    invitation = stage.invitation()
    request = account_request(Passkey("a phone"), invitation)
    assert ask(request) == ask(request) == (202, "accepted")
    assert ask(account_request(Passkey("another"), invitation)) == (403, "invitation_used")
    settle(relayer, stage)
    assert ask(request) == (202, "mined")
    assert len(slots(relayer)) == 1


def test_account__there_already__is_refused_by_the_factory(stage, ask):
    factory = stage.deployment.contract("PasskeyFactory")
    stage.events(factory.call("create", *Passkey("a phone").terms), stage.town.outsider)
    request = account_request(Passkey("a phone"), stage.invitation())
    assert ask(request) == (409, "account_exists")


def test_account__key_off_the_curve__is_refused_by_the_factory(stage, ask):
    request = account_request(Passkey("a phone"), stage.invitation())
    assert ask(request.model_copy(update={"x": "0x" + "11" * 32})) == (409, "not_a_passkeys_key")


def test_account__of_another_site__is_not_offered(stage, new_relayer):
    relayer = new_relayer(rp_id="club.example")
    with pytest.raises(Declined) as no:
        relayer.take_account(account_request(Passkey("a phone"), stage.invitation()))
    assert (no.value.status, no.value.word) == (403, "not_offered")
    ours = account_request(Passkey("a phone", "club.example"), stage.invitation())
    assert relayer.take_account(ours).state == "accepted"


def test_account__malformed__says_so(stage, http):
    body = account_request(Passkey("a phone"), stage.invitation()).model_dump(mode="json")
    for spoilt in ({"x": "0x11"}, {"invitation": None}, {"more": 1}, {"y": 5}):
        answer = http.post("/v1/accounts", json=body | spoilt)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
