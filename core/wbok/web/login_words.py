"""How the login page calls what customers of this billing type, and which keyboard a telephone offers for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from wbok.billing import LoginField, NamedLogin, digits_login
from wbok.errors import Unavailable
from wbok.web.current import panel


@dataclass(frozen=True, slots=True)
class LoginWords:
    """`help` stands under the field; `keyboard` is its inputmode, `longest` its maxlength."""

    label: str
    help: str
    keyboard: str
    longest: int
    secret: str
    secret_keyboard: str
    empty: str
    wrong: str
    malformed: tuple[str, str]
    check: str
    instruction: str


def login_words() -> LoginWords:
    """As long as the billing does not say what it asks for, ID Klienta."""
    try:
        kind = panel().login.kind
    except Unavailable:
        kind = NamedLogin(digits_login)
    return _of_customer_id(kind) if kind.field is LoginField.CUSTOMER_ID else _of(kind)


def tries_left(left: int) -> str:
    """After a wrong PIN: what comes of the next ones."""
    text: str = ngettext(
        "One try is left; after it the access will be locked.",
        "%(num)d tries are left; after them the access will be locked.",
        left,
    )
    return text


def _of_customer_id(kind: NamedLogin) -> LoginWords:
    return LoginWords(
        label=_("ID Klienta"),
        help=_("Zeros in front of the number may be left out."),
        keyboard="numeric",
        longest=20,
        secret=_("PIN"),
        secret_keyboard=_secret_keyboard(kind),
        empty=_("Please type both numbers: ID Klienta and PIN."),
        wrong=_("Wrong ID Klienta or PIN"),
        malformed=(_("ID Klienta is a number of at most 18 digits."), _("Please type the digits only.")),
        check=_("Please check both numbers and type them once more."),
        instruction=_(
            "Type ID Klienta and PIN on the login page. Zeros in front of the numbers may be left out."
        ),
    )


def _of(kind: NamedLogin) -> LoginWords:
    label, explained, keyboard = _field(kind.field)
    secret = _("Password") if kind.field is LoginField.PPPOE else _("PIN")
    both = {"login": label, "secret": secret}
    return LoginWords(
        label=label,
        help=explained,
        keyboard=keyboard,
        longest=255,
        secret=secret,
        secret_keyboard=_secret_keyboard(kind),
        empty=_("Please fill in both fields: %(login)s and %(secret)s.", **both),
        wrong=_("These two do not belong together: %(login)s and %(secret)s", **both),
        malformed=(_("Please check the field “%(login)s”.", login=label), explained),
        check=_("Please check both fields and type them once more."),
        instruction=_("Fill in both fields on the login page: %(login)s and %(secret)s.", **both),
    )


def _field(field: LoginField) -> tuple[str, str, str]:
    """Label, help, keyboard."""
    return {
        LoginField.PHONE: (
            _("Telephone"),
            _("The number that we know; blanks and +48 may be left out."),
            "tel",
        ),
        LoginField.EMAIL: (_("E-mail address"), _("The address that we know."), "email"),
        LoginField.DOCUMENT: (
            _("Document number"),
            _("The number of a contract or an invoice, exactly as it is printed there."),
            "text",
        ),
        LoginField.PPPOE: (_("PPPoE login"), _("The login of the internet connection."), "text"),
        LoginField.TAX_OR_PERSONAL_ID: (
            _("NIP or PESEL"),
            _("Dashes and blanks may be left out."),
            "numeric",
        ),
        LoginField.EXTERNAL_ID: (_("Customer number"), _("Exactly as it stands on the contract."), "text"),
    }[field]


def _secret_keyboard(kind: NamedLogin) -> str:
    return "numeric" if kind.numeric_pin else "text"
