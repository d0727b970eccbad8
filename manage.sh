#!/usr/bin/env bash
# The one front door. It finds a Python, sets up .venv when that is missing or stale, and hands over
# to the Typer program in 01-core/stack/cli, where every command is explained.
set -euo pipefail
root=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")

usage() {
  cat <<'TEXT'
Usage: ./manage.sh [COMMAND] [OPTIONS]

Record who said what, on this machine only. Without a command: set up, start, and say where.

  setup                      install what is needed into .venv and write .env (safe to repeat)
  up, down, restart          start, stop or restart the servers and the product
  ps, health, logs           what runs, whether it is well, what it says
  demo                       transcribe the sample meeting and compare it with its reference
  transcribe FILE...         transcribe recordings and print the result
  create-user, migrate       accounts and database schema
  db-shell                   psql on the product's database
  test, lint, bench          prove it
  doctor                     what is missing or odd on this machine, and what to do
  clean, clean-all           remove caches and logs; remove everything

After `./manage.sh setup`, `./manage.sh COMMAND --help` explains each command.
TEXT
}

find_python() {
  local candidate
  for candidate in ${SCRIBE_PYTHON:+"$SCRIBE_PYTHON"} python3.14 python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  echo "No Python 3.11 or newer was found. Install one (Debian, Ubuntu: apt install python3 python3-venv)," \
    "or name yours: SCRIBE_PYTHON=/path/to/python3 ./manage.sh" >&2
  return 1
}

venv_python=$root/.venv/bin/python
command=up
for argument in "$@"; do
  case $argument in
    -*) ;;
    *) command=$argument && break ;;
  esac
done

installed=no
if [[ -f $root/.venv/setup.json ]] && "$venv_python" -c '' 2>/dev/null; then installed=yes; fi

if [[ $installed == no ]]; then
  for argument in "$@"; do
    case $argument in
      --help | -h | help) usage && exit 0 ;;
      --) break ;;
    esac
  done
  case $command in
    down | clean | clean-all)
      echo "Nothing is set up here, so there is nothing to stop. Data of an earlier set-up would lie in volumes/." >&2
      exit 0
      ;;
    ps | health | logs | db-shell)
      echo "Nothing is set up here yet. Run ./manage.sh up first." >&2
      exit 3
      ;;
  esac
fi

case $command in
  down | clean | clean-all | ps | health | logs | db-shell) ;;
  *)
    profile=run
    case $command in test | lint | bench) profile=dev ;; esac
    if [[ $installed == yes ]]; then python=$venv_python; else python=$(find_python); fi
    bootstrap=(env PYTHONPATH="$root/01-core" PYTHONDONTWRITEBYTECODE=1 "$python" -P -m stack.bootstrap)
    if [[ $installed == no && $command == doctor ]]; then exec "${bootstrap[@]}" --check; fi
    "${bootstrap[@]}" --profile "$profile"
    ;;
esac

exec "$venv_python" -P -m stack.cli "$@"
