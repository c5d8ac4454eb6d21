"""How one speaks to the people asked: 张师傅, and in one question when, where and with whom."""

from django.utils.translation import gettext as _

from agency import surnames
from agency.shell.formats import day_short

from .models import CommunicationLog, Confirmation, LogPerson

Place, Channel = CommunicationLog.Place, CommunicationLog.Channel


def greeting(person: LogPerson) -> str:
    """Address a worker by surname (张师傅) and a contact by name; the public page never shows a worker's full name."""
    if person.worker is None:
        return _("%(name)s,") % {"name": person.name}
    return _("Shifu %(surname)s,") % {"surname": surname(person.name)}


def called(person: LogPerson) -> str:
    """Name somebody to the specialist as one speaks: 张师傅, or the contact's name."""
    return _("Shifu %(surname)s") % {"surname": surname(person.name)} if person.worker else person.name


def surname(name: str) -> str:
    return name[:2] if name[:2] in surnames.COMPOUND and len(name) > 2 else name[:1]


def where(log: CommunicationLog) -> str:
    """Name the place: the site when known, else the kind of place; nothing for a call or a message."""
    if log.site:
        return log.site.name
    return "" if log.place == Place.ELSEWHERE else log.get_place_display()


def question_of(log: CommunicationLog) -> dict[str, str]:
    """Return the question in two pieces that break well: the day and place, and what is asked."""
    names = {"day": day_short(log.day), "place": where(log), "staff": log.staff.name}
    when = _("On %(day)s, %(place)s:") % names if names["place"] else _("On %(day)s:") % names
    ask = {
        Channel.PHONE: _("did %(staff)s talk with you on the phone?"),
        Channel.WECHAT: _("did %(staff)s talk with you on WeChat?"),
    }.get(Channel(log.channel), _("did %(staff)s talk with you?"))
    return {"when": when, "ask": ask % names}


def noted(answer: str) -> str:
    """Repeat an answer in a word, as one reads it back."""
    words = {
        Confirmation.Answer.YES: _("we talked"),
        Confirmation.Answer.NO: _("we did not"),
        Confirmation.Answer.UNSURE: _("not sure"),
    }
    return words[Confirmation.Answer(answer)]
