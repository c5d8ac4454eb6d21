"""Clients at which the agency's licence or its income is at risk, worst first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.enterprises.queries import Card, cards, clients_for

SHOWN = 4
# Few places left are a warning: a dozen newcomers in one week pass the limit.
NEAR_LIMIT = 10
ENDS_SOON = dt.timedelta(days=60)


@dataclass(frozen=True)
class Risk:
    """A client, what is wrong there, and how bad: `bad` breaks the law or the agreement, `warn` soon may."""

    client: str
    url: str
    why: str
    label: str
    state: str
    weight: tuple[int, int]


def client_risks(staff: Any, on: dt.date, limit: int = SHOWN) -> tuple[list[Risk], int]:
    """Return the clients most at risk on a day, each for its worst reason, and how many there are in all."""
    found = [risk for card in cards(list(clients_for(staff, "", ended=False)), on) if (risk := _worst(card, on))]
    found.sort(key=lambda risk: risk.weight, reverse=True)
    return found[:limit], len(found)


def _worst(card: Card, on: dt.date) -> Risk | None:
    reasons = [reason for reason in (_agreement(card, on), _share(card)) if reason]
    if not reasons:
        return None
    weight, why, label = max(reasons)
    url = reverse("clients:client", kwargs={"pk": card.client.pk})
    return Risk(card.client.short_name, url, why, label, "bad" if weight[0] else "warn", weight)


def _agreement(card: Card, on: dt.date) -> tuple[tuple[int, int], str, str] | None:
    """Labour Contract Law 59: nobody is dispatched without an agreement."""
    if not card.has_agreement:
        return (1, 1000), _("Without an agreement nobody may be dispatched."), _("no agreement")
    if card.agreement_until and card.agreement_until - on <= ENDS_SOON:
        days = (card.agreement_until - on).days
        return (0, 100 - days), _("The agreement runs out."), _("%(days)d days left") % {"days": days}
    return None


def _share(card: Card) -> tuple[tuple[int, int], str, str] | None:
    """Interim Provisions on Labour Dispatch 4: at most 10% of all workers."""
    share = card.share
    if share is None or share.room >= NEAR_LIMIT:
        return None
    percent = {"n": share.dispatched, "percent": f"{share.fraction * 100:.1f}"}
    why = _("%(n)d dispatched, %(percent)s%% of all workers.") % percent
    if share.too_many:
        return (1, share.too_many), why, _("over 10%")
    return (0, NEAR_LIMIT - share.room), why, _("near 10%")
