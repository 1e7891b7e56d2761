"""All that somebody else's tab or adapter may import. Everything else in `wbok` is private and may change.

A tab: `hookimpl`, the values it gives to the core, what it needs of the request, what it draws with.
An adapter: the capabilities (`Billing` and its Protocols), the domain objects, the errors.
"""

from wbok.bank import (
    AccountTemplate,
    KsefSite,
    TransferCode,
    TransferOrder,
    account_from_template,
    amount_in_words,
    clean_ksef_number,
    clean_nrb,
    clean_verification_link,
    grouped_nrb,
    qr_svg,
    read_account_template,
    transfer_code,
    verification_link,
)
from wbok.billing import (
    AdapterContext,
    Attempt,
    Billing,
    BillingCheck,
    BillingTicket,
    ChangedTicket,
    Changes,
    Checked,
    Credential,
    Customers,
    Directory,
    Finance,
    Finding,
    HashPin,
    Helpdesk,
    LoginField,
    LoginKind,
    LoginRecorder,
    NamedLogin,
    Notifications,
    ReadMarks,
    Seal,
    Severity,
    TicketChanges,
    digits_login,
)
from wbok.billing.imports import Fault, Importer, ImportReport, Loaded, Progress, Step
from wbok.billing.phone import Phone
from wbok.charts import BarChart, bar_chart
from wbok.documents import (
    Cell,
    KsefMark,
    Party,
    PrintedInvoice,
    PrintedStatement,
    Slip,
    csv_table,
    invoice_pdf,
    slips_pdf,
    statement_pdf,
)
from wbok.domain.blank import is_blank
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
from wbok.domain.desk import (
    CurrentTicket,
    DeskKind,
    DeskRules,
    NewTicket,
    Note,
    OfficeTicket,
    Post,
    Refusal,
    Side,
    StatusChange,
    Thread,
    Ticket,
    TicketKind,
    TicketRefused,
    TicketStatus,
)
from wbok.domain.finance import (
    Account,
    Document,
    DocumentKind,
    DocumentLine,
    EntryKind,
    KsefState,
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
from wbok.domain.messages import (
    NEWEST,
    UNREAD_FOR,
    Headline,
    Mark,
    Message,
    MessageKind,
    Notice,
    NoticeRequest,
    Origin,
    earliest_mark,
)
from wbok.domain.money import Money, total
from wbok.domain.page import DEFAULT_LIMIT, Page, PageRequest
from wbok.domain.phone import (
    Allowance,
    Call,
    CallKind,
    CallRequest,
    CallTotals,
    DayTotals,
    Direction,
    PhoneLine,
    Unit,
    Usage,
    beginning_of,
    begins_with,
    call_totals,
    is_same_number,
)
from wbok.domain.settlement import settle, summarise
from wbok.entries import Banner, Card, Help, Link, MenuEntry
from wbok.errors import (
    BillingError,
    ConfigError,
    ImportFailed,
    MessageRefused,
    NotFound,
    Rejected,
    Unavailable,
)
from wbok.hookspecs import hookimpl
from wbok.office import office_actor, office_directory, operator, pass_panel
from wbok.panel import Panel
from wbok.settings import Section, Words
from wbok.store.desk.office import OfficeDesk, TicketFilter
from wbok.store.desk.side import DeskPlan, Solution
from wbok.store.drafts import Draft
from wbok.store.inbox import Place, Seen
from wbok.store.signals import Signals, notice_key
from wbok.web.current import current_customer_id, current_customer_name, panel, signals
from wbok.web.download import download
from wbok.web.formats import money, month_name
from wbok.web.kept_forms import forget_kept_form, form_key, is_own_key, keeps_form, kept_form
from wbok.web.languages import language
from wbok.web.paths import page_before
from wbok.web.render import render, render_part

# Several names a line, by hand: one a line would make this file longer than files are here.
# fmt: off
__all__ = [
    "DEFAULT_LIMIT", "NEWEST", "UNREAD_FOR", "Account", "AccountTemplate", "AdapterContext", "Address",
    "AddressKind", "Allowance", "Attempt", "Banner", "BarChart", "Billing", "BillingCheck",
    "BillingError", "BillingTicket", "Call", "CallKind", "CallRequest", "CallTotals", "Card", "Cell",
    "ChangedTicket", "Changes", "Checked", "ConfigError", "Contact", "ContactKind", "Contract",
    "Credential", "CurrentTicket", "Customer", "CustomerKind", "CustomerStatus", "Customers", "DayTotals",
    "DeskKind", "DeskPlan", "DeskRules", "Device", "Direction", "Directory", "Document", "DocumentKind",
    "DocumentLine", "Draft", "EntryKind", "Fault", "Finance", "Finding", "HashPin", "Headline", "Help",
    "Helpdesk", "ImportFailed", "ImportReport", "Importer", "KsefMark", "KsefSite", "KsefState",
    "LedgerEntry", "LedgerRequest", "LedgerTotals", "Link", "Loaded", "LoginField", "LoginKind",
    "LoginRecorder", "Mark", "MenuEntry", "Message", "MessageKind", "MessageRefused", "Money",
    "MonthTotals", "NamedLogin", "NewTicket", "NotFound", "Note", "Notice", "NoticeRequest",
    "Notifications", "OfficeDesk", "OfficeTicket", "Origin", "Page", "PageRequest", "PaidState", "Panel",
    "Party", "Period", "Phone", "PhoneLine", "Place", "Post", "PrintedInvoice", "PrintedStatement",
    "Profile", "Progress", "ReadMarks", "Refusal", "Rejected", "Seal", "Section", "Seen", "Seller",
    "Service", "ServiceStatus", "Settlement", "Severity", "Side", "Signals", "Slip", "Solution",
    "StatusChange", "Step", "Terms", "Thread", "Ticket", "TicketChanges", "TicketFilter", "TicketKind",
    "TicketRefused", "TicketStatus", "TransferCode", "TransferOrder", "Unavailable", "Unit", "Usage",
    "VatRow", "Words", "account_from_template", "amount_in_words", "bar_chart", "beginning_of",
    "begins_with", "call_totals", "clean_ksef_number", "clean_nrb", "clean_verification_link",
    "csv_table", "current_customer_id", "current_customer_name", "digits_login", "download",
    "earliest_mark", "forget_kept_form", "form_key", "grouped_nrb", "hookimpl", "invoice_pdf", "is_blank",
    "is_own_key", "is_same_number", "keeps_form", "kept_form", "language", "money", "month_name",
    "monthly_sum", "monthly_totals", "notice_key", "office_actor", "office_directory", "operator",
    "page_before", "panel", "pass_panel", "qr_svg", "read_account_template", "render", "render_part",
    "settle", "signals", "slips_pdf", "statement_pdf", "summarise", "total", "transfer_code",
    "vat_summary", "verification_link",
]
# fmt: on
