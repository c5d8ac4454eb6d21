"""Who is in charge of a client, over time."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agency.models import BusinessEvent
from agency.permissions import visible
from clients.assignments.handing_over import assign, end_assignment, lead_of
from clients.models import Assignment, ClientEnterprise
from workers.models import Worker

DECEMBER = dt.date(2026, 12, 1)
NOVEMBER = dt.date(2026, 11, 30)


def test_a_new_lead_ends_the_earlier_ones_turn_that_day(ours):
    assign(ours.client, ours.colleague, DECEMBER, ours.manager)
    assert lead_of(ours.client, NOVEMBER).staff == ours.specialist
    assert lead_of(ours.client, DECEMBER).staff == ours.colleague
    event = BusinessEvent.objects.get(name="clients.assignment.handed_over")
    assert (event.subject_id, event.actor_name) == (ours.client.pk, ours.manager.name)


def test_what_a_specialist_sees_changes_on_that_day(ours):
    assign(ours.client, ours.colleague, DECEMBER, ours.manager)
    for day, sees, sees_not in (
        (NOVEMBER, ours.specialist, ours.colleague),
        (DECEMBER, ours.colleague, ours.specialist),
    ):
        assert ours.worker in visible(sees, Worker, day)
        assert ours.worker not in visible(sees_not, Worker, day)
        assert ours.client in visible(sees, ClientEnterprise, day)
        assert ours.client not in visible(sees_not, ClientEnterprise, day)


def test_a_deputy_stands_beside_the_lead(ours):
    assign(ours.client, ours.colleague, DECEMBER, ours.manager, lead=False)
    assert lead_of(ours.client, DECEMBER).staff == ours.specialist
    assert ours.worker in visible(ours.colleague, Worker, DECEMBER)


def test_a_deputy_who_takes_the_lead_stops_being_the_deputy(ours):
    assign(ours.client, ours.colleague, NOVEMBER, ours.manager, lead=False)
    assign(ours.client, ours.colleague, DECEMBER, ours.manager)
    turns = Assignment.objects.filter(client=ours.client, staff=ours.colleague).order_by("valid_from")
    assert [(turn.is_lead, turn.valid_from, turn.valid_to) for turn in turns] == [
        (False, NOVEMBER, DECEMBER),
        (True, DECEMBER, None),
    ]


def test_nobody_is_put_in_charge_twice(ours):
    with pytest.raises(ValidationError, match="负责"):
        assign(ours.client, ours.specialist, DECEMBER, ours.manager)


def test_a_planned_hand_over_is_not_jumped(ours):
    assign(ours.client, ours.colleague, DECEMBER, ours.manager)
    with pytest.raises(ValidationError, match=ours.colleague.name):
        assign(ours.client, ours.specialist, NOVEMBER, ours.manager)


def test_only_active_specialists_serve(ours):
    with pytest.raises(ValidationError, match=ours.reviewer.name):
        assign(ours.client, ours.reviewer, DECEMBER, ours.manager)


def test_ending_a_turn_keeps_it_as_history(ours):
    turn = lead_of(ours.client, NOVEMBER)
    end_assignment(turn, DECEMBER, ours.manager)
    assert Assignment.objects.get(pk=turn.pk).valid_to == DECEMBER
    assert ours.worker not in visible(ours.specialist, Worker, DECEMBER)


def test_a_turn_that_has_not_begun_is_taken_back(ours):
    planned = assign(ours.client, ours.colleague, DECEMBER, ours.manager, lead=False)
    end_assignment(planned, NOVEMBER, ours.manager)
    assert not Assignment.objects.filter(pk=planned.pk).exists()


def test_the_database_itself_refuses_two_leads(ours):
    """The proof that the rule does not hang on the function alone."""
    with pytest.raises(IntegrityError, match="one_lead"), transaction.atomic():
        Assignment.objects.create(client=ours.client, staff=ours.colleague, valid_from=DECEMBER)
