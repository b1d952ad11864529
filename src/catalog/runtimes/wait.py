import os, signal, socket, sys, time
from urllib.parse import urlsplit
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
server, usual, seconds, status = sys.argv[1:]
host = None
try:
    url = urlsplit(server if '://' in server else os.environ.get(server, ''))
    host, port = url.hostname, url.port or int(usual)
except ValueError:
    host = None
if not host:
    print(server, 'has no host to wait for')
    sys.exit(0)
end = time.monotonic() + int(seconds)
while True:
    try:
        socket.create_connection((host, port), timeout=3).close()
        break
    except (OSError, ValueError) as fault:
        print(f'{host}:{port}: {fault}', flush=True)
    if time.monotonic() > end:
        sys.exit(int(status))
    time.sleep(2)
