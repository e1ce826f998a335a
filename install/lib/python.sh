# The Python environment that holds JupyterLab and the kernel's jar.

venv=$state/venv
venv_python=$venv/bin/python

find_python() { # sets python
  local name
  for name in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
    python=$(command -v "$name" 2>/dev/null) || continue
    "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
  done
  return 1
}

need_python() {
  find_python && return 0
  can_apt || die "no Python 3.11 or newer with venv was found" "sudo apt-get install python3 python3-venv"
  step "Installing Python" apt-python "sudo apt-get install python3 python3-venv" apt_install python3 python3-venv
  find_python || die "this system's Python is older than 3.11" "install Python 3.11 or newer and put it on PATH"
}

# Makes the environment hold what a requirements file lists; a stamp makes the second time free.
need_venv() { # REQUIREMENTS
  local wanted=$install_dir/$1 stamp=$state/venv-${1%.txt}.sha256
  if [ -x "$venv_python" ] && [ -f "$stamp" ] && sha256sum --status -c "$stamp" 2>/dev/null; then
    return 0
  fi
  need_python
  step "Setting up Python packages ($1)" "pip" "check the network and pip's settings, then run this again" \
    fill_venv "$wanted"
  sha256sum "$wanted" >"$stamp"
}

fill_venv() { # REQUIREMENTS
  # A moved checkout leaves scripts that point to the old place.
  if ! "$venv_python" -c 'import sys; sys.exit(sys.prefix != sys.argv[1])' "$venv" 2>/dev/null; then
    rm -rf -- "$venv"
    "$python" -m venv "$venv"
  fi
  "$venv_python" -m pip install --disable-pip-version-check --no-input -r "$1"
  # One Java in Jupyter's list of kernels; only the jar beside this file is wanted.
  rm -f -- "$venv/share/jupyter/kernels/java/kernel.json"
  # No question about news over the first notebook.
  mkdir -p "$venv/share/jupyter/lab/settings"
  cp -- "$install_dir/lib/lab-overrides.json" "$venv/share/jupyter/lab/settings/overrides.json"
}
