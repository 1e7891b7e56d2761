"""The configuration: a TOML file, then the environment, then secrets from files; typed and strict.

    [web]                      WBOK_WEB__HTTPS=false
    https = true

A value `x` can stand in a file of its own that `x_file` names. An unknown key is an error that names it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from limits import parse_many
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    DirectoryPath,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from wbok.access.networks import LOCAL_NETWORKS, Networks, read_networks
from wbok.domain.attachments import MEGABYTE, UploadLimits
from wbok.domain.email import clean_address
from wbok.errors import ConfigError

ENVIRONMENT = "WBOK_"
MIN_KEY_BYTES = 32
LOOPBACK = ("localhost", "127.0.0.1", "::1")

M = TypeVar("M", bound=BaseModel)


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Section):
    """A text of the provider in both languages; English may be left out."""

    pl: str
    en: str | None = None

    def in_language(self, language: str) -> str:
        return (self.en if language == "en" else None) or self.pl


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name}") from None
    return name


def _rate(text: str) -> str:
    try:
        parse_many(text)
    except ValueError:
        raise ValueError(f'"{text}" is no rate; write it like "20 per minute"') from None
    return text


def _email(text: str) -> str:
    address = clean_address(text)
    if address is None:
        raise ValueError(f'"{text}" is no e-mail address')
    return address


EmailAddress = Annotated[str, AfterValidator(_email)]
"""As SMTP carries it."""


def _panel_url(text: str) -> str:
    scheme, _, place = text.partition("://")
    with suppress(UnicodeError):
        carried = place.encode("idna").decode("ascii").lower()
        if scheme in {"http", "https"} and PLACE.fullmatch(carried):
            return f"{scheme}://{carried}"
    raise ValueError(
        f'"{text}" is no address of a panel; write it like "https://panel.example.pl", with no path'
    )


PLACE = re.compile(r"[a-z0-9.:\[\]_-]+", re.ASCII)
PanelUrl = Annotated[str, AfterValidator(_panel_url)]
"""As letters carry it: ASCII alone."""


def _bind(text: str) -> str:
    port = text.rpartition(":")[2]
    if text.startswith("unix:/") or (
        port.isascii() and port.isdigit() and int(port) < 2**16 and port != text
    ):
        return text
    raise ValueError(f'"{text}" is no address; write it like "127.0.0.1:8000" or "unix:/run/wbok/wbok.sock"')


class PanelSettings(Section):
    name: str = Field(min_length=1)
    tabs: tuple[str, ...] = ("info", "finance", "notifications", "phone", "helpdesk")
    language: Literal["pl", "en"] = "pl"
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Warsaw"
    currency: str = Field(default="PLN", pattern=r"^[A-Z]{3}$")
    brand_dir: DirectoryPath | None = None


class OfficeSettings(Section):
    name: str = Field(min_length=1)
    phone: str = Field(min_length=1)
    hours: Words
    address: str = Field(min_length=1)
    fault_phone: str | None = None
    email: str | None = None


class AccessSettings(Section):
    networks: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    login_rate: Annotated[str, AfterValidator(_rate)] = "20 per minute"
    rate_store: str = Field(default="memory://", pattern=r"^(memory://|rediss?://.+|redis\+unix://.+)$")
    where_numbers: Words = Words(
        pl="ID Klienta i PIN są na umowie.", en="Your ID Klienta and PIN are on the contract."
    )
    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    absolute_hours: int = Field(default=12, ge=1, le=24 * 7)

    @model_validator(mode="after")
    def _networks_are_networks(self) -> Self:
        self.read_networks()
        return self

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def absolute(self) -> timedelta:
        return timedelta(hours=self.absolute_hours)

    def read_networks(self) -> Networks:
        return read_networks(self.networks or LOCAL_NETWORKS, self.proxies)


class WebSettings(Section):
    bind: Annotated[str, AfterValidator(_bind)] = "127.0.0.1:8000"
    https: bool = True
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=4, ge=1, le=64)


class MailSettings(Section):
    """`panel_url`: how customers open the panel, for links. `one_click`: see README, "E-mail"."""

    host: str | None = Field(default=None, min_length=1)
    port: int = Field(default=587, ge=1, lt=2**16)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = Field(default=None, repr=False)
    sender: EmailAddress | None = None
    sender_name: str | None = None
    reply_to: EmailAddress | None = None
    panel_url: PanelUrl | None = None
    one_click: bool = False
    timeout_seconds: int = Field(default=30, ge=1, le=300)
    keep_days: int = Field(default=30, ge=7, le=3650)

    @property
    def is_on(self) -> bool:
        return self.host is not None

    @model_validator(mode="after")
    def _can_send(self) -> Self:
        if self.host is not None and self.sender is None:
            raise ValueError("with host, sender must be set: the address from which e-mail comes")
        if (self.user is None) != (self.password is None):
            raise ValueError("user and password_file belong together")
        if self.password is not None and self.security == "none" and self.host not in LOOPBACK:
            raise ValueError('a password would travel in the clear: set security to "starttls" or "tls"')
        if self.one_click and not (self.panel_url or "").startswith("https://"):
            raise ValueError("one_click needs panel_url, and that it begins with https://")
        return self


class StoreSettings(Section):
    url: str


class AttachmentSettings(Section):
    """`dir` None: beside the store, where that is a file. Without files: `max_files` 0."""

    dir: Path | None = None
    max_files: int = Field(default=3, ge=0, le=20)
    max_mb: int = Field(default=8, ge=1, le=100)
    quota_mb: int = Field(default=50, ge=1, le=100_000)

    @property
    def limits(self) -> UploadLimits:
        return UploadLimits(self.max_files, self.max_mb * MEGABYTE)

    @property
    def quota(self) -> int:
        """Bytes."""
        return self.quota_mb * MEGABYTE

    @property
    def most_sent(self) -> int:
        """Bytes of a form with files: more than is taken, so that a file too many or too large is said in words."""
        return 2 * self.limits.most_files * self.limits.most_bytes


class KeySettings(Section):
    """`session` signs cookies, `pin` hashes what must not be readable; each at least 32 bytes of text."""

    session: str = Field(min_length=MIN_KEY_BYTES, repr=False)
    pin: str = Field(min_length=MIN_KEY_BYTES, repr=False)


class Settings(Section):
    panel: PanelSettings
    office: OfficeSettings
    access: AccessSettings = AccessSettings()
    web: WebSettings = WebSettings()
    mail: MailSettings = MailSettings()
    store: StoreSettings
    attachments: AttachmentSettings = AttachmentSettings()
    keys: KeySettings
    billing: dict[str, Any]
    tabs: dict[str, dict[str, Any]] = {}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.panel.timezone)


def load_settings(path: Path, *, environment: Mapping[str, str] | None = None) -> Settings:
    """Raises ConfigError that names the file, the key and what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file. Make one with: wbok init DIR") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from None
    _lay_over(data, os.environ if environment is None else environment)
    data = _with_files(data, config=path)
    for section, name in (("panel", "brand_dir"), ("attachments", "dir")):
        values = data.get(section)
        if isinstance(values, dict) and isinstance(values.get(name), str):
            values[name] = path.parent / values[name]
    return _checked(Settings, data, source=str(path))


def check_tab_settings(model: type[M], data: Mapping[str, Any], *, tab: str) -> M:
    """`[tabs.<tab>]` as the tab's own model. Raises ConfigError."""
    return _checked(model, data, source=f"[tabs.{tab}]")


def _checked(model: type[M], data: Mapping[str, Any], *, source: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{source}: {_fault(fault)}" for fault in error.errors())) from None


def _fault(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"{key}: there is no such setting; check the spelling."
    if fault["type"] == "missing":
        return f"{key}: is missing and must be set."
    return f"{key}: {fault['msg'].removeprefix('Value error, ')}."


def _lay_over(data: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        if not name.startswith(ENVIRONMENT) or "__" not in name:
            continue
        *sections, key = name.removeprefix(ENVIRONMENT).lower().split("__")
        target = data
        for section in sections:
            target = target.setdefault(section, {})
            if not isinstance(target, dict):
                raise ConfigError(f"environment {name}: {section} is not a section.")
        target[key] = _from_environment(name, value)


def _from_environment(name: str, value: str) -> Any:
    """Lists and tables are written as in TOML, everything else as it is."""
    if not value.startswith(("[", "{")):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"environment {name}: not a list or table as in TOML: {error}.") from None


def _with_files(data: Mapping[str, Any], *, config: Path, section: str = "") -> dict[str, Any]:
    """Every `x_file` becomes `x` with the file's content; the file's last line break is not part of it."""
    read: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, Mapping):
            read[key] = _with_files(value, config=config, section=f"{section}{key}.")
        elif key.endswith("_file") and isinstance(value, str):
            read[key.removesuffix("_file")] = _content(config.parent / value, f"{config}: {section}{key}")
        else:
            read[key] = value
    return read


def _content(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where}: {path} cannot be read: {error}.") from None
