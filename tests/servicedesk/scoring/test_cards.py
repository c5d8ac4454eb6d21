"""A card is data; what could not be computed is refused when it is installed, not on the night it is used."""

import copy
import datetime as dt
import json

import pytest

from agency.periods import Period
from servicedesk.models import Scorecard
from servicedesk.scoring.cards import DEFAULT, CardError, card_for, install, install_default_scorecard
from servicedesk.scoring.measures import registered

CARD = json.loads(DEFAULT.read_text(encoding="utf-8"))


def changed(place=0, version="2027.1", valid_from="2026-12-01", **line):
    data = copy.deepcopy(CARD)
    data |= {"version": version, "valid_from": valid_from}
    data["lines"][place] |= line
    return data


def test_the_default_card_has_a_hundred_points_two_equal_halves_and_sources():
    points = {kind: sum(line["points"] for line in CARD["lines"] if line["kind"] == kind) for kind in HALVES}
    assert points == {"compliance": 50, "performance": 50}
    assert all(line["source"] for line in CARD["lines"])


HALVES = ("compliance", "performance")


def test_every_measure_has_its_line():
    assert {line["measure"] for line in CARD["lines"]} == set(registered())


def test_installing_twice_is_once(ours):
    assert install_default_scorecard() == install_default_scorecard()
    assert Scorecard.objects.count() == 1


def test_a_new_card_ends_the_one_before_it(ours):
    install_default_scorecard()
    later = install(changed())
    assert card_for(Period(2026, 11)).version == "2026.1"
    assert card_for(Period(2026, 12)) == later
    assert Scorecard.objects.get(version="2026.1").valid_to == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"measure": "looks"}, "no measure"),
        ({"rule": "whim"}, "no rule"),
        ({"target": "70/100"}, "floor must be below"),
        ({"rule": "deduct", "measure": "report_in_time", "params": {"per": {"late": 10}}}, "missing, returned"),
    ],
)
def test_a_line_that_cannot_be_computed_is_refused(ours, wrong, words):
    with pytest.raises(CardError, match=words):
        install(changed(**wrong))
    assert not Scorecard.objects.exists()
