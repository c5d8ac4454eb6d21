"""What must fit together within one row of the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from agency.identifiers import birth_date_of
from agency.reasons import _, reason
from agency.spreadsheets.columns import Finding, Values, compares
from workers.contracts.terms import SHORTEST_YEARS, YOUNGEST_YEARS, longest_probation, months_after, years_after

DAY = dt.timedelta(days=1)


@compares("contract_start", "contract_last_day", "placement_start", "placement_last_day", "probation_last_day")
def dates_in_order(values: Values) -> Iterator[Finding]:
    """Compare the dates of a row: contracts and placements end after they begin, probation lies within."""
    pairs = (
        ("contract_start", "contract_last_day", _("The contract ends before it begins. Check both dates.")),
        (
            "placement_start",
            "placement_last_day",
            _("The placement ends before it begins. Check both dates."),
        ),
        (
            "contract_start",
            "probation_last_day",
            _("Probation ends before the contract begins. Check both dates."),
        ),
        ("probation_last_day", "contract_last_day", _("Probation outlasts the contract. Check both dates.")),
    )
    for earlier, later, message in pairs:
        first, second = values[earlier], values[later]
        if first and second and first > second:
            yield Finding("probation_last_day" if earlier == "probation_last_day" else later, reason(message))
    if (start := values["placement_start"]) and (end := values["contract_last_day"]) and start > end:
        yield Finding("placement_start", reason(_("The placement begins after the contract ends. Check both dates.")))


@compares("contract_start", "contract_last_day", "probation_last_day")
def terms_lawful(values: Values) -> Iterator[Finding]:
    """Doubt terms the law does not allow: they may stand in a signed contract all the same."""
    start, last, probation = values["contract_start"], values["contract_last_day"], values["probation_last_day"]
    if not start:
        return
    end = last + DAY if last else None
    if end and start < end < years_after(start, SHORTEST_YEARS):
        why = _("A contract with a dispatched worker runs two years or more (Labour Contract Law 58).")
        yield Finding("contract_last_day", reason(why), warning=True)
    months = longest_probation(start, end)
    if probation and probation + DAY > months_after(start, months):
        why = _("Probation may last %(months)d months at most (Labour Contract Law 19).")
        yield Finding("probation_last_day", reason(why, months=months), warning=True)


@compares("contract_start", identity_number=lambda number: f"{number[6:14]:0>14}0000")
def old_enough(values: Values) -> Iterator[Finding]:
    """Find people who were under 16 when their contract began."""
    number, start = values["identity_number"], values["contract_start"]
    if number and start:
        born = birth_date_of(number)
        if start < years_after(born, YOUNGEST_YEARS):
            yield Finding(
                "contract_start",
                reason(
                    _("Under %(age)d when the contract begins: nobody so young may be employed."),
                    age=YOUNGEST_YEARS,
                ),
            )


@compares("bank_name", bank_account=bool)
def bank_complete(values: Values) -> Iterator[Finding]:
    """Find accounts without a bank and banks without an account."""
    if values["bank_account"] and not values["bank_name"]:
        yield Finding("bank_name", reason(_("An account without its bank. Fill in the bank.")), warning=True)
    if values["bank_name"] and not values["bank_account"]:
        yield Finding("bank_account", reason(_("A bank without an account. Fill in the account.")), warning=True)
