"""Up to which base an annuity counts: three local average wages a month (财税〔2013〕103号 art. 1).

The figure is that of the housing fund, whose base has the same ceiling (财税〔2006〕10号 art. 2): data with validity
and source in the contribution policies, by the city in which the worker is insured that month.
"""

from collections.abc import Callable, Collection

from agency.periods import Period
from payroll.models import ContributionPolicy
from payroll.policies.books import CityBook
from payroll.policies.choosing import book_of_city
from payroll.policies.validity import PolicyError
from workers.models import InsuranceEnrolment

# The ceiling in a month of the year, in fen; None where none is known.
Ceiling = Callable[[int], int | None]


def unlimited(month: int) -> None:
    """Stand for a worker whose city is not known."""


def ceilings_of(workers: Collection[int], year: int) -> dict[int, Ceiling]:
    """Return each worker's ceiling by month; who is insured nowhere has none. Two queries, none without workers."""
    if not workers:
        return {}
    spans: dict[int, list[InsuranceEnrolment]] = {}
    for row in InsuranceEnrolment.objects.filter(worker__in=workers, valid_from__lt=Period(year, 12).end).order_by(
        "valid_from"
    ):
        spans.setdefault(row.worker_id, []).append(row)
    cities = {row.city for rows in spans.values() for row in rows}
    editions = ContributionPolicy.objects.filter(city__in=cities).order_by("edition")
    books = {row.city: book_of_city(row) for row in editions}
    return {worker: _of(rows, books, year) for worker, rows in spans.items()}


def _of(rows: list[InsuranceEnrolment], books: dict[str, CityBook], year: int) -> Ceiling:
    def ceiling(month: int) -> int | None:
        day = Period(year, month).first_day
        row = next((row for row in reversed(rows) if row.valid_from < Period(year, month).end), rows[0])
        book = books.get(row.city)
        if book is None:
            return None
        try:
            return book.version("housing_fund", day, None).rule.terms.ceiling_fen
        except PolicyError:
            return None

    return ceiling
