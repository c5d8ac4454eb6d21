"""What is wrong with a formula in words: what, at which character, and how to mend it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payroll.calculation.formulas import FormulaError

WORDS = {
    "empty": gettext_lazy("There is no formula yet. Write one, such as: base wage ÷ 21.75 × days."),
    "too_long": gettext_lazy("A formula has at most %(limit)s characters. Split it into two items."),
    "too_many_parts": gettext_lazy("A formula has at most %(limit)s parts. Split it into two items."),
    "too_deep": gettext_lazy("There are too many brackets inside one another. Split the formula into two items."),
    "unknown_character": gettext_lazy("“%(character)s” means nothing in a formula. Delete it."),
    "ends_too_early": gettext_lazy("The formula ends too early. A value is missing at its end."),
    "value_missing": gettext_lazy("A value is missing before “%(found)s”. Add an item or a number."),
    "operator_missing": gettext_lazy("A sign is missing before “%(found)s”. Add + − × ÷ or a comparison."),
    "closed_too_often": gettext_lazy("There is one closing bracket too many. Delete it."),
    "not_closed": gettext_lazy("What begins here is not closed. Add a closing bracket."),
    "expected": gettext_lazy("“%(sign)s” belongs here, not “%(found)s”."),
    "chained_comparison": gettext_lazy("Two comparisons in a row. Join them with 且, such as: 1 < a 且 a < 3."),
    "unknown_function": gettext_lazy("There is no function “%(name)s”. There are if, min, max, round, floor, lookup."),
    "unknown_name": gettext_lazy("“%(name)s” is not known. Choose a name from the list, or add such an item."),
    "unknown_table": gettext_lazy("There is no table “%(name)s”. Add it below, or correct its name."),
    "table_name_missing": gettext_lazy("The name of a table belongs here."),
    "mode_missing": gettext_lazy("The way of rounding belongs here, such as 四舍五入到元."),
    "unknown_mode": gettext_lazy("“%(name)s” is no way of rounding. Write for example 四舍五入到元 or 见角进元."),
    "number_too_long": gettext_lazy("A number has at most %(digits)s digits and %(decimals)s decimals."),
    "yuan_and_percent": gettext_lazy("A number is either yuan or percent. Delete one of the two signs."),
    "if_count": gettext_lazy("如果 needs three parts: condition, then, otherwise. Here are %(count)s."),
    "min_count": gettext_lazy("最小 needs at least two values, separated by commas."),
    "max_count": gettext_lazy("最大 needs at least two values, separated by commas."),
    "floor_count": gettext_lazy("取整 needs exactly one value."),
    "figure_wanted": gettext_lazy("A figure belongs here, not a condition. Use 如果 to choose by a condition."),
    "truth_wanted": gettext_lazy("A condition belongs here, such as: days ≥ 22."),
    "amount_and_number": gettext_lazy("An amount and a number do not add up or compare. Is a factor missing?"),
    "amount_times_amount": gettext_lazy(
        "Two amounts cannot be multiplied. One of them should be days, hours or a rate."
    ),
    "number_by_amount": gettext_lazy("A number cannot be divided by an amount. Turn the division round."),
    "floor_of_amount": gettext_lazy("取整 is for days and pieces. For amounts write 舍入(…, 四舍五入到元)."),
    "round_of_number": gettext_lazy("舍入 is for amounts. For days and pieces write 取整(…)."),
    "lookup_key": gettext_lazy("Table “%(name)s” is not made for such a value. Look at what its bands count."),
    "not_an_amount": gettext_lazy("The result is a number, not an amount. Multiply it by an amount, such as 20元."),
    "is_condition": gettext_lazy(
        "The result is a condition, not an amount. Put it into 如果(condition, amount, amount)."
    ),
    "circle": gettext_lazy("The items ask for each other in a circle: %(names)s. One of them must do without."),
    "before_overtime": gettext_lazy(
        "An item of the overtime base cannot ask for overtime pay or the base wage earned."
    ),
}


def words_of(error: FormulaError) -> str:
    """Say what is wrong with a formula; the place is counted from 1, as people count."""
    what = str(WORDS[error.code]) % error.given
    return _("Character %(at)d: %(what)s") % {"at": error.at + 1, "what": what}
