"""What people may do with an agreement by `docs/agreements.md`, and what is asked of it."""

from copy import copy

from tests.invariant.agreements_course import Course


class AgreementModel(Course):
    """One agreement; every act is told the second it is mined in, and says its refusal."""

    def at(self, now: int) -> "AgreementModel":
        """As it stands at a second, with nothing written down for it."""
        other = self.copied()
        other.advance(now)
        return other

    def copied(self) -> "AgreementModel":
        """Another one that goes its own way; the list is the same."""
        other = copy(self)
        other.steps = [copy(step) for step in self.steps]
        other.book = {number: copy(period) for number, period in self.book.items()}
        return other

    def there_for(self, number: int) -> int:
        """What may be spent on a period once those before it that are not closed are paid."""
        escrow, left = self.escrow, self.left
        for earlier in range(self.open, number):
            cost = self.charge_of(earlier, escrow, left)
            escrow, left = escrow - cost, left - cost
        return min(escrow, left)

    # ---- acts ----

    def write_down(self, now: int, is_reading: bool = False) -> None:
        """What the clock did; what closes a period looks at the list first.

        What is over and was not paid for waits for no reading, but where one is brought in.
        """
        later = self.at(now)
        lapses = later.is_over_unpaid() and not is_reading
        if later.open > self.open or lapses:
            self.look(now)
        self.advance(now)
        if lapses:
            self.close()

    def read(self, now: int, sequence: int, read_at: int, register: int, outage: int) -> str:
        """What a reading's refusal says, or nothing."""
        if sequence <= self.sequence:
            return "agreements: old reading"
        if read_at > now:
            return "agreements: future reading"
        if read_at < self.starts_at:
            return "agreements: before the start"
        if register < self.register or outage < self.outage:
            return "agreements: rolled back"
        of = max(0, read_at - self.starts_at - 1) // self.length
        if min(of, self.periods) > self.open:
            self.look(now)
        self.write_down(now, is_reading=True)
        while self.open < min(of, self.periods):
            self.close()
        is_after = self.left_at and read_at > self.left_at
        if self.open < self.periods and of < self.periods and not is_after:
            self.period(self.open).use += register - self.register
            self.period(self.open).outage += outage - self.outage
        self.sequence, self.register, self.outage = sequence, register, outage
        return ""

    def look(self, now: int) -> None:
        """Take over what got better in the list; note what got worse or is gone.

        What was paid for, and what was not, was so at the prices of before.
        """
        for number, period in self.at(now).book.items():
            self.period(number).is_paid = period.is_paid
        for step in self.steps:
            offered, had = self.list_plans[step.number], step.plan
            is_worse = offered is None or (
                offered.base_price > had.base_price
                or offered.included < had.included
                or offered.unit_price > had.unit_price
                or offered.capacity < had.capacity
            )
            if is_worse:
                self.is_worsened = True
            else:
                step.plan = offered._replace(capacity=had.capacity)

    def poke(self, now: int) -> None:
        self.look(now)
        self.write_down(now)

    def top_up(self, now: int, amount: int) -> str:
        self.write_down(now)
        if not amount:
            return "agreements: nothing paid"
        if self.open >= self.periods:
            return "agreements: over"
        self.escrow += amount
        self.paid_in += amount
        return ""

    def go_on(self, now: int, number: int, limit: int, cap: int) -> str:
        self.write_down(now)
        if self.open >= self.periods:
            return "agreements: over"
        if number != self.open:
            return "agreements: another period"
        _, old_limit, old_cap = self.ladder_of(number)
        if limit < old_limit or cap < old_cap:
            return "agreements: less than before"
        if (limit, cap) == (old_limit, old_cap):
            return "agreements: no more than before"
        if limit > self.steps[-1].plan.capacity:
            return "agreements: beyond the ladder"
        self.gone_on = number, limit, cap
        return ""

    def end(self, now: int, is_at_once: bool) -> str:
        if is_at_once:
            self.look(now)
        self.write_down(now)
        running = self.by_clock(now) + 1 if now >= self.starts_at else 0
        if self.left_at or running > self.periods - (not is_at_once):
            return "agreements: ends already"
        if is_at_once and not self.is_worsened:
            return "agreements: nothing is worse"
        self.periods = running
        if is_at_once and running:
            self.left_at = now
        return ""

    def discontinue(self, now: int) -> str:
        self.write_down(now)
        running = self.by_clock(now) + 2 if now >= self.starts_at else 0
        if running >= self.periods:
            return "agreements: ends already"
        self.periods = running
        return ""

    def free(self, now: int) -> int:
        """What may be taken back: all but the caps of the periods begun and not closed."""
        bound = 0
        for number in range(self.open, self.periods):
            if now >= self.end_of(number) - self.length:
                bound += self.ladder_of(number)[2]
        return max(0, self.escrow - min(bound, self.left))

    def withdraw(self, now: int, amount: int) -> str:
        self.write_down(now)
        free = self.free(now)
        if not amount:
            return "agreements: nothing to pay"
        if amount > free:
            return "agreements: money is bound"
        self.escrow -= amount
        self.taken += amount
        return ""

    # ---- what is asked ----

    def is_entitled(self, now: int) -> bool:
        self.advance(now)
        runs = self.by_clock(now)
        if now < self.starts_at or runs >= self.periods or self.left_at:
            return False
        _, limit, cap = self.ladder_of(runs)
        cost = max(self.price(runs) - self.credit(runs), self.lowest())
        is_within = self.period(runs).use < limit and self.raw_price(runs) <= cap
        return is_within and cost <= self.there_for(runs)
