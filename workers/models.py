"""Gathers the models of the app's rooms."""

from workers.contracts.models import LabourContract
from workers.insurance.models import InsuranceEnrolment
from workers.people.models import BankAccount, Worker
from workers.placements.models import Placement

__all__ = ["BankAccount", "InsuranceEnrolment", "LabourContract", "Placement", "Worker"]
