# pragma version ~=0.4.3
# pragma nonreentrancy off
"""
@title Careless plans
@custom:contract-name CarelessPlans
@license AGPL-3.0-only
@author The Cercle authors
@notice Service contracts with their defences removed: each change of plan credits the rest of all
        that the period was charged, also of what was credited before; what was used goes along
        into the next period; and a reading may come too late, after which nothing moves any more.
        It moves no money. It must lose what Agreements keeps.
@dev For tests alone.
"""

from ..common import limits

PERIOD: constant(uint256) = limits.MONTH
LATENESS: constant(uint256) = 3 * limits.DAY


struct Course:
    price: uint256
    capacity: uint256
    begins_at: uint256
    charged: uint256  # for the period that runs
    use: uint256
    is_read: bool
    escrow: uint256


courses: public(HashMap[uint256, Course])


@external
def open(agreement_id: uint256, price: uint256, capacity: uint256, deposit: uint256):
    """
    @notice Take a plan, and pay its first period.
    """
    self.courses[agreement_id] = Course(
        price=price,
        capacity=capacity,
        begins_at=block.timestamp,
        charged=price,
        use=0,
        is_read=False,
        escrow=deposit - price,
    )


@external
def change(agreement_id: uint256, price: uint256, capacity: uint256):
    """
    @notice Take another plan from now on; the rest of the period is credited.
    """
    course: Course = self.courses[agreement_id]
    rest: uint256 = course.begins_at + PERIOD - block.timestamp
    course.escrow += course.charged * rest // PERIOD
    course.escrow -= price
    course.charged += price
    course.price = price
    course.capacity = capacity
    self.courses[agreement_id] = course


@external
def read(agreement_id: uint256, use: uint256):
    """
    @notice Count what was used.
    """
    course: Course = self.courses[agreement_id]
    assert block.timestamp <= course.begins_at + PERIOD + LATENESS, "careless_plans: too late"
    course.use += use
    course.is_read = True
    self.courses[agreement_id] = course


@external
def renew(agreement_id: uint256):
    """
    @notice Begin the next period, once this one is over and read.
    """
    course: Course = self.courses[agreement_id]
    assert block.timestamp >= course.begins_at + PERIOD, "careless_plans: not over"
    assert course.is_read, "careless_plans: not read"
    course.begins_at += PERIOD
    course.escrow -= course.price
    course.charged = course.price
    course.is_read = False
    self.courses[agreement_id] = course


@external
def withdraw(agreement_id: uint256):
    """
    @notice Take back what is left, unless a period has still to be read.
    """
    course: Course = self.courses[agreement_id]
    assert block.timestamp <= course.begins_at + PERIOD, "careless_plans: not settled"
    self.courses[agreement_id].escrow = 0


@external
@view
def is_served(agreement_id: uint256) -> bool:
    """
    @notice Whether the plan covers what was used.
    """
    return self.courses[agreement_id].use < self.courses[agreement_id].capacity
