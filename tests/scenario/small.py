"""A small company that uses most of the file format; tests break it."""

TEXT = """\
name: small
calendars:
  office: {weekdays: 9:00-17:00, holidays: [2024-01-06, 12-25]}
calendar: office
time: {warm_up: 4 weeks, horizon: 1 year}
departments:
  sales:
    staff: 3
  warehouse:
    staff: 4
    own_work: {load: 0.5, work: {mean: 30 min, cv: 1}}
  support: {staff: 2, calendar: always, cooperation: {responsiveness: 60 %}}
routes:
  main:
    - step: quote
      department: sales
      work: {mean: 30 min, cv: 0.8}
      quotes: true
      answers: true
    - step: pick
      department: warehouse
      work: {mean: 50 min, cv: 1}
      needs:
        - {from: support, probability: 10 %, work: {mean: 6 min, cv: 1}}
      next: {carry: 0.9, quote_again: 0.1}
    - {step: quote_again, department: sales, work: {mean: 10 min, distribution: exponential}, next: pick}
    - {step: carry, transport: van, time: {mean: 2 days, cv: 0.5}, delivers: true}
    - {step: bill, department: support, work: {mean: 5 min, cv: 1}, invoices: true}
orders:
  usual: {route: main, share: 0.8, value: {mean: 300, cv: 1}}
  rare: {route: main, share: 20 %, value: {mean: 900, cv: 1}}
demand:
  kind: customers
  customers: 100
  orders_per_customer: 12 per year
  profile: {calendar: office, share_inside: 80 %}
promise: {house: 11 h}
cooperation:
  completeness: 0.8
  pairs:
    sales->warehouse: {completeness: 0.7}
cross_training: {pattern: pairs, departments: [sales, support]}
complaints: {department: support, work: {mean: 20 min, cv: 1}}
"""


def broken(old: str, new: str) -> str:
    """Return the small company with one piece of text replaced."""
    assert TEXT.count(old) == 1, f"{TEXT.count(old)} times: {old}"
    return TEXT.replace(old, new)
