"""Place a worker at a client's post, from a day on."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import day_year
from clients.models import ClientEnterprise, Post, Site
from workers.models import LabourContract, Placement, Worker

from .reasons import Reason


def place(
    worker: Worker,
    client: ClientEnterprise,
    post: Post,
    from_day: dt.date,
    by: StaffMember,
    *,
    site: Site | None = None,
    until: dt.date | None = None,
    base_wage_fen: int = 0,
    internship: bool = False,
    cover: str = "",
) -> Placement:
    """Place a worker; an open placement that began earlier ends that day, as a move.

    `until` is the first day after the placement, None for open. Raises `ValidationError` when post or site are another
    client's or out of use, when no labour contract covers the first day, or another placement is in the way. A student
    on `internship` has no labour contract with us; `cover` names the accident insurance instead.
    """
    _must_belong(client, post, site)
    Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)  # two placements at once wait for each other
    if not internship and not LabourContract.objects.valid_on(from_day).filter(worker=worker).exists():
        raise ValidationError(
            {
                "from_day": _("No labour contract covers %(day)s. Sign one first (Labour Contract Law 58).")
                % {"day": day_year(from_day)}
            }
        )
    _make_room(worker, from_day, until)
    placement = Placement.objects.create(
        worker=worker,
        client=client,
        site=site,
        post=post,
        valid_from=from_day,
        valid_to=until,
        base_wage_fen=base_wage_fen,
        internship=internship,
        cover=cover,
    )
    record("workers.placement.begun", subject=worker, actor=by, client=client.pk, from_day=str(from_day))
    return placement


def current_placement(worker: Worker, on: dt.date) -> Placement | None:
    """Return where a worker is on a day."""
    rows = Placement.objects.valid_on(on).filter(worker=worker)
    return rows.select_related("client", "site", "post").first()


def _must_belong(client: ClientEnterprise, post: Post, site: Site | None) -> None:
    wrong = {}
    if post.client_id != client.pk or not post.is_active:
        wrong["post"] = _("This client has no such post in use. Choose another.")
    if site is not None and (site.client_id != client.pk or not site.is_active):
        wrong["site"] = _("This client has no such place in use. Choose another.")
    if wrong:
        raise ValidationError(wrong)


def _make_room(worker: Worker, from_day: dt.date, until: dt.date | None) -> None:
    """End an open earlier placement; refuse when another one is in the way."""
    overlapping = Placement.objects.filter(worker=worker).exclude(valid_to__lte=from_day).select_related("client")
    if until is not None:
        overlapping = overlapping.filter(valid_from__lt=until)
    for other in overlapping:
        if other.valid_from >= from_day or other.valid_to is not None:
            raise ValidationError(
                {
                    "from_day": _("A placement at %(client)s from %(day)s is in the way. Return or end it first.")
                    % {"client": other.client.short_name, "day": day_year(other.valid_from)}
                }
            )
        other.valid_to, other.end_reason = from_day, Reason.MOVED
        other.save(update_fields=["valid_to", "end_reason"])
