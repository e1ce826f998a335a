# JupyterLab on the quickstart notebook.

need_lab_parts() {
  need_jdk
  need_venv requirements.txt
  need_build
  install_kernelspec "$venv/share/jupyter"
}

first_free_port() { # FROM
  "$venv_python" - "$1" <<'PYTHON'
import socket, sys

for port in range(int(sys.argv[1]), 65536):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break
PYTHON
}

command_start() {
  local port='' browser=yes options=() free
  while [ $# -gt 0 ]; do
    case $1 in
      --no-browser) browser=no ;;
      --port)
        [ $# -ge 2 ] || die "--port needs a number" "for example --port 8890"
        port=$2
        shift
        ;;
      --port=*) port=${1#--port=} ;;
      *) die "start has no option '$1'" "it has --no-browser and --port N" ;;
    esac
    shift
  done
  case $port in *[!0-9]*) die "'$port' is not a port" "for example --port 8890" ;; esac
  [ -z "$port" ] || { [ ${#port} -le 5 ] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ]; } ||
    die "$port is not a port" "take 1 to 65535"
  prepare_state
  with_lock need_lab_parts
  free=$(first_free_port "${port:-8890}")
  [ "${port:-$free}" = "$free" ] || die "port $port is taken" "--port $free is free"
  port=$free

  # In the environment, not the arguments: every user of this machine can read those.
  JUPYTER_TOKEN=$("$venv_python" -c 'import secrets; print(secrets.token_hex(24))')
  export JUPYTER_TOKEN
  [ "$browser" = yes ] || options+=(--no-browser)
  [ "$(id -u)" -ne 0 ] || options+=(--allow-root)
  announce "$port" &
  cd "$repo"
  exec "$venv_python" -m jupyterlab "${options[@]}" --ServerApp.ip=127.0.0.1 --ServerApp.port="$port" \
    --ServerApp.port_retries=0 --ServerApp.root_dir="$repo" --log-level=WARN --LabApp.log_level=WARN \
    --LabApp.default_url=/lab/tree/notebooks/quickstart.ipynb
}

# Prints the address when it can be opened; gives up with JupyterLab, which takes this shell's place.
announce() { # PORT
  local try
  for try in {1..240}; do
    kill -0 $$ 2>/dev/null || return 0
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then break; fi
    sleep 0.25
  done
  printf 'JupyterLab: http://127.0.0.1:%s/lab/tree/notebooks/quickstart.ipynb?token=%s\n' "$1" "$JUPYTER_TOKEN"
  printf 'Ctrl-C twice ends it.\n'
}
