"""`[tabs.notifications]`: what a customer agrees to who wants offers by e-mail."""

from __future__ import annotations

from wbok.api import Section, Words

CONSENT = Words(
    pl="Zgadzam się na otrzymywanie ofert handlowych pocztą elektroniczną. Zgodę można w każdej chwili cofnąć.",
    en="I agree to receive offers by e-mail. I can take this back at any time.",
)


class NotificationsSettings(Section):
    offers_consent: Words = CONSENT
