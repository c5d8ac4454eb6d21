"""Draw a month's spot check, verify it later, record what was found."""

import secrets
from collections import defaultdict

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from agency.staff.models import StaffMember
from servicedesk.communication.models import CommunicationLog

from .models import SpotCheck, SpotCheckItem, SpotCheckPolicy
from .sampling import digest_of, draw


class CheckRefused(Exception):
    """The check cannot be drawn or the finding not recorded; the message says why and what to do."""


def install_default_policy() -> SpotCheckPolicy:
    """Give the agency the default share: 5 % of confirmed talks, 20 % of unconfirmed, at least 1 and 2 a specialist.

    Back-checks of 5-20 % are usual (research/methods.md, section 2, level 6). Does nothing when a policy exists.
    """
    policy = SpotCheckPolicy.objects.first()
    return policy or SpotCheckPolicy.objects.create(
        version="2026.1",
        valid_from=Period(2026, 1).first_day,
        confirmed_permille=50,
        confirmed_floor=1,
        unconfirmed_permille=200,
        unconfirmed_floor=2,
        source="research/methods.md: back-checks of 5-20 %, more where nobody confirmed",
    )


@transaction.atomic
def draw_check(period: Period, by: StaffMember, seed: str | None = None) -> SpotCheck:
    """Draw from the month's talks that no earlier check has drawn; the seed is made here unless it is given.

    Raises `CheckRefused` when there is no policy for the month or nothing left to draw from.
    """
    policy = SpotCheckPolicy.objects.valid_on(period.last_day).first()
    if policy is None:
        raise CheckRefused(_("No spot-check policy holds for this month. The administrator sets one first."))
    strata, logs = _population(period)
    if not logs:
        raise CheckRefused(_("There is no talk left to draw from in this month."))
    number = (SpotCheck.objects.filter(period=str(period)).aggregate(last=Max("number"))["last"] or 0) + 1
    check = SpotCheck.objects.create(
        period=str(period),
        number=number,
        policy=policy,
        seed=seed or secrets.token_hex(16),
        population=len(logs),
        population_digest=digest_of(listed(strata)),
        listing=strata,
        drawn_by=by,
    )
    SpotCheckItem.objects.bulk_create(
        [
            SpotCheckItem(
                check_of=check,
                log_id=logs[item.key][0],
                staff_id=logs[item.key][1],
                stratum=item.stratum.rsplit("/", 1)[-1],
                rank=item.rank,
                drawn=item.drawn,
                stratum_size=item.population,
            )
            for item in draw(strata, policy.rates, check.seed)
        ]
    )
    record("review.spot_check.drawn", subject=check, seed=check.seed, population=check.population)
    return check


def _population(period: Period) -> tuple[dict[str, list[str]], dict[str, tuple[int, int]]]:
    """Return the strata (`staff/stratum` → keys) and, for each key `uuid stratum`, its log and staff."""
    fresh = CommunicationLog.objects.of_period(period).filter(spot_checks=None)
    strata: dict[str, list[str]] = defaultdict(list)
    logs: dict[str, tuple[int, int]] = {}
    for name, rows in (("confirmed", fresh.confirmed()), ("unconfirmed", fresh.unconfirmed())):
        for pk, uuid, staff in rows.order_by("pk").values_list("pk", "uuid", "staff"):
            strata[f"{staff}/{name}"].append(str(uuid))
            logs[str(uuid)] = (pk, staff)
    return dict(strata), logs


def listed(strata: dict[str, list[str]]) -> list[str]:
    """Return the lines whose fingerprint a check keeps: `staff/stratum uuid`."""
    return [f"{stratum} {key}" for stratum, keys in strata.items() for key in keys]


@transaction.atomic
def record_outcome(item: SpotCheckItem, outcome: str, note: str, by: StaffMember) -> SpotCheckItem:
    """Record what a check found. A fault needs a note: the specialist will read it and may answer.

    Raises `CheckRefused` without that note, and when somebody would check their own talk.
    """
    if by.pk == item.staff_id:
        raise CheckRefused(_("Nobody checks their own talks. Leave this one to a colleague."))
    if outcome in SpotCheckItem.FAULTS and not note.strip():
        raise CheckRefused(_("Say in a sentence what differs: the specialist must be able to answer."))
    before = item.outcome
    SpotCheckItem.objects.filter(pk=item.pk).update(
        outcome=outcome,
        note=note.strip(),
        checked_by=by,
        checked_at=timezone.now(),
        tries=F("tries") + int(outcome == SpotCheckItem.Outcome.UNREACHABLE),
    )
    item.refresh_from_db()
    record("review.finding.recorded", subject=item, before=before, outcome=outcome, log=item.log_id)
    return item
