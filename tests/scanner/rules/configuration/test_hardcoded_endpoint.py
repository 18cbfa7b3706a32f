"""CF02 hardcoded-endpoint."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check


@pytest.mark.parametrize(
    "call",
    [
        'requests.get("http://localhost:8000/rates")',
        'requests.request("GET", "http://127.0.0.1:8000")',
        'session.post(url="http://10.0.0.5:9100/x")',
        'redis.Redis(host="localhost", port=6379)',
        'MongoClient("mongodb://localhost:27017/")',
        'create_engine("postgresql://shop:shop@db/shop")',
        'Celery("shop", broker="redis://localhost:6379/0")',
        'KafkaProducer(bootstrap_servers=["localhost:9092"])',
        'OpenAI(base_url="http://localhost:11434/v1")',
        'redis.from_url("redis://cache:6379/0")',
        'await asyncpg.create_pool("postgres://db/shop")',
        'socket.create_connection("192.168.0.77", 5000)',
    ],
)
def test_calls_that_connect(call: str) -> None:
    check("CF02", f"async def run():\n    {call}  # offends 1")


def test_the_message_names_the_place_and_no_credentials() -> None:
    (finding,) = check(
        "CF02",
        """
        engine = create_engine("postgresql://shop:s3cr3t@127.0.0.1:5432/shop")  # offends 1
        """,
    )
    assert finding.message == (
        "The address `postgresql://127.0.0.1:5432` is written into the call of `create_engine`; "
        "make it a setting."
    )
    assert "s3cr3t" not in repr(finding)


def test_public_interfaces_are_advisory() -> None:
    check(
        "CF02",
        """
        user = client.get("https://api.example.org/user")  # offends 0
        Device(configuration_url="https://api.example.org/user")
        """,
    )


@pytest.mark.parametrize(
    "line",
    [
        'URL = "http://localhost:8000"',
        'def connect(url="http://localhost:8000"): ...',
        'url = options.get("url", "http://localhost:8000")',
        'url = os.environ.get("RATES_URL", "http://localhost:8000")',
        'url: str = Field(default="http://localhost:8000")',
        'parser.add_argument("--url", default="http://localhost:8000")',
        'if url.startswith("http://localhost:8000"): ...',
        'log.info("http://localhost:8000")',
        'uvicorn.run(app, host="127.0.0.1", port=8000)',
        'site = TCPSite(runner, host="127.0.0.1", port=8000)',
        'urls.replace("postgres://", "postgresql://")',
        'Provider("ollama", base_url="http://localhost:11434/v1")',
        'get("https://example.org/page")',
    ],
)
def test_what_connects_to_nothing_is_fine(line: str) -> None:
    check("CF02", line)


@pytest.mark.parametrize(
    "path", ["shop/settings.py", "shop/config/base.py", "shop/cli.py", "shop/dev.py", "app.py"]
)
def test_configuration_command_line_and_development_are_fine(path: str) -> None:
    check("CF02", 'client = MongoClient("mongodb://localhost:27017/")', path=path)
