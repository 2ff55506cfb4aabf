"""TabbyAPI's two keys: which header opens what, in its own words (endpoints of both branches, as run)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """What `/v1/auth/permission` says."""

    API = "api"
    ADMIN = "admin"


class KeyRefused(Exception):
    """401; the text is its `detail`."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The contents of `api_tokens.yml`."""

    api: str = field(repr=False)
    admin: str = field(repr=False)

    def permission(self, key: str) -> Permission | None:
        """What a key is good for; `None` when it is neither."""
        if hmac.compare_digest(key.encode(), self.admin.encode()):
            return Permission.ADMIN
        return Permission.API if hmac.compare_digest(key.encode(), self.api.encode()) else None


def user(headers: Mapping[str, str], keys: Keys) -> Permission:
    """For endpoints that every key opens: `x-api-key` decides before `Authorization`."""
    key = headers.get("x-api-key")
    if key is None:
        key = _bearer(headers, missing="Please provide an API key", invalid="Invalid API key")
    permission = keys.permission(key)
    if permission is None:
        raise KeyRefused("Invalid API key")
    return permission


def admin(headers: Mapping[str, str], keys: Keys) -> None:
    """For endpoints that the admin key opens: `x-admin-key` decides before `Authorization`."""
    key = headers.get("x-admin-key")
    if key is None:
        key = _bearer(headers, missing="Please provide an admin key", invalid="Invalid admin key")
    if keys.permission(key) is not Permission.ADMIN:
        raise KeyRefused("Invalid admin key")


def _bearer(headers: Mapping[str, str], missing: str, invalid: str) -> str:
    authorization = headers.get("authorization")
    if authorization is None:
        raise KeyRefused(missing)
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise KeyRefused(invalid)
    return key
