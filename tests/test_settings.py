"""The configuration: what is read, and how faults are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbok.errors import ConfigError
from wbok.settings import load_settings

GOOD = """
[panel]
name = "Światłonet"
[office]
name = "Światłonet"
phone = "32 012 34 56"
hours = { pl = "8–16" }
address = "Jasnowice"
[store]
url = "sqlite:////tmp/store.sqlite"
[keys]
session = "ssssssssssssssssssssssssssssssss"
pin_file = "pin.key"
[billing]
adapter = "sql"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "pin.key").write_text("p" * 40 + "\n")
    path = tmp_path / "wbok.toml"
    path.write_text(GOOD)
    return path


def broken(config: Path, *, old: str = "", new: str = "", environment: dict[str, str] | None = None) -> str:
    config.write_text(GOOD.replace(old, new) if old else GOOD + new)
    with pytest.raises(ConfigError) as caught:
        load_settings(config, environment=environment or {})
    return str(caught.value).replace(str(config), "wbok.toml").replace(str(config.parent), "FOLDER")


def test_defaults_and_secrets_from_files(config: Path) -> None:
    settings = load_settings(config, environment={})
    assert settings.keys.pin == "p" * 40
    assert settings.panel.tabs == ("info", "finance", "notifications", "phone", "helpdesk")
    assert settings.web.https
    assert settings.office.hours.in_language("en") == "8–16"
    assert "pppp" not in repr(settings)


def test_without_a_mail_server_nothing_leaves_and_half_of_one_is_said(config: Path) -> None:
    assert not load_settings(config, environment={}).mail.is_on
    for more, said in (
        ('host = "a"', "sender must be set"),
        ('host = "a"\nsender = "panel@"', 'mail.sender: "panel@" is no e-mail address.'),
        ('host = "a"\nsender = "p@x.pl"\nuser = "p"', "user and password_file belong together"),
        ('host = "a"\nsender = "p@x.pl"\nuser = "p"\npassword = "q"\nsecurity = "none"', "in the clear"),
        ("one_click = true", "one_click needs panel_url"),
        ('panel_url = "https://panel.example.pl/x"', "is no address of a panel"),
        ('panel_url = "https://panel.pl>,<x"', "is no address of a panel"),
    ):
        assert said in broken(config, new=f"[mail]\n{more}\n"), more


def test_the_environment_lies_over_the_file(config: Path) -> None:
    environment = {
        "WBOK_WEB__HTTPS": "false",
        "WBOK_PANEL__TABS": '["finance"]',
        "WBOK_CONFIG": "x",
        "OTHER": "y",
    }
    settings = load_settings(config, environment=environment)
    assert not settings.web.https
    assert settings.panel.tabs == ("finance",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[panel]",
            "[panel]\ntab = 1",
            "wbok.toml: panel.tab: there is no such setting; check the spelling.",
        ),
        ("[panel]", "[pannel]\n[panel]", "wbok.toml: pannel: there is no such setting; check the spelling."),
        ('phone = "32 012 34 56"', "", "wbok.toml: office.phone: is missing and must be set."),
        ("[panel]", '[panel]\ntimezone = "Mars"', "wbok.toml: panel.timezone: there is no time zone Mars."),
        (
            "[panel]",
            '[panel]\ntimezone = "Europe"',
            "wbok.toml: panel.timezone: there is no time zone Europe.",
        ),
        (
            "[panel]",
            '[web]\nbind = "127.0.0.1:99999"\n[panel]',
            'wbok.toml: web.bind: "127.0.0.1:99999" is no address; write it like',
        ),
        (
            "[panel]",
            '[access]\nrate_store = "nonsense"\n[panel]',
            "wbok.toml: access.rate_store: String should match pattern",
        ),
        (
            "[panel]",
            '[panel]\nbrand_dir = "none"',
            "wbok.toml: panel.brand_dir: Path does not",
        ),
        (
            "[panel]",
            '[access]\nlogin_rate = "often"\n[panel]',
            'wbok.toml: access.login_rate: "often" is no',
        ),
        ("ssss", "s", "wbok.toml: keys.session: String should have at least 32 characters."),
        ("pin.key", "none.key", "wbok.toml: keys.pin_file: FOLDER/none.key cannot be read: "),
        ("[panel]", "[panel", "wbok.toml: not valid TOML: "),
        (
            "[panel]",
            '[access]\nnetworks = ["10.0.0.1/8"]\n[panel]',
            "wbok.toml: access: 10.0.0.1/8 has host bits set.",
        ),
    ],
)
def test_faults_name_file_and_key(config: Path, old: str, new: str, message: str) -> None:
    assert broken(config, old=old, new=new).startswith(message)


def test_faults_of_the_environment_are_named_too(config: Path) -> None:
    assert "web.htps: there is no such setting" in broken(config, environment={"WBOK_WEB__HTPS": "1"})
    assert broken(config, environment={"WBOK_PANEL__TABS": "[info"}).startswith(
        "environment WBOK_PANEL__TABS: "
    )
    assert "name is not a section" in broken(config, environment={"WBOK_PANEL__NAME__X": "1"})


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Make one with: wbok init DIR"):
        load_settings(tmp_path / "none.toml")
