"""A page with one form: show it, save it by one domain call, go on, or say what to mend (422)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from agency.shell.toasts import toast

Text = str | Promise


def edit(
    request: HttpRequest,
    form: forms.BaseForm,
    save: Callable[[Any], str],
    *,
    title: Text,
    verb: Text,
    done: Text,
    back: str,
    **context: Any,
) -> HttpResponse:
    """Answer a request for a form page.

    `save` gets the valid form, does its work in a savepoint and returns where to go on; a `ValidationError` it
    raises is shown in the form. `back` is where giving up leads.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                onward = save(form)
        except ValidationError as wrong:
            form.add_error(None, _for_fields_of(form, wrong))
        else:
            toast(request, str(done))
            return redirect(onward)
    words = {"form": form, "title": title, "verb": verb, "back": back, **context}
    return render(request, "components/form_page.html", words, status=422 if request.method == "POST" else 200)


def _for_fields_of(form: forms.BaseForm, wrong: ValidationError) -> ValidationError:
    """Keep errors at the fields the form has; the others concern the form as a whole."""
    if not hasattr(wrong, "error_dict") or set(wrong.error_dict) <= set(form.fields):
        return wrong
    return ValidationError(wrong.messages)


class TenantForm(forms.ModelForm):
    """A form for one row of the agency.

    `unique` maps a field to what is said when another row has the same value; `within` names the parents of which
    each counts alone. The database promises the same; this says it in words and at the field.
    """

    unique: dict[str, Text] = {}
    within: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Compare with the other rows of the agency."""
        data = super().clean() or {}
        same = {name: getattr(self.instance, f"{name}_id") for name in self.within}
        for name, message in self.unique.items():
            if value := data.get(name):
                others = self._meta.model._default_manager.filter(**same, **{name: value})
                if others.exclude(pk=self.instance.pk).exists():
                    self.add_error(name, message)
        return data
