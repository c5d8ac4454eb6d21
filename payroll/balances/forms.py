from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.widgets import Dropzone
from payroll.runs.forms import SheetForm


class OpeningsForm(SheetForm):
    """A workbook of figures of the payroll before."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=Dropzone(_("Drop the workbook here, or tap to choose"), _("xlsx, xls or csv, up to 50 MB")),
    )
