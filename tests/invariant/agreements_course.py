"""
What `docs/agreements.md` promises, in plain Python: a list of periods, walked one by one. It knows
nothing of words, slots and jumps over many periods; it closes each period as its time comes.
"""

from dataclasses import dataclass, field

from tests.agreements import NOT_COVERED, Plan

BASIS = 10_000


@dataclass
class Step:
    """A plan of a ladder, as it was agreed or got better since."""

    plan: Plan
    number: int
    stops: bool

    def price(self, use: int) -> int:
        """Of a period with so much use, whether or not the plan covers it."""
        beyond = max(0, use - self.plan.included)
        return self.plan.base_price + beyond * self.plan.unit_price


def price_of(steps: list[Step], limit: int, use: int) -> tuple[int, int]:
    """The least over the plans up to the stop that cover the use, and which plan that is."""
    use, best = min(use, limit), (NOT_COVERED, 0)
    for place, step in enumerate(steps):
        if step.plan.capacity >= use:
            best = min(best, (step.price(use), place))
    return best


@dataclass
class Period:
    """What was read in a period, what there was to pay for it at its end, what it cost."""

    use: int = 0
    outage: int = 0
    there: int | None = None  # once its end came
    is_paid: bool | None = None  # whether that was enough, at the prices that held then
    charge: int | None = None  # once it is closed
    most: int = 0  # its cap, and its price on any plan up to the stop that covers it


@dataclass
class Course:
    """One agreement as it runs by the clock, and what its periods cost."""

    steps: list[Step]
    starts_at: int
    length: int
    grace: int
    factor: int
    periods: int
    cap: int
    left: int
    escrow: int
    list_plans: dict[int, Plan | None]  # the provider's, as they are now
    book: dict[int, Period] = field(default_factory=dict)
    open: int = 0  # the first period that is not closed
    ended: int = 0  # periods whose end came
    earned: int = 0
    paid_in: int = 0
    taken: int = 0
    sequence: int = 0
    register: int = 0
    outage: int = 0
    gone_on: tuple[int, int, int] | None = None  # period, limit, cap
    left_at: int = 0
    is_worsened: bool = False

    def __post_init__(self) -> None:
        self.paid_in = self.escrow

    # ---- the clock ----

    def end_of(self, number: int) -> int:
        return self.starts_at + (number + 1) * self.length

    def by_clock(self, now: int) -> int:
        """The period that runs, were there no end."""
        return max(0, now - self.starts_at) // self.length

    def period(self, number: int) -> Period:
        return self.book.setdefault(number, Period())

    def advance(self, now: int) -> None:
        """Let the clock end and close periods, in the order of time."""
        while self.open < self.periods:
            ends = [self.end_of(self.ended)] if self.ended < self.periods else []
            closes = self.end_of(self.open) + self.grace
            if self.open < self.ended and closes <= min([now, *ends]):
                self.close()
            elif ends and ends[0] <= now:
                ended = self.period(self.ended)
                ended.there = self.there_for(self.ended)
                if ended.is_paid is None:
                    ended.is_paid = ended.there >= self.lowest()
                self.ended += 1
            else:
                break

    # ---- the price ----

    def ladder_of(self, number: int) -> tuple[list[Step], int, int]:
        """The plans that a period may be charged by, where it stops, and its cap."""
        limit, cap = self.stop_at(), self.cap
        if self.gone_on and self.gone_on[0] == number:
            _, limit, cap = self.gone_on
        steps: list[Step] = []
        for step in self.steps:
            steps.append(step)
            if step.plan.capacity >= limit:
                break
        return steps, limit, cap

    def stop_at(self) -> int:
        """The limit as it was signed: the capacity of the first plan that stops."""
        return next(step.plan.capacity for step in self.steps if step.stops)

    def is_over_unpaid(self) -> bool:
        """Whether a period ended that could not be paid for, and readings of it still count."""
        return self.period(self.open).is_paid is False

    def lowest(self) -> int:
        """What silence costs."""
        price = NOT_COVERED
        for step in self.steps:
            price = min(price, step.plan.base_price)
            if step.stops:
                break
        return price

    def raw_price(self, number: int) -> int:
        steps, limit, _ = self.ladder_of(number)
        use = self.period(number).use
        price, place = price_of(steps, limit, use)
        if self.left_at and number == self.periods - 1:
            plan, use = steps[place].plan, min(use, limit)
            gone = self.left_at - (self.end_of(number) - self.length)
            part = plan.base_price * gone // self.length
            if plan.included:
                part = max(part, plan.base_price * min(use, plan.included) // plan.included)
            return part + max(0, use - plan.included) * plan.unit_price
        return price

    def price(self, number: int) -> int:
        return min(self.raw_price(number), self.ladder_of(number)[2])

    def credit(self, number: int) -> int:
        price = self.price(number)
        lost = self.period(number).outage * 60 * self.factor
        return min(price, price * lost // (self.length * BASIS))

    def charge_of(self, number: int, escrow: int, left: int) -> int:
        is_paid = self.period(number).is_paid
        if min(escrow, left) < self.lowest() if is_paid is None else not is_paid:
            return 0  # it is not served
        return min(self.price(number) - self.credit(number), escrow, left)

    def close(self) -> None:
        charge = self.charge_of(self.open, self.escrow, self.left)
        steps, limit, cap = self.ladder_of(self.open)
        period = self.period(self.open)
        use = min(period.use, limit)
        covering = [step.price(use) for step in steps if step.plan.capacity >= use]
        period.charge, period.most = charge, min([cap, *covering])
        self.escrow, self.left = self.escrow - charge, self.left - charge
        self.earned += charge
        self.open += 1
