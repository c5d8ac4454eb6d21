"""Render forms in our markup: `{{ form }}` as a whole, `{{ form.name.as_field_group }}` for one field."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHOICES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(BoundField):
    """A field that knows its class, so that no form has to name it."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class `input` to whatever one types or picks in."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not isinstance(widget, CHOICES) and not widget.is_hidden:
            attrs["class"] = f"input {widget.attrs.get('class', '')}".strip()
        return attrs

    @property
    def shape(self) -> str:
        """Return how the field is laid out: group (a fieldset), switch, check or plain."""
        if self.use_fieldset:
            return "group"
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "switch" if self.field.widget.attrs.get("role") == "switch" else "check"
        return "plain"


class Renderer(TemplatesSetting):
    """The default renderer (`FORM_RENDERER`), which finds its templates among ours."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    formset_template_name = "components/formset.html"
    bound_field_class = Field
