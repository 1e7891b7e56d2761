"""The one page of Informacje."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from wbok.api import current_customer_id, panel, render

blueprint = Blueprint("info", __name__, template_folder="templates")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    this = panel()
    profile = this.billing.customers.profile(current_customer_id())
    return render(
        "info/index.html", profile=profile, fields=this.tab_settings("info").fields, today=this.today
    )
