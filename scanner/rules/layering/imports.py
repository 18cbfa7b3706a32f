"""What the rules of layering look at: the import graph, the layers, infrastructure packages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from scanner.domain.graph import circles, shortest_cycle
from scanner.domain.import_graph import ImportGraph, Statement, build, core_of
from scanner.domain.layers import Layering, layering_of
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
    return build(survey.project, survey.modules, survey.others, survey.graphs)


Knot = frozenset[str]


class Ring(NamedTuple):
    """Modules that hang together in circles of imports.

    `knots` are its parts that hang together without imports of their own packages' `__init__`;
    `way` is the shortest circle, through a knot where there is one.
    """

    members: tuple[str, ...]
    knots: tuple[Knot, ...]
    way: tuple[str, ...]


def rings(survey: Survey) -> tuple[Ring, ...]:
    """The groups of production modules in circles."""
    return survey.lasting.of(_rings, "", survey.once(edges_of))


Edges = tuple[tuple[str, tuple[str, ...]], ...]


def edges_of(survey: Survey) -> Edges:
    """Which module imports which; the very same object while that stays so."""
    graph = survey.once(import_graph)
    edges = tuple([(path, tuple(found)) for path, found in graph.edges.items()])
    return survey.lasting.same(edges_of, "", edges)


def _rings(path: str, edges: Edges) -> tuple[Ring, ...]:
    graph = dict(edges)
    core = core_of(graph)
    knots = [frozenset(members) for members in circles(core)]
    found = []
    for members in circles(graph):
        inside = tuple(knot for knot in knots if not knot.isdisjoint(members))
        ways = [shortest_cycle(core, knot) for knot in inside]
        way = min(ways, key=lambda each: (len(each), each), default=())
        found.append(Ring(members, inside, way or shortest_cycle(graph, members)))
    return tuple(found)


def layering(survey: Survey) -> Layering:
    """The layers of the production modules; without places where none are known."""
    return layering_of(survey.modules, survey.project.config.layers)


def outward_targets(statement: Statement, path: str, known: Layering) -> tuple[str, ...]:
    """The modules that a statement imports against the direction of the layers."""
    if statement.fact.type_checking:
        return ()
    return tuple(target for target in statement.targets if known.breaks(path, target))


def site_of(statement: Statement) -> str:
    """The key of an import statement's site: its place among those of its module."""
    return f"import {statement.place}"
