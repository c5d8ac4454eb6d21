from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today


class OwnDayForm(forms.Form):
    """One day on which the agency does otherwise than the public calendar."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    is_workday = forms.TypedChoiceField(
        label=_("On this day people"),
        choices=[("no", _("are off")), ("yes", _("are at work"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Occasion"), max_length=40, required=False)

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day < today() - timedelta(days=366):
            raise forms.ValidationError(_("This day is more than a year ago: its plans are closed."))
        return day
