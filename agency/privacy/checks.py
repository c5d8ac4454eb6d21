"""Stop the build when a personal field has no retention rule."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from . import retention


@register("privacy")
def check_retention(**kwargs: Any) -> list[CheckMessage]:
    """Report personal fields without a rule (E010) and rules without a field (E011)."""
    missing: list[CheckMessage] = [
        Error(
            f"{model.__name__}.{field} is personal and has no retention rule.",
            hint=f'Call retain("{model._meta.label}", ["{field}"], purpose=…, keep=…) below the model.',
            obj=model,
            id="zhudian.E010",
        )
        for model, field in retention.fields_without_rule()
    ]
    stale: list[CheckMessage] = [
        Error(f"The retention rule of {name} has no such field.", hint="Delete the rule.", id="zhudian.E011")
        for name in retention.rules_without_field()
    ]
    return missing + stale
