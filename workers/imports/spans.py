"""The contract, placement, enrolment and account of a row against those on file.

Each rule gets the rows on file in the order of time, yields what does not fit, and notes what changes. A blank cell
says nothing: what is on file stays. Values that change hold from `on`, the first day of the roster's month: the
earlier row ends there and stays on record; one that began on that day or later is corrected in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from agency.periods import Period
from agency.privacy.blind_index import blind_index
from agency.reasons import _, reason
from agency.spreadsheets.columns import Finding, Values
from clients.models import ClientEnterprise, Post, Site
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement
from workers.placements.reasons import Reason as Ending

from .changes import Changes, New
from .known import OnFile

DAY = dt.timedelta(days=1)


def after(last_day: dt.date | None) -> dt.date | None:
    """Return the first day after a last day, None when it is open."""
    return None if last_day is None else last_day + DAY


def until(row: OnFile) -> Any:
    """Return the last day of a row as a person reads it."""
    return reason(_("no end fixed")) if row.valid_to is None else row.valid_to - DAY


def overlapping(rows: Sequence[Any], start: dt.date, end: dt.date | None) -> list[Any]:
    """Return the rows that share a day with the half-open span."""
    return [
        row for row in rows if (end is None or row.valid_from < end) and (row.valid_to is None or row.valid_to > start)
    ]


def contract(
    values: Values, worker: OnFile | New, rows: Sequence[OnFile], today: dt.date, changes: Changes
) -> Iterator[Finding]:
    """Sign a contract, or correct the end and probation of the one that begins on the same day."""
    start, end = values["contract_start"], after(values["contract_last_day"])
    same = next((row for row in rows if row.valid_from == start), None)
    if others := [row for row in overlapping(rows, start, end) if row is not same]:
        why = _("The contract from %(start)s to %(end)s is on file and runs then. End it first, or check the dates.")
        yield Finding("contract_start", reason(why, start=others[0].valid_from, end=until(others[0])))
        return
    if same is None:
        probation = after(values["probation_last_day"])
        changes.add(LabourContract, worker=worker, valid_from=start, valid_to=end, probation_until=probation)
        return
    if same.valid_to is not None and same.valid_to <= today and (end is None or end > same.valid_to):
        why = _("This contract ended on %(day)s. A new one begins on another day; check the dates.")
        yield Finding("contract_last_day", reason(why, day=until(same)))
        return
    changes.set(same, valid_to=end)
    if values["probation_last_day"]:
        changes.set(same, probation_until=after(values["probation_last_day"]))


def covered(values: Values, rows: Sequence[OnFile]) -> Iterator[Finding]:
    """Find placements that begin before the row's contract, unless an earlier contract on file covers that day."""
    start = values["placement_start"]
    if start < values["contract_start"] and not any(row.is_valid_on(start) for row in rows):
        why = _("No contract covers the first day of the placement (Labour Contract Law 58). Check both dates.")
        yield Finding("placement_start", reason(why))


def placement(
    values: Values,
    worker: OnFile | New,
    place: tuple[ClientEnterprise, Site | None, Post],
    rows: Sequence[OnFile],
    on: dt.date,
    changes: Changes,
) -> Iterator[Finding]:
    """Place a worker, or change post, site, wage or end of the placement that began on the same day."""
    client, site, post = place
    start, end = values["placement_start"], after(values["placement_last_day"])
    spell = spell_of(rows, client.pk, start)
    if not spell:
        if others := overlapping(rows, start, end):
            yield _in_the_way(others[-1], client, rows)
            return
        wage = values["base_wage_fen"] or 0
        place_at = {"client": client, "site": site, "post": post}
        changes.add(
            Placement, worker=worker, valid_from=start, valid_to=end, base_wage_fen=wage, end_reason="", **place_at
        )
        return
    current = spell[-1]
    end = current.valid_to if end is None else end
    if end is not None and end <= current.valid_from:
        why = _("On file, this placement changed on %(day)s: it cannot end before. Check the date.")
        yield Finding("placement_last_day", reason(why, day=current.valid_from))
    elif late := [row for row in overlapping(rows, current.valid_from, end) if row is not current]:
        yield Finding("placement_last_day", _way_reason(late[0], client))
    elif current.valid_to is not None and current.valid_to <= on and values["placement_last_day"] is None:
        why = _("On file, this placement ended on %(day)s. It stays ended; for a new one, write its first day.")
        yield Finding("placement_start", reason(why, day=until(current)), warning=True)
    else:
        _alter(current, worker, (client, site, post), values["base_wage_fen"], end, on, changes)


def _alter(
    current: OnFile,
    worker: OnFile | New,
    place: tuple[ClientEnterprise, Site | None, Post],
    wage_fen: int | None,
    end: dt.date | None,
    on: dt.date,
    changes: Changes,
) -> None:
    """Let post, site and wage hold from a day on; site and wage None: as they are."""
    client, site, post = place
    wage_fen = current.base_wage_fen if wage_fen is None else wage_fen
    moves = post.pk != current.post_id or (site is not None and site.pk != current.site_id)
    if (not moves and wage_fen == current.base_wage_fen) or (end is not None and end <= on):
        changes.set(current, valid_to=end)
    elif current.valid_from >= on:
        changes.set(current, valid_to=end, base_wage_fen=wage_fen)
        changes.move(current, post=post, site=site)
    else:
        changes.add(
            Placement,
            worker=worker,
            client=client,
            site=site if site is not None else New(pk=current.site_id),
            post=post,
            valid_from=on,
            valid_to=end,
            base_wage_fen=wage_fen,
            end_reason="",
            internship=current.internship,
            cover=current.cover,
        )
        changes.set(current, valid_to=on, end_reason=Ending.MOVED.value if moves else current.end_reason)


def spell_of(rows: Sequence[OnFile], client_id: int, start: dt.date) -> list[OnFile]:
    """Return the rows of an unbroken stay at a client that began on a day, in the order of time."""
    spell: list[OnFile] = []
    for row in rows:
        if row.client_id != client_id:
            continue
        if row.valid_from == start or (spell and spell[-1].valid_to == row.valid_from):
            spell.append(row)
    return spell


def _in_the_way(other: OnFile, client: ClientEnterprise, rows: Sequence[OnFile]) -> Finding:
    if other.client_id != client.pk:
        return Finding("client", _way_reason(other, client))
    began = other.valid_from
    for row in reversed(rows):
        if row.client_id == client.pk and row.valid_to == began:
            began = row.valid_from
    why = _("On file, the placement at this client runs from %(day)s. Write that day, or end it first.")
    return Finding("placement_start", reason(why, day=began), suggestion=str(began))


def _way_reason(other: OnFile, client: ClientEnterprise) -> Any:
    where = client.short_name if other.client_id == client.pk else reason(_("another client"))
    why = _("On file, this worker is at %(where)s from %(start)s to %(end)s. Return the worker there first.")
    return reason(why, where=where, start=other.valid_from, end=until(other))


def enrolment(
    values: Values,
    worker: OnFile | New,
    rows: Sequence[OnFile],
    on: dt.date,
    newly_placed: bool,
    changes: Changes,
) -> Iterator[Finding]:
    """Insure a worker, or change city, bases and rate; one stopped on file begins again only with a new placement."""
    current = rows[-1] if rows else None
    base, percent = values["fund_base_fen"], values["fund_percent"]
    wanted = {
        "city": values["insurance_city"],
        "base_fen": values["insurance_base_fen"],
        "housing_fund_base_fen": base if base is not None else (current.housing_fund_base_fen if current else 0),
        "housing_fund_rate": int(percent * 10_000)
        if percent is not None
        else (current.housing_fund_rate if current else 0),
        **_kept(current, values["insurance_city"]),
    }
    if wanted["housing_fund_base_fen"] and not wanted["housing_fund_rate"]:
        yield Finding("fund_percent", reason(_("A housing fund base without its rate. Write 5 to 12 per cent.")))
        return
    start = _first_of_month(values["placement_start"])
    last = values["placement_last_day"]
    end = _end_of_month(last) if last else None
    stopped = current.valid_to if current is not None else None
    if current is None or stopped is not None:
        if stopped is not None:
            if not newly_placed:
                return
            start = max(start, stopped)
        if end is None or end > start:
            changes.add(InsuranceEnrolment, worker=worker, valid_from=start, valid_to=end, **wanted)
        return
    _from(on, worker, current, wanted, changes)


@lru_cache(maxsize=4096)
def _first_of_month(day: dt.date) -> dt.date:
    return Period.of(day).first_day


@lru_cache(maxsize=4096)
def _end_of_month(day: dt.date) -> dt.date:
    return Period.of(day).end


def _kept(current: OnFile | None, city: str) -> dict[str, Any]:
    """Keep in the same city what the file has no columns for."""
    if current is None or current.city != city:
        return {}
    return {"supplementary_fund_rate": current.supplementary_fund_rate, "variants": current.variants}


def account(
    values: Values, worker: OnFile | New, rows: Sequence[OnFile], on: dt.date, agency_id: int, changes: Changes
) -> None:
    """Pay into the account of the file; a blank account says nothing."""
    number, bank = values["bank_account"], values["bank_name"] or ""
    if not number:
        return
    new = {"worker": worker, "holder": worker.name, "number": number, "valid_to": None}
    current = rows[-1] if rows else None
    closed = current.valid_to if current is not None else None
    if current is None or closed is not None:
        start = values["placement_start"] if closed is None else max(on, closed)
        changes.add(BankAccount, bank=bank, valid_from=start, **new)
        return
    number_index = blind_index(number, BankAccount._meta.get_field("number").purpose, agency_id)
    bank = bank or (current.bank if current.number_index == number_index else "")
    if (bank, number_index) == (current.bank, current.number_index):
        return
    if current.valid_from >= on:
        changes.set(current, bank=bank, holder=worker.name)
        changes.replace_number(current, "number", number)
        return
    changes.set(current, valid_to=on)
    changes.add(BankAccount, bank=bank, valid_from=on, **new)


def _from(on: dt.date, worker: OnFile | New, current: Any, wanted: dict[str, Any], changes: Changes) -> None:
    """Let other values hold from a day on."""
    if all(getattr(current, name) == value for name, value in wanted.items()):
        return
    if current.valid_from >= on:
        changes.set(current, **wanted)
        return
    changes.set(current, valid_to=on)
    changes.add(current.model, worker=worker, valid_from=on, valid_to=None, **wanted)
