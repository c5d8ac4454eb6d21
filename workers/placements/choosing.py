"""Choose a post and a place, grouped by client."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.permissions import visible
from clients.models import Post, Site


def offer_places(form: forms.Form, staff: Any, client: str | int | None = None) -> None:
    """Fill the fields `post` and `site` with what the person may choose; `client` narrows to one."""
    for name, model, order in (("post", Post, ("name",)), ("site", Site, ("kind", "name"))):
        field = form.fields[name]
        rows = visible(staff, model).filter(is_active=True, client__ended_on=None).select_related("client")
        if client and str(client).isdecimal():
            rows = rows.filter(client=int(client))
        field.queryset = rows.order_by("client__name_pinyin", "client", *order)
        groups = groupby(field.queryset, key=lambda row: row.client)
        choices = [(at.short_name, [(row.pk, str(row)) for row in inside]) for at, inside in groups]
        field.choices = [("", "—"), *choices]


def check_same_client(form: forms.Form) -> None:
    """Add an error where post and place are of two clients."""
    post, site = form.cleaned_data.get("post"), form.cleaned_data.get("site")
    if post and site and post.client_id != site.client_id:
        form.add_error("site", _("This place is another client's than the post. Choose one of the same client."))
