"""A stand-in for the official image of MariaDB, made of Debian's packages."""

import bases
from bases import Maker, finish

ENTRY_POINT = rb"""#!/bin/bash
# Like the model: it makes the data if there is none, with the passwords, the user and the database that
# variables say. While it does, the server answers on its socket alone.
set -eo pipefail
if [ "${1:0:1}" = - ]; then set -- mariadbd "$@"; fi
if [ "$1" = mariadbd ]; then
  data=$("$@" --verbose --help 2>/dev/null | awk '$1 == "datadir" { print $2; exit }')
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$data"
    chown -R mysql "$data" /run/mysqld
    exec setpriv --reuid=mysql --regid=mysql --clear-groups "$0" "$@"
  fi
  mkdir -p "$data"
  if [ ! -d "$data/mysql" ]; then
    password=${MARIADB_ROOT_PASSWORD:-$MYSQL_ROOT_PASSWORD}
    : "${password:?}"
    user=${MARIADB_USER:-$MYSQL_USER}
    database=${MARIADB_DATABASE:-$MYSQL_DATABASE}
    host=${MARIADB_ROOT_HOST:-${MYSQL_ROOT_HOST:-%}}
    mariadb-install-db --datadir="$data" --rpm --auth-root-authentication-method=normal --skip-test-db
    "$@" --skip-networking --socket=/run/mysqld/first.sock &
    first=$!
    client=(mariadb --protocol=socket -uroot -hlocalhost --socket=/run/mysqld/first.sock)
    until "${client[@]}" --database=mysql <<<'SELECT 1' >/dev/null 2>&1; do sleep 0.2; done
    quote() { local text=${1//\\/\\\\}; printf "'%s'" "${text//\'/\\\'}"; }
    {
      echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $(quote "$password");"
      if [ "$host" != localhost ]; then
        echo "CREATE USER 'root'@$(quote "$host") IDENTIFIED BY $(quote "$password");"
        echo "GRANT ALL ON *.* TO 'root'@$(quote "$host") WITH GRANT OPTION;"
      fi
      [ -z "$database" ] || echo "CREATE DATABASE \`$database\`;"
      if [ -n "$user" ]; then
        echo "CREATE USER $(quote "$user")@'%' IDENTIFIED BY $(quote "${MARIADB_PASSWORD:-$MYSQL_PASSWORD}");"
        [ -z "$database" ] || echo "GRANT ALL ON \`${database//_/\\_}\`.* TO $(quote "$user")@'%';"
      fi
    } | "${client[@]}" --database=mysql
    kill "$first"
    wait "$first"
  fi
fi
exec "$@"
"""


def mariadb(maker: Maker) -> None:
    # Debian has one.
    version = maker.version(r"[\d.]+")
    if version != "11.8":
        raise SystemExit(f"MariaDB {version} isn't in Debian {bases.DEBIAN}")
    maker.add("/usr/local/bin/docker-entrypoint.sh", ENTRY_POINT, 0o755)
    maker.add(
        "/etc/mysql/mariadb.conf.d/05-skipcache.cnf",
        b"[mariadbd]\nhost-cache-size=0\nskip-name-resolve\n",
    )
    setup = r"""
chroot "$ROOT" groupmod --gid 999 mysql
chroot "$ROOT" usermod --uid 999 --gid 999 mysql
rm -rf "$ROOT/var/lib/mysql" "$ROOT/run/mysqld" "$ROOT/var/log/mysql"
mkdir -p "$ROOT/var/lib/mysql" "$ROOT/run/mysqld"
chown 999:999 "$ROOT/var/lib/mysql" "$ROOT/run/mysqld"
chmod 1777 "$ROOT/run/mysqld"
# One of them is a link to a place of this machine's.
find "$ROOT/etc/mysql" -type f -name '*.cnf' -exec sed -Ei 's/^(bind-address|log|user\s)/#&/' '{}' +
"""
    config = {
        "Env": {"LANG": "C.UTF-8"},
        "Volumes": {"/var/lib/mysql": {}},
        "Entrypoint": ["docker-entrypoint.sh"],
        "Cmd": ["mariadbd"],
        "ExposedPorts": {"3306/tcp": {}},
    }
    finish(maker, maker.system("mariadb-server", then=setup), config)
