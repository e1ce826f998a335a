# The kernelspec "Java (Notecast)".

need_kernel_parts() {
  need_jdk
  need_venv requirements-kernel.txt
  need_build
}

# Fills in the template; whoever lists kernels sees the whole spec or none.
install_kernelspec() { # PREFIX of a data directory, such as ~/.local/share/jupyter
  local target=$1/kernels/notecast fresh=$1/kernels/.notecast-$$
  mkdir -p "$fresh" 2>/dev/null || die "cannot write to $1" "use install/notecast kernel --user"
  "$venv_python" "$install_dir/lib/kernelspec.py" "$install_dir/kernel" "$fresh" \
    "PYTHON=$venv_python" "JAVA=$java_home/bin/java" "DIST=$dist" "ADDONS=$addons" \
    "JJAVA_JAR=$venv/share/jupyter/kernels/java/jjava.jar"
  rm -rf -- "$target"
  mv -- "$fresh" "$target"
  grep -qxF -- "$1" "$state/kernelspecs" 2>/dev/null || printf '%s\n' "$1" >>"$state/kernelspecs"
}

# After a build, every kernelspec that was installed before names the new jars.
refresh_kernelspecs() {
  local data_dir
  [ -f "$state/kernelspecs" ] || return 0
  while IFS= read -r data_dir; do
    if grep -qF -- "$state/dist/" "$data_dir/kernels/notecast/kernel.json" 2>/dev/null; then
      install_kernelspec "$data_dir"
    fi
  done < <(cat "$state/kernelspecs")
}

user_data_dir() { printf '%s' "${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter}"; }

command_kernel() {
  local where=--user data_dir
  case ${1:---user} in
    --user | --sys-prefix) where=${1:---user} ;;
    *) die "kernel has no option '$1'" "use --user or --sys-prefix" ;;
  esac
  prepare_state
  with_lock need_kernel_parts
  if [ "$where" = --sys-prefix ]; then
    find_python || die "no Python 3.11 or newer is on PATH" "use --user"
    data_dir=$("$python" -c 'import sys; print(sys.prefix)')/share/jupyter
  else
    data_dir=$(user_data_dir)
  fi
  install_kernelspec "$data_dir"
  note "The kernel Java (Notecast) is in $data_dir/kernels/notecast"
}
