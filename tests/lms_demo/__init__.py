"""The demo's made-up provider, as LMS would keep it: the same customers, invoices, calls and messages."""
