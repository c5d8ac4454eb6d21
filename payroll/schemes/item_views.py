"""Pages of a scheme's items and tables; whatever is changed holds from a month on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from clients.enterprises.views import client_or_404
from clients.models import ClientEnterprise
from payroll.calculation.item_names import FACTS, STANDARD
from payroll.calculation.items import ItemError
from payroll.models import PayBandTable
from payroll.refusals import Refused

from .changing import move_item, remove_item, remove_table, save_item, save_table
from .choosing import scheme_of
from .formula_words import words_of
from .item_forms import ItemForm, TableForm, bands_text
from .library import LIBRARY
from .preview import place_of_error, preview
from .rules import rules_of
from .views import month_asked, scheme_url


@permit("payroll.scheme.edit")
@require_http_methods(["GET", "POST"])
def scheme_item(request: StaffRequest, pk: int, key: str = "") -> HttpResponse:
    """Add or change an item; a sample worker shows at once what it pays."""
    client, month = client_or_404(request, pk), month_asked(request)
    now = scheme_of(client, month)
    given = now.items.filter(key=key).first() if now.pk and key else None
    initial = {name: getattr(given, name) for name in ItemForm.base_fields if name != "since"} if given else {}
    initial |= LIBRARY.get(request.GET.get("example", ""), {}) | {"since": month}
    form = ItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_item(client, form.cleaned_data["since"], key, form.values, request.user)
        except ItemError as error:
            form.add_error(*_said(error, form))
        else:
            toast(request, _("Saved. Compute open runs again."))
            return redirect(scheme_url(client.pk, form.cleaned_data["since"]))
    context = {
        "client": client, "month": month, "form": form, "item": given, "back": scheme_url(client.pk, month),
        "names": [*FACTS, *STANDARD, *(item.name for item in (now.items.all() if now.pk else []))],
        "tables": [table.name for table in (now.tables.all() if now.pk else [])],
    }  # fmt: skip
    return render(request, "payroll/schemes/item.html", context, status=422 if request.method == "POST" else 200)


@permit("payroll.scheme.edit")
@require_POST
def scheme_preview(request: StaffRequest, pk: int, key: str = "") -> HttpResponse:
    """Show what an item that is being written would pay; nothing stays."""
    client = client_or_404(request, pk)
    form, context = ItemForm(request.POST), {}
    if form.is_valid():
        context = _tried(client, form, key, request)
    else:
        context["errors"] = [str(message) for messages in form.errors.values() for message in messages]
    return render(request, "payroll/schemes/preview.html", context)


@permit("payroll.scheme.edit")
@require_POST
def scheme_item_remove(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Take an item out from a month on, unless another one asks for it."""
    client, month = client_or_404(request, pk), month_asked(request)
    try:
        remove_item(client, month, key, request.user)
    except ItemError as error:
        warn(request, f"{error.name}: {words_of(error.why)}")
    else:
        toast(request, _("Taken out from %(month)s on.") % {"month": month})
    return redirect(scheme_url(client.pk, month))


@permit("payroll.scheme.edit")
@require_POST
def scheme_item_move(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Move an item up or down."""
    client, month = client_or_404(request, pk), month_asked(request)
    move_item(client, month, key, up=request.POST.get("to") == "up")
    return redirect(scheme_url(client.pk, month))


@permit("payroll.scheme.edit")
def scheme_table(request: StaffRequest, pk: int, name: str = "") -> HttpResponse:
    """Add or change a banded table."""
    client, month = client_or_404(request, pk), month_asked(request)
    now = scheme_of(client, month)
    given = PayBandTable.objects.filter(scheme=now, name=name).first() if now.pk and name else None
    initial: dict[str, Any] = {"since": month}
    if given:
        initial |= {"name": given.name, "key": given.key, "result": given.result, "bands": bands_text(given)}

    def save(form: TableForm) -> str:
        try:
            save_table(client, form.cleaned_data["since"], name, form.values, request.user)
        except ItemError as error:
            raise ValidationError(f"{error.name}: {words_of(error.why)}") from None
        return scheme_url(client.pk, form.cleaned_data["since"])

    return edit(
        request,
        TableForm(request.POST or None, initial=initial),
        save,
        title=gettext_lazy("Banded table"),
        verb=gettext_lazy("Save"),
        done=gettext_lazy("Saved. Compute open runs again."),
        back=scheme_url(client.pk, month),
        crumb=client.short_name,
    )


@permit("payroll.scheme.edit")
@require_POST
def scheme_table_remove(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """Take a banded table out from a month on, unless items look into it."""
    client, month = client_or_404(request, pk), month_asked(request)
    try:
        remove_table(client, month, name, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
    except ItemError as error:
        warn(request, f"{error.name}: {words_of(error.why)}")
    else:
        toast(request, _("Taken out from %(month)s on.") % {"month": month})
    return redirect(scheme_url(client.pk, month))


def _tried(client: ClientEnterprise, form: ItemForm, key: str, request: StaffRequest) -> dict[str, Any]:
    month = form.cleaned_data["since"]
    try:
        with transaction.atomic():
            saved = save_item(client, month, key, form.values, request.user)
            shown = preview(client, rules_of(saved.scheme, month), month)
            transaction.set_rollback(True)
    except ItemError as error:
        field, message = _said(error, form)
        return {"errors": [message], "pieces": place_of_error(error) if field == "formula" else None}
    return {"preview": shown, "mine": saved.name}


def _said(error: ItemError, form: ItemForm) -> tuple[str, str]:
    """Return the field an error belongs to, and its words; another item's error names it."""
    if error.name == form.values["name"]:
        return ("quantity" if form.values["quantity"] else "formula"), words_of(error.why)
    return "name", f"{error.name}: {words_of(error.why)}"
