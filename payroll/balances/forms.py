from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.widgets import Dropzone


class OpeningsForm(forms.Form):
    """A workbook of figures of the payroll before."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=Dropzone(_("Drop the workbook here, or tap to choose"), _("xlsx, xls or csv, up to 50 MB")),
    )
    password = forms.CharField(
        label=_("Password of the file"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if it has one; used once and not kept."),
    )
