"""`[tabs.notifications]`: what who wants offers by e-mail agrees to, and how the billing writes its notices."""

from __future__ import annotations

from wbok.api import Panel, Section, Words

CONSENT = Words(
    pl="Zgadzam się na otrzymywanie ofert handlowych pocztą elektroniczną. Zgodę można w każdej chwili cofnąć.",
    en="I agree to receive offers by e-mail. I can take this back at any time.",
)


class NotificationsSettings(Section):
    """`billing_markdown`: whether the billing's notices are written in Markdown; else they are plain text."""

    offers_consent: Words = CONSENT
    billing_markdown: bool = False


def settings_of(panel: Panel) -> NotificationsSettings:
    found: NotificationsSettings = panel.tab_settings("notifications")
    return found
