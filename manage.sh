#!/usr/bin/env bash
# The one front door. It finds a Python, sets up .venv when that is missing or stale, and hands over
# to the Typer program in 01-core/stack/cli, where every command is explained.
set -euo pipefail
root=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
venv_python=$root/.venv/bin/python

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
  models                     pull, add, list, verify and remove the models that engines load
  db-shell                   psql on the product's database
  test, lint, bench          prove it
  eval MANIFEST              measure word and speaker error rates, engine against engine
  screenshots [FOLDER]       photograph every page of the web app
  web types                  write the web app's types anew from the API
  doctor                     what is missing or odd on this machine, and what to do
  clean, clean-all           remove caches and logs; remove everything

After `./manage.sh setup`, `./manage.sh COMMAND --help` explains each command.
TEXT
}

misused() {
  echo "$1 ./manage.sh --help lists the commands." >&2
  exit 2
}

# The packaged Redis server has builds for 3.12 and 3.11: they come before what is newer.
find_python() {
  local candidate
  for candidate in ${SCRIBE_PYTHON:+"$SCRIBE_PYTHON"} python3.12 python3.11 python3.13 python3.14 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  echo "No Python 3.11 or newer was found. Install one (Debian, Ubuntu: apt install python3 python3-venv)," \
    "or name yours: SCRIBE_PYTHON=/path/to/python3 ./manage.sh" >&2
  return 1
}

# Whether an earlier set-up left data, credentials or processes that only an installed product can handle.
has_remains() {
  local volumes=${SCRIBE_STACK__VOLUMES:-volumes} name
  [[ $volumes == /* ]] || volumes=$root/$volumes
  [[ -e $root/.env ]] && return
  for name in run/supervisord.pid postgres_data redis_data s3_data prepared command-line.json; do
    [[ -e $volumes/$name ]] && return
  done
  return 1
}

if [[ ${1-} == help ]]; then set -- --help; fi

command=up
for argument in "$@"; do
  case $argument in
    --debug | -h | --help) ;;
    -*) misused "There is no option $argument before a command." ;;
    *) command=$argument && break ;;
  esac
done
case $command in
  setup | up | down | restart | ps | health | logs | demo | transcribe | create-user | migrate | db-shell) ;;
  models | test | lint | bench | eval | screenshots | web | doctor | clean | clean-all) ;;
  *) misused "There is no command $command." ;;
esac

asks_for_help=no
for argument in "$@"; do
  case $argument in
    -h | --help) asks_for_help=yes && break ;;
    --) break ;;
  esac
done

installed=no
if [[ -f $root/.venv/setup.json ]] && "$venv_python" -c '' 2>/dev/null; then installed=yes; fi

if [[ $installed == no ]]; then
  if [[ $asks_for_help == yes ]]; then usage && exit 0; fi
  case $command in
    down | clean | clean-all)
      if has_remains; then
        echo "An earlier set-up left data, credentials or processes here, but .venv is missing or broken." \
          "Run ./manage.sh setup, then ./manage.sh $command again." >&2
        exit 3
      fi
      echo "Nothing is set up here, so there is nothing to stop or to remove." >&2
      exit 0
      ;;
    ps | health | logs | migrate | db-shell)
      echo "Nothing is set up here yet. Run ./manage.sh up first." >&2
      exit 3
      ;;
  esac
fi

prepare() {
  local profile=run python=$venv_python
  case $command in test | lint | bench | screenshots | web) profile=dev ;; esac
  if [[ $installed == no ]]; then python=$(find_python); fi
  local bootstrap=(env PYTHONPATH="$root/01-core" PYTHONDONTWRITEBYTECODE=1 "$python" -P -m stack.bootstrap)
  if [[ $installed == no && $command == doctor ]]; then exec "${bootstrap[@]}" --check; fi
  "${bootstrap[@]}" --profile "$profile"
}

case $command in
  down | clean | clean-all | ps | health | logs | db-shell) ;;
  *) if [[ $asks_for_help == no ]]; then prepare; fi ;;
esac

exec "$venv_python" -P -m stack.cli "$@"
