# shellcheck shell=bash
# Sourced after lib.sh by run.sh and dev.sh: the address, the secret and the demo.

export BALIE_DEV=1
export BALIE_ADDR="${BALIE_ADDR:-127.0.0.1:3000}"

# Before building for minutes, rather than after: what `server/src/config/address.rs` would refuse is refused here.
check_address() {
  local host="${BALIE_ADDR%:*}" port="${BALIE_ADDR##*:}" answer
  [[ "$BALIE_ADDR" == ?*:* && "$port" =~ ^[0-9]{1,5}$ ]] && ((10#$port <= 65535)) || die "BALIE_ADDR is host:port, not '$BALIE_ADDR'."
  host="${host#[}"
  host="${host%]}"
  case "$host" in
    0.0.0.0 | ::)
      [ -n "${BALIE_PUBLIC_URL:-}${BALIE_PUBLIC_URL_FILE:-}" ] ||
        die "BALIE_ADDR=$BALIE_ADDR means every address of this machine. Say the one that people type too:" \
          "  make ${1:-run} BALIE_ADDR=$BALIE_ADDR BALIE_PUBLIC_URL=http://192.168.1.10:$port"
      [ "$host" = :: ] && host=::1 || host=127.0.0.1
      ;;
  esac
  if answer=$( (LC_ALL=C; exec 3<>"/dev/tcp/$host/$port") 2>&1); then
    die "Something listens on $BALIE_ADDR already. Stop it, or choose another address:" "  make ${1:-run} BALIE_ADDR=127.0.0.1:$((port + 1))"
  fi
  # A name that nothing is known of is, for bash, not an answer of anybody's but an argument that makes no sense.
  [[ "$answer" != *"Invalid argument"* ]] || die "BALIE_ADDR: this machine knows no '$host'."
}

# `prepare_data path/to/balie`: a secret, and on the first start a database with the demo in it.
prepare_data() {
  (umask 077 && mkdir -p data)
  if [ ! -s data/secret ]; then
    (umask 077 && head -c 32 /dev/urandom | base64 | tr -d '\n' >data/secret.tmp)
    mv data/secret.tmp data/secret
  fi
  export BALIE_SECRET_FILE="${BALIE_SECRET_FILE:-$PWD/data/secret}"

  if [ -n "${DATABASE_URL:-}" ]; then
    say "Using the database of DATABASE_URL; the demo is not put into it."
    return
  fi
  export DATABASE_URL=sqlite:data/balie.db
  if [ ! -f data/balie.db ]; then
    say "Making the demo (some seconds)"
    # Made elsewhere and moved when complete, so that an interrupted run is simply done again. A -wal file is part of
    # the database, so it goes first; one that is left of a database now gone would corrupt the new one.
    rm -rf data/demo.tmp data/balie.db-wal data/balie.db-shm
    (umask 077 && mkdir data/demo.tmp)
    DATABASE_URL=sqlite:data/demo.tmp/balie.db "$1" demo >data/demo.tmp/demo.txt || die "The demo could not be made."
    mv data/demo.tmp/demo.txt data/demo.txt
    [ ! -f data/demo.tmp/balie.db-wal ] || mv data/demo.tmp/balie.db-wal data/
    mv data/demo.tmp/balie.db data/balie.db
    rm -rf data/demo.tmp
  fi
  [ ! -f data/demo.txt ] || cat data/demo.txt
}
