from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.privacy.fields import EncryptedTextField
from agency.privacy.retention import Keep, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class State(models.TextChoices):
    PASSWORD = "password", _("Waits for its password")
    RECEIVED = "received", _("Received")
    MAPPING = "mapping", _("Columns to be matched")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    COMMITTING = "committing", _("Being imported")
    COMMITTED = "committed", _("Imported")
    FAILED = "failed", _("Cannot be read")
    DISCARDED = "discarded", _("Discarded")


WORKING = (State.RECEIVED, State.CHECKING, State.COMMITTING)


class UploadQuerySet(AgencyQuerySet):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def move(self, pk: int, to: State, *, out_of: tuple[State, ...]) -> bool:
        """Change the state of an upload if it is in one of these; two people cannot both succeed."""
        return bool(self.filter(pk=pk, state__in=out_of).update(state=to))


class UploadManager(AgencyManager.from_queryset(UploadQuerySet)):  # type: ignore[misc]
    pass


class Upload(TenantModel):
    """A table somebody has uploaded, from its arrival to its import. What it holds lies sealed in the vault.

    `context` says what the table is for (such as a month), `reading` which sheets, headers and samples were found,
    `choices` the person's mapping by column letter, `summary` what the dry run and the import have to say.
    """

    kind = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.RECEIVED)
    filename = models.CharField(_("File"), max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as it was sent.")
    size = models.BigIntegerField(help_text="Bytes.")
    source = models.CharField(max_length=80, blank=True, help_text="Its place in the vault.")
    annotated = models.CharField(max_length=80, blank=True, help_text="The marked workbook's place in the vault.")
    sheet = models.CharField(max_length=200, blank=True)
    choices = models.JSONField(null=True)
    reading = models.JSONField(default=dict)
    corrections = EncryptedTextField(purpose="upload_corrections", blank=True)
    rows = models.PositiveIntegerField(default=0)
    bad_rows = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    job = models.ForeignKey("agency.BackgroundJob", models.SET_NULL, null=True, related_name="+")
    uploaded_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    committed_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(null=True)

    objects = UploadManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "kind", "-uploaded_at"], name="agency_upload_kind_ix"),
            models.Index(fields=["agency", "kind", "digest"], name="agency_upload_digest_ix"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def good_rows(self) -> int:
        return self.rows - self.bad_rows

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_clean(self) -> bool:
        """Nothing is in the way of its import."""
        return self.state == State.CHECKED and self.rows > 0 and not self.error_count


class FindingsPage(TenantModel):
    """Fifty findings of a dry run, personal numbers masked: a page is read by one key, whichever it is."""

    SIZE = 50

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="findings")
    serious = models.BooleanField()
    number = models.PositiveIntegerField()
    findings = models.JSONField()

    class Meta(TenantModel.Meta):
        verbose_name = _("page of findings")
        verbose_name_plural = _("pages of findings")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "upload", "serious", "number"], name="agency_findings_page_uq"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class KnownHeader(TenantModel):
    """What a header meant the last time a person said so; an empty field was ignored."""

    kind = models.CharField(max_length=60)
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("known header")
        verbose_name_plural = _("known headers")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "kind", "header"], name="agency_known_header_uq"),
        ]

    def __str__(self) -> str:
        return self.header


retain(
    "agency.Upload",
    ["corrections"],
    purpose="mending a table before its import",
    keep=Keep("import or seven days", 0, "PIPL art. 19: shortest necessary"),
)
