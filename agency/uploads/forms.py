"""What people enter on the pages of an upload."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.shell.widgets import Dropzone
from agency.spreadsheets.columns import Table

from .models import Upload


class UploadForm(forms.Form):
    """A file and, in subclasses, what it is for: the other fields, as text, become the upload's context."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=Dropzone(
            title=gettext_lazy("Drop the workbook here"),
            hint=gettext_lazy(".xlsx, .xls or .csv, up to 50 MB. Other headers and another order are fine."),
            attrs={"accept": ".xlsx,.xls,.csv,.txt"},
        ),
    )

    def context(self) -> dict[str, Any]:
        """Return what the table is for, as plain JSON."""
        return {name: str(value) for name, value in self.cleaned_data.items() if name != "file"}


class PasswordForm(forms.Form):
    """The password of an encrypted workbook, used once."""

    password = forms.CharField(
        label=gettext_lazy("Password of the file"),
        strip=False,
        max_length=255,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Used once to open the file, and kept nowhere."),
    )


class MappingForm(forms.Form):
    """For each of our columns, which column of the file it is."""

    def __init__(self, table: Table, upload: Upload, data: Any = None) -> None:
        self.table, self.headers = table, upload.reading.get("headers", [])
        super().__init__(data, initial=upload.reading.get("mapping", {}))
        choices = [("", _("Not in the file")), *((h["letter"], self._say(h)) for h in self.headers)]
        for column in table.columns:
            self.fields[column.field] = forms.ChoiceField(
                label=column.header,
                choices=choices,
                required=column.required,
                help_text=column.note,
                error_messages={"required": _("The import needs this column. Choose it.")},
            )

    @staticmethod
    def _say(header: dict[str, Any]) -> str:
        sample = f"（{'、'.join(header['samples'])}）" if header["samples"] else ""
        return f"{header['letter']} {header['group']}{header['text']}{sample}"

    def clean(self) -> dict[str, Any]:
        """Take each column of the file once, and one of each group of which the table needs one."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for name, letter in list(data.items()):
            if letter and letter in taken:
                other = self.table.by_field[taken[letter]].header
                self.add_error(name, _("This is “%(other)s” already. Choose another one.") % {"other": other})
            taken.setdefault(letter, name)
        for group in self.table.one_of:
            if not any(data.get(name) for name in group):
                self.add_error(group[0], _("The import needs this column. Choose it."))
        return data

    def choices(self) -> dict[str, str]:
        """Return our field for each column letter of the file; empty for one to be ignored."""
        by_letter = {letter: name for name, letter in self.cleaned_data.items() if letter}
        return {header["letter"]: by_letter.get(header["letter"], "") for header in self.headers}
