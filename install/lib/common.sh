# Output, failures, timed steps, system packages.

die() { # WHAT FIX
  printf 'notecast: %s: %s\n' "$1" "$2" >&2
  exit 1
}

note() { printf '%s\n' "$*" >&2; }

# A home that can be written: pip, Jupyter and Maven all keep something there.
prepare_state() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-aarch64) ;;
    *) die "$(uname -s) on $(uname -m) is not supported" "use Linux on x86_64 or arm64 (a virtual machine will do)" ;;
  esac
  case $repo in *:*) die "the folder $repo has a colon in its name" "move it, class paths cannot hold one" ;; esac
  mkdir -p "$state/logs" 2>/dev/null || die "cannot write to $state" "give yourself the right to write there"
  if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
    mkdir -p "$state/home"
    export HOME=$state/home
  fi
}

# One set-up at a time: two launchers share venv and build. The lock ends with the function, not with what it starts.
with_lock() { # COMMAND...
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$state/lock"
    flock -w 900 9 || die "another set-up has been running for 15 minutes" "end it, then run this again"
    "$@"
    exec 9>&-
  else
    "$@"
  fi
}

# Runs a step in a subshell with its output in a log, and prints one line with the time it took.
step() { # TITLE LOG FIX COMMAND...
  local title=$1 log=$state/logs/$2.log fix=$3 began=$SECONDS rc=0
  shift 3
  printf '%s ... ' "$title" >&2
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1 9>&-
  rc=$?
  set -e
  if [ $rc -ne 0 ]; then
    printf 'failed after %d s\n' $((SECONDS - began)) >&2
    grep -v -E '^WARNING|^\[ERROR\] *(\[Help|To see|Re-run|For more|$)' "$log" | tail -n 15 >&2 || true
    die "$title failed (all of it in $log)" "$fix"
  fi
  printf 'done in %d s\n' $((SECONDS - began)) >&2
}

# The command that runs things as root without asking, or nothing.
root_prefix() {
  if [ "$(id -u)" -eq 0 ]; then
    printf 'env'
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    printf 'sudo'
  fi
}

can_apt() { command -v apt-get >/dev/null 2>&1 && [ -n "$(root_prefix)" ]; }

apt_install() { # PACKAGE...
  local as_root
  as_root=$(root_prefix)
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get install -y -q --no-install-recommends "$@" && return 0
  $as_root apt-get update -q
  $as_root apt-get install -y -q --no-install-recommends "$@"
}

# Installs the package of a command that is missing, or says how.
need_command() { # COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 && return 0
  can_apt || die "$1 was not found" "sudo apt-get install $2"
  step "Installing $2" "apt-$2" "sudo apt-get install $2" apt_install "$2"
}
