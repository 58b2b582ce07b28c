# shellcheck shell=bash
# Sourced after lib.sh. A PostgreSQL of our own for the length of a run: in a temporary folder, on a socket in it, no TCP.
# It is lost when it stops, and it stops with the script that started it.

PG_DIR=
PG_AS=()

# Sets BALIE_TEST_POSTGRES, unless somebody set it to a server of theirs. The address names a superuser:
# tests make a database each. `start_postgres durable` writes as a real server does.
start_postgres() {
  [ -n "${BALIE_TEST_POSTGRES:-}" ] && return
  local bin
  bin=$(find_postgres) || { warn "no PostgreSQL found"; return 1; }
  # Not $TMPDIR: the path of a socket may be 100 bytes long, and some systems' temporary folders are too deep.
  PG_DIR=$(mktemp -d /tmp/balie-postgres.XXXXXX)
  if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    local user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    chown "$user" "$PG_DIR"
    PG_AS=(runuser -u "$user" --)
  fi
  local init=(initdb -D "$PG_DIR/data" -U postgres --auth=trust -E UTF8 --no-sync)
  # Sorts like a real server, not by bytes, so that a forgotten COLLATE "C" shows.
  if ! in_pg "$bin" "${init[@]}" --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US; then
    rm -rf "$PG_DIR/data"
    in_pg "$bin" "${init[@]}" --locale=C || { cat "$PG_DIR/log" >&2; return 1; }
  fi
  {
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$PG_DIR'"
    echo "max_connections = 300"
    echo "shared_buffers = 256MB"
    [ "${1:-}" = durable ] || printf '%s\n' "fsync = off" "synchronous_commit = off" "full_page_writes = off"
  } >>"$PG_DIR/data/postgresql.conf"
  in_pg "$bin" pg_ctl -D "$PG_DIR/data" -l "$PG_DIR/server.log" -w -t 60 start || { cat "$PG_DIR/log" "$PG_DIR/server.log" >&2; return 1; }
  export BALIE_TEST_POSTGRES="postgres://postgres@localhost/postgres?host=$PG_DIR"
}

# Ends the server of our folder, and no other.
stop_postgres() {
  [ -n "$PG_DIR" ] || return 0
  [ -f "$PG_DIR/data/postmaster.pid" ] && in_pg "$(find_postgres)" pg_ctl -D "$PG_DIR/data" -m immediate -w stop
  rm -rf "$PG_DIR"
  PG_DIR=
}

# `in_pg bin program arguments…`, from a folder that the other user may enter
in_pg() {
  local program="$1/$2"
  shift 2
  (cd "$PG_DIR" && ${PG_AS[@]+"${PG_AS[@]}"} "$program" "$@") >>"$PG_DIR/log" 2>&1 </dev/null 9>&-
}
