"""The base of every tenant-owned model: lock 2, a manager that raises when no agency is active."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_rls_tenants import RLSProtectedModel
from django_rls_tenants.tenants.managers import RLSManager, TenantQuerySet

from .constraints import rls
from .context import current_agency_id


class WrongAgency(Exception):
    """A row was about to be written for another agency than the active one."""


class AgencyQuerySet(TenantQuerySet):
    """A queryset that fills in the agency on bulk creation; every room's queryset derives from it."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        for row in rows:
            row.fill_agency()
        return super().bulk_create(rows, *args, **kwargs)


class AgencyManager(RLSManager.from_queryset(AgencyQuerySet)):  # type: ignore[misc]
    """`Model.objects`: the active agency's rows, or an error."""

    def get_queryset(self) -> Any:
        # The library's own answer is always a plain TenantQuerySet, without the words of a room's queryset.
        rows = self._queryset_class(self.model, using=self._db, hints=self._hints)
        active = current_agency_id()
        return rows if active is None else rows.filter(agency_id=active)


class TenantModel(RLSProtectedModel):
    """A row that belongs to one agency and can be seen by no other."""

    agency = models.ForeignKey("agency.Agency", models.PROTECT, related_name="+", verbose_name=_("Agency"))
    agency_id: int

    objects = AgencyManager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [rls()]

    def fill_agency(self) -> None:
        """Take the agency from the active context; refuse to write for a different one.

        Raises `WrongAgency` when the row names another agency.
        """
        active = current_agency_id()
        if active is None:
            return
        if self.agency_id is None:
            self.agency_id = active
        elif self.agency_id != active:
            raise WrongAgency(f"{type(self).__name__} of agency {self.agency_id} written while {active} is active")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_agency()
        super().save(*args, **kwargs)
