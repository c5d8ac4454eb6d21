"""Which of two languages is read, for texts that stand in our data in both."""

from django.utils.translation import get_language


def in_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


def by_language(chinese: str, english: str) -> str:
    """Return the text in the reader's language; Chinese where nobody wrote the English one."""
    return chinese if in_chinese() or not english else english
