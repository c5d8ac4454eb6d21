"""Two places at once, and ways no road allows."""

import datetime as dt

from servicedesk.evidence.pictures import same_pictures
from servicedesk.evidence.rhythm import Entry, company_of
from servicedesk.evidence.visits import Visit, journeys, overlaps

NOON = dt.datetime(2026, 10, 20, 4, 0, tzinfo=dt.UTC)
SUZHOU, WUXI = (31.299, 120.585), (31.491, 120.312)  # about 34 km apart


def visit(log, place, at, minutes=30, position=None):
    return Visit(log, (1, place), NOON + dt.timedelta(minutes=at), minutes, position)


def test_talks_at_two_places_must_not_overlap_by_more_than_ten_minutes():
    found = list(overlaps([visit(2, 9, 15), visit(1, 8, 0)]))
    assert [(one.later.log, one.earlier.log, one.minutes) for one in found] == [(2, 1, 15)]
    assert not list(overlaps([visit(1, 8, 0), visit(2, 9, 20)]))
    assert not list(overlaps([visit(1, 8, 0), visit(2, 8, 5)])), "two people of one workshop at once"


def test_a_long_talk_covers_more_than_the_next_one():
    found = list(overlaps([visit(1, 8, 0, 120), visit(2, 9, 10, 20), visit(3, 9, 40, 20)]))
    assert [(one.later.log, one.earlier.log) for one in found] == [(2, 1), (3, 1)]


def test_34_km_take_longer_than_ten_minutes():
    there = [visit(1, 8, 0, 30, SUZHOU), visit(2, 9, 40, 30, WUXI)]
    [way] = journeys(there, 100)
    assert (way.minutes, round(way.metres, -3)) == (10, 34_000)
    assert not list(journeys([visit(1, 8, 0, 30, SUZHOU), visit(2, 9, 60, 30, WUXI)], 100))
    assert not list(journeys([visit(1, 8, 0, 30, SUZHOU), visit(2, 9, 31)], 100)), "without a position nothing is said"


def test_records_written_within_ten_minutes_are_counted_together():
    def entry(log, minutes):
        at = NOON + dt.timedelta(minutes=minutes)
        return Entry(log, at.date(), at, at.date())

    assert company_of([entry(1, 0), entry(2, 3), entry(3, 10), entry(4, 25)]) == {1: 3, 2: 3, 3: 3, 4: 1}
    assert Entry(1, dt.date(2026, 10, 20), NOON, dt.date(2026, 10, 24)).days_late == 4


def test_the_same_picture_is_told_by_at_most_three_bits():
    picture = 0x0123_4567_89AB_CDEF
    shown = [
        (1, picture),
        (2, picture ^ 0b111),
        (3, picture ^ 0b1111 << 60),
        (3, picture),
        (4, ~picture & (1 << 64) - 1),
    ]
    assert [(one.later, one.earlier, one.bits) for one in same_pictures(shown)] == [(2, 1, 3), (3, 2, 3)]
