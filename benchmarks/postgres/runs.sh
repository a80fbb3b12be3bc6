#!/usr/bin/env bash
# Searches a collection with PostgreSQL's full text search and writes TREC runs:
#
#   benchmarks/postgres/runs.sh COLLECTION RUNS
#
# Needs initdb, pg_ctl and psql of PostgreSQL 11 or newer on the PATH, a locale C.UTF-8, and nothing else: it makes a cluster of its own in a
# temporary folder, talks to it through a socket there, and removes it. PostgreSQL refuses to run as root: then it runs as the user PG_USER
# (by default postgres), through runuser.
#
#   postgres-ts_rank      websearch_to_tsquery (all the words), ts_rank with its default weights and normalisation 0
#   postgres-ts_rank-or   the same query with every & made | (any of the words), ts_rank with normalisation 1 (divided by 1 + log of the length)
#
# The configuration is english, whatever the language; the weights are subject A, turns B, attachments C, quoted text and signatures D. Nothing
# was tried out on the collection. Equal ranks: newest first, then id. A query of stop words alone finds nothing.
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "usage: runs.sh COLLECTION RUNS" >&2
  exit 2
fi
collection=$(cd "$1" && pwd)
mkdir -p "$2"
runs=$(cd "$2" && pwd)
sql=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

home=$(mktemp -d)
server=()
if [[ $(id -u) -eq 0 ]]; then
  server=(runuser -u "${PG_USER:-postgres}" -- env "PATH=$PATH")
  chown "${PG_USER:-postgres}" "$home"
fi
stop() {
  if [[ -e $home/data/postmaster.pid ]]; then
    (cd "$home" && "${server[@]}" pg_ctl -D "$home/data" -m immediate -w stop >"$home/stop.log" 2>&1) || true
  fi
  rm -rf "$home"
}
trap stop EXIT

# C.UTF-8 and not C: what a letter is must not depend on the machine, and Cyrillic has letters, too.
cd "$home"
"${server[@]}" initdb -D "$home/data" -U earshot --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$home/initdb.log" ||
  { cat "$home/initdb.log" >&2; exit 1; }
"${server[@]}" pg_ctl -D "$home/data" -l "$home/server.log" -o "-k '$home' -c listen_addresses=''" -w start >"$home/start.log" ||
  { cat "$home/start.log" "$home/server.log" >&2; exit 1; }

psql=(psql -X -q -v ON_ERROR_STOP=1 -h "$home" -U earshot -d postgres)
# Every line is one value: JSON must escape both of these characters, so neither stands in it.
copy="with (format csv, delimiter e'\x01', quote e'\x02')"
"${psql[@]}" -c 'create table interaction_line (line jsonb)' -c 'create table topic_line (position bigserial, line jsonb)'
"${psql[@]}" -c "\\copy interaction_line from pstdin $copy" <"$collection/interactions.jsonl"
"${psql[@]}" -c "\\copy topic_line (line) from pstdin $copy" <"$collection/topics.jsonl"
"${psql[@]}" -f "$sql/documents.sql"

count() { "${psql[@]}" -At -c "select count(*) from $1"; }

# run NAME QUERY NORMALISATION; QUERY is an expression that makes a tsquery of a topic's query.
run() {
  "${psql[@]}" -At -v name="$1" -v query="$2" -v normalisation="$3" -f "$sql/run.sql" >"$home/run"
  echo "$runs/$1.run: $(count topic) topics, $(count document) interactions, $(grep -c . "$home/run") lines," \
    "PostgreSQL $("${psql[@]}" -At -c 'show server_version'), ts_rank(document, $2, $3)" >&2
  mv "$home/run" "$runs/$1.run"
}
run postgres-ts_rank "websearch_to_tsquery('english', query)" 0
run postgres-ts_rank-or "replace(websearch_to_tsquery('english', query)::text, ' & ', ' | ')::tsquery" 1
