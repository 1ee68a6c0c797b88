"""An order: from the customer's wish to the last step of its route."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.arrays.routes import END_STEP, NeedRow, StepRow
from sim.engines import streams
from sim.engines.reference import aftermath, chasing, faults
from sim.engines.reference.clock import Planned
from sim.engines.reference.custody import Custody
from sim.engines.reference.faults import Defect
from sim.engines.reference.item import ASK_COLLEAGUE, ASK_SENDER, GIVEN_UP, WAITING, Item
from sim.engines.reference.patience import give_up, plan_giving_up
from sim.engines.reference.request import Request
from sim.measures.record import ABANDONED, DECLINED, DELIVERED, OPEN
from sim.rules import attribution, distributions, handoff, promise, service
from sim.rules import calendar as clock
from sim.rules import internal_service as rules
from sim.rules.draws import entity_key, slot_key, uniform
from sim.units import MS_PER_HOUR

if TYPE_CHECKING:
    from sim.engines.reference.company import Company
    from sim.engines.reference.customer import Customer

WORKING_DAY = 8.0
SLOT_SHIFT = 16
"""A draw of a step is keyed by the order and by visit << 16 | position of the step in its route."""


# == an order is made
class Order:
    """One order and its life."""

    def __init__(self, company: Company, customer: Customer, key: int) -> None:
        self.company = company
        self.customer = customer
        self.key = key
        self.own_key = entity_key(company.run_key, key)
        self.kind = 0
        self.placed = self.answered = self.promised = self.delivered = self.invoiced = self.ended = -1
        self.outcome = OPEN
        self.measured = False
        self.value = 0.0
        self.complexity = 1.0
        self.quote = float("nan")
        self.clarifications = self.needs = self.redos = 0
        self.problem = self.told = 0
        self.complaint_answered = -1
        self.dissatisfied = self.experience = float("nan")
        self.open_ends = 1
        """What must still happen before the order is over: its route, its complaint."""
        self.defects: list[Defect] = []
        """Unnoticed defects on board."""
        self.custody = Custody(company)
        self.waits_for: Item | Request | None = None
        self.patience_planned = self.impatient = False
        self.sender = -1
        """The department that worked on the order last."""
        self.sender_hours = 0.0
        """The work of that department's step [h]."""
        self.damages: list[tuple[int, float]] = []
        """Own failures that the customer will notice: the department at fault, and the work to put each right [h]."""
        self.invoice_wrong = False
        """The invoice went out wrong and counts from its correction."""
        self.complained = self.compensated = -1
        self.enquiries = self.disputes = 0
        self.segment = 0
        self.acceptance_factor = 1.0
        self.extra_cost = 0.0
        self.forecast = float("nan")
        self._quoted_opened = 0

    # == the order lives
    def life(self) -> Generator[Any, Any, None]:
        """Be placed, take the route step by step, end."""
        company = self.company
        step_number = self.place()
        visits: dict[int, int] = {}
        while step_number != END_STEP:
            step = company.world.steps[step_number]
            visit = visits.get(step_number, 0)
            visits[step_number] = visit + 1
            slot = visit << SLOT_SHIFT | step.position
            following = self.choose(step, slot)
            if step.redundant and self.is_left_out(slot):
                step_number = following
                continue
            receiver = self.receiver_of(following, visits)
            if step.is_transport:
                yield from self.travel(step, slot)
            else:
                gave_up = yield from self.visit(step, slot, receiver)
                if gave_up:
                    self.end(ABANDONED)
                    return
                if self.defects:
                    yield from faults.mend(self, step, slot)
                faults.fail_by_oneself(self, step, slot)
            if not self.conclude(step):
                self.end(DECLINED)
                return
            step_number = following
        self.end(DELIVERED)

    # == the order is placed
    def place(self) -> int:
        """Come into being, with everything that does not depend on the company, and return the first step."""
        company = self.company
        self.placed = company.env.now
        self.measured = company.measuring
        luck = slot_key(self.own_key, 0)
        company.open_orders[self.key] = self
        if self.measured:
            company.open_measured += 1
        kinds = company.world.kinds
        if len(kinds) > 1 and not self.customer.chooses_kind(self):
            u = uniform(luck, streams.ORDER_TYPE)
            self.kind = next((i for i, k in enumerate(kinds) if u < k.threshold), len(kinds) - 1)
        kind = kinds[self.kind]
        if not self.customer.states_value(self):
            self.value = company.variate(kind.value, luck, streams.VALUE)
        if company.world.segments:
            self.segment = self.customer.segment()
            self.value *= company.world.segments[self.segment].value
        if kind.complexity.family != distributions.DETERMINISTIC:
            self.complexity = company.variate(kind.complexity, luck, streams.COMPLEXITY)
        if self.promised >= 0 and company.world.aftercare.enquiries >= 0:
            chasing.plan(self)
        if (
            company.world.promise.house >= 0
            and self.promised < 0
            and not company.world.promise.quoted_at_step[self.kind]
        ):
            self.make_promise()
        if company.log is not None:
            company.write_order(streams.LOG_PLACED, self.key)
        return kind.first_step

    # == the next step is chosen
    def choose(self, step: StepRow, slot: int) -> int:
        """Return the step that follows; its draw does not depend on when it is looked at."""
        if len(step.targets) == 1:
            return step.targets[0]
        u = uniform(slot_key(self.own_key, slot), streams.BRANCH)
        branch = 0
        while u >= step.thresholds[branch]:
            branch += 1
        return step.targets[branch]

    # == a step that nobody needs
    def is_left_out(self, slot: int) -> bool:
        """Say whether a redundant step is left out, because it has been found to be one; note it when it is not."""
        company = self.company
        if uniform(slot_key(self.own_key, slot), streams.LEFT_OUT) >= company.improvable:
            return True
        company.redundant += company.measuring
        return False

    def receiver_of(self, following: int, visits: dict[int, int]) -> int:
        """Return the department that the order comes to next, on the way or not; -1 when there is none."""
        seen: dict[int, int] = {}
        while following != END_STEP:
            step = self.company.world.steps[following]
            if not step.is_transport:
                return step.holder
            visit = visits.get(following, 0) + seen.get(following, 0)
            seen[following] = seen.get(following, 0) + 1
            following = self.choose(step, visit << SLOT_SHIFT | step.position)
        return -1

    def travel(self, step: StepRow, slot: int) -> Generator[Any, Any, None]:
        """Be on the way, without a queue."""
        company = self.company
        self.custody.pass_to(attribution.TRANSPORT, step.holder, None)
        hours = company.variate(step.work, slot_key(self.own_key, slot), streams.WORK)
        yield Planned(company.env, company.env.now + clock.ticks(hours), streams.TRANSPORT, self.key)

    # == the order queues
    def visit(self, step: StepRow, slot: int, receiver: int) -> Generator[Any, Any, bool]:
        """Queue at a department until its work is done; return whether the customer gave up before."""
        company = self.company
        here = step.holder
        department = company.departments[here]
        luck = slot_key(self.own_key, slot)
        incomplete = self.is_incomplete(here, luck)
        need = self.what_is_needed(step, luck) if step.needs else None
        hours = self.work_of(step, luck, receiver)
        self.custody.pass_to(attribution.QUEUE, here, department)
        item = Item(rules.STEP, here, self.key, luck, hours, simpy.Event(company.env), self)
        item.expected = expected = step.work.mean * self.complexity
        while True:
            item.rank = self.due()
            if incomplete:
                item.asks, item.label, item.label_at = ASK_SENDER, attribution.CLARIFICATION, self.sender
            elif need is not None:
                item.asks, item.label, item.label_at = ASK_COLLEAGUE, attribution.NEED, need.source
            department.receive(item)
            self.waits_for = item
            if self.answered < 0 and item.state == WAITING:
                if self.impatient:
                    give_up(self)
                else:
                    plan_giving_up(self)
            came_of_it = yield item.done
            if came_of_it == ASK_SENDER:
                self.clarifications += 1
                incomplete = False
                came_of_it = yield from self.ask(Request.clarification(self, here, self.sender, luck))
            elif came_of_it == ASK_COLLEAGUE and need is not None:
                self.needs += 1
                asked, need = need, None
                came_of_it = yield from self.ask(Request.need(self, here, asked, luck))
            else:
                self.sender, self.sender_hours = here, hours
                return bool(came_of_it == GIVEN_UP)
            if came_of_it == GIVEN_UP:
                return True
            item = Item(rules.STEP, here, self.key, luck, hours, simpy.Event(company.env), self)
            item.returned, item.first = True, False
            item.expected = expected

    # == the order is handed over
    def is_incomplete(self, here: int, luck: int) -> bool:
        """Be handed over; return whether the receiver will notice that something is missing, else note a defect."""
        sender = self.sender
        if sender in (-1, here):
            return False
        company = self.company
        n = len(company.departments)
        sent = sender * n + here
        regime = company.regime
        state = company.departments[sender].climate.slips
        chance = handoff.incomplete_probability(regime.gap[sent] * company.improved, state, regime.incomplete_cap)
        incomplete = chance > 0.0 and uniform(luck, streams.INCOMPLETE) < chance
        noticed = incomplete and uniform(luck, streams.NOTICED) < regime.detection[sent]
        if company.measuring:
            company.count_handoff(here * n + sender, incomplete, noticed)
        if incomplete and not noticed:
            self.defects.append(Defect(sender, here, self.sender_hours, luck, company.measuring))
        return noticed

    # == something is needed
    def what_is_needed(self, step: StepRow, luck: int) -> NeedRow | None:
        """Return what the step needs from a colleague, if anything."""
        u = uniform(luck, streams.NEED)
        for need in step.needs:
            if u < need.threshold:
                return need
        return None

    # == how much work it is
    def work_of(self, step: StepRow, luck: int, receiver: int) -> float:
        """Return the work of a step [h]: its own, plus what handing over to another department takes."""
        company = self.company
        extra = company.regime.handoff_work[step.holder] if receiver not in (-1, step.holder) else 0.0
        if step.quotes:
            extra += company.regime.quote_work
        return service.amount(company.work(step.work, luck, streams.WORK), self.complexity, extra)

    # == the order asks
    def ask(self, request: Request) -> Generator[Any, Any, int]:
        """Wait for a colleague's answer; return GIVEN_UP if the customer does not."""
        if self.impatient and self.answered < 0:
            return GIVEN_UP
        company = self.company
        company.env.process(request.life())
        self.waits_for = request
        plan_giving_up(self)
        came_of_it: int = yield request.answered
        self.waits_for = None
        return came_of_it

    # == a step has consequences
    def conclude(self, step: StepRow) -> bool:
        """Draw the consequences of a step that is done; return whether the order goes on."""
        company = self.company
        now = company.env.now
        if step.answers and self.answered < 0:
            self.answered = now
        if step.quotes and company.world.promise.house >= 0:
            if self.promised < 0:
                self.make_promise(step)
            rule = company.world.promise
            beyond = (self.quote - rule.customary) / WORKING_DAY
            accepted = self.acceptance_factor * promise.acceptance(
                rule.acceptance, rule.loss_per_day, rule.loss_curvature, rule.free_days, beyond
            )
            if uniform(slot_key(self.own_key, 0), streams.ACCEPTANCE) >= accepted:
                return False
        if step.delivers and self.delivered < 0:
            self.deliver()
        if step.invoices and self.invoiced < 0 and not self.invoice_wrong:
            self.invoiced = now
            if company.log is not None:
                company.write_order(streams.LOG_INVOICED, self.key)
        return True

    # == something is promised
    def make_promise(self, step: StepRow | None = None) -> None:
        """Promise the house figure, or what a look at the load of those who deliver says, in opening hours from now."""
        company = self.company
        house = company.world.promise.house
        awareness = company.regime.capacity_awareness
        if awareness > 0.0 and step is not None:
            self.forecast = company.foresee(step, self.complexity)
            self._quoted_opened = clock.opened(company.calendar, company.env.now)
            foreseen = self.forecast + company.safety
            self.quote = promise.quote(house / MS_PER_HOUR, foreseen, awareness, company.regime.floor)
        else:
            self.quote = house / MS_PER_HOUR
        self.promised = clock.advance(company.calendar, company.env.now, clock.ticks(self.quote))
        if company.world.aftercare.enquiries >= 0:
            chasing.plan(self)
        if company.log is not None:
            company.write_order(streams.LOG_QUOTED, self.key)

    # == the order is delivered
    def deliver(self) -> None:
        """Reach the customer: the wait ends, and the customer judges."""
        company = self.company
        self.custody.end()
        self.delivered = company.env.now
        if company.world.forecasts:
            company.learn_from_delivery(self, self._quoted_opened)
        if company.log is not None:
            company.write_order(streams.LOG_DELIVERED, self.key)
        aftermath.judge_delivery(self)

    # == the order ends
    def end(self, outcome: int) -> None:
        """End, one way or another."""
        company = self.company
        self.outcome = outcome
        self.ended = company.env.now
        if outcome == DELIVERED:
            if self.delivered < 0:
                self.deliver()
            aftermath.judge_late_defects(self)
        elif outcome == ABANDONED:
            aftermath.judge_abandonment(self)
        if company.log is not None:
            event = {ABANDONED: streams.LOG_ABANDONED, DECLINED: streams.LOG_DECLINED}.get(outcome, streams.LOG_ENDED)
            company.write_order(event, self.key)
        self.close_one_end()

    def row(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Return what the books say of the order: the whole numbers and the floats of `ORDER_DTYPE`."""
        return (
            self.key, self.customer.key, self.kind, self.measured, self.outcome, self.placed, self.answered,
            self.promised, self.delivered, self.invoiced, self.ended, self.clarifications, self.needs, self.redos,
            self.problem, self.told, self.complaint_answered, self.complained, self.compensated, self.enquiries,
            self.disputes, self.segment,
        ), (self.value, self.quote, self.dissatisfied, self.experience, self.forecast, self.extra_cost)  # fmt: skip

    def close_one_end(self) -> None:
        """Leave the books once the route and the complaint are over."""
        self.open_ends -= 1
        self.waits_for = None
        if self.open_ends == 0:
            self.company.book(self)

    def due(self) -> int:
        """Return when the order should be done [ms]: as promised, else in the order of placing."""
        if self.promised >= 0:
            return self.promised
        return clock.advance(self.company.calendar, self.placed, max(0, self.company.world.promise.house))
