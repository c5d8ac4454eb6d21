from django.urls import reverse

from agency.privacy.revealing import Secret
from workers.models import BankAccount, Worker


def identity_number_of(worker: Worker) -> Secret:
    """Return a worker's identity number as the pages show it."""
    return _of("identity_number", worker, worker.identity_number)


def phone_of(worker: Worker) -> Secret:
    """Return a worker's phone as the pages show it."""
    return _of("phone", worker, worker.phone)


def number_of(account: BankAccount) -> Secret:
    """Return an account's number as the pages show it."""
    url = reverse("workers:account_number", kwargs={"pk": account.pk})
    return Secret("bank_account", account, account.number, url, back=_page(account.worker_id))


def _of(kind: str, worker: Worker, number: str) -> Secret:
    url = reverse(f"workers:{kind}", kwargs={"pk": worker.pk})
    return Secret(kind, worker, number, url, back=_page(worker.pk))


def _page(pk: int) -> str:
    return reverse("workers:worker", kwargs={"pk": pk})
