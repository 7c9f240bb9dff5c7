"""Price lists and agreements on the scene of D3: a customer, a provider that earned, a meter."""

from tests import agreements as stage
from tests import consents
from tests.agreements import (
    DAY,
    GRACE,
    LIST_WORDS,
    METER_WORDS,
    OTHER_METER,
    PERIOD,
    PLAN_WORDS,
    SMALL,
)
from tests.attacks.d3_stage import abi_of
from tests.attacks.d3_vault import give
from tests.odd_tokens import Habit
from tests.signing import sign, typed
from tools.access import writers

GO_ON = (
    "GoOn(address wallet,uint256 agreement_id,uint256 period,uint256 limit,uint256 period_cap,"
    "uint256 nonce,uint256 deadline)"
)
END = (
    "EndAgreement(address wallet,uint256 agreement_id,bool is_at_once,"
    "uint256 nonce,uint256 deadline)"
)
WITHDRAW = (
    "WithdrawEscrow(address wallet,uint256 agreement_id,address payee,uint256 amount,"
    "uint256 nonce,uint256 deadline)"
)
OPEN = (
    "OpenAgreement(address wallet,uint256 list_id,uint256 revision,address meter,uint256 starts_at,"
    "uint256 periods,uint256 period_cap,uint256 total_cap,uint256 deposit,Rung[] rungs,"
    "uint256 nonce,uint256 deadline)"
    "Rung(uint256 plan,uint256 base_price,uint256 included,uint256 unit_price,uint256 capacity,"
    "string at_capacity)"
)
OFFER = (
    "PersonalOffer(address signer,uint256 list_id,uint256 passport_id,uint256 base_price,"
    "uint256 included,uint256 unit_price,uint256 capacity,bytes32 content_hash,uint256 nonce,"
    "uint256 deadline)"
)
OPTIMISING = 9


def deployed(project, people) -> dict:
    """The three, with a Consent of their own."""
    admin = people["admin"]
    consent = admin.deploy(project.Consent, people["passport"])
    lists = admin.deploy(project.PriceLists, consent)
    return {
        "PriceLists": lists,
        "Agreements": admin.deploy(project.Agreements, lists),
        "Tariff": admin.deploy(project.Tariff),
    }


def set_scene(project, chain, books, people) -> dict:
    """The provider is the admin's, the meter the steward's; a period is over and was earned."""
    lists, agreements = books["PriceLists"], books["Agreements"]
    admin, member, steward = people["admin"], people["members"][0], people["steward"]
    consent = project.Consent.at(lists.consent())
    token = admin.deploy(project.OddToken, Habit.PLAIN, 18)
    consents.found(consent, admin, people["till"])
    consents.found(consent, steward)
    consent.publish_notice(1, OPTIMISING, 1, consents.NOTICE, sender=admin)
    give(chain, consent, member, OPTIMISING, 90 * DAY, categories=1)
    stage.register_meter(lists, 2, steward)
    stage.found(lists, 1, 2, token, admin)
    for payer in (member, people["outsider"]):
        token.mint(payer, 10**6, sender=payer)
        token.approve(agreements, 10**6, sender=payer)
    receipt = agreements.open(stage.ladder(), sender=member)
    terms = stage.terms_of(receipt)
    chain.mine(deltatime=PERIOD + GRACE)
    agreements.poke(1, terms, sender=admin)
    return {"terms": terms, "token": token}


def arguments(books, people, scene, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    soon, found = now + 5 * DAY, {}
    lists, agreements = books["PriceLists"], books["Agreements"]
    words = price_lists(lists, people, scene, soon)
    words |= running(agreements, people, scene["terms"], now)
    words |= signed(agreements, people["members"][0], scene["terms"], soon)
    for name, contract in books.items():
        for function in writers(abi_of(contract)):
            found[f"{name}.{function}"] = words[function.partition("(")[0]]
    return found


def price_lists(lists, people, scene, soon) -> dict:
    admin = people["admin"]
    meter = {"meter": OTHER_METER.address, "company_id": 2, "content_hash": METER_WORDS}
    word = OTHER_METER.sign_message(typed(lists, stage.REGISTER_METER, **meter)).encode_rsv()
    offer = {"signer": admin, "list_id": 1, "passport_id": 1, **SMALL._asdict()}
    offer |= {"content_hash": PLAN_WORDS, "nonce": 3, "deadline": soon}
    given = 1, 1, SMALL, PLAN_WORDS, admin, 3, soon, sign(admin, lists, OFFER, **offer)
    return {
        "cancel_nonce": [99],
        "open_list": [1, 2, scene["token"], PERIOD, GRACE, 10_000, LIST_WORDS],
        "publish_plan": [1, SMALL, PLAN_WORDS],
        "revise_plan": [1, 1, SMALL, PLAN_WORDS],
        "withdraw_plan": [1, 1],
        "publish_offer": list(given),
        "register_meter": [*meter.values(), word],
    }


def running(agreements, people, terms, now) -> dict:
    reading = stage.reading(agreements, 1, 1, now, 5)
    admin, member = people["admin"], people["members"][0]
    return {
        "open": [stage.ladder()],
        "go_on": [1, terms, open_period(terms, now), 200, 7_000],
        "end": [1, terms, False],
        "withdraw": [1, terms, member, 10],
        "discontinue": [1, terms],
        "collect": [1, admin],
        "settle": [1, terms, reading],
        "settle_many": [[(1, terms, reading)]],
        "poke": [1, terms],
        "top_up": [1, terms, 10],
    }


def open_period(terms, now):
    """The first period in which readings count."""
    return (now - terms.starts_at - GRACE) // PERIOD


def signed(agreements, member, terms, soon) -> dict:
    """What the customer signs, each with its own number."""

    def of(text, nonce, *between, **words):
        told = {"wallet": member, **words, "nonce": nonce, "deadline": soon}
        sent = [member, *between, nonce, soon]
        return [*sent, sign(member, agreements, text, **told)]

    ladder = stage.ladder()
    plans = zip((stage.SMALL, stage.MEDIUM, stage.LARGE), ladder.rungs, strict=False)
    rungs = [
        {"plan": i, **plan._asdict(), "at_capacity": "STOP" if word >> 255 else "SWITCH"}
        for i, (plan, word) in enumerate(plans, 1)
    ]
    further = {"period": open_period(terms, soon - 5 * DAY), "limit": 200, "period_cap": 7_000}
    back = {"payee": member, "amount": 10}
    return {
        "open_by_signature": of(OPEN, 1, ladder, **(ladder._asdict() | {"rungs": rungs})),
        "go_on_by_signature": of(GO_ON, 2, 1, terms, *further.values(), agreement_id=1, **further),
        "end_by_signature": of(END, 3, 1, terms, False, agreement_id=1, is_at_once=False),
        "withdraw_by_signature": of(WITHDRAW, 4, 1, terms, *back.values(), agreement_id=1, **back),
    }
