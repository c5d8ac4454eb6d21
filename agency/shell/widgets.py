"""Inputs of the design beyond Django's own; the browser's pickers and keyboards instead of scripts."""

from typing import Any

from django import forms


class Seg(forms.RadioSelect):
    """2–5 exclusive choices, all visible; `icons` names a symbol per value, `stacked` puts it on top."""

    template_name = "components/widgets/seg.html"

    def __init__(
        self,
        attrs: dict | None = None,
        choices: Any = (),
        icons: dict[str, str] | None = None,
        stacked: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.icons = icons or {}
        self.stacked = stacked

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        """Add the look of the control."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"stacked": self.stacked, "brand": bool(self.icons)}
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the option's icon."""
        return super().create_option(name, value, *args, **kwargs) | {"icon": self.icons.get(str(value), "")}


class Chips(forms.CheckboxSelectMultiple):
    """Any number of choices as chips."""

    template_name = "components/widgets/chips.html"


class ChipsOne(forms.RadioSelect):
    """One of many choices as chips."""

    template_name = "components/widgets/chips.html"


class Switch(forms.CheckboxInput):
    """On or off; the field's help text says the consequence."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"role": "switch"} | (attrs or {}))


class DayInput(forms.DateInput):
    """A day by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MonthInput(forms.TextInput):
    """A period as YYYY-MM by the browser's own picker."""

    input_type = "month"


class ClockInput(forms.TimeInput):
    """A time of day by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """A day and time by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DigitsInput(forms.TextInput):
    """Digits that are no quantity (codes, phone numbers): number pad, no stepping."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))


class AmountInput(forms.TextInput):
    """Yuan or another decimal: decimal pad, right-aligned."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "num"} | (attrs or {}))


class Grade(forms.RadioSelect):
    """An anchored rating of a few whole steps, each a square."""

    template_name = "components/widgets/grade.html"


class Dropzone(forms.FileInput):
    """A file to drop or choose; `title` names it, `hint` says what is accepted."""

    template_name = "components/widgets/dropzone.html"

    def __init__(self, title: str = "", hint: str = "", attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.title = title
        self.hint = hint

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        """Add the words."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"title": self.title, "hint": self.hint}
        return context
