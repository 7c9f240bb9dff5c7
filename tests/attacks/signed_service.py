"""What people and providers sign about service contracts, where each could be carried now."""

from cercle import typed_data
from cercle.agreements import AtCapacity, Ladder, Plan, Rung, Terms
from tests import agreements as stage
from tests import consents
from tests.agreements import LARGE, MEDIUM, SMALL
from tests.attacks.d3_service import OPTIMISING
from tests.attacks.d3_vault import give
from tests.attacks.signed_stage import DAY, Case, carried, signed
from tests.odd_tokens import Habit

PLANS = (SMALL, MEDIUM, LARGE)
STEPWISE = tuple(
    Rung(plan_id=number, plan=Plan(**plan._asdict()), at_capacity=AtCapacity.STOP)
    for number, plan in enumerate(PLANS, 1)
)


def deployed(project, passport, admin) -> dict:
    """The two that are signed for, with a Consent of their own, by the directory's names."""
    lists = admin.deploy(project.PriceLists, admin.deploy(project.Consent, passport))
    return {"price_lists": lists, "agreements": admin.deploy(project.Agreements, lists)}


def set_scene(project, chain, signers, admin) -> None:
    """The admin provides, the steward meters; two members have an agreement each."""
    lists, agreements = (signers["books"][name] for name in ("price_lists", "agreements"))
    consent = project.Consent.at(lists.consent())
    consents.found(consent, admin)
    consents.found(consent, signers["steward"])
    consent.publish_notice(1, OPTIMISING, 1, consents.NOTICE, sender=admin)
    give(chain, consent, signers["member"], OPTIMISING, 90 * DAY, categories=1)
    token = admin.deploy(project.OddToken, Habit.PLAIN, 18)
    stage.register_meter(lists, 2, signers["steward"])
    stage.found(lists, 1, 2, token, admin)
    for who in ("member", "other"):
        token.mint(signers[who], 10**6, sender=admin)
        token.approve(agreements, 10**6, sender=signers[who])
        receipt = agreements.open(
            stage.ladder(rungs=stage.climb(True, True, True)), sender=signers[who]
        )
        signers[f"{who}s_terms"] = stage.terms_of(receipt)


def cases(book, signers, until) -> list[Case]:
    """One for each message."""
    member, me = signers["member"], (book, signers["member"].address)
    terms = {
        number: Terms.of(signers[f"{who}s_terms"]._asdict())
        for number, who in enumerate(("member", "other"), 1)
    }

    def alone(message):
        """With the terms of the agreement that is named, as whoever carries it would find them."""

        def call(told, sent):
            named = terms[sent.message["agreement_id"]]
            return typed_data.carry(book, signed(sent, told, terms=named))

        return Case(message, member, call, signers["carrier"], zero="signatures: zero signer")

    further = {"period": 0, "limit": 60, "period_cap": 7_000}
    back = {"payee": member.address, "amount": 1_000}
    ladder = Ladder(**(stage.ladder()._asdict() | {"rungs": STEPWISE}))
    opening = typed_data.open_agreement(*me, ladder, **until)
    nobody = {"zero": "signatures: zero signer"}
    return [
        Case(opening, member, carried(book), signers["carrier"], **nobody),
        alone(typed_data.go_on(*me, 1, **further, **until)),
        alone(typed_data.end_agreement(*me, 1, is_at_once=False, **until)),
        alone(typed_data.withdraw_escrow(*me, 1, **back, **until)),
        offer(book, signers, until),
    ]


def offer(book, signers, until) -> Case:
    """The provider's, to passport 1."""
    provider = signers["provider"]
    message = typed_data.personal_offer(
        *(book, provider.address),
        list_id=1,
        passport_id=1,
        plan=Plan(**SMALL._asdict()),
        content_hash="0x" + stage.PLAN_WORDS.hex(),
        **until,
    )

    def published(told, sent):
        said = sent.message
        plan = tuple(said[name] for name in SMALL._fields)
        seal = bytes.fromhex(said["content_hash"][2:])
        end = said["signer"], said["nonce"], said["deadline"], told
        words = said["list_id"], said["passport_id"], plan, seal, *end
        return book.contract("PriceLists").call("publish_offer", *words)

    nobody = {"zero": "price_lists: not the provider"}
    return Case(message, provider, published, signers["carrier"], **nobody)
