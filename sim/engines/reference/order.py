"""An order: from the customer's wish to the last step of its route."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.arrays.routes import END_STEP, REJECTION, NeedRow, StepRow
from sim.engines import streams
from sim.engines.reference import aftermath, chasing
from sim.engines.reference.clock import Planned
from sim.engines.reference.item import ASK_COLLEAGUE, ASK_SENDER, GIVEN_UP, WAITING, Item
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
    from sim.engines.reference.department import Department

WORKING_DAY = 8.0
DEFECT_SLOTS = 1 << 40
"""Slots of an order's defects begin here, those of its enquiries at twice this number."""
SLOT_SHIFT = 16
"""A draw of a step is keyed by the order and by visit << 16 | position of the step in its route."""


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
        self.defects: list[tuple[int, float]] = []
        """Unnoticed defects: who made them, and the work of the step that made them [h]."""
        self.parts: dict[int, list[int]] = {}
        """Open and closed time by cause [ms]."""
        self._cause = -1
        self._holder: Department | None = None
        self._since = self._since_opened = 0
        self._waits_for: Item | Request | None = None
        self._gives_up_at = -1
        self._impatient = False
        self._holder_2: Department | None = None
        """The other side of a dispute."""
        self._sender = -1
        self._sender_hours = 0.0
        self.damage: tuple[int, float] | None = None
        """An own failure that the customer will notice: the department at fault, and the work to put it right [h]."""
        self.complained = self.compensated = -1
        self.enquiries = self.disputes = 0
        self.segment = 0
        self.acceptance_factor = 1.0
        self.extra_cost = 0.0
        self.forecast = float("nan")
        self._quoted_opened = 0

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
            if step.is_transport:
                yield from self.travel(step, slot)
            else:
                gave_up = yield from self.visit(step, slot, following)
                if gave_up:
                    self.end(ABANDONED)
                    return
                yield from self.mend(step, slot)
                self.fail_by_oneself(step, slot)
            if not self.conclude(step):
                self.end(DECLINED)
                return
            step_number = following
        self.end(DELIVERED)

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
        if (
            company.world.promise.house >= 0
            and self.promised < 0
            and not company.world.promise.quoted_at_step[self.kind]
        ):
            self.make_promise()
        if company.log is not None:
            company.write_order(streams.LOG_PLACED, self.key)
        return kind.first_step

    def choose(self, step: StepRow, slot: int) -> int:
        """Return the step that follows; its draw does not depend on when it is looked at."""
        if len(step.targets) == 1:
            return step.targets[0]
        u = uniform(slot_key(self.own_key, slot), streams.BRANCH)
        branch = 0
        while u >= step.thresholds[branch]:
            branch += 1
        return step.targets[branch]

    def travel(self, step: StepRow, slot: int) -> Generator[Any, Any, None]:
        """Be on the way, without a queue."""
        company = self.company
        self.hold(attribution.TRANSPORT, step.holder, None)
        hours = company.variate(step.work, slot_key(self.own_key, slot), streams.WORK)
        yield Planned(company.env, company.env.now + clock.ticks(hours), streams.TRANSPORT, self.key)

    def visit(self, step: StepRow, slot: int, following: int) -> Generator[Any, Any, bool]:
        """Queue at a department until its work is done; return whether the customer gave up before."""
        company = self.company
        here = step.holder
        department = company.departments[here]
        luck = slot_key(self.own_key, slot)
        incomplete = self.is_incomplete(here, luck)
        need = self.what_is_needed(step, luck) if step.needs else None
        hours = self.work_of(step, luck, following)
        self.hold(attribution.QUEUE, here, department)
        item = Item(rules.STEP, here, self.key, luck, hours, company.env.event(), self)
        item.expected = expected = step.work.mean * self.complexity
        while True:
            item.rank = self.due()
            if incomplete:
                item.asks, item.label, item.label_at = ASK_SENDER, attribution.CLARIFICATION, self._sender
            elif need is not None:
                item.asks, item.label, item.label_at = ASK_COLLEAGUE, attribution.NEED, need.source
            department.receive(item)
            self._waits_for = item
            if self.answered < 0 and item.state == WAITING:
                self._plan_giving_up()
            came_of_it = yield item.done
            if came_of_it == ASK_SENDER:
                self.clarifications += 1
                incomplete = False
                came_of_it = yield from self.ask(Request.clarification(self, here, self._sender, luck))
            elif came_of_it == ASK_COLLEAGUE and need is not None:
                self.needs += 1
                asked, need = need, None
                came_of_it = yield from self.ask(Request.need(self, here, asked, luck))
            else:
                self._sender, self._sender_hours = here, hours
                return bool(came_of_it == GIVEN_UP)
            if came_of_it == GIVEN_UP:
                return True
            item = Item(rules.STEP, here, self.key, luck, hours, company.env.event(), self)
            item.returned = True
            item.expected = expected

    def is_incomplete(self, here: int, luck: int) -> bool:
        """Be handed over; return whether the receiver will notice that something is missing, else note a defect."""
        sender = self._sender
        if sender in (-1, here):
            return False
        company = self.company
        n = len(company.departments)
        sent = sender * n + here
        regime = company.regime
        chance = handoff.incomplete_probability(regime.gap[sent], 0.0, regime.incomplete_cap)
        incomplete = chance > 0.0 and uniform(luck, streams.INCOMPLETE) < chance
        noticed = incomplete and uniform(luck, streams.NOTICED) < regime.detection[sent]
        if company.measuring:
            company.count_handoff(here * n + sender, incomplete, noticed)
        if incomplete and not noticed:
            self.defects.append((sender, self._sender_hours))
        return noticed

    def what_is_needed(self, step: StepRow, luck: int) -> NeedRow | None:
        """Return what the step needs from a colleague, if anything."""
        u = uniform(luck, streams.NEED)
        for need in step.needs:
            if u < need.threshold:
                return need
        return None

    def work_of(self, step: StepRow, luck: int, following: int) -> float:
        """Return the work of a step [h]: its own, plus what handing over to another department takes."""
        company = self.company
        extra = 0.0
        if following != END_STEP:
            after = company.world.steps[following]
            if not after.is_transport and after.holder != step.holder:
                extra = company.regime.handoff_work[step.holder]
        if step.quotes:
            extra += company.regime.quote_work
        return service.amount(company.work(step.work, luck, streams.WORK), self.complexity, extra)

    def ask(self, request: Request) -> Generator[Any, Any, int]:
        """Wait for a colleague's answer; return GIVEN_UP if the customer does not."""
        if self._impatient and self.answered < 0:
            return GIVEN_UP
        company = self.company
        company.env.process(request.life())
        self._waits_for = request
        self._plan_giving_up()
        came_of_it: int = yield request.answered
        self._waits_for = None
        return came_of_it

    def mend(self, step: StepRow, slot: int) -> Generator[Any, Any, None]:
        """Look for defects that came along unnoticed; dispute or not, the work of those that are found is redone."""
        if not self.defects:
            return
        company, regime = self.company, self.company.regime
        defects, self.defects = self.defects, []
        here = step.holder
        n = len(company.departments)
        for number, (culprit, hours) in enumerate(defects):
            luck = slot_key(self.own_key, DEFECT_SLOTS | slot << 6 | number)
            if uniform(luck, streams.FOUND) >= regime.find_later:
                self.defects.append((culprit, hours))
                continue
            trust = regime.trust[culprit * n + here]
            trusted = trust >= 1.0 or uniform(luck, streams.TRUSTED) < trust
            if not trusted:
                yield from self.dispute(culprit, here, luck)
            self.redos += 1
            if company.measuring:
                company.mended += 1
                if trusted and uniform(luck, streams.REPORTED) < regime.reporting:
                    company.reported += 1
            for place, work in ((culprit, hours), (here, self._sender_hours)):
                item = Item(rules.REDO, place, self.key, luck, work * regime.redo_share, company.env.event(), self)
                item.rank = self.due()
                department = company.departments[place]
                self.hold(attribution.REDO, culprit, department)
                department.receive(item)
                yield item.done

    def dispute(self, culprit: int, finder: int, luck: int) -> Generator[Any, Any, None]:
        """Wait until both sides have argued about whose fault it is."""
        company = self.company
        self.disputes += 1
        if company.measuring:
            company.pairs["disputes"][finder * len(company.departments) + culprit] += 1
        hours = company.regime.dispute
        sides = []
        for place in (culprit, finder):
            item = Item(rules.DISPUTE, place, self.key, luck, hours, company.env.event(), None)
            item.rank = self.due()
            company.departments[place].receive(item)
            sides.append(item)
        mine, theirs = company.departments[culprit], company.departments[finder]
        self.hold_dispute(culprit, finder, mine, theirs)
        yield sides[0].done | sides[1].done
        if not sides[0].done.processed:
            self.hold_dispute(culprit, finder, mine, None)
            yield sides[0].done
        elif not sides[1].done.processed:
            self.hold_dispute(culprit, finder, theirs, None)
            yield sides[1].done

    def fail_by_oneself(self, step: StepRow, slot: int) -> None:
        """Let a step go wrong by its own fault."""
        failure, company = step.failure, self.company
        if failure is None:
            return
        luck = slot_key(self.own_key, slot)
        chance = failure.probability * company.regime.failures
        if uniform(luck, streams.OWN_FAILURE) >= chance:
            return
        self.extra_cost += failure.cost
        if failure.consequence == REJECTION:
            self.acceptance_factor *= failure.acceptance_factor
        else:
            self.damage = (step.holder, self._sender_hours)

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
        if step.invoices and self.invoiced < 0 and self.damage is None:
            self.invoiced = now
            if company.log is not None:
                company.write_order(streams.LOG_INVOICED, self.key)
        return True

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

    def deliver(self) -> None:
        """Reach the customer: the wait ends, and the customer judges."""
        company = self.company
        self.stop_holding()
        self.delivered = company.env.now
        if company.world.forecasts:
            company.learn_from_delivery(self, self._quoted_opened)
        if company.log is not None:
            company.write_order(streams.LOG_DELIVERED, self.key)
        aftermath.judge_delivery(self)

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
            self.key,
            self.customer.key,
            self.kind,
            self.measured,
            self.outcome,
            self.placed,
            self.answered,
            self.promised,
            self.delivered,
            self.invoiced,
            self.ended,
            self.clarifications,
            self.needs,
            self.redos,
            self.problem,
            self.told,
            self.complaint_answered,
            self.complained,
            self.compensated,
            self.enquiries,
            self.disputes,
            self.segment,
        ), (self.value, self.quote, self.dissatisfied, self.experience, self.forecast, self.extra_cost)

    def holder(self) -> Department | None:
        """Return the department that holds the order at this instant; None on the way."""
        return self._holder

    def close_one_end(self) -> None:
        """Leave the books once the route and the complaint are over."""
        self.open_ends -= 1
        self._waits_for = None
        if self.open_ends == 0:
            self.company.book(self)

    # Patience ---------------------------------------------------------------------------------------------

    def _plan_giving_up(self) -> None:
        # Most orders never wait, so the event is made only for those that do.
        company = self.company
        if self._gives_up_at >= 0 or self.answered >= 0 or company.patient:
            return
        hours = company.variate(company.world.customers.patience, slot_key(self.own_key, 0), streams.PATIENCE)
        if company.world.segments:
            hours *= company.world.segments[self.segment].patience
        self._gives_up_at = max(company.env.now, clock.advance(company.calendar, self.placed, clock.ticks(hours)))
        alarm = Planned(company.env, self._gives_up_at, streams.PATIENCE_END, self.key)
        alarm.callbacks.append(self._give_up)

    def _give_up(self, _: simpy.Event) -> None:
        if self.answered >= 0 or self.outcome != OPEN:
            return
        waits_for = self._waits_for
        if isinstance(waits_for, Request):
            waits_for.drop()
        elif waits_for is not None and waits_for.state == WAITING:
            self.company.departments[waits_for.department].withdraw(waits_for)
            waits_for.done.succeed(GIVEN_UP)
        else:
            # In somebody's hands: the customer leaves when the order is parked, and stays if it is answered.
            self._impatient = True

    def due(self) -> int:
        """Return when the order should be done [ms]: as promised, else in the order of placing."""
        if self.promised >= 0:
            return self.promised
        return clock.advance(self.company.calendar, self.placed, max(0, self.company.world.promise.house))

    # Who holds the order ----------------------------------------------------------------------------------

    def hold(self, kind: int, cause: int, holder: Department | None) -> None:
        """From now on a department (or, None, a transport) holds the order, for a cause."""
        if self.delivered >= 0:
            return
        company = self.company
        now = company.env.now
        if self._cause >= 0:
            self._close_part(now)
        self._cause = attribution.cause_index(kind, cause, company.holders)
        self._holder = holder
        self._holder_2 = None
        self._since = now
        self._since_opened = holder.opened(now) if holder is not None else now

    def hold_dispute(self, culprit: int, finder: int, one: Department, other: Department | None) -> None:
        """From now on the sides of a dispute that have not argued yet hold the order."""
        if self.delivered >= 0:
            return
        self.hold(attribution.DISPUTE, 0, one)
        self._cause = attribution.dispute_index(culprit, finder, self.company.holders)
        self._holder_2 = other

    def stop_holding(self) -> None:
        """Let go of the order: it is delivered."""
        if self._cause >= 0:
            self._close_part(self.company.env.now)
            self._cause = -1

    def _close_part(self, now: int) -> None:
        elapsed = now - self._since
        if elapsed:
            holder, other = self._holder, self._holder_2
            opened = (holder.opened(now) if holder is not None else now) - self._since_opened
            if other is not None and holder is not None and other.calendar_number != holder.calendar_number:
                opened = clock.opened_either(holder.calendar, other.calendar, self._since, now)
            part = self.parts.get(self._cause)
            if part is None:
                self.parts[self._cause] = [opened, elapsed - opened]
            else:
                part[0] += opened
                part[1] += elapsed - opened
