from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.models import StaffMember
from agency.permissions import Role
from agency.shell.editing import TenantForm
from agency.shell.widgets import Chips, ClockInput, DayInput, Seg, Switch
from training.courses.models import Course, Session


class CourseForm(TenantForm):
    unique = {"title": _("There is a course of this title already.")}

    class Meta:
        model = Course
        fields = ["title", "form", "goal", "is_active"]
        widgets = {"form": Seg, "is_active": Switch}
        help_texts = {"is_active": _("Switched off, no new session can be planned; what was held stays.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_active"]


class SessionForm(TenantForm):
    """A session and who is asked to it; people asked before stay asked."""

    people = forms.ModelMultipleChoiceField(StaffMember.objects.none(), label=_("Who is asked"), widget=Chips)

    class Meta:
        model = Session
        fields = ["course", "held_on", "starts_at", "ends_at", "place", "trainer", "materials"]
        widgets = {"held_on": DayInput, "starts_at": ClockInput, "ends_at": ClockInput}
        help_texts = {"materials": _("What to read before or afterwards: text, one paragraph a line.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = StaffMember.objects.active().order_by("name_pinyin", "pk")
        courses = Course.objects.filter(is_active=True)
        if self.instance.pk:
            courses = courses | Course.objects.filter(pk=self.instance.course_id)
        self.fields["course"].queryset = courses
        self.fields["trainer"].queryset = self.fields["people"].queryset = staff
        self.fields["materials"].widget.attrs["rows"] = 5
        self.initial["people"] = list(self._asked().values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The session ends before it starts. Check both times."))
        same = Session.objects.filter(course=data.get("course"), held_on=data.get("held_on"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("held_on", _("This course has a session on that day already."))
        return data

    def _asked(self) -> Any:
        if self.instance.pk:
            return StaffMember.objects.filter(attendances__session=self.instance)
        return StaffMember.objects.holding(Role.SPECIALIST)
