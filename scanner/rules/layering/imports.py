"""What the rules of layering look at: the import graph, the layers, infrastructure packages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scanner.domain.import_graph import ImportGraph, Statement, build
from scanner.domain.layers import layers_of
from scanner.rules.contexts import Survey

_INFRASTRUCTURE: Final[Mapping[str, str]] = {
    "Web frameworks": "django rest_framework ninja flask quart fastapi starlette tornado sanic "
    "litestar falcon bottle strawberry graphene",
    "HTTP and other clients": "requests httpx aiohttp urllib3 websockets grpc paramiko asyncssh "
    "smtplib ftplib imaplib sendgrid twilio stripe slack_sdk openai anthropic docker kubernetes",
    "Databases and ORMs": "sqlalchemy sqlmodel alembic sqlite3 aiosqlite psycopg psycopg2 asyncpg "
    "MySQLdb pymysql aiomysql pyodbc oracledb cx_Oracle peewee tortoise pymongo motor mongoengine "
    "beanie cassandra neo4j elasticsearch opensearchpy influxdb_client clickhouse_driver redis "
    "pymemcache",
    "Queues": "celery kombu pika aio_pika kafka aiokafka confluent_kafka nats dramatiq rq huey arq",
    "Clouds and storage": "boto3 botocore aioboto3 azure google.cloud firebase_admin minio",
}
"""By kind, the packages that tie code to a framework, a network, a database or a vendor."""

INFRASTRUCTURE: Final = frozenset(
    name for names in _INFRASTRUCTURE.values() for name in names.split()
)


def documented_infrastructure() -> str:
    """The list as paragraphs, for the page of a rule."""
    return "\n\n".join(
        f"{kind}: {', '.join(names.split())}." for kind, names in _INFRASTRUCTURE.items()
    )


def infrastructure_in(statement: Statement) -> tuple[str, ...]:
    """The infrastructure packages that a statement imports, without repetition."""
    found = (_package(dotted) for dotted in statement.outside)
    return tuple(dict.fromkeys(package for package in found if package))


def is_infrastructure(statement: Statement) -> bool:
    """Whether a statement imports an infrastructure package."""
    return any(_package(dotted) for dotted in statement.outside)


def _package(dotted: str) -> str:
    top, _, rest = dotted.partition(".")
    second = f"{top}.{rest.partition('.')[0]}"
    return next((name for name in (top, second) if name in INFRASTRUCTURE), "")


def import_graph(survey: Survey) -> ImportGraph:
    """The import graph of the production modules."""
    return build(survey.project, survey.modules, survey.others)


def layers(survey: Survey) -> Mapping[str, str]:
    """The layer of each production module that has one; empty where no layers are known."""
    return layers_of(survey.modules, survey.project.config.layers)


def site_of(statement: Statement) -> str:
    """The key of an import statement's site: its place among those of its module."""
    return f"import {statement.place}"
