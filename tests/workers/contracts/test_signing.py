import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from workers.contracts.signing import Terms, end_contract, sign_contract, still_insured
from workers.models import LabourContract, Placement, Worker

D = dt.date


def test_a_renewal_begins_where_the_earlier_contract_ends(ours):
    sign_contract(ours.worker, Terms(D(2028, 1, 1), D(2031, 1, 1)), ours.specialist)
    assert ours.worker.contracts.count() == 2
    assert Worker.objects.get(pk=ours.worker.pk).left_on == D(2031, 1, 1)


def test_two_contracts_never_run_at_once(ours):
    with pytest.raises(ValidationError, match="2026年1月1日"):
        sign_contract(ours.worker, Terms(D(2027, 1, 1), None), ours.specialist)


def test_ending_a_contract_ends_the_placement_that_day(ours):
    contract = ours.worker.contracts.get()
    end_contract(contract, D(2026, 11, 30), "本人辞职", ours.specialist)
    placement = Placement.objects.get(worker=ours.worker)
    assert (placement.valid_to, placement.end_reason) == (D(2026, 12, 1), "本人辞职")
    worker = Worker.objects.get(pk=ours.worker.pk)
    assert worker.is_employed_on(D(2026, 11, 30)) and not worker.is_employed_on(D(2026, 12, 1))
    assert still_insured(worker, D(2026, 12, 1)) is not None


def test_the_last_day_lies_inside_the_contract(ours):
    with pytest.raises(ValidationError):
        end_contract(ours.worker.contracts.get(), D(2025, 12, 31), "", ours.specialist)


def test_a_planned_placement_is_taken_back_first(ours):
    placement = Placement.objects.get(worker=ours.worker)
    placement.valid_to = D(2026, 12, 1)
    placement.save()
    Placement.objects.create(worker=ours.worker, client=ours.client, post=ours.post, valid_from=D(2026, 12, 15))
    with pytest.raises(ValidationError, match="12月15日"):
        end_contract(ours.worker.contracts.get(), D(2026, 11, 30), "", ours.specialist)


def test_the_span_of_employment_follows_bulk_writes_and_raw_deletes(ours):
    """Whoever writes contracts, the worker's row tells first and last day."""

    def span():
        return Worker.objects.values_list("joined_on", "left_on").get(pk=ours.worker.pk)

    assert span() == (D(2026, 1, 1), D(2028, 1, 1))
    LabourContract.objects.bulk_create(
        [
            LabourContract(worker=ours.worker, valid_from=D(2022, 1, 1), valid_to=D(2024, 1, 1)),
            LabourContract(worker=ours.worker, valid_from=D(2028, 1, 1), valid_to=None),
        ]
    )
    assert span() == (D(2022, 1, 1), None)
    LabourContract.objects.filter(valid_to=None).update(valid_to=D(2030, 1, 1))
    assert span() == (D(2022, 1, 1), D(2030, 1, 1))
    LabourContract.objects.filter(worker=ours.worker)._raw_delete("default")
    assert span() == (None, None)


def test_saving_a_stale_worker_does_not_turn_the_span_back(ours):
    stale = Worker.objects.get(pk=ours.worker.pk)
    end_contract(ours.worker.contracts.get(), D(2026, 11, 30), "", ours.specialist)
    stale.name = "王海涛"
    stale.save()
    fresh = Worker.objects.get(pk=ours.worker.pk)
    assert (fresh.name, fresh.name_pinyin, fresh.left_on) == ("王海涛", "wanghaitao", D(2026, 12, 1))
