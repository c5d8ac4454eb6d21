from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.models import StaffMember
from agency.shell.widgets import DayInput, Dropzone, Seg, Switch
from clients.models import ClientEnterprise
from servicedesk.workflow.attachments import KINDS
from servicedesk.workflow.plan_models import Task
from servicedesk.workflow.template_models import Category


class CloseForm(forms.Form):
    """A note, and a file where the task needs one."""

    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if task.needs_file:
            hint = _("PDF, photo or spreadsheet, up to 10 MB")
            self.fields["upload"] = forms.FileField(
                label=_("File"),
                required=not task.files.exists(),
                error_messages={"required": _("Put in the file first, then it is done.")},
                widget=Dropzone(hint=hint, attrs={"accept": ",".join(KINDS)}),
            )
            self.order_fields(["upload", "note"])


class AddTaskForm(forms.Form):
    """A task of one's own in the plan of a month."""

    client = forms.ModelChoiceField(ClientEnterprise.objects.none(), label=_("Client"))
    title = forms.CharField(label=_("What is to be done"), max_length=40)
    opens_on = forms.DateField(label=_("From"), widget=DayInput)
    due_on = forms.DateField(label=_("Done by"), widget=DayInput)
    category = forms.ChoiceField(
        label=_("Kind"),
        choices=Category,
        initial=Category.ROUTINE,
        widget=Seg(icons={Category.TALK: "chat", Category.ROUTINE: "list"}),
    )
    with_file = forms.BooleanField(
        label=_("Closes with a file"),
        required=False,
        widget=Switch,
        help_text=_("Otherwise your word is enough."),
    )

    def __init__(self, *args: Any, staff: StaffMember, **kwargs: Any) -> None:
        kwargs["initial"] = {"opens_on": today(), "due_on": today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        mine = ClientEnterprise.objects.filter(month_plans__staff=staff).distinct().order_by("name_pinyin")
        self.fields["client"].queryset = mine
        self.fields["client"].label_from_instance = lambda client: client.short_name


class MoveForm(forms.Form):
    """Other days of a task, down to a single one, and why."""

    opens_on = forms.DateField(label=_("From"), widget=DayInput)
    due_on = forms.DateField(label=_("Done by"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReasonForm(forms.Form):
    """One sentence: why a plan comes back, or why a task is not needed."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
