"""Show as little of a personal number as is needed to tell it from the next one."""

STAR = "*"


def mask_identity_number(value: str) -> str:
    """Keep the place (6) and the last four: ``110101********1234``."""
    return _mask(value, 6, 4)


def mask_phone(value: str) -> str:
    """Keep the first three and the last four: ``138****5678``."""
    return _mask(value, 3, 4)


def mask_bank_account(value: str) -> str:
    """Keep the last four behind four stars, whatever the length: ``****1234``."""
    return STAR * 4 + value[-4:] if len(value) > 4 else STAR * len(value)


def mask_name(value: str) -> str:
    """Keep the first character: ``张**``; for public pages and lists that others see."""
    return value[:1] + STAR * (len(value) - 1)


def _mask(value: str, head: int, tail: int) -> str:
    hidden = len(value) - head - tail
    if hidden < 4:
        return STAR * len(value)
    return value[:head] + STAR * hidden + value[-tail:]
