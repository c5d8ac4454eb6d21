from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.identifiers import mask_phone
from agency.permissions.table import Role
from agency.pinyin import initials, sort_key
from agency.privacy.fields import BlindIndexField, EncryptedTextField
from agency.privacy.retention import STAFF_RECORD, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from agency.tenancy.constraints import LOGIN_FLAG, rls


class StaffQuerySet(AgencyQuerySet):
    def active(self) -> "StaffQuerySet":
        return self.filter(is_active=True)

    def holding(self, role: Role) -> "StaffQuerySet":
        """Active staff who hold a role, in the order of their names."""
        return self.active().filter(roles__role=role).order_by("name_pinyin", "pk")


class StaffManager(AgencyManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str) -> "StaffMember":
        return self.get(email__iexact=username)


@audited(exclude=["password", "last_login"])
class StaffMember(AbstractBaseUser, TenantModel):
    """A person of the agency who signs in. Signs in with phone or e-mail, unique over all agencies."""

    name = models.CharField(_("Name"), max_length=40)
    name_pinyin = models.CharField(max_length=120, editable=False)
    name_initials = models.CharField(max_length=20, editable=False)
    email = models.EmailField(_("E-mail"), null=True, blank=True, unique=True)
    phone = EncryptedTextField(_("Phone"), purpose="phone")
    phone_index = BlindIndexField(source="phone", scope="global", unique=True)
    branch = models.ForeignKey("agency.Branch", models.PROTECT, null=True, blank=True, related_name="staff")
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    joined_on = models.DateField(_("Joined on"), null=True, blank=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    duty_phone_published = models.BooleanField(_("Phone is published to workers"), default=False)

    objects = StaffManager()

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    is_tenant_admin = False  # nobody crosses agencies by being somebody

    class Meta(TenantModel.Meta):
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        # The sign-in must read the row before the agency is known; writing stays closed.
        constraints = [rls(extra_bypass_flags=[LOGIN_FLAG])]
        indexes = [models.Index(fields=["agency", "name_pinyin"], name="agency_staff_name_ix")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_pinyin, self.name_initials = sort_key(self.name), initials(self.name)
        super().save(*args, **kwargs)

    @property
    def rls_tenant_id(self) -> int:
        return self.agency_id

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The roles this person holds now."""
        return frozenset(self.roles.values_list("role", flat=True))

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.role_names]

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    def can(self, permission: str) -> bool:
        from agency.permissions import can

        return can(self, permission)


@audited()
class StaffRole(TenantModel):
    """One role of one person; several rows, several roles."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="roles")
    role = models.CharField(_("Role"), max_length=20, choices=Role)

    class Meta(TenantModel.Meta):
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "staff", "role"], name="agency_staffrole_uq"),
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.get_role_display()}"


class TotpDevice(TenantModel):
    """A second factor (RFC 6238, six digits, 30 s) that a person switched on for themselves."""

    staff = models.OneToOneField(StaffMember, models.CASCADE, related_name="totp")
    secret = EncryptedTextField(purpose="totp")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0, help_text="Time step of the last accepted code: none works twice.")

    class Meta(TenantModel.Meta):
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return f"TOTP {self.staff_id}"


retain(
    "agency.StaffMember",
    ["name", "name_pinyin", "name_initials", "email", "phone", "phone_index"],
    purpose="sign-in, being found by workers and colleagues",
    keep=STAFF_RECORD,
)
retain("agency.TotpDevice", ["secret"], purpose="second factor", keep=STAFF_RECORD)
