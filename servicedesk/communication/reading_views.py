"""Read talks: the list, one talk, whom to see next, and what came back as doubtful."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.periods import Period
from agency.permissions import can, permit, visible
from servicedesk.evidence.queries import signs_for

from .answers import DOUBTS, doubtful, in_sum, may_know, said_of
from .coverage import SOON, URGENT, Whom, contacts_to_see, coverage, share_of_talk, whom_to_see
from .logging import may_amend
from .models import CommunicationLog
from .queries import ALL, MINE, Filters, clients_to_choose, logs_for, with_details

PER_PAGE = 30
WRITE = "communication.log.write"


@permit("communication.log.view")
@require_GET
def logs(request: HttpRequest) -> HttpResponse:
    """List a month's talks; a specialist also sees what the month has reached so far."""
    viewer, now = request.user, Period.of(today())
    filters = Filters.of(request.GET, viewer, now)
    page = Paginator(logs_for(viewer, filters), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "days": [
            (day, [(log, said := said_of(log, viewer), in_sum(said)) for log in group])
            for day, group in groupby(page, lambda log: log.day)
        ],
        "show_staff": filters.whose == ALL,
        "filters": filters,
        "clients": clients_to_choose(viewer),
        "answers": _answer_choices(viewer),
        "whose": [(MINE, _("My own")), (ALL, _("All I may see"))],
        "writes": can(viewer, WRITE),
        "before": filters.period.previous(),
        "after": filters.period.next() if filters.period < now else None,
    }
    if context["writes"]:
        share = share_of_talk(viewer, filters.period)
        note = _("%(talk)d minutes of talks, about %(routine)d of routine") % {
            "talk": share.talk_minutes,
            "routine": share.routine_minutes,
        }
        context |= {"reached": coverage(viewer, filters.period), "share": share, "share_note": note}
    return render(request, "servicedesk/communication/logs.html", context)


@permit("communication.log.view")
@require_GET
def log(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(with_details(visible(request.user, CommunicationLog)), pk=pk)
    own = one.staff_id == request.user.pk and can(request.user, WRITE)
    context = {
        "log": one,
        "said": said_of(one, request.user),
        "knows": may_know(request.user, one),
        "own": own,
        "may_amend": own and may_amend(one),
        "signs": signs_for(request.user, one),
    }
    return render(request, "servicedesk/communication/log.html", context)


@permit(WRITE)
@require_GET
def whom(request: HttpRequest) -> HttpResponse:
    """Show whom to see, the most urgent first."""
    on = today()
    workers, contacts = whom_to_see(request.user, on), contacts_to_see(request.user, on)
    long_unseen = [one for one in workers if not one.is_new and (one.days or 0) > SOON]
    fresh = [one for one in workers if one.is_new]
    shown = request.GET.get("show", "")
    context = {
        "lead": ngettext("%(count)d worker", "%(count)d workers", len(workers)) % {"count": len(workers)},
        "unseen": len(long_unseen),
        "choices": [
            ("", _("Long unseen"), len(long_unseen) + len(fresh)),
            ("new", _("Newcomers"), len(fresh)),
            ("contacts", _("Client contacts"), len(contacts)),
            ("all", _("Everybody"), len(workers)),
        ],
        "groups": _groups(shown, workers, contacts),
    }
    return render(request, "servicedesk/communication/whom.html", context)


@permit(DOUBTS)
@require_GET
def doubts(request: HttpRequest) -> HttpResponse:
    """List the answers that do not bear a record out, for head office."""
    page = Paginator(doubtful(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "servicedesk/communication/doubts.html", {"page_obj": page})


def _answer_choices(viewer: object) -> list[tuple[str, str]]:
    choices = [
        ("", _("All answers")),
        ("waiting", _("Not answered yet")),
        ("confirmed", _("They confirmed")),
        ("weak", _("Weighs less")),
    ]
    return [*choices, ("doubt", _("Doubtful"))] if can(viewer, DOUBTS) else choices


def _groups(shown: str, workers: list[Whom], contacts: list[Whom]) -> list[tuple[str, str, list[Whom]]]:
    """Return (title, note, people) in the order of need; empty groups are left out."""
    if shown == "contacts":
        return [(_("Client contacts"), _("longest unseen first"), contacts)] if contacts else []
    fresh = (_("New here"), _("meet within 7 days"), [one for one in workers if one.is_new])
    urgent = (_("Over 30 days"), _("best today"), _between(workers, URGENT + 1, None))
    soon = (_("15–30 days"), _("this week"), _between(workers, SOON + 1, URGENT))
    rest = (_("Seen lately"), "", _between(workers, 0, SOON))
    groups = {"new": [fresh], "all": [urgent, soon, fresh, rest]}.get(shown, [urgent, soon, fresh])
    return [group for group in groups if group[2]]


def _between(people: list[Whom], first: int, last: int | None) -> list[Whom]:
    return [one for one in people if one.days is not None and first <= one.days and (last is None or one.days <= last)]
