"""Rules of Polish payments: account numbers, codes for banks' apps, KSeF numbers, amounts in words. No web."""

from wbok.bank.ksef_number import KsefSite, clean_ksef_number, clean_verification_link, verification_link
from wbok.bank.nrb import clean_nrb, generated_nrb, grouped_nrb
from wbok.bank.qr import qr_modules, qr_svg
from wbok.bank.template import AccountTemplate, account_from_template, read_account_template
from wbok.bank.transfer_code import TransferCode, TransferOrder, transfer_code
from wbok.bank.words import amount_in_words

__all__ = [
    "AccountTemplate",
    "KsefSite",
    "TransferCode",
    "TransferOrder",
    "account_from_template",
    "amount_in_words",
    "clean_ksef_number",
    "clean_nrb",
    "clean_verification_link",
    "generated_nrb",
    "grouped_nrb",
    "qr_modules",
    "qr_svg",
    "read_account_template",
    "transfer_code",
    "verification_link",
]
