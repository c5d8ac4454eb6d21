from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.identifiers.fields import PhoneField
from agency.models import StaffMember
from agency.permissions.table import GRANTS
from agency.shell.widgets import DayInput, MomentInput, Seg
from training.hiring.competences import STEPS, Competence
from training.hiring.entering import RATE
from training.hiring.models import Candidate, CandidatePrivate


def possible_raters(**without: Any) -> Any:
    """Return active staff whose roles may rate, without some."""
    return StaffMember.objects.active().filter(roles__role__in=GRANTS[RATE]).exclude(**without).distinct()


class CandidateForm(forms.Form):
    """What is typed in once: for calling the person, for the post's one requirement, and for counting only."""

    name = forms.CharField(label=_("Full name"), max_length=40, help_text=_("Raters see a number instead."))
    phone = PhoneField(label=_("Phone"))
    education = forms.ChoiceField(
        label=_("Education"),
        choices=Candidate.Education.choices,
        widget=Seg,
        help_text=_("Junior college or above is the only requirement the post may have."),
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=CandidatePrivate.Gender.choices,
        initial=CandidatePrivate.Gender.UNSAID,
        widget=Seg,
        help_text=_("Only counted, to see whether the rule treats all alike. Nobody sees it beside a person again."),
    )
    major = forms.CharField(
        label=_("Major"), max_length=40, required=False, help_text=_("Does not count and is not shown to raters.")
    )
    applied_on = forms.DateField(label=_("Applied on"), widget=DayInput)
    interview_at = forms.DateTimeField(label=_("Interview"), widget=MomentInput, required=False)
    raters = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(),
        label=_("Two raters"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They rate apart: nobody sees the other's rating before handing in their own."),
    )

    def __init__(self, *args: Any, by: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raters"].queryset = possible_raters(pk=by.pk)

    def candidate(self) -> Candidate:
        return Candidate(**{name: self.cleaned_data[name] for name in ("education", "applied_on", "interview_at")})

    def private(self) -> CandidatePrivate:
        return CandidatePrivate(**{name: self.cleaned_data[name] for name in ("name", "phone", "gender", "major")})


class RaterForm(forms.Form):
    rater = forms.ModelChoiceField(StaffMember.objects.none(), label=_("Rater"))

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = candidate.ratings.values("rater")
        self.fields["rater"].queryset = possible_raters(pk__in=asked).exclude(pk=candidate.entered_by_id)


class RatingForm(forms.Form):
    """One anchored rating from 1 to 5 for each competence, none preselected."""

    remarks = forms.CharField(
        label=_("What you saw"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was said and done. Nothing of looks, gender, age or family."),
    )

    def __init__(self, *args: Any, competences: list[Competence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competences = competences
        for competence in competences:
            self.fields[competence.key] = forms.TypedChoiceField(
                label=competence.label,
                coerce=int,
                choices=[(step, str(step)) for step in STEPS],
                widget=forms.RadioSelect,
                error_messages={"required": _("Rate from 1 to 5.")},
            )

    def rows(self) -> list[tuple[Competence, Any]]:
        """Each competence with its field."""
        return [(competence, self[competence.key]) for competence in self.competences]

    def scores(self) -> dict[str, int]:
        return {competence.key: self.cleaned_data[competence.key] for competence in self.competences}
