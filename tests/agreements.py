"""A provider's list, a meter, and a customer's ladder, as the contracts of service know them."""

from typing import Any, NamedTuple

from eth_utils import keccak, to_checksum_address

from tests.signing import Key, typed

DAY = 86_400
PERIOD, GRACE, FACTOR = 30 * DAY, 3 * DAY, 10_000
RUNGS = 6
NOT_COVERED = 2**256 - 1
LIST_WORDS, PLAN_WORDS, METER_WORDS = (
    keccak(text=text) for text in ("a list", "a plan", "a meter")
)
METER = Key(0x5E7E5)
OTHER_METER = Key(0x07E5)

READING = (
    "Reading(uint256 agreement_id,uint256 sequence,uint256 read_at,uint256 register,uint256 outage)"
)
REGISTER_METER = "RegisterMeter(address meter,uint256 company_id,bytes32 content_hash)"


class Plan(NamedTuple):
    """What a plan costs and covers, in the contract's order."""

    base_price: int
    included: int
    unit_price: int
    capacity: int


SMALL = Plan(1_000, 10, 50, 20)
MEDIUM = Plan(2_000, 40, 40, 60)
LARGE = Plan(4_000, 100, 30, 200)


class Ladder(NamedTuple):
    """What a customer signs, in the contract's order."""

    list_id: int
    revision: int
    meter: str
    starts_at: int
    periods: int
    period_cap: int
    total_cap: int
    deposit: int
    rungs: list[int]


class Terms(NamedTuple):
    """What holds in an agreement, in the contract's order."""

    passport_id: int
    list_id: int
    meter: str
    starts_at: int
    period: int
    grace: int
    outage_factor: int
    period_cap: int
    reach: int
    limit: int
    lowest: int
    rungs: list[int]


class Reading(NamedTuple):
    """What a meter shows, and its signature."""

    sequence: int
    read_at: int
    register: int
    outage: int
    r: int
    vs: int


def rung(plan: Plan, plan_id: int, stops: bool = False) -> int:
    """A plan's word in a ladder."""
    return (
        plan.base_price
        | plan.included << 88
        | plan.unit_price << 128
        | plan.capacity << 191
        | plan_id << 231
        | stops << 255
    )


def rungs(*words: int) -> list[int]:
    """A ladder's words, with what is empty."""
    return [*words, *[0] * (RUNGS - len(words))]


def climb(*stops: bool) -> list[int]:
    """The ladder of all three plans, each with whether it stops there."""
    plans = (SMALL, MEDIUM, LARGE)
    return rungs(*(rung(plans[i], i + 1, stop) for i, stop in enumerate(stops)))


LADDER = climb(False, False, True)


def ladder(**changes: Any) -> Ladder:
    """What a customer could sign now, on the list of `found`."""
    good = Ladder(
        list_id=1,
        revision=3,
        meter=METER.address,
        starts_at=0,
        periods=12,
        period_cap=6_000,
        total_cap=60_000,
        deposit=10_000,
        rungs=LADDER,
    )
    return good._replace(**changes)


def terms_of(receipt: Any) -> Terms:
    """The terms that an opening, or the last improvement, logged."""
    told = [
        event
        for event in receipt.events
        if event.event_name in ("AgreementOpened", "TermsImproved")
    ]
    return as_terms(told[-1].terms)


def as_terms(words: Any) -> Terms:
    """Terms as a chain answers them, as they are sent."""
    told = Terms(*(list(word) if isinstance(word, list | tuple) else word for word in words))
    return told._replace(meter=to_checksum_address(told.meter))


def register_meter(price_lists: Any, operator_id: int, sender: Any, meter: Key = METER) -> Any:
    """Register a meter with its own word."""
    words = {"meter": meter.address, "company_id": operator_id, "content_hash": METER_WORDS}
    signature = meter.sign_message(typed(price_lists, REGISTER_METER, **words)).encode_rsv()
    return price_lists.register_meter(*words.values(), signature, sender=sender)


def found(
    price_lists: Any, provider_id: int, operator_id: int, token: Any, sender: Any, **changes: Any
) -> int:
    """Open a list with three plans; tells its number."""
    words = {"period": PERIOD, "grace": GRACE, "outage_factor": FACTOR} | changes
    price_lists.open_list(
        provider_id, operator_id, token, *words.values(), LIST_WORDS, sender=sender
    )
    list_id = int(price_lists.list_count())
    for plan in (SMALL, MEDIUM, LARGE):
        price_lists.publish_plan(list_id, plan, PLAN_WORDS, sender=sender)
    return list_id


def reading(
    agreements: Any,
    agreement_id: int,
    sequence: int,
    read_at: int,
    register: int,
    outage: int = 0,
    *,
    meter: Key = METER,
) -> Reading:
    """A signed reading; its signature in the two words of ERC-2098."""
    words = {"agreement_id": agreement_id, "sequence": sequence, "read_at": read_at}
    words |= {"register": register, "outage": outage}
    signed = meter.sign_message(typed(agreements, READING, **words))
    vs = int.from_bytes(signed.s, "big") | (signed.v - 27) << 255
    return Reading(sequence, read_at, register, outage, int.from_bytes(signed.r, "big"), vs)
