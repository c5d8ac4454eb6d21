"""Things with a Chinese name that are sorted and found by pinyin."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.pinyin import initials, sort_key
from agency.tenancy.base import TenantModel


class Named(TenantModel):
    """A name with its sort key (full pinyin) and initials in columns; an index starts with the agency."""

    name = models.CharField(_("Name"), max_length=80)
    name_pinyin = models.CharField(max_length=240, editable=False)
    name_initials = models.CharField(max_length=40, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    def fill_sort_key(self) -> None:
        self.name_pinyin, self.name_initials = sort_key(self.name), initials(self.name)

    def fill_agency(self) -> None:
        """Runs before every write, bulk writes too."""
        super().fill_agency()
        self.fill_sort_key()

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "name_pinyin", "name_initials"}
        super().save(*args, **kwargs)
