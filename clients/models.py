"""Gathers the models of the app's rooms."""

from clients.agreements.models import DispatchAgreement, Post
from clients.assignments.models import Assignment
from clients.contacts.models import ClientContact
from clients.enterprises.models import ClientEnterprise, Site

__all__ = ["Assignment", "ClientContact", "ClientEnterprise", "DispatchAgreement", "Post", "Site"]
