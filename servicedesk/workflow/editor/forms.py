from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.editing import TenantForm
from agency.shell.fields import PeriodField
from agency.shell.widgets import Chips, Seg, Switch
from clients.models import ClientEnterprise
from servicedesk.workflow.template_models import Category, WorkflowStep

MONTHS_ABOUT = [(0, _("the same month")), (-1, _("the month before"))]


class StepForm(TenantForm):
    """A step besides its window: what, how it closes, after which others."""

    after = forms.ModelMultipleChoiceField(
        WorkflowStep.objects.none(), label=_("Only after"), required=False, widget=Chips
    )

    class Meta:
        model = WorkflowStep
        fields = [
            "title",
            "title_en",
            "category",
            "critical",
            "evidence_kind",
            "evidence_target",
            "target_basis",
            "about_months",
            "shift_limit",
            "minutes",
            "hint",
            "hint_en",
            "source",
        ]
        widgets = {
            "category": Seg(icons={Category.TALK: "chat", Category.ROUTINE: "list"}),
            "critical": Switch,
            "about_months": forms.Select(choices=MONTHS_ABOUT),
        }
        labels = {
            "category": _("Kind: talks are two thirds, routine one third"),
            "target_basis": _("The target counts"),
            "about_months": _("It is about"),
            "hint_en": _("Hint in English"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = WorkflowStep.objects.filter(template=self.instance.template).exclude(pk=self.instance.pk)
        self.fields["after"].queryset = others
        self.fields["after"].label_from_instance = lambda step: step.label
        if self.instance.pk:
            self.fields["after"].initial = [row.requires_id for row in self.instance.dependencies.all()]


class PublishForm(forms.Form):
    """The first month of the version."""

    first = PeriodField(label=_("Holds from"))


class PreviewForm(forms.Form):
    """Whose month is shown: a client's, or a city and a pay day."""

    client = forms.ModelChoiceField(
        ClientEnterprise.objects.none(), label=_("Client"), required=False, empty_label=_("any client")
    )
    city = forms.CharField(label=_("City"), required=False, max_length=20)
    pay_day = forms.IntegerField(label=_("Pay day"), required=False, min_value=1, max_value=31)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = ClientEnterprise.objects.filter(ended_on=None).order_by("name_pinyin")
        self.fields["client"].label_from_instance = lambda client: client.short_name
