from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404

from .changing import change_scheme
from .choosing import scheme_of
from .forms import SchemeForm, this_month


@permit("payroll.scheme.edit")
def scheme(request: StaffRequest, pk: int) -> HttpResponse:
    """Change how a client's workers are paid, from a month on."""
    client = client_or_404(request, pk)
    now = scheme_of(client, this_month())
    initial = {name: getattr(now, name) for name in SchemeForm.base_fields if name != "since"}

    def save(form: SchemeForm) -> str:
        change_scheme(client, form.cleaned_data["since"], form.values, request.user)
        return reverse("payroll:runs")

    return edit(
        request,
        SchemeForm(request.POST or None, initial=initial if now.pk else None),
        save,
        title=_("Pay scheme"),
        verb=_("Save"),
        done=_("Saved. Compute open runs again."),
        back=reverse("payroll:runs"),
        crumb=client.short_name,
    )
