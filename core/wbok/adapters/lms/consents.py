"""What the consents of LMS are called; those that only say how LMS works (bills, documents) are left out."""

from __future__ import annotations

from collections.abc import Mapping

CONSENTS: Mapping[int, str] = {
    1: "Przetwarzanie danych osobowych",
    2: "Faktury pocztą elektroniczną",
    3: "Informacje serwisowe pocztą elektroniczną",
    4: "Faktury elektroniczne",
    5: "Zatwierdzanie dokumentów kodem SMS",
    6: "Zatwierdzanie dokumentów skanem",
    7: "Druk wpłaty na fakturze",
    8: "Informacje serwisowe SMS-em",
    9: "Informacje handlowe SMS-em",
    10: "Informacje handlowe pocztą elektroniczną",
    13: "Szczegółowy wykaz połączeń",
    14: "Skrócony wykaz połączeń",
    15: "Informacje handlowe przez telefon",
    16: "Marketing bezpośredni",
    17: "Informacje serwisowe przez telefon",
    18: "Informacje partnerów SMS-em",
    19: "Informacje partnerów pocztą elektroniczną",
    20: "Informacje partnerów przez telefon",
    21: "Marketing bezpośredni partnerów",
    22: "Odpowiedzi na reklamacje SMS-em",
    23: "Odpowiedzi na reklamacje pocztą elektroniczną",
    24: "Odpowiedzi na reklamacje przez telefon",
    26: "Rozpoczęcie usługi przed upływem terminu odstąpienia",
    27: "Informacje serwisowe w panelu",
    28: "Informacje handlowe w panelu",
    29: "Informacje partnerów w panelu",
    30: "Odpowiedzi na reklamacje w panelu",
    32: "Dostarczanie treści cyfrowych",
    33: "Saldo na dokumentach",
    34: "Faktury w KSeF",
    35: "Dane transmisyjne do celów marketingu",
    36: "Informacje serwisowe listem",
    37: "Zmiana dostawcy pocztą elektroniczną",
    38: "Zmiana dostawcy listem",
    39: "Odpowiedzi na reklamacje listem",
}
