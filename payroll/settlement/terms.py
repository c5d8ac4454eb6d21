"""Which terms and which VAT hold for a client's month, and how they change from a day on."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from agency.shell.formats import day_year
from clients.models import ClientEnterprise, DispatchAgreement
from payroll.models import SettlementTerms, VatStatus
from payroll.refusals import Refused

from .vat import NoVatRule, VatRule, rule_on


def terms_on(client: ClientEnterprise, day: dt.date) -> SettlementTerms | None:
    """Return the terms of a client's agreement in force on a day; of several agreements the youngest."""
    rows = SettlementTerms.objects.valid_on(day).filter(agreement__client=client)
    return rows.select_related("agreement").order_by("-agreement__valid_from", "-pk").first()


def terms_for(client: ClientEnterprise, month: Period) -> SettlementTerms:
    """Return the terms that hold on the last day of a month. Raises `Refused` when there are none."""
    found = terms_on(client, month.last_day)
    if found is None:
        words = _("No fee is agreed with %(client)s for %(month)s. Enter it on the client's settlement page.")
        raise Refused(words % {"client": client.short_name, "month": month})
    return found


def vat_for(day: dt.date) -> VatRule:
    """Return the VAT rule of the agency on a day. Raises `Refused` when nobody said how the agency is taxed."""
    status = VatStatus.objects.valid_on(day).first()
    if status is None:
        raise Refused(
            _("How the agency pays VAT on %(day)s is not entered yet. Enter it first.") % {"day": day_year(day)}
        )
    try:
        return rule_on(status.regime, day)
    except NoVatRule:
        words = _("No VAT rule for “%(regime)s” is known on %(day)s. Ask for an update.")
        raise Refused(words % {"regime": status.get_regime_display(), "day": day_year(day)}) from None


def agree(agreement: DispatchAgreement, since: dt.date, by: Any, **values: Any) -> SettlementTerms:
    """Let new terms hold from a day on; the earlier ones end there.

    Raises `ValidationError` when terms of that day or later exist, or the agreement does not run then.
    """
    if not agreement.is_valid_on(since):
        raise ValidationError({"valid_from": _("The agreement does not run on that day.")})
    terms = SettlementTerms(agreement=agreement, valid_from=since, **values)
    _follow(SettlementTerms.objects.filter(agreement=agreement), since)
    terms.save()
    record("settlement.terms.agreed", subject=agreement, actor=by, model=terms.model, since=str(since))
    return terms


def declare_vat(regime: str, since: dt.date, by: Any) -> VatStatus:
    """Say how the agency pays VAT from a day on. Raises `ValidationError` when a later entry exists."""
    _follow(VatStatus.objects.all(), since)
    status = VatStatus.objects.create(regime=regime, valid_from=since)
    record("settlement.vat.declared", subject=status, actor=by, regime=regime, since=str(since))
    return status


def _follow(rows: Any, since: dt.date) -> None:
    if later := rows.filter(valid_from__gte=since).order_by("valid_from").first():
        words = _("There is an entry from %(day)s on. Choose a later day.")
        raise ValidationError({"valid_from": words % {"day": day_year(later.valid_from)}})
    rows.exclude(valid_to__lte=since).update(valid_to=since)
