"""Forms for the parts of a pay scheme: an item, a banded table."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.money import MILLION, MoneyError, parse_yuan, yuan
from agency.shell.fields import PeriodField, YuanField
from payroll.calculation.formulas import Kind
from payroll.calculation.item_names import RESERVED
from payroll.calculation.items import Limit, Place, Source, short
from payroll.models import PayBandTable, PayItem
from payroll.runs.attendance_columns import ATTENDANCE

from .forms import this_month

NAME = re.compile(r"[^\W\d]\w*")
TAKEN = {word for column in ATTENDANCE.columns for word in (column.header, *column.synonyms)}
FLAGS = ("taxable", "insurance_base", "minimum_wage", "overtime_base", "billed")


class RateField(forms.Field):
    """A rate in yuan with up to six decimals; cleans to millionths of a yuan (0.035 → 35_000)."""

    def to_python(self, value: Any) -> int:
        """Read a decimal number."""
        if value in self.empty_values:
            return 0
        try:
            millionths = Decimal(str(value).strip().removesuffix("元")).scaleb(6)
        except InvalidOperation:
            raise ValidationError(_("Write the rate as a number of yuan, such as 0.035.")) from None
        if not millionths.is_finite() or millionths != int(millionths) or not 0 <= millionths <= MILLION * MILLION:
            raise ValidationError(_("A rate has at most six decimals and is not below zero."))
        return int(millionths)

    def prepare_value(self, value: Any) -> Any:
        """Show millionths as a decimal."""
        return short(value) if isinstance(value, int) else value


class ItemForm(forms.Form):
    """One pay item, from a month on."""

    since = PeriodField(label=_("From month"), initial=this_month)
    name = forms.CharField(
        label=_("Name"), max_length=30, help_text=_("Formulas call it by this name; letters, digits and _ only.")
    )
    source = forms.ChoiceField(label=_("Comes from"), choices=PayItem.SOURCES, initial=Source.FORMULA.value)
    place = forms.ChoiceField(label=_("Stands as"), choices=PayItem.PLACES, initial=Place.ALLOWANCE.value)
    formula = forms.CharField(
        label=_("Formula"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a formula only, such as: 如果(缺勤天数 = 0, 200元, 0元)."),
    )  # fmt: skip
    amount_fen = YuanField(label=_("Fixed amount"), required=False)
    rate_millionths = RateField(label=_("Rate for each"), required=False)
    quantity = forms.CharField(
        label=_("Quantity"), max_length=30, required=False, help_text=_("What the rate is multiplied by.")
    )
    rounding = forms.ChoiceField(label=_("Rounding"), choices=PayItem.ROUNDINGS)
    limit = forms.ChoiceField(label=_("Limit of a deduction"), choices=PayItem.LIMITS, initial=Limit.NONE.value)
    taxable = forms.BooleanField(label=_("Taxable"), required=False, initial=True)
    insurance_base = forms.BooleanField(label=_("Counts into the insurance base"), required=False, initial=True)
    minimum_wage = forms.BooleanField(label=_("Counts towards the minimum wage"), required=False, initial=True)
    overtime_base = forms.BooleanField(label=_("Counts into the overtime base"), required=False)
    billed = forms.BooleanField(label=_("Billed to the client"), required=False, initial=True)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not NAME.fullmatch(name):
            raise ValidationError(_("A name has letters, digits and _ only, and begins with a letter."))
        if name in RESERVED or name in TAKEN:
            raise ValidationError(
                _("“%(name)s” is a name of the system or of the sheet. Choose another one."), params={"name": name}
            )
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") == Source.RATE and not NAME.fullmatch(data.get("quantity", "").strip()):
            self.add_error("quantity", _("Name the quantity the rate is multiplied by, such as 夜班次数."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """Return what to store: only what the item's source needs."""
        data = self.cleaned_data
        kept = {"name": data["name"], "source": data["source"], "rounding": data["rounding"]}
        kept |= {flag: data[flag] for flag in FLAGS}
        is_quantity, is_deduction = data["source"] == Source.QUANTITY, data["place"] == Place.DEDUCTION
        return kept | {
            "place": Place.NOTE.value if is_quantity else data["place"],
            "formula": data["formula"].strip() if data["source"] == Source.FORMULA else "",
            "amount_fen": data["amount_fen"] or 0 if data["source"] == Source.FIXED else 0,
            "rate_millionths": data["rate_millionths"] if data["source"] == Source.RATE else 0,
            "quantity": data["quantity"].strip() if data["source"] == Source.RATE else "",
            "limit": data["limit"] if is_deduction else Limit.NONE.value,
        }


class TableForm(forms.Form):
    """One banded table, from a month on; the bands one a line: "from value"."""

    since = PeriodField(label=_("From month"), initial=this_month)
    name = forms.CharField(label=_("Name"), max_length=30)
    key = forms.ChoiceField(label=_("Counts by"), choices=PayBandTable.KEYS)
    result = forms.ChoiceField(label=_("Gives"), choices=PayBandTable.RESULTS)
    bands = forms.CharField(
        label=_("Bands"), widget=forms.Textarea(attrs={"rows": 6, "placeholder": "0 0\n12 100\n36 200"}),
        help_text=_("One a line: from where on, a space, the value. The first line is the lowest."),
    )  # fmt: skip

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not NAME.fullmatch(name):
            raise ValidationError(_("A name has letters, digits and _ only, and begins with a letter."))
        return name

    def clean_bands(self) -> str:
        text = self.cleaned_data["bands"]
        for number, line in enumerate(text.strip().splitlines(), start=1):
            if len(line.split()) != 2:
                raise ValidationError(
                    _("Line %(n)d: write two numbers, from where on and the value."), params={"n": number}
                )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "bands" in data:
            try:
                pairs = [line.split() for line in data["bands"].strip().splitlines()]
                data["bands"] = [[parse_yuan(start), _value(text, data["result"])] for start, text in pairs]
            except MoneyError as wrong:
                self.add_error(
                    "bands", _("“%(value)s” is no number, or has too many decimals.") % {"value": wrong.value}
                )
            else:
                starts = [start for start, _fen in data["bands"]]
                if starts != sorted(set(starts)):
                    self.add_error("bands", _("The bands must rise: each line begins above the one before."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "key", "result", "bands")}


def bands_text(table: PayBandTable) -> str:
    """Write a table's bands as the form has them."""
    write = _plain if table.result == Kind.AMOUNT else short
    return "\n".join(f"{_plain(start)} {write(value)}" for start, value in table.bands)


def _plain(stored: int) -> str:
    return yuan(stored, symbol="").replace(",", "").removesuffix(".00")


def _value(text: str, result: str) -> int:
    if result == Kind.AMOUNT:
        return parse_yuan(text)
    percent = text.endswith("%")
    try:
        millionths = Decimal(text.rstrip("%")).scaleb(4 if percent else 6)
    except InvalidOperation:
        raise MoneyError("not_a_number", text) from None
    if not millionths.is_finite() or millionths != int(millionths) or abs(millionths) > MILLION * MILLION:
        raise MoneyError("too_many_decimals", text)
    return int(millionths)
