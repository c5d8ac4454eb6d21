"""Give a client's scheme items of its own, as a test needs them."""

from payroll.calculation.items import Place, Source
from payroll.models import PayItem
from tests.payroll.runs import stage


def with_items(company, *items, **values):
    """Give the company's first client a scheme with items: ("餐补", "200元") or a dictionary of fields."""
    scheme = stage.scheme(company, **values)
    for position, item in enumerate(items):
        if isinstance(item, tuple):
            item = {"name": item[0], "source": Source.FORMULA.value, "formula": item[1]}
        fields = {"place": Place.ALLOWANCE.value, "key": f"item{position + 1}", **item}
        PayItem.objects.create(scheme=scheme, position=position, **fields)
    return scheme
