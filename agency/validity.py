"""Half-open validity `[valid_from, valid_to)`; `valid_to` null means open."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class ValidityQuerySet(AgencyQuerySet):
    def valid_on(self, day: dt.date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def valid_in(self, period: Period) -> Self:
        """Rows valid on at least one day of the month."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=period.first_day), valid_from__lt=period.end)


class ValidityManager(AgencyManager.from_queryset(ValidityQuerySet)):  # type: ignore[misc]
    pass


class Valid(TenantModel):
    """A row with a validity; `ends_after_start` is checked by the database."""

    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until (exclusive)"), null=True, blank=True)

    objects = ValidityManager()

    class Meta(TenantModel.Meta):
        abstract = True
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            ),
        ]

    @property
    def last_day(self) -> dt.date | None:
        """The last valid day, as contracts write it; None while open."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class DateRange(Func):
    function = "daterange"
    template = "%(function)s(%(expressions)s, '[)')"


def no_overlap(name: str, *fields: str, condition: Q | None = None, fields_first: bool = False) -> ExclusionConstraint:
    """Return the database's promise that rows equal in `fields` never overlap in time, within one agency.

    The index begins with the time unless `fields_first`, which a table needs whose rows all run at once: by time alone
    every look would meet all of them.
    """
    time: list[tuple[Any, str]] = [(DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS)]
    if fields_first:
        parts = [*((field, RangeOperators.EQUAL) for field in (*fields, "agency")), *time]
    else:
        parts = [*time, *((field, RangeOperators.EQUAL) for field in ("agency", *fields))]
    return ExclusionConstraint(name=name, expressions=parts, condition=condition)
