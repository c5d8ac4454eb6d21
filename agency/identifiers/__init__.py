"""Numbers that name people, companies and accounts: checked, normalised, masked. Knows no models."""

from .accounts import BankAccount, check_bank_account, is_sure_account
from .companies import check_credit_code
from .identity import IdentityNumber, birth_date_of, check_identity_number
from .invalid import InvalidIdentifier
from .many import sure_identity_numbers
from .masks import mask_bank_account, mask_identity_number, mask_phone
from .phones import check_phone, is_sure_phone

__all__ = [
    "BankAccount",
    "IdentityNumber",
    "InvalidIdentifier",
    "birth_date_of",
    "check_bank_account",
    "check_credit_code",
    "check_identity_number",
    "check_phone",
    "is_sure_account",
    "is_sure_phone",
    "mask_bank_account",
    "mask_identity_number",
    "mask_phone",
    "sure_identity_numbers",
]
