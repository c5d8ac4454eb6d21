"""Change a client's pay scheme from a month on; what was valid before stays as it was."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.calculation.scheme_rules import Sheet
from payroll.models import PayBandTable, PayItem, PayScheme
from payroll.refusals import Refused

from .choosing import scheme_of
from .rules import rules_of, table_users
from .stale import outdate_open_runs

CARRIED = ("method", "night_shift_fen", "sick_pay_percent", "injury_rate", "minimum_wage_fen", "city", "source")


def change_scheme(client: ClientEnterprise, since: Period, values: dict[str, Any], by: Any) -> PayScheme:
    """Let a scheme hold from the first day of a month; later ones are replaced, the one before ends.

    Its own items go on unless they are changed too.
    """
    with transaction.atomic():
        scheme = version_from(client, since)
        for name, value in values.items():
            setattr(scheme, name, value)
        scheme.save()
        record("payroll.scheme.changed", subject=scheme, actor=by, since=str(since))
    return scheme


def version_from(client: ClientEnterprise, since: Period) -> PayScheme:
    """Return the scheme that begins with a month, a copy of the one before if there is none; later ones go."""
    start = since.first_day
    ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
    outdate_open_runs(client.pk, since)
    rows = PayScheme.objects.filter(client=client)
    rows.filter(valid_from__gt=start).delete()
    found = rows.filter(valid_from=start).first()
    if found is not None:
        rows.filter(pk=found.pk).update(valid_to=None)
        found.valid_to = None
        return found
    before = scheme_of(client, since)
    rows.valid_on(start).update(valid_to=start)
    scheme = PayScheme.objects.create(
        client=client, valid_from=start, **{name: getattr(before, name) for name in CARRIED}
    )
    if before.pk:
        _copy(PayItem, before, scheme)
        _copy(PayBandTable, before, scheme)
    return scheme


def save_item(client: ClientEnterprise, since: Period, key: str, values: dict[str, Any], by: Any) -> PayItem:
    """Add an item, or change the one with `key`, from a month on.

    Raises `ItemError` when the scheme's items do not hold together with it.
    """
    with transaction.atomic():
        scheme = version_from(client, since)
        last = scheme.items.last()
        position = last.position + 1 if last else 0
        given = scheme.items.filter(key=key).first() or PayItem(
            scheme=scheme, key=key or new_key(client), position=position
        )
        for name, value in values.items():
            setattr(given, name, value)
        given.save()
        _must_hold(scheme, since)
        record("payroll.scheme.item_saved", subject=scheme, actor=by, item=given.name, since=str(since))
    return given


def remove_item(client: ClientEnterprise, since: Period, key: str, by: Any) -> None:
    """Take an item out from a month on. Raises `ItemError` when another one asks for it."""
    with transaction.atomic():
        scheme = version_from(client, since)
        scheme.items.filter(key=key).delete()
        _must_hold(scheme, since)
        record("payroll.scheme.item_removed", subject=scheme, actor=by, item=key, since=str(since))


def move_item(client: ClientEnterprise, since: Period, key: str, up: bool) -> None:
    """Move an item before or behind the next one that stands in the same part of the payslip, from a month on."""
    with transaction.atomic():
        items = list(version_from(client, since).items.all())
        at = next((index for index, item in enumerate(items) if item.key == key), None)
        if at is None:
            return
        others = range(at - 1, -1, -1) if up else range(at + 1, len(items))
        to = next((index for index in others if items[index].place == items[at].place), at)
        items.insert(to, items.pop(at))
        for position, item in enumerate(items):
            item.position = position
        PayItem.objects.bulk_update(items, ["position"])


def save_table(client: ClientEnterprise, since: Period, name: str, values: dict[str, Any], by: Any) -> PayBandTable:
    """Add a banded table, or change the one called `name`, from a month on. Raises `ItemError` like `save_item`."""
    with transaction.atomic():
        scheme = version_from(client, since)
        table = scheme.tables.filter(name=name).first() or PayBandTable(scheme=scheme)
        for field, value in values.items():
            setattr(table, field, value)
        table.save()
        _must_hold(scheme, since)
        record("payroll.scheme.table_saved", subject=scheme, actor=by, table=table.name, since=str(since))
    return table


def remove_table(client: ClientEnterprise, since: Period, name: str, by: Any) -> None:
    """Take a banded table out from a month on. Raises `Refused` naming the items that look into it."""
    with transaction.atomic():
        scheme = version_from(client, since)
        if users := table_users(rules_of(scheme, since), name):
            raise Refused(
                _("“%(table)s” is used by %(items)s. Change these items first.")
                % {"table": name, "items": "、".join(users)}
            )
        scheme.tables.filter(name=name).delete()
        record("payroll.scheme.table_removed", subject=scheme, actor=by, table=name, since=str(since))


def new_key(client: ClientEnterprise) -> str:
    """Return a key no item of the client's schemes has had."""
    keys = PayItem.objects.filter(scheme__client=client).values_list("key", flat=True)
    return f"item{max((int(key.removeprefix('item')) for key in keys), default=0) + 1}"


def _must_hold(scheme: PayScheme, since: Period) -> None:
    Sheet(rules_of(scheme, since))


def _copy(model: Any, before: PayScheme, scheme: PayScheme) -> None:
    rows = list(model.objects.filter(scheme=before))
    for row in rows:
        row.pk, row.scheme = None, scheme
    model.objects.bulk_create(rows)
