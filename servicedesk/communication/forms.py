"""The form of a talk. Whom it was with is chosen by chips beside it (`who`), because the list moves while searching."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.calendar import calendar_for, today
from agency.shell.widgets import Chips, DayInput, MomentInput, Seg, Switch

from .logging import Talk
from .models import CommunicationLog, Confirmation, Topic

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

Channel, Place = CommunicationLog.Channel, CommunicationLog.Place
PLACES = [(place.value, place.label) for place in Place if place != Place.ELSEWHERE]
PLACE_ICONS = {"office": "office", "client": "company", "workshop": "factory", "dormitory": "dorm"}
CHANNEL_ICONS = {"face": "people", "phone": "phone", "wechat": "wechat", "patrol": "eye"}
LENGTHS = [("5", _("5 min")), ("15", _("15 min")), ("30", _("30 min")), ("more", _("Longer"))]
LONGEST_FILLING = 3600
ANSWER_IN_WORKDAYS = 2


class WordsForm(forms.Form):
    """What may still be changed on the day a talk was written down."""

    topics = forms.ModelMultipleChoiceField(
        None,
        label=_("What about"),
        widget=Chips,
        error_messages={"required": _("Tap what it was about, at least one.")},
    )
    said = forms.CharField(
        label=_("In one sentence"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("One sentence: what was said?")},
    )
    follow = forms.BooleanField(label=_("To follow up"), required=False, widget=Switch)
    follow_up = forms.CharField(label=_("What you promised"), max_length=1000, required=False)
    follow_up_due = forms.DateField(label=_("By when"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("follow"):
            data["follow_up"], data["follow_up_due"] = "", None
        elif not data.get("follow_up_due"):
            self.add_error("follow_up_due", _("Choose the day by which you answer."))
        return data


class TalkForm(WordsForm):
    """A new talk. `uuid` is this form's number: sent twice, it is still one talk."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.ChoiceField(label=_("Where it was"), choices=PLACES, widget=Seg(icons=PLACE_ICONS, stacked=True))
    channel = forms.ChoiceField(label=_("How you talked"), choices=Channel.choices, widget=Seg(icons=CHANNEL_ICONS))
    length = forms.ChoiceField(label=_("How long it was"), choices=LENGTHS, widget=Seg)
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        required=False,
        min_value=1,
        max_value=720,
        widget=forms.NumberInput({"class": "num"}),
    )
    started_at = forms.DateTimeField(
        label=_("When it was"), required=False, widget=MomentInput, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("length") == "more" and not data.get("minutes"):
            self.add_error("minutes", _("How many minutes was it?"))
        return data

    def talk(self, people: list[str]) -> Talk:
        """Return the talk as filled in; call when valid. Without a time it has just ended."""
        data = self.cleaned_data
        minutes = data["minutes"] if data["length"] == "more" else int(data["length"])
        now = timezone.now()
        return Talk(
            uuid=data["uuid"],
            people=people,
            channel=data["channel"],
            place=data["place"],
            started_at=data["started_at"] or now - dt.timedelta(minutes=minutes),
            minutes=minutes,
            topics=[topic.pk for topic in data["topics"]],
            said=data["said"],
            follow_up=data["follow_up"],
            follow_up_due=data["follow_up_due"],
            seconds=_seconds_since(data["opened"], now),
        )


def as_last_time(staff: "StaffMember") -> dict[str, Any]:
    """Prefill a new form from the specialist's last talk: place, way and length are mostly the same."""
    last = CommunicationLog.objects.filter(staff=staff, is_imported=False).order_by("-entered_at").first()
    there = CommunicationLog.objects.filter(staff=staff, is_imported=False).exclude(place=Place.ELSEWHERE)
    place = there.order_by("-entered_at").values_list("place", flat=True).first()
    length = str(last.minutes) if last else "15"
    return {
        "uuid": uuid.uuid4(),
        "opened": int(timezone.now().timestamp()),
        "place": place or Place.WORKSHOP,
        "channel": last.channel if last else Channel.FACE,
        "length": length if length in dict(LENGTHS) else "15",
        "follow_up_due": calendar_for().add_workdays(today(), ANSWER_IN_WORKDAYS),
    }


def words_of(log: CommunicationLog) -> dict[str, Any]:
    """Fill the form with what was written down."""
    return {
        "topics": [row.topic_id for row in log.topic_rows.all()],
        "said": log.said,
        "follow": log.follow_up_due is not None,
        "follow_up": log.follow_up,
        "follow_up_due": log.follow_up_due,
    }


class CommentForm(forms.Form):
    """What the other side adds: a face and a sentence, both optional."""

    rating = forms.TypedChoiceField(choices=Confirmation.Rating.choices, coerce=int, empty_value=None, required=False)
    remark = forms.CharField(max_length=400, required=False)


def _seconds_since(opened: int | None, now: dt.datetime) -> int | None:
    if not opened:
        return None
    spent = int(now.timestamp()) - opened
    return spent if 0 <= spent <= LONGEST_FILLING else None
