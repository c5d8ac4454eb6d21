"""Names in pinyin: sorting them, and finding a person by whatever the searcher happens to type."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from pypinyin import lazy_pinyin

from agency import surnames
from agency.privacy.fields import index_field, matching
from agency.tenancy.context import current_agency_id

NAME, PINYIN, INITIALS = "name", "name_pinyin", "name_initials"
PHONE_TAIL, PHONE, EMPLOYEE_NO, IDENTITY_NUMBER = "phone_tail", "phone", "employee_no", "identity_number"
TAIL = 4
LONGEST_QUERY = 60
_PHONE = re.compile(r"1\d{10}")
_IDENTITY_NUMBER = re.compile(r"\d{17}[\dX]")
Rows = TypeVar("Rows", bound=QuerySet)


# Each name is read once for the column to sort by and once for its initials.
@lru_cache(maxsize=16)
def syllables(name: str) -> tuple[str, ...]:
    """Read a name aloud: the surname as a surname, the rest as words; Latin letters stay as they are."""
    plain = re.sub(r"[\s·•.'’\-]", "", unicodedata.normalize("NFKC", name))
    if plain[:2] in surnames.COMPOUND and len(plain) > 2:
        surname, given = [*surnames.COMPOUND[plain[:2]]], plain[2:]
    elif plain[:1] in surnames.SINGLE:
        surname, given = [surnames.SINGLE[plain[0]]], plain[1:]
    else:
        surname, given = [], plain
    return tuple(syllable.lower() for syllable in (*surname, *lazy_pinyin(given)))


def sort_key(name: str) -> str:
    """Return the pinyin without gaps, ``zhangsanfeng``; the column to sort and to search by."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """Return the first letters of the syllables, ``zsf``."""
    return "".join(syllable[0] for syllable in syllables(name) if syllable)


def phone_tail(phone: str) -> str:
    """Return the last four digits of a phone number, empty where there are fewer."""
    digits = re.sub(r"\D", "", phone or "")
    return digits[-TAIL:] if len(digits) >= TAIL else ""


@dataclass(frozen=True, slots=True)
class Term:
    """One way to understand what was typed: a column, and a value it equals or starts with."""

    column: str
    value: str
    exact: bool = False


def search_terms(query: str) -> list[list[Term]]:
    """Return for each word of the query the ways to understand it; a person must match every word.

    张三 is the start of a name, ``zsf`` initials or pinyin, four or more digits the end of a phone number
    or the start of an employee number, 11 digits a whole phone number, 18 an identity number. "zhang san"
    is one word.
    """
    cleaned = unicodedata.normalize("NFKC", query[:LONGEST_QUERY]).replace("\x00", "")
    words: list[str] = []
    for script, run in groupby(cleaned.split(), key=_script):
        same = list(run)
        words += ["".join(same)] if script else same
    return [terms for terms in map(_terms, words) if terms]


def _script(word: str) -> str:
    if re.fullmatch(r"['’]*[A-Za-zÜü][A-Za-zÜü'’]*", word):
        return "latin"
    return "han" if re.fullmatch(r"[^\W\da-zA-Z_·]+", word) else ""


def _terms(word: str) -> list[Term]:
    upper = word.upper()
    if _IDENTITY_NUMBER.fullmatch(upper):
        return [Term(IDENTITY_NUMBER, upper, exact=True)]
    if _PHONE.fullmatch(word):
        return [Term(PHONE, word, exact=True), Term(EMPLOYEE_NO, word)]
    if word.isdecimal():
        tail = [Term(PHONE_TAIL, word[-TAIL:], exact=True)] if len(word) >= TAIL else []
        return [*tail, Term(EMPLOYEE_NO, word)]
    if _script(word) == "latin":
        letters = re.sub(r"['’]", "", word.lower().replace("ü", "v"))
        return [Term(INITIALS, letters), Term(PINYIN, letters), Term(NAME, word), Term(EMPLOYEE_NO, upper)]
    if word.isascii():
        numbers = dict.fromkeys((word, upper))
        return [Term(EMPLOYEE_NO, number) for number in numbers] if re.search(r"\w", word) else []
    return [Term(NAME, word)]


def person_search(queryset: Rows, query: str) -> Rows:
    """Keep the people who match the query; an empty query keeps all, one without sense nobody.

    Prefixes are ranges, because LIKE is not leakproof and would not use an index under row-level security.
    Columns that the model lacks are left out; whole numbers are looked up by blind index.
    """
    if not query.strip():
        return queryset
    words = search_terms(query)
    for terms in words:
        ways = [way for way in (_condition(queryset.model, term) for term in terms) if way]
        queryset = queryset.filter(reduce(or_, ways)) if ways else queryset.none()
    return queryset if words else queryset.none()


def prefix_range(column: str, prefix: str) -> Q:
    """Return ``prefix <= column < next``, the rows whose column starts with the prefix (code point order)."""
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": _following(prefix)})


def _following(prefix: str) -> str:
    last = ord(prefix[-1]) + 1
    return prefix[:-1] + chr(0xE000 if last == 0xD800 else min(last, 0x10FFFF))


def _condition(model: type[Model], term: Term) -> Q:
    names = {field.name for field in model._meta.concrete_fields}
    if term.column in (PHONE, IDENTITY_NUMBER):
        if index_field(model, term.column) is None:
            return Q()
        return matching(model, term.column, term.value, current_agency_id())
    if term.column not in names:
        return Q()
    return Q(**{term.column: term.value}) if term.exact else prefix_range(term.column, term.value)
