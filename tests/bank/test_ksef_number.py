"""Numbers and links of KSeF."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbok.bank import KsefSite, clean_ksef_number, clean_verification_link, verification_link

NUMBER = "5265877635-20250826-0100001AF629-AF"
DIGEST = hashlib.sha256(b"<Faktura/>").digest()
LINK = "https://qr.ksef.mf.gov.pl/invoice/1234563218/01-02-2026/iF6-VWOmJ8aEfYvk5o3vFD5nyNwm7dCfqB8LKqqdPo0"


def test_the_published_number() -> None:
    assert clean_ksef_number(f" {NUMBER.lower()} ") == NUMBER


@pytest.mark.parametrize(
    "written",
    [
        "",
        NUMBER[:-2] + "AE",
        NUMBER.replace("20250826", "20250230"),
        NUMBER.replace("-", ""),
        NUMBER + "0",
        NUMBER.replace("5", "٥", 1),
        "5265877635-20250826-010000-1AF629-AF",
    ],
)
def test_wrong_numbers(written: str) -> None:
    assert clean_ksef_number(written) is None


@given(at=st.integers(0, len(NUMBER) - 1), sign=st.sampled_from("0123456789ABCDEF-"))
def test_one_wrong_sign_is_always_found(at: int, sign: str) -> None:
    written = NUMBER[:at] + sign + NUMBER[at + 1 :]
    assert clean_ksef_number(written) == (NUMBER if written == NUMBER else None)


@pytest.mark.parametrize(
    ("site", "host"),
    [
        (KsefSite.PRODUCTION, "qr.ksef.mf.gov.pl"),
        (KsefSite.TEST, "qr-test.ksef.mf.gov.pl"),
        (KsefSite.DEMO, "qr-demo.ksef.mf.gov.pl"),
    ],
)
def test_a_link_names_seller_day_and_hash(site: KsefSite, host: str) -> None:
    link = verification_link(tax_id="1234563218", issued_on=date(2026, 2, 1), digest=DIGEST, site=site)
    beginning, _, coded = link.rpartition("/")
    assert beginning == f"https://{host}/invoice/1234563218/01-02-2026"
    assert len(coded) == 43
    assert "=" not in coded
    assert clean_verification_link(f" {link}\n") == link


@pytest.mark.parametrize(
    "link",
    [
        LINK.replace("https", "http"),
        LINK.replace("qr.ksef.mf.gov.pl", "qr.ksef.mf.gov.pl.example.com"),
        LINK.replace("qr.ksef.mf.gov.pl", "ksef-test.mf.gov.pl"),
        LINK.replace("https://", "https://me@"),
        LINK.replace("/invoice/", "/invoice/../"),
        LINK.replace("/invoice/", ":8080/invoice/"),
        LINK + "?next=https://example.com",
        LINK + "#x",
        LINK[:40] + "\n" + LINK[40:],
        "https://qr.ksef.mf.gov.pl/invoice/",
        "https://qr.ksef.mf.gov.pl/certificate/" + "a" * 3000,
        "javascript:alert(1)",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_none(link: str) -> None:
    assert clean_verification_link(LINK) == LINK
    assert clean_verification_link(link) is None


def test_a_ready_link_of_a_certificate_is_one() -> None:
    link = "https://qr.ksef.mf.gov.pl/certificate/Nip/1111111111/1111111111/01F20A5D352AE590/abc-_/sig-_"
    assert clean_verification_link(link) == link
