"""Small repositories in the layouts that real ones have. An import that breaks layers says so.

`# breaks LA01` and `# breaks LA02` mark what must be found, and nothing else may be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

_MARK = re.compile(r"[ \t]*# breaks (LA0[12])$", re.MULTILINE)


@dataclass(frozen=True)
class Layout:
    """One repository: what is on the import path, what is imported there, and what is expected."""

    files: Mapping[str, str]
    roots: tuple[str, ...]  # on the import path
    packages: tuple[str, ...]  # for the independent count
    parts: str  # the kind
    some_parts: tuple[str, ...]
    names: Mapping[str, str]  # dotted names of some modules, by path
    layers: Mapping[str, str]  # by folder or module

    @property
    def breaches(self) -> set[tuple[str, str, int]]:
        """Rule, path and line of each marked import."""
        return {
            (match[1], path, text.count("\n", 0, match.start()) + 1)
            for path, text in self.files.items()
            for match in _MARK.finditer(text)
        }


def tree(listing: str) -> dict[str, str]:
    """Files by path, out of a listing of paths, each with its source indented below it."""
    found: dict[str, str] = {}
    path = ""
    for line in dedent(listing).strip().splitlines():
        if line.startswith(" "):
            found[path] += line.strip() + "\n"
        else:
            path = line.strip()
            found[path] = ""
    return found


DDD = Layout(
    files=tree("""
        shop/__init__.py
        shop/main.py
            from shop.api import views
        shop/domain/__init__.py
        shop/domain/orders.py
            import dataclasses
            from shop.domain import money
            import sqlalchemy.orm  # breaks LA02
        shop/domain/money.py
            from shop.infrastructure.rates import today  # breaks LA01
        shop/application/__init__.py
        shop/application/checkout.py
            from ..domain.orders import Order
            from ..infrastructure import rates  # breaks LA01
        shop/infrastructure/__init__.py
        shop/infrastructure/rates.py
            from shop.domain import money
            import requests
        shop/api/__init__.py
        shop/api/views.py
            from shop.application import checkout
            from shop.infrastructure import rates
        shop/shared/__init__.py
        shop/shared/clock.py
            from shop.application import checkout  # breaks LA01
    """),
    roots=("",),
    packages=("shop",),
    parts="package",
    some_parts=("shop/main.py", "shop/domain"),
    names={"shop/domain/money.py": "shop.domain.money", "shop/api/__init__.py": "shop.api"},
    layers={
        "shop/domain": "domain",
        "shop/application": "application",
        "shop/infrastructure": "infrastructure",
        "shop/api": "presentation",
        "shop/shared": "shared",
    },
)

HEXAGON = Layout(
    files=tree("""
        src/store/__init__.py
        src/store/core/__init__.py
        src/store/core/prices.py
            from store.ports import rates
            from store.adapters.outbound import bank  # breaks LA01
        src/store/ports/__init__.py
        src/store/ports/rates.py
            from typing import Protocol
        src/store/ports/orders.py
            from store.core import prices
        src/store/adapters/__init__.py
        src/store/adapters/inbound/__init__.py
        src/store/adapters/inbound/http.py
            from store.ports import orders
            from store.adapters.outbound import bank
        src/store/adapters/outbound/__init__.py
        src/store/adapters/outbound/bank.py
            from store.ports.rates import Rates
            from ..inbound import http  # breaks LA01
    """),
    roots=("src",),
    packages=("store",),
    parts="package",
    some_parts=("src/store/core", "src/store/adapters"),
    names={"src/store/adapters/outbound/bank.py": "store.adapters.outbound.bank"},
    layers={
        "src/store/core": "domain",
        "src/store/ports": "application",
        "src/store/adapters": "infrastructure",
        "src/store/adapters/inbound": "presentation",
        "src/store/adapters/outbound": "infrastructure",
    },
)

DJANGO = Layout(
    files=tree("""
        manage.py
            import os
        site_config/__init__.py
        site_config/urls.py
            from sales import views
        sales/__init__.py
        sales/apps.py
            from django.apps import AppConfig
            class Sales(AppConfig): ...
        sales/models.py
            from django.db import models
            from people.models import Person
        sales/views.py
            from sales import models
        sales/services/__init__.py
        sales/services/totals.py
            from sales.models import Order
        sales/migrations/__init__.py
        sales/migrations/0001_initial.py
            from django.db import migrations
        people/__init__.py
        people/models.py
            from django.db import models
        people/views.py
            from . import models
            from sales.services import totals
        people/migrations/__init__.py
    """),
    roots=("",),
    packages=("sales", "people", "site_config"),
    parts="app",
    some_parts=("sales", "people", "site_config"),
    names={"sales/services/totals.py": "sales.services.totals", "manage.py": "manage"},
    layers={},
)

FASTAPI = Layout(
    files=tree("""
        backend/pyproject.toml
        backend/service/__init__.py
        backend/service/main.py
            from fastapi import FastAPI
            from service.api.main import router
        backend/service/models.py
            from sqlmodel import SQLModel
        backend/service/crud.py
            from service.models import Item
            from service.core import security
        backend/service/core/__init__.py
        backend/service/core/security.py
            import jwt
        backend/service/api/__init__.py
        backend/service/api/main.py
            from service.api.routes import items
        backend/service/api/routes/__init__.py
        backend/service/api/routes/items.py
            from service import crud
            from service.models import Item
        frontend/package.json
    """),
    roots=("backend",),
    packages=("service",),
    parts="package",
    some_parts=("backend/service/models.py", "backend/service/api"),
    names={"backend/service/api/routes/items.py": "service.api.routes.items"},
    layers={},
)

MONOREPO = Layout(
    files=tree("""
        packages/billing/pyproject.toml
        packages/billing/src/billing/__init__.py
        packages/billing/src/billing/domain/__init__.py
        packages/billing/src/billing/domain/invoice.py
            from shipping.domain import parcel
            from shipping.api import tracking  # breaks LA01
        packages/billing/src/billing/application/__init__.py
        packages/billing/src/billing/application/send.py
            from billing.domain import invoice
            from shipping.api import tracking
            from shipping.db import tables  # breaks LA01
        packages/shipping/pyproject.toml
        packages/shipping/shipping/__init__.py
        packages/shipping/shipping/domain/__init__.py
        packages/shipping/shipping/domain/parcel.py
        packages/shipping/shipping/db/__init__.py
        packages/shipping/shipping/db/tables.py
            from ..domain import parcel
            from ..api import tracking  # breaks LA01
        packages/shipping/shipping/api/__init__.py
        packages/shipping/shipping/api/tracking.py
            from shipping.domain.parcel import Parcel
        tools_of_build/release.py
            import billing
    """),
    roots=("packages/billing/src", "packages/shipping"),
    packages=("billing", "shipping"),
    parts="project",
    some_parts=("packages/billing", "packages/shipping"),
    names={
        "packages/billing/src/billing/domain/invoice.py": "billing.domain.invoice",
        "packages/shipping/shipping/db/tables.py": "shipping.db.tables",
    },
    layers={
        "packages/billing/src/billing/domain": "domain",
        "packages/billing/src/billing/application": "application",
        "packages/shipping/shipping/domain": "domain",
        "packages/shipping/shipping/db": "infrastructure",
        "packages/shipping/shipping/api": "presentation",
    },
)

NAMESPACE = Layout(
    files=tree("""
        src/acme/orders/__init__.py
        src/acme/orders/cart.py
            from acme.mail.post import send
            from acme.orders import lines
        src/acme/orders/lines.py
        src/acme/mail/__init__.py
        src/acme/mail/post.py
            import acme.orders.cart
        pyproject.toml
    """),
    roots=("src",),
    packages=("acme.orders", "acme.mail"),
    parts="package",
    some_parts=("src/acme/orders", "src/acme/mail"),
    names={"src/acme/mail/post.py": "acme.mail.post", "src/acme/orders/__init__.py": "acme.orders"},
    layers={},
)

BARE = Layout(
    files=tree("""
        pyproject.toml
        src/domain/stock.py
            from infrastructure.db import rows  # breaks LA01
        src/application/count.py
            from domain.stock import Stock
            import infrastructure.db  # breaks LA01
        src/infrastructure/db.py
            import sqlite3
    """),
    roots=("src",),
    packages=(),
    parts="package",
    some_parts=("src/domain", "src/infrastructure"),
    names={"src/domain/stock.py": "domain.stock"},
    layers={
        "src/domain": "domain",
        "src/application": "application",
        "src/infrastructure": "infrastructure",
    },
)

LAYOUTS = {
    "ddd": DDD,
    "hexagon": HEXAGON,
    "django": DJANGO,
    "fastapi": FASTAPI,
    "monorepo": MONOREPO,
    "namespace": NAMESPACE,
    "bare": BARE,
}
