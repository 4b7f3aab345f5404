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
from contextlib import contextmanager
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


def make_key(folder):
    """Does what the first line of the compose file says, and gives the key."""
    [command] = re.findall(r"^# (openssl .*)$", Path("docker/compose.yaml").read_text(), re.MULTILINE)
    run("sh", "-c", command, check=True, cwd=folder, preexec_fn=lambda: os.umask(0o077))
    return (folder / "docker/keys").read_text().strip()


def compose(folder, *arguments):
    run("podman-compose", "-f", "docker/compose.yaml", *arguments, check=True, cwd=folder)


@contextmanager
def service(folder):
    """Starts the compose file; gives the container, which listens, and the lines of its log."""
    compose(folder, "up", "--detach", "--no-build")
    [container] = podman("ps", "--quiet", "--filter", "label=com.docker.compose.service=entregent").split()
    follow = ["podman", "logs", "--follow", container]
    with subprocess.Popen(follow, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as logs:
        try:
            expect("it listens", any("listening on http://0.0.0.0:8080" in line for line in logs.stdout), True)
            yield container, logs.stdout
        finally:
            logs.kill()
    compose(folder, "down")


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


def ask(method, path, body=None, key=None):
    """The status and the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=PATIENCE)
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response.status, json.load(response)


def score(key=None):
    """The status of the answer to a profile, and the outcome or the code of the problem."""
    return judged(*ask("POST", "/v1/scores", PROFILE, key))


def judged(status, answer):
    return status, answer["decision"]["outcome"] if status == 200 else answer["code"]


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
        expect("answer while stopping", judged(response.status, json.load(response)), (200, "connect"))
    expect("stopped", stopping.wait(PATIENCE), 0)
    expect("exit status", inspect("container", container)["State"]["ExitCode"], 0)


def publish(key):
    _, builtin = ask("GET", "/v1/rule-sets/builtin", key=key)
    status, _ = ask("PUT", "/v1/rule-sets/kept", json.dumps(builtin["document"]).encode(), key)
    expect("a rule set is published", status, 201)


def main(folder):
    folder = Path(folder)
    check_image()
    check_refusal_without_keys()
    key = make_key(folder)
    with service(folder) as (container, log):
        check_confinement(container)
        check_health(container)
        expect("score without a key", score(), (401, "key-required"))
        expect("score with a wrong key", score("not-a-key-at-all"), (401, "key-required"))
        expect("score with the key", score(key), (200, "connect"))
        publish(key)
        check_drain(container, key, log)
    with service(folder):
        expect("the rule set in a new container", ask("GET", "/v1/rule-sets/kept", key=key)[0], 200)


if __name__ == "__main__":
    main(*sys.argv[1:])
