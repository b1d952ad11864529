"""The cluster's DNS, which asks the API server for each question."""

import contextlib
import re
import socket
import struct
import threading
from concurrent.futures import ThreadPoolExecutor

from api import Api

DOMAIN = "cluster.local"
SERVICE = re.compile(rf"(?:([a-z0-9-]+)\.)?([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.{re.escape(DOMAIN)}")
# An answer with authority, and one for a name that there isn't.
FOUND, NO_SUCH_NAME = 0x8580, 0x8583
ADDRESSES = 1


def start(api: Api, address: str) -> None:
    """Answers at port 53 of an address for as long as this process runs."""
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind((address, 53))
    streams = socket.create_server((address, 53))
    threading.Thread(target=_datagrams, args=(api, datagrams), daemon=True).start()
    threading.Thread(target=_streams, args=(api, streams), daemon=True).start()


def _datagrams(api: Api, server: socket.socket) -> None:
    workers = ThreadPoolExecutor(8)

    def answer(question: bytes, client: object) -> None:
        # Who gets no answer asks again.
        with contextlib.suppress(Exception):
            server.sendto(_answer(api, question), client)

    while True:
        workers.submit(answer, *server.recvfrom(1500))


def _streams(api: Api, server: socket.socket) -> None:
    while True:
        connection, _ = server.accept()
        with connection, contextlib.suppress(Exception):
            connection.settimeout(2)
            [length] = struct.unpack(">H", connection.recv(2, socket.MSG_WAITALL))
            answer = _answer(api, connection.recv(length, socket.MSG_WAITALL))
            connection.sendall(struct.pack(">H", len(answer)) + answer)


def _answer(api: Api, question: bytes) -> bytes:
    labels, at = [], 12
    while length := question[at]:
        labels.append(question[at + 1 : at + 1 + length].decode())
        at += length + 1
    [kind] = struct.unpack(">H", question[at + 1 : at + 3])
    addresses = resolve(api, ".".join(labels).lower())
    records = addresses if addresses and kind == ADDRESSES else []
    flags = NO_SUCH_NAME if addresses is None else FOUND
    answer = question[:2] + struct.pack(">HHHHH", flags, 1, len(records), 0, 0)
    answer += question[12 : at + 5]
    for address in records:
        # The name of the question, five seconds.
        answer += b"\xc0\x0c" + struct.pack(">HHIH", ADDRESSES, 1, 5, 4) + socket.inet_aton(address)
    return answer


def resolve(api: Api, name: str) -> list[str] | None:
    """The addresses of a Service, or of the pods behind one without an address of its own."""
    if not (parts := SERVICE.fullmatch(name)):
        return None
    host, service, namespace = parts.groups()
    found = api.find(f"/api/v1/namespaces/{namespace}/services/{service}")
    if not found:
        return None
    spec = found["spec"]
    if spec.get("clusterIP") != "None":
        return None if host or "clusterIP" not in spec else [spec["clusterIP"]]
    slices = api.list(
        f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices",
        {"kubernetes.io/service-name": service},
    )
    endpoints = [it for each in slices for it in each.get("endpoints") or []]
    addresses = [
        address
        for it in endpoints
        if it["conditions"].get("ready") or spec.get("publishNotReadyAddresses")
        if not host or it.get("hostname") == host
        for address in it["addresses"]
    ]
    # As CoreDNS: no name without a pod.
    return addresses or None
