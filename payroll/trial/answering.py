"""Answer a list of cases one by one: what is wrong with one never touches another."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from payroll.policies.books import TaxBook
from payroll.policies.loading import load_city_books, load_tax_book
from payroll.policies.validity import PolicyError

from .dues_cases import FIELDS as DUES_FIELDS
from .dues_cases import dues
from .exact import Number, is_deep
from .faults import TrialFault
from .fields import Fields
from .tax_cases import KINDS

TAX_FIELDS = (
    "id", "kind", "year", "source", "description", "inputs", "expected", "expected_from", "confidence", "notes",
    "result", "error",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2019, 2100
Answer = Callable[[Any], Any]


def answer_payroll(cases: Any, today: dt.date) -> list[Any]:
    """Return the cases of `trial_payroll` with `result`, or with `error` where one cannot be answered.

    A case is of the present year unless it names another in `year`. Uses the shipped tax rules, no agency's.
    Raises `TrialFault` when the cases are no list.
    """
    book = load_tax_book()
    return _answer(cases, lambda case: _payroll_case(case, book, today))


def answer_contributions(cases: Any) -> list[Any]:
    """Return the cases of `trial_contributions` with `result` or `error`, by the shipped policies of the cities.

    Raises `TrialFault` when the cases are no list.
    """
    books = load_city_books()
    return _answer(cases, lambda case: dues(Fields(case, "", DUES_FIELDS), books))


def broken(fault: TrialFault) -> list[Any]:
    """Return what to write when there was no list of cases at all."""
    return [{"result": None, "error": fault.told(None)}]


def _payroll_case(case: Any, book: TaxBook, today: dt.date) -> list[Any]:
    fields = Fields(case, "", TAX_FIELDS)
    name = fields.text("kind")
    if name not in KINDS:
        what = _("The kind “%s” is unknown.") % name[:40]
        raise TrialFault("kind", what, _("Use one of: %s.") % ", ".join(KINDS))
    day = dt.date(fields.whole("year", FIRST_YEAR, LAST_YEAR), 12, 31) if "year" in fields else today
    kind = KINDS[name]
    rows = [Fields(row, f"inputs[{place}]", kind.known) for place, row in fields.rows("inputs")]
    try:
        return kind.answer(rows, book, day)
    except PolicyError:
        what = _("There are no rules for %(kind)s in %(year)d.") % {"kind": name, "year": day.year}
        mend = _("Choose another year; a yearly bonus is taxed apart until 2027 and then merged into the year.")
        raise TrialFault("year", what, mend) from None


def _answer(cases: Any, answer: Answer) -> list[Any]:
    if not isinstance(cases, list):
        raise TrialFault("", _("The cases are not a list."), _("Put [ and ] around them."))
    return [_one(case, place, answer) for place, case in enumerate(cases, start=1)]


def _one(case: Any, place: int, answer: Answer) -> dict[str, Any]:
    if is_deep(case):
        fault = TrialFault("", _("The case is nested too deeply."), _("No case needs so many brackets."))
        return {"result": None, "error": fault.told(None, place)}
    shown = dict(case) if isinstance(case, dict) else {"given": case}
    shown.pop("error", None)
    try:
        return shown | {"result": answer(case)}
    except TrialFault as fault:
        return shown | {"result": None, "error": fault.told(_name(shown), place)}


def _name(case: dict[str, Any]) -> Any:
    name = case.get("id")
    return name if isinstance(name, str | Number) else None
