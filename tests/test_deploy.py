"""What `deploy/` hands out, as far as it can be checked without a machine to install it on.

systemd's own checker reads the units where it is installed. The compose file and the Dockerfile are read and
compared with the project; nothing here builds or runs a container.
"""

import configparser
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "User": "thuoc-so",
    "UMask": "0077",
    "EnvironmentFile": "/etc/thuoc-so/thuoc-so.env",
}


def unit(path: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def example() -> dict[str, str]:
    lines = (DEPLOY / "thuoc-so.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name
)
def test_services_run_as_a_user_of_their_own_with_little_in_reach(path: Path):
    service = unit(path)["Service"]
    assert {name: service[name] for name in HARDENED} == HARDENED


@pytest.mark.parametrize(
    "path", [path for path in UNITS if path.suffix == ".timer"], ids=lambda path: path.name
)
def test_a_timer_starts_its_service_also_after_the_machine_was_off(path: Path):
    timer = unit(path)
    assert path.with_suffix(".service") in UNITS
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_each_unit(path: Path, tmp_path: Path):
    # The programs stand elsewhere on the machine that the units are for.
    for file in UNITS:
        text = file.read_text(encoding="utf-8").replace("/opt/thuoc-so/.venv/bin/python", sys.executable)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if path.name in line]
    assert not complaints


def test_the_container_holds_what_the_app_imports_and_reads():
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert copied >= {
        "app.py",
        "api",
        "data",
        "report",
        "scoring",
        "survey",
        "ui",
        ".streamlit",
        "requirements.txt",
    }
    assert all((PROJECT / name).exists() for name in copied)
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not copied & set(ignored)
    assert lines.index("USER thuoc-so") < next(i for i, line in enumerate(lines) if line.startswith("CMD"))


def test_compose_names_only_what_it_declares(compose: dict[str, Any]):
    assert set(compose) == {"name", "services", "networks", "volumes"}
    for service in compose["services"].values():
        assert service["restart"] == "always"
        assert ("image" in service) != ("build" in service)
        assert set(service["networks"]) <= set(compose["networks"])
        assert {volume.split(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])
        assert set(service.get("depends_on", ())) <= set(compose["services"])
    app = compose["services"]["app"]
    assert (DEPLOY / app["build"]["context"] / app["build"]["dockerfile"]).is_file()
    assert app["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in compose["services"]["database"]


def test_nothing_but_this_machine_reaches_the_app_and_nothing_the_database(compose: dict[str, Any]):
    assert compose["services"]["app"]["ports"] == ["127.0.0.1:8501:8501"]
    assert "ports" not in compose["services"]["database"]
    (network,) = compose["networks"]["inside"]["ipam"]["config"]
    assert compose["services"]["app"]["environment"]["FORWARDED_ALLOW_IPS"] == network["gateway"]


def test_every_variable_of_the_example_is_known_and_no_secret_is_in_it():
    known = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (PROJECT / "app.py", *sorted((PROJECT / "survey").rglob("*.py")), DEPLOY / "compose.yaml")
    )
    for name, value in example().items():
        assert name in known or name.startswith("STREAMLIT_"), name
        assert not value or not re.search("PASSWORD|SECRET", name)


def test_every_variable_that_the_product_reads_is_written_down():
    product = [
        PROJECT / "app.py",
        *(file for part in ("api", "ui", "survey") for file in (PROJECT / part).rglob("*.py")),
    ]
    read = set(
        re.findall(
            r"\bTHUOC_SO_[A-Z_]*[A-Z]\b", "\n".join(file.read_text(encoding="utf-8") for file in product)
        )
    )
    guide = (PROJECT / "docs" / "cai-dat-may-chu.md").read_text(encoding="utf-8")
    told = guide + "".join(
        (PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/tai-khoan.md")
    )
    assert read <= set(re.findall(r"`(THUOC_SO_[A-Z_]+)`", told))


@pytest.mark.parametrize("name", [name for name in example() if name.startswith("STREAMLIT_")])
def test_streamlit_knows_its_variables(name: str):
    code = (
        "import streamlit.config as c; print(*(option.env_var for option in c.get_config_options().values()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert name in done.stdout.split()


def test_streamlit_s_settings_are_the_strict_ones():
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"] | {
        "address": "127.0.0.1", "headless": True, "fileWatcherType": "none", "enableCORS": True,
        "enableXsrfProtection": True, "xsrfCookieSameSite": "strict", "maxUploadSize": 10, "maxMessageSize": 20,
        "maxWidgetStateSize": 2, "disconnectedSessionTTL": 1800, "websocketPingInterval": 20,
        "enableStaticServing": False, "enableAgentApi": False, "maxCacheDataSize": "256mb",
    } == settings["server"]  # fmt: skip
    assert settings["client"] | {
        "showErrorDetails": "none", "toolbarMode": "minimal", "disableDataExport": True
    } == settings["client"]  # fmt: skip
    assert settings["browser"]["gatherUsageStats"] is False
