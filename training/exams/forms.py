from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.shell.editing import TenantForm
from agency.shell.widgets import MomentInput, Seg
from training.exams.bank import read_options, write_options
from training.exams.models import Exam, Question


class QuestionForm(TenantForm):
    """A question with its options as lines."""

    lines = forms.CharField(
        label=_("Options"),
        help_text=_("One a line. Put * before what is right."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Question
        fields = ["kind", "topic", "text", "lines", "explanation", "points"]
        widgets = {"kind": Seg, "text": forms.Textarea(attrs={"rows": 3}), "explanation": forms.Textarea({"rows": 2})}
        help_texts = {
            "topic": _("In two to six characters, such as 调休与加班."),
            "explanation": _("Why it is right. People read it when the exam has closed."),
        }

    field_order = ["kind", "topic", "text", "lines", "explanation", "points"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Question.Kind.choices
        if self.instance.pk:
            self.initial["lines"] = write_options(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") and data.get("lines"):
            try:
                self.instance.options, self.instance.right = read_options(data["kind"], data["lines"])
            except ValidationError as wrong:
                self.add_error("lines", wrong)
        return data


LIMITS = {"minutes": (1, 240), "pass_percent": (1, 100), "attempts_allowed": (1, 5)}


class ExamForm(TenantForm):
    """An exam and the questions of the course's bank that are in it."""

    questions = forms.ModelMultipleChoiceField(
        Question.objects.none(), label=_("Questions"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Exam
        fields = ["title", "minutes", "pass_percent", "attempts_allowed", "opens_at", "closes_at"]
        widgets = {"opens_at": MomentInput, "closes_at": MomentInput}
        help_texts = {
            "attempts_allowed": _("Of several attempts the best counts."),
            "closes_at": _("Right answers and explanations show from then on. The exam counts in that month."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bank = Question.objects.filter(course=self.instance.session.course_id, is_active=True)
        self.fields["questions"].queryset = bank
        chosen = self.instance.chosen.values_list("question", flat=True) if self.instance.pk else bank
        self.initial["questions"] = [getattr(question, "pk", question) for question in chosen]
        for name, (least, most) in LIMITS.items():
            self.fields[name].widget.attrs |= {"min": least, "max": most}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, (least, most) in LIMITS.items():
            if data.get(name) is not None and not least <= data[name] <= most:
                self.add_error(name, _("Between %(least)d and %(most)d.") % {"least": least, "most": most})
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("The exam closes before it opens. Check both."))
        return data
