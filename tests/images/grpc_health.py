"""The health service of gRPC, asked as the kubelet asks it: the one call, in HTTP/2 by hand."""

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS = 0, 1, 4
END_STREAM, ACK, END_HEADERS = 1, 1, 4
# A message without compression and without a byte: the health of the server as a whole.
REQUEST = bytes(5)
# `status: SERVING`.
SERVING = b"\x08\x01"


def is_serving(address: str, port: int, timeout: float) -> bool:
    """Whether the server says that it serves; an OSError where it says nothing."""
    headers = {
        ":method": "POST",
        ":scheme": "http",
        ":path": "/grpc.health.v1.Health/Check",
        ":authority": f"{address}:{port}",
        "content-type": "application/grpc",
        "te": "trailers",
    }
    block = b"".join(b"\x00" + _text(name) + _text(value) for name, value in headers.items())
    with socket.create_connection((address, port), timeout=timeout) as connection:
        connection.sendall(PREFACE + _frame(SETTINGS, 0, 0))
        connection.sendall(_frame(HEADERS, END_HEADERS, 1, block))
        connection.sendall(_frame(DATA, END_STREAM, 1, REQUEST))
        with connection.makefile("rb") as answers:
            while True:
                kind, flags, stream, content = _read(answers)
                if kind == SETTINGS and not flags & ACK:
                    connection.sendall(_frame(SETTINGS, ACK, 0))
                if kind == DATA and stream == 1:
                    return content[5:] == SERVING
                # It answers with an error alone.
                if kind == HEADERS and flags & END_STREAM:
                    return False


def _text(text: str) -> bytes:
    """A text of HPACK, in its plain form, of less than 127 bytes."""
    return bytes([len(text)]) + text.encode()


def _frame(kind: int, flags: int, stream: int, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content))[1:] + struct.pack(">BBI", kind, flags, stream) + content


def _read(answers) -> tuple[int, int, int, bytes]:
    head = answers.read(9)
    if len(head) < 9:
        raise ConnectionError("the server closed the connection")
    length = int.from_bytes(head[:3], "big")
    kind, flags, stream = struct.unpack(">BBI", head[3:])
    return kind, flags, stream, answers.read(length)
