"""Checks the configuration of the image `entregent`, then runs it under podman: container.py FOLDER.

FOLDER holds a copy of docker/, in which the key file is made.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

PROGRAM = "/usr/local/bin/entregent"
PROFILE = json.dumps({"headline": "Trésorière groupe | Cash management", "as_of": "2026-11-23"}).encode()
PATIENCE = 20  # seconds


def expect(what, found, wanted):
    print(f"{'ok' if found == wanted else 'WRONG'}: {what}: {found!r}", flush=True)
    if found != wanted:
        raise SystemExit(f"{what}: expected {wanted!r}")


def run(*command, **options):
    return subprocess.run(command, text=True, timeout=PATIENCE, **options)


def podman(*arguments):
    return run("podman", *arguments, check=True, stdout=subprocess.PIPE).stdout.strip()


def inspect(kind, name):
    [found] = json.loads(podman(kind, "inspect", name))
    return found


def check_image():
    image, package = inspect("image", "entregent"), tomllib.loads(Path("Cargo.toml").read_text())["package"]
    config = image["Config"]
    expect("user", config.get("User"), "65532:65532")
    expect("entry point", config["Entrypoint"], [PROGRAM])
    expect("arguments", config.get("Cmd") or [], [])
    expect("volumes", list(config["Volumes"]), ["/data"])
    expect("ports", list(config["ExposedPorts"]), ["8080/tcp"])
    expect("stop signal", config["StopSignal"], "SIGTERM")
    expect("health check", image["Healthcheck"]["Test"], ["CMD", PROGRAM, "healthcheck"])
    for label, value in {
        "title": package["name"],
        "description": package["description"],
        "version": package["version"],
        "licenses": package["license"],
    }.items():
        expect(f"label {label}", config["Labels"].get(f"org.opencontainers.image.{label}"), value)
    toolchains = re.findall(r"/rust:([0-9.]+)-", Path("docker/Dockerfile").read_text())
    expect("toolchain of the builder stage", toolchains, [package["rust-version"]])
    root = Path(podman("image", "mount", "entregent"))
    files = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    licences = [f"usr/share/licenses/entregent/LICENSE-{name}" for name in ("APACHE", "MIT")]
    expect("files", files, [PROGRAM[1:], *licences])


def check_refusal_without_keys():
    refused = run("podman", "run", "--rm", "entregent", capture_output=True)
    expect("exit status without a key file", refused.returncode, 2)
    expect("reason", "the key file /run/secrets/entregent-keys cannot be read" in refused.stderr, True)


def compose_up(folder):
    """Does what the first lines of the compose file say; gives the name of the container, and the key."""
    [make_key] = re.findall(r"^# (openssl .*)$", Path("docker/compose.yaml").read_text(), re.MULTILINE)
    run("sh", "-c", make_key, check=True, cwd=folder, preexec_fn=lambda: os.umask(0o077))
    run("podman-compose", "-f", "docker/compose.yaml", "up", "--detach", "--no-build", check=True, cwd=folder)
    [container] = podman("ps", "--quiet", "--filter", "label=com.docker.compose.service=entregent").split()
    return container, (folder / "docker/keys").read_text().strip()


def check_confinement(container):
    state = inspect("container", container)
    expect("read-only root", state["HostConfig"]["ReadonlyRootfs"], True)
    expect("capabilities", state["EffectiveCaps"] or [], [])
    [volume] = [mount for mount in state["Mounts"] if mount["Type"] == "volume"]
    expect("volume", volume["Destination"], "/data")
    owner = Path(volume["Source"]).stat()
    expect("owner of the volume", (owner.st_uid, owner.st_gid), (65532, 65532))


def check_health(container):
    expect("health", run("podman", "healthcheck", "run", container).returncode, 0)
    elsewhere = ["exec", "--env", "ENTREGENT_LISTEN=0.0.0.0:1", container, "entregent", "healthcheck"]
    expect("health where nothing listens", run("podman", *elsewhere).returncode, 1)


def score(key=None):
    """The status of the answer to a profile, and the outcome or the code of the problem."""
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=PATIENCE)
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    connection.request("POST", "/v1/scores", PROFILE, headers)
    return read(connection.getresponse())


def read(response):
    answer = json.load(response)
    return response.status, answer["decision"]["outcome"] if response.status == 200 else answer["code"]


def check_drain(container, key, log):
    """Stops the container while a request is half sent; the answer has to come, and the end be orderly."""
    head = (
        f"POST /v1/scores HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\nexpect: 100-continue\r\n"
        f"content-type: application/json\r\ncontent-length: {len(PROFILE)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", 8080), PATIENCE) as client:
        client.sendall(head.encode())
        expect("the request is in flight", client.recv(1024), b"HTTP/1.1 100 Continue\r\n\r\n")
        stopping = subprocess.Popen(["podman", "stop", "--time", str(PATIENCE), container])
        expect("the signal arrives", any("draining" in line for line in log), True)
        client.sendall(PROFILE)
        response = http.client.HTTPResponse(client)
        response.begin()
        expect("answer while stopping", read(response), (200, "connect"))
    expect("stopped", stopping.wait(PATIENCE), 0)
    expect("exit status", inspect("container", container)["State"]["ExitCode"], 0)


def check_service(container, key, log):
    expect("it listens", any("listening on http://0.0.0.0:8080" in line for line in log), True)
    check_confinement(container)
    check_health(container)
    expect("score without a key", score(), (401, "key-required"))
    expect("score with a wrong key", score("not-a-key-at-all"), (401, "key-required"))
    expect("score with the key", score(key), (200, "connect"))
    check_drain(container, key, log)


def main(folder):
    check_image()
    check_refusal_without_keys()
    container, key = compose_up(Path(folder))
    follow = ["podman", "logs", "--follow", container]
    with subprocess.Popen(follow, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as logs:
        try:
            check_service(container, key, logs.stdout)
        finally:
            logs.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
