"""P5, a signature used again, elsewhere, or for somebody else (Wintermute and Optimism in 2022,
AROS in 2026).

Every message that people sign is given by its rightful signer and carried once. Then the same
signature is tried a second time, and one made for another chain, for another contract, for another
member or for another message is tried in its place. All pairs are generated from the SDK's list of
messages, so that a new one cannot be forgotten. The twin takes claims that name a perk and nothing
else: one signature costs its member all that they have, at every counter there is.
"""

import pytest

from cercle import typed_data
from cercle.typed_data import STRUCTS
from tests.attacks.signed_stage import ON_CHAIN, PURSE, sign

OTHER_CHAIN = 424_242


def test_every_message__on_the_stage(cases):
    assert sorted(cases) == ON_CHAIN


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_signature__as_it_was_given__is_carried_once(cases, ask, struct):
    case = cases[struct]
    signature = sign(case.signer, case.message)
    assert ask(case, signature) is None

    call = case.call(signature, case.message)
    case.sender.transfer(call.to, 0, data=call.data)
    assert ask(case, signature) == case.again


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_signature__for_another_chain__is_worth_nothing(cases, ask, struct):
    case = cases[struct]
    elsewhere = case.message.model_copy(update={"chain_id": OTHER_CHAIN})
    assert ask(case, sign(case.signer, elsewhere)) == case.refusal


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_signature__for_another_contract__is_worth_nothing(
    cases, ask, brand, struct, project, admin
):
    """Any other of the brand's, a sister of another brand's, or one by another name."""
    case = cases[struct]
    sister = admin.deploy(project.Passport)
    for contract in (*brand.values(), sister):
        if contract.address != case.message.contract:
            elsewhere = case.message.model_copy(update={"contract": contract.address})
            assert ask(case, sign(case.signer, elsewhere)) == case.refusal
    renamed = case.message.model_copy(update={"name": "Cercle Parrot"})
    assert ask(case, sign(case.signer, renamed)) == case.refusal


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_signature__of_another_member__is_worth_nothing(cases, ask, signers, struct):
    """Neither theirs for this one's message, nor this one's for a message of theirs."""
    case, other = cases[struct], signers["other"]
    assert ask(case, sign(other, case.message)) == case.refusal

    field, value = case.whose or (STRUCTS[struct].actor, other.address)
    theirs = case.message.message | {field: value}
    named = case.message.model_copy(update={"message": theirs})
    assert ask(case, sign(case.signer, case.message), named) is not None
    if case.whose is None:  # who is named has not signed
        assert ask(case, sign(case.signer, named), named) is not None


@pytest.mark.parametrize("struct", ON_CHAIN)
def test_signature__for_another_message__is_worth_nothing(cases, ask, struct):
    """All of the same person's, and of everybody's, in each other's place."""
    case = cases[struct]
    for name, other in cases.items():
        if name != struct:
            assert ask(case, sign(case.signer, other.message)) == case.refusal, name
            assert ask(case, sign(other.signer, other.message)) == case.refusal, name


@pytest.mark.parametrize("struct", ["Cancel", "Redeem"])
def test_signature__for_a_carrier_alone__is_worth_nothing_on_the_chain(cases, ask, book, struct):
    """`Miss` tells a carrier who asks; it has the same words as these two."""
    case = cases[struct]
    words = [case.message.message[name] for name in ("wallet", "claim_id", "deadline")]
    assert ask(case, sign(case.signer, typed_data.miss(book, *words))) == case.refusal


# ---- the twin: what it would cost -----------------------------------------------------


@pytest.fixture
def counters(project, admin, signers):
    """Two counters of two brands, at each of which the member has points."""
    made = [admin.deploy(project.TrustingCounter) for _ in range(2)]
    for counter in made:
        counter.mint(signers["member"], PURSE, sender=admin)
    return made


@pytest.fixture
def slip(counters, signers):
    """The member signed for one unit, at the first of them."""
    told = signers["member"].sign_raw_msghash(counters[0].slip(1))
    return told.v, int.from_bytes(told.r, "big"), int.from_bytes(told.s, "big")


def test_twin__carried_again_and_again__takes_all_they_have(counters, slip, signers):
    member, thief = signers["member"], signers["carrier"]
    for _ in range(PURSE // 100):
        counters[0].claim(member, 1, 0, thief, *slip, sender=thief)
    assert counters[0].points_of(member) == 0
    assert counters[0].units_of(thief) == 10


def test_twin__carried_to_another_brand__pays_there_too(counters, slip, signers):
    member, thief = signers["member"], signers["carrier"]
    counters[1].claim(member, 1, 0, thief, *slip, sender=thief)
    assert counters[1].points_of(member) == PURSE - 100
    assert counters[1].units_of(thief) == 1


def test_twin__signed_for_another_chain__is_the_same_signature(counters, signers):
    """What is signed says nothing of where it is good: 32 bytes that are equal everywhere."""
    first, second = (counter.slip(1) for counter in counters)
    assert first == second
