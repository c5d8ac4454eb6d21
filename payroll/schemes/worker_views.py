"""Amounts agreed with single workers, and wages paid in advance."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.audit import record
from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404
from payroll.calculation.items import Source
from payroll.models import Advance, PayItem, WorkerItemAmount

from .advances import with_kept
from .agreeing import agree
from .choosing import scheme_of
from .forms import this_month
from .item_forms import AdvanceForm, AmountForm

SHOWN = 200


@permit("payroll.scheme.edit")
@require_GET
def scheme_workers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was agreed with single workers of a client, and what they still owe of advances."""
    client = client_or_404(request, pk)
    now = scheme_of(client, this_month())
    items = now.items.filter(source=Source.PER_WORKER.value) if now.pk else PayItem.objects.none()
    amounts = WorkerItemAmount.objects.filter(client=client, valid_to=None).select_related("worker")
    names = {item.key: item.name for item in items}
    advances = with_kept(Advance.objects.filter(client=client)).select_related("worker")
    context = {
        "client": client,
        "items": items,
        "amounts": [(names.get(row.item_key, row.item_key), row) for row in amounts.order_by("-valid_from")[:SHOWN]],
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
def advance_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down wages paid in advance, and how they are kept back."""
    client = client_or_404(request, pk)
    back = reverse("payroll:scheme_workers", args=[client.pk])

    def save(form: AdvanceForm) -> str:
        data = form.cleaned_data
        if not form.worker.placements.filter(client=client).exists():
            raise ValidationError({"employee_no": _("This person was never placed at the client. Check the number.")})
        with transaction.atomic():
            advance = Advance.objects.create(
                worker=form.worker, client=client, paid_on=data["paid_on"], amount_fen=data["amount_fen"],
                monthly_fen=data["monthly_fen"], first_period=str(data["since"]),
            )  # fmt: skip
            record("payroll.advance.written", subject=advance, actor=request.user, amount_fen=data["amount_fen"])
        return back

    return edit(
        request,
        AdvanceForm(request.POST or None),
        save,
        title=_("Wages paid in advance"),
        verb=_("Save"),
        done=_("Saved. It is kept back with the item “Repayment of wages paid in advance”."),
        back=back,
        crumb=client.short_name,
    )
