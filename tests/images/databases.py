"""Stand-ins for the official images of databases, made of Debian's packages.

Each has what its model has and a workload of ours relies on: the entry point and what it does at the
first start, the user's number, folders and whose they are, working folder, signal.
"""

import hashlib
import shutil
from pathlib import Path

import bases
import mariadb
from bases import Maker, finish

POSTGRES_ENTRY_POINT = rb"""#!/bin/bash
# Like the model: it makes the data if there is none, with the user, the password and the database
# that variables say. While it does, the server answers on its socket alone.
set -Eeo pipefail
if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    chown -R postgres "$PGDATA" /var/run/postgresql
    exec setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
  fi
  mkdir -p "$PGDATA"
  chmod 00700 "$PGDATA"
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    : "${POSTGRES_PASSWORD:?}"
    user=${POSTGRES_USER:-postgres}
    database=${POSTGRES_DB:-$user}
    initdb --username="$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD")
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
    if [ "$database" != postgres ]; then
      PGPASSWORD=$POSTGRES_PASSWORD psql --username "$user" --dbname postgres \
        --set database="$database" <<<'CREATE DATABASE :"database"'
    fi
    pg_ctl -D "$PGDATA" -m fast -w stop
  fi
fi
exec "$@"
"""

REDIS_ENTRY_POINT = rb"""#!/bin/sh
# Like the model: options and files are the server's, and its files are nobody else's.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis '{}' +
  exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi
if [ "$(umask)" = 0022 ]; then umask 0077; fi
exec "$@"
"""


def renumbered(user: str) -> str:
    """Gives a package's user the number that the models' has."""
    return f"""
chroot "$ROOT" groupmod --gid 999 {user}
chroot "$ROOT" usermod --uid 999 --gid 999 {user}
"""


def postgres(maker: Maker) -> None:
    # Debian has one.
    version = maker.version(r"\d+")
    if version != "17":
        raise SystemExit(f"PostgreSQL {version} isn't in Debian {bases.DEBIAN}")
    programs = f"/usr/lib/postgresql/{version}/bin"
    maker.add("/usr/local/bin/docker-entrypoint.sh", POSTGRES_ENTRY_POINT, 0o755)
    setup = (
        renumbered("postgres")
        + rf"""
data=$ROOT/var/lib/postgresql sockets=$ROOT/run/postgresql
rm -rf "$data" "$sockets" "$ROOT/etc/postgresql" "$ROOT/var/log/postgresql"
mkdir -p "$data/data" "$sockets" "$ROOT/docker-entrypoint-initdb.d"
chown -R 999:999 "$data" "$sockets"
chmod 1777 "$data/data"
chmod 3777 "$sockets"
sed -ri "s/^#?(listen_addresses)\s*=\s*\S+.*/\1 = '*'/" \
  "$ROOT/usr/share/postgresql/{version}/postgresql.conf.sample"
"""
    )
    config = {
        "Env": {
            "PATH": f"{bases.PATH}:{programs}",
            "LANG": "C.UTF-8",
            "PG_MAJOR": version,
            "PGDATA": "/var/lib/postgresql/data",
        },
        "Volumes": {"/var/lib/postgresql/data": {}},
        "Entrypoint": ["docker-entrypoint.sh"],
        "Cmd": ["postgres"],
        "StopSignal": "SIGINT",
        "ExposedPorts": {"5432/tcp": {}},
    }
    finish(maker, maker.system(f"postgresql-{version}", then=setup), config)


def redis(maker: Maker) -> None:
    version = maker.version(r"\d+")
    if version != "8":
        raise SystemExit(f"Redis {version} isn't in Debian {bases.DEBIAN}")
    maker.add("/usr/local/bin/docker-entrypoint.sh", REDIS_ENTRY_POINT, 0o755)
    setup = (
        renumbered("redis")
        + """
rm -rf "$ROOT/var/lib/redis" "$ROOT/etc/redis" "$ROOT/var/log/redis"
mkdir "$ROOT/data"
chown 999:999 "$ROOT/data"
"""
    )
    config = {
        "Volumes": {"/data": {}},
        "WorkingDir": "/data",
        "Entrypoint": ["docker-entrypoint.sh"],
        "Cmd": ["redis-server"],
        "ExposedPorts": {"6379/tcp": {}},
    }
    finish(maker, maker.system("redis-server", then=setup), config)


bases.STAND_INS |= {"mariadb:": mariadb.mariadb, "postgres:": postgres, "redis:": redis}


def stand_in(reference: str, cache: Path) -> Path:
    """The layout of such an image. Whoever edits these files gets new ones."""
    sources = b"".join(Path(file).read_bytes() for file in (__file__, mariadb.__file__))
    key = hashlib.sha256(sources).hexdigest()[:12]
    folder = cache / f"databases-{key}"
    for old in set(cache.glob("databases-*")) - {folder}:
        shutil.rmtree(old)
    return bases.stand_in(reference, folder)
