"""Unified social credit codes of companies (GB 32100-2015)."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidFormat, ValidationError

from agency.reasons import _, reason

from .invalid import InvalidIdentifier, compact


def check_credit_code(text: str) -> str:
    """Return the normalised code; raise InvalidIdentifier when it cannot be right."""
    code = compact(text)
    if len(code) != 18:
        raise InvalidIdentifier(
            reason(_("A social credit code has 18 characters; this one has %(count)d."), count=len(code))
        )
    try:
        return uscc.validate(code)
    except InvalidFormat:
        raise InvalidIdentifier(
            reason(_("A social credit code holds digits and capitals, never I, O, S, V or Z."))
        ) from None
    except ValidationError:
        raise InvalidIdentifier(
            reason(_("The check character does not fit. Compare the code with the business licence."))
        ) from None
