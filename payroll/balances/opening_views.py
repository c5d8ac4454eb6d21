"""One worker's figures of this tax year from the payroll before, by hand."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from payroll.models import TaxOpeningBalance
from workers.people.views import worker_or_404

from .forms import OpeningForm
from .opening import open_year


@permit("payroll.opening.import")
def worker_opening(request: StaffRequest, pk: int) -> HttpResponse:
    worker, year = worker_or_404(request, pk), today().year
    now = TaxOpeningBalance.objects.filter(worker=worker, tax_year=year).first()
    back = reverse("workers:worker", args=[pk])

    def save(form: OpeningForm) -> str:
        open_year(worker, year, form.figures, request.user)
        return back

    initial = {name: getattr(now, name) for name in OpeningForm.base_fields} if now else {}
    return edit(
        request,
        OpeningForm(request.POST or None, initial=initial),
        save,
        title=_("Figures of %(year)d from the payroll before") % {"year": year},
        verb=_("Save"),
        done=_("Saved. Compute open runs again."),
        back=back,
        crumb=worker.name,
    )
