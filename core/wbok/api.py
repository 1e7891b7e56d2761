"""All that somebody else's tab or adapter may import. Everything else in `wbok` is private and may change.

A tab: `hookimpl`, the values it gives to the core, what it needs of the request, what it draws with.
An adapter: the capabilities (`Billing` and its Protocols), the domain objects, the errors.
"""

from wbok.bank import clean_nrb, grouped_nrb
from wbok.billing import (
    AdapterContext,
    Billing,
    Credential,
    Customers,
    Finance,
    HashPin,
    LoginKind,
    digits_login,
)
from wbok.billing.imports import Fault, Importer, ImportReport, Loaded, Progress, Step
from wbok.charts import BarChart, bar_chart
from wbok.domain.customer import (
    Address,
    AddressKind,
    Contact,
    ContactKind,
    Contract,
    Customer,
    CustomerKind,
    CustomerStatus,
    Device,
    Period,
    Profile,
    Service,
    ServiceStatus,
    monthly_sum,
)
from wbok.domain.finance import (
    Account,
    Document,
    DocumentKind,
    DocumentLine,
    EntryKind,
    LedgerEntry,
    LedgerRequest,
    LedgerTotals,
    MonthTotals,
    PaidState,
    Seller,
    Settlement,
    Terms,
    VatRow,
    monthly_totals,
    vat_summary,
)
from wbok.domain.money import Money, total
from wbok.domain.page import DEFAULT_LIMIT, Page, PageRequest
from wbok.domain.settlement import settle, summarise
from wbok.entries import Banner, Card, Help, MenuEntry
from wbok.errors import BillingError, ConfigError, ImportFailed, NotFound, Rejected, Unavailable
from wbok.hookspecs import hookimpl
from wbok.panel import Panel
from wbok.settings import Section, Words
from wbok.web.current import current_customer_id, panel
from wbok.web.formats import money, month_name
from wbok.web.render import render, render_part

__all__ = [
    "DEFAULT_LIMIT",
    "Account",
    "AdapterContext",
    "Address",
    "AddressKind",
    "Banner",
    "BarChart",
    "Billing",
    "BillingError",
    "Card",
    "ConfigError",
    "Contact",
    "ContactKind",
    "Contract",
    "Credential",
    "Customer",
    "CustomerKind",
    "CustomerStatus",
    "Customers",
    "Device",
    "Document",
    "DocumentKind",
    "DocumentLine",
    "EntryKind",
    "Fault",
    "Finance",
    "HashPin",
    "Help",
    "ImportFailed",
    "ImportReport",
    "Importer",
    "LedgerEntry",
    "LedgerRequest",
    "LedgerTotals",
    "Loaded",
    "LoginKind",
    "MenuEntry",
    "Money",
    "MonthTotals",
    "NotFound",
    "Page",
    "PageRequest",
    "PaidState",
    "Panel",
    "Period",
    "Profile",
    "Progress",
    "Rejected",
    "Section",
    "Seller",
    "Service",
    "ServiceStatus",
    "Settlement",
    "Step",
    "Terms",
    "Unavailable",
    "VatRow",
    "Words",
    "bar_chart",
    "clean_nrb",
    "current_customer_id",
    "digits_login",
    "grouped_nrb",
    "hookimpl",
    "money",
    "month_name",
    "monthly_sum",
    "monthly_totals",
    "panel",
    "render",
    "render_part",
    "settle",
    "summarise",
    "total",
    "vat_summary",
]
