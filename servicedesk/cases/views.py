"""The list of cases, one case, and what staff do with it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.calendar import local_now
from agency.models import StaffMember
from agency.pagination import paginate
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from clients.models import ClientEnterprise
from workers.models import Worker

from . import moving
from .custody import CONFIDENTIAL, VIEW, candidates
from .forms import AnswerForm, HandOverForm
from .handing_over import hand_over, keep_from_specialists
from .joining import link, linked_to, merge
from .links import follow_url
from .models import CannedAnswer, Case
from .phones import phone_of
from .presenting import row, rows, timeline
from .queries import ALL, DONE, LATE, MINE, WAIT, Filters, cases_for, of_worker, tab_counts, with_details
from .refusals import Refused
from .states import allows

WORK = "cases.case.work"
PER_PAGE = 30
SHOWN_ON_PANEL = 8


def case_or_404(request: StaffRequest, pk: int) -> Case:
    """Return a case the person may see."""
    return get_object_or_404(with_details(visible(request.user, Case)), pk=pk)


@permit(VIEW)
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases, overdue ones first; the most pressing of one's own stands on top as a card."""
    filters, now = Filters.of(request.GET), local_now()
    page = paginate(request, cases_for(request.user, filters, now), PER_PAGE)
    shown, counts = rows(page.object_list, now), tab_counts(request.user, now)
    first = shown[0] if shown and filters.tab == MINE and page.number == 1 and shown[0].is_pressing else None
    context = {
        "page_obj": page,
        "first": first,
        "rows": shown[1:] if first else shown,
        "filters": filters,
        "clients": visible(request.user, ClientEnterprise).order_by("name_pinyin", "pk"),
        "tabs": [
            (MINE, _("Mine"), counts[MINE]),
            (WAIT, _("To answer"), counts[WAIT]),
            (ALL, _("Unfinished"), counts[ALL]),
            (DONE, _("Finished"), counts[DONE]),
        ],
        "kinds": [
            ("", _("All")),
            (LATE, _("Late"), counts["late"]),
            ("complaint", _("Complaints")),
            ("consultation", _("Consultations")),
            ("payslip", _("Payslips")),
            ("injury", _("Injuries")),
        ],
        "today": counts["today"],
    }
    return render(request, "servicedesk/cases/cases.html", context)


@permit(VIEW)
@require_GET
def case(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one case with its timeline; `?canned=` puts ready-made words into the answer."""
    one = case_or_404(request, pk)
    now = local_now()
    canned = CannedAnswer.objects.filter(is_active=True, category_key__in=["", one.category.key])
    chosen = next((words for words in canned if str(words.pk) == request.GET.get("canned")), None)
    people = candidates(one)
    together = with_details(visible(request.user, Case))
    context = {
        "case": one,
        "row": row(one, now),
        "events": timeline(one, one.entries.select_related("staff", "to_staff", "other")),
        "phone": phone_of(one),
        "canned": canned,
        "answer_form": AnswerForm(initial={"text": chosen.text if chosen else ""}),
        "hand_over_form": HandOverForm(people=people) if people else None,
        "people": people,
        "linked": rows(together.filter(pk__in=linked_to(one).values("pk")), now),
        "merged": rows(together.filter(merged_into=one), now),
        "into": together.filter(pk=one.merged_into_id).first() if one.merged_into_id else None,
        "follow_url": follow_url(one, request.build_absolute_uri("/")),
        "may_resolve": allows("resolve", one.state),
        "may_close": allows("close", one.state),
        "may_reopen": one.is_finished and not one.merged_into_id,
        "may_keep": can(request.user, CONFIDENTIAL) and not one.confidential,
    }
    return render(request, "servicedesk/cases/case.html", context)


@permit(WORK)
@require_POST
def case_answer(request: StaffRequest, pk: int) -> HttpResponse:
    settles = "settles" in request.POST
    text = request.POST.get("text", "")[:2000]
    return _act(request, pk, lambda one: moving.answer(one, text, request.user, settles=settles), _("Answered."))


@permit(WORK)
@require_POST
def case_note(request: StaffRequest, pk: int) -> HttpResponse:
    text = request.POST.get("text", "")[:2000]
    return _act(request, pk, lambda one: moving.note(one, text, request.user), _("Noted."))


@permit(WORK)
@require_POST
def case_move(request: StaffRequest, pk: int) -> HttpResponse:
    """Settle, close or open again."""
    moves = {"resolve": moving.resolve, "close": moving.close, "reopen": moving.reopen}
    move = moves.get(request.POST.get("move", ""))
    if move is None:
        return redirect("servicedesk:case", pk=case_or_404(request, pk).pk)
    return _act(request, pk, lambda one: move(one, request.user), _("Kept."))


@permit(WORK)
@require_POST
def case_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    def give(one: Case) -> None:
        form = HandOverForm(request.POST, people=candidates(one))
        if not form.is_valid():
            raise Refused(_("Choose who takes the case over."))
        hand_over(one, form.cleaned_data["to"], request.user, form.cleaned_data["why"])

    return _act(request, pk, give, _("Handed over."))


@permit(CONFIDENTIAL)
@require_POST
def case_keep(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that the case is about one of us: the specialists no longer see it."""

    def keep(one: Case) -> None:
        given = request.POST.get("about", "")
        about = StaffMember.objects.active().filter(pk=given).first() if given.isdecimal() else None
        if about is None:
            raise Refused(_("Choose whom the case is about."))
        keep_from_specialists(one, about, request.user)

    return _act(request, pk, keep, _("From now on only head office sees it."))


@permit(WORK)
@require_POST
def case_join(request: StaffRequest, pk: int) -> HttpResponse:
    """Join the case to another, or link the two; the other is named by its number and must be visible too."""

    def join(one: Case) -> None:
        other = visible(request.user, Case).filter(number=request.POST.get("number", "").strip()).first()
        if other is None:
            raise Refused(_("There is no such case. Give its number, such as %(number)s.") % {"number": one.number})
        if request.POST.get("how") == "merge":
            merge(one, other, request.user)
        else:
            link(one, other, request.user)

    return _act(request, pk, join, _("Kept."))


@permit(VIEW)
@require_GET
def cases_of_worker(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a worker's latest cases as a panel of their page."""
    worker = get_object_or_404(visible(request.user, Worker), pk=pk)
    found = of_worker(request.user, worker)[:SHOWN_ON_PANEL]
    return render(request, "servicedesk/cases/panel.html", {"worker": worker, "rows": rows(found, local_now())})


@permit("privacy.phone.reveal")
@require_http_methods(["GET", "POST"])
def case_phone(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the phone that somebody without an account left."""
    from agency.privacy.revealing import answer

    one = get_object_or_404(visible(request.user, Case), pk=pk)
    return answer(request, phone_of(one))


def _act(request: StaffRequest, pk: int, act: Callable[[Case], object], done: str) -> HttpResponse:
    """Do one thing with a case and go back to it, or to the list when it is out of sight now."""
    one = case_or_404(request, pk)
    try:
        act(one)
    except Refused as refusal:
        warn(request, str(refusal))
    else:
        toast(request, done)
    if visible(request.user, Case).filter(pk=pk).exists():
        return redirect("servicedesk:case", pk=pk)
    return redirect("servicedesk:cases")
