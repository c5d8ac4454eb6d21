"""Candidates for a specialist's post, what raters must not see, their ratings and the outcome."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.privacy.fields import EncryptedTextField
from agency.privacy.retention import CANDIDATE, Keep, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


@audited()
class Candidate(TenantModel):
    """An applicant as raters know them: a number. Name, phone, gender and major stand in `CandidatePrivate`.

    The education is the one requirement that may be asked of everybody: junior college or above.
    """

    class Education(models.TextChoices):
        JUNIOR_COLLEGE = "junior_college", _("Junior college")
        BACHELOR = "bachelor", _("Bachelor")
        MASTER = "master", _("Master or above")

    number = models.PositiveIntegerField(_("Number"))
    education = models.CharField(_("Education"), max_length=16, choices=Education)
    applied_on = models.DateField(_("Applied on"))
    interview_at = models.DateTimeField(_("Interview"), null=True, blank=True)
    entered_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "number"], name="training_candidate_number_uq"),
            models.CheckConstraint(
                condition=Q(education__in=["junior_college", "bachelor", "master"]),
                name="training_candidate_education_ck",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Candidate %(number)d") % {"number": self.number}


class CandidatePrivate(TenantModel):
    """What is needed to call a person, and what may be counted but never weighed. Raters never load this table.

    It has no history: what is erased here after six months must not live on in an append-only copy. There is no
    picture: a look has no admissible use, so none is taken.
    """

    class Gender(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        UNSAID = "unsaid", _("Not said")

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="private")
    name = EncryptedTextField(_("Name"), purpose="candidate_name")
    phone = EncryptedTextField(_("Phone"), purpose="phone", blank=True)
    major = EncryptedTextField(_("Major"), purpose="candidate_major", blank=True)
    gender = models.CharField(_("Gender"), max_length=8, choices=Gender, default=Gender.UNSAID)
    erased_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("private facts of a candidate")
        verbose_name_plural = _("private facts of candidates")

    def __str__(self) -> str:
        return str(self.candidate_id)


class RatingQuerySet(AgencyQuerySet):
    def submitted(self) -> Self:
        return self.exclude(submitted_at=None)

    def waiting(self) -> Self:
        return self.filter(submitted_at=None)


class RatingManager(AgencyManager.from_queryset(RatingQuerySet)):  # type: ignore[misc]
    pass


@audited()
class Rating(TenantModel):
    """One rater's view of one candidate. The row stands from the assignment on; `scores` come with the submission.

    `scores`: {competence key: 1–5} by the anchors of `competences_version`.
    """

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="ratings")
    rater = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="candidate_ratings")
    competences_version = models.CharField(max_length=10)
    scores = models.JSONField(default=dict)
    remarks = models.TextField(_("Remarks"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = RatingManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["candidate", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "candidate", "rater"], name="training_rating_uq"),
        ]
        indexes = [
            models.Index(fields=["agency", "rater"], condition=Q(submitted_at=None), name="training_rating_waiting_ix")
        ]

    def __str__(self) -> str:
        return f"{self.candidate} · {self.rater}"


@audited()
class Outcome(TenantModel):
    """What the rule says of a candidate, once; `workings` keeps every figure it used."""

    class Decision(models.TextChoices):
        SUITABLE = "suitable", _("Suitable")
        UNSUITABLE = "unsuitable", _("Not suitable")

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="outcome")
    decision = models.CharField(_("Outcome"), max_length=10, choices=Decision)
    rule_version = models.CharField(max_length=10)
    workings = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        indexes = [models.Index(fields=["agency", "decided_at"], name="training_outcome_day_ix")]

    def __str__(self) -> str:
        return self.get_decision_display()


# Once the name is erased nobody can tell any more whose these are: they only count.
ANONYMOUS = Keep("decision on the application", None, "PIPL art. 4: no longer about an identifiable person")
retain("training.CandidatePrivate", ["name", "phone"], purpose="calling the candidate", keep=CANDIDATE)
retain("training.CandidatePrivate", ["major"], purpose="what the application says of it", keep=CANDIDATE)
retain("training.CandidatePrivate", ["gender"], purpose="counting whether the rule treats all alike", keep=ANONYMOUS)
retain("training.Candidate", ["education"], purpose="the one requirement of the post", keep=ANONYMOUS)
