import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from agency.shell.editing import TenantForm
from agency.shell.fields import LastDayField
from agency.shell.widgets import DayInput, Seg, Switch
from clients.models import DispatchAgreement, Post


class AgreementForm(TenantForm):
    """A dispatch agreement; the last day is inclusive on paper."""

    last_day = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: open-ended."))

    unique = {"number": _("Another agreement has this number.")}

    class Meta:
        model = DispatchAgreement
        fields = ["number", "signed_on", "valid_from", "last_day", "headcount", "remark"]
        widgets = {"signed_on": DayInput, "valid_from": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.valid_to:
            self.initial["last_day"] = self.instance.valid_to - dt.timedelta(days=1)

    def _post_clean(self) -> None:
        self.instance.valid_to = self.cleaned_data.get("last_day")
        super()._post_clean()


class PostForm(TenantForm):
    """A post at a client."""

    unique = {"name": _("This client has a post of that name already.")}
    within = ("client",)

    class Meta:
        model = Post
        fields = ["name", "nature", "is_active"]
        widgets = {"nature": Seg, "is_active": Switch}
        help_texts = {
            "nature": _("Only temporary (up to six months), auxiliary or substitute work may be dispatched."),
            "is_active": _("Switched off, nobody new is placed there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_active"]
