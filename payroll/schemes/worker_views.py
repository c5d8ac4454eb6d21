"""Amounts agreed with single workers: who has which, since when, and what held before."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404
from payroll.calculation.items import Source
from payroll.models import Advance, PayItem, WorkerItemAmount

from .advances import with_kept
from .agreeing import agree, end
from .choosing import scheme_of
from .debts import still_owed
from .forms import this_month
from .telling import amount_event
from .worker_forms import AmountChangeForm, AmountForm
from .write_offs import by_hand

SHOWN = 200


@permit("payroll.scheme.edit")
@require_GET
def scheme_workers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was agreed with single workers of a client, and what they still owe of advances."""
    client = client_or_404(request, pk)
    now = scheme_of(client, this_month())
    items = now.items.filter(source=Source.PER_WORKER.value) if now.pk else PayItem.objects.none()
    amounts = WorkerItemAmount.objects.filter(client=client).exclude(valid_to__lte=today()).select_related("worker")
    names = {item.key: item.name for item in items}
    advances = with_kept(Advance.objects.filter(client=client), month=this_month()).select_related("worker")
    context = {
        "client": client,
        "items": items,
        "amounts": [(names.get(row.item_key, row.item_key), row) for row in amounts.order_by("-valid_from")[:SHOWN]],
        "keeps_back": now.pk is not None and now.items.filter(source=Source.ADVANCE.value).exists(),
        "debts": still_owed(client)[:SHOWN],
        "by_hand": by_hand(client)[:SHOWN],
        "advances": advances.order_by("-paid_on", "-pk")[:SHOWN],
    }
    return render(request, "payroll/schemes/workers.html", context)


@permit("payroll.scheme.edit")
def scheme_amount_new(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Agree an item's amount with a worker, from a month on."""
    client = client_or_404(request, pk)
    rows = PayItem.objects.filter(scheme__client=client, key=key, source=Source.PER_WORKER.value)
    item = rows.order_by("-scheme__valid_from").first()
    if item is None:
        raise Http404
    back = reverse("payroll:scheme_workers", args=[client.pk])

    def save(form: AmountForm) -> str:
        agree(client, form.worker, key, form.cleaned_data["amount_fen"], form.cleaned_data["since"], request.user)
        return back

    return edit(
        request,
        AmountForm(request.POST or None),
        save,
        title=item.name,
        verb=_("Save"),
        done=_("Saved. Compute open runs again."),
        back=back,
        crumb=client.short_name,
    )


@permit("payroll.scheme.edit")
def scheme_amount(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what was agreed with a worker from a month on, or let it end; what held before stays."""
    row = get_object_or_404(visible(request.user, WorkerItemAmount).select_related("worker"), pk=pk)
    client = client_or_404(request, row.client_id)
    items = PayItem.objects.filter(scheme__client=client, key=row.item_key).order_by("-scheme__valid_from")
    back = reverse("payroll:scheme_workers", args=[client.pk])

    def save(form: AmountChangeForm) -> str:
        fen, since = form.cleaned_data["amount_fen"], form.cleaned_data["since"]
        if fen is None:
            end(row, since, request.user)
        else:
            agree(client, row.worker, row.item_key, fen, since, request.user)
        return back

    before = WorkerItemAmount.objects.filter(client=client, worker=row.worker_id, item_key=row.item_key)
    return edit(
        request,
        AmountChangeForm(request.POST or None, initial={"amount_fen": row.amount_fen}),
        save,
        title=f"{row.worker.name} · {items.values_list('name', flat=True).first() or row.item_key}",
        verb=_("Save"),
        done=_("Saved. Compute open runs again."),
        back=back,
        crumb=client.short_name,
        events=[amount_event(each) for each in before.order_by("-valid_from")],
    )
