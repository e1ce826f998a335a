# Checks of the machine and its network, one line each; a failure says how to mend it.

doctor_failed=0

ok() { printf 'ok      %s\n' "$1"; }
bad() { # WHAT FIX
  printf 'FAILED  %s: %s\n' "$1" "$2"
  doctor_failed=1
}
optional() { printf 'note    %s: %s\n' "$1" "$2"; }

check_source() {
  local repository
  repository=$(sed -n 's/^repository=//p' "$install_dir/source.properties")
  ok "Notecast from ${repository:-this checkout, $repo}"
}

check_jdk() {
  if find_jdk; then
    ok "JDK $(jdk_version "$java_home") in $java_home"
  else
    bad "no JDK $jdk_minimum or newer" "sudo apt-get install openjdk-21-jdk-headless, or set JAVA_HOME"
  fi
}

check_python() {
  if find_python; then
    ok "Python $("$python" -c 'import platform; print(platform.python_version())') in $python"
  else
    bad "no Python 3.11 or newer with venv" "sudo apt-get install python3 python3-venv"
  fi
}

check_maven() {
  if command -v mvn >/dev/null 2>&1; then
    ok "Maven in $(command -v mvn)"
  elif [ -f "$state/dist/$(source_hash)/complete" ]; then
    optional "no Maven" "needed only when a source changes: sudo apt-get install maven"
  else
    bad "no Maven" "sudo apt-get install maven"
  fi
}

check_disk() {
  local free_mib
  free_mib=$(df -Pm "$state" | awk 'NR == 2 { print $4 }')
  if [ "$free_mib" -ge 2048 ]; then
    ok "$free_mib MiB free for $state"
  else
    bad "only $free_mib MiB free for $state" "make room for 2048 MiB"
  fi
}

check_memory() {
  local free_mib
  free_mib=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  if [ "$free_mib" -ge 1024 ]; then
    ok "$free_mib MiB of memory available"
  else
    bad "only $free_mib MiB of memory available" "end other programs, 1024 MiB are needed"
  fi
}

check_port() { # PROTOCOL PORT FLAG; hexadecimal port in the second column of /proc/net
  local table
  table=$(cat /proc/net/"$1" /proc/net/"$1"6 2>/dev/null | awk -v port="$(printf '%04X' "$2")" -v tcp="$1" '
    { split($2, local, ":"); listens = tcp != "tcp" || $4 == "0A" }
    local[2] == port && listens { print "taken"; exit }')
  if [ -z "$table" ]; then
    ok "${1^^} port $2 is free"
  else
    optional "${1^^} port $2 is taken" "end what uses it, or start with $3 and another port"
  fi
}

check_tool() { # COMMAND PACKAGE WHAT_FOR
  if command -v "$1" >/dev/null 2>&1; then
    ok "$1 in $(command -v "$1")"
  else
    optional "no $1" "needed only for $3: sudo apt-get install $2"
  fi
}

check_kernel() {
  if [ -f "$venv/share/jupyter/kernels/notecast/kernel.json" ] || [ -f "$(user_data_dir)/kernels/notecast/kernel.json" ]; then
    ok "the kernel Java (Notecast) is installed"
  else
    optional "the kernel Java (Notecast) is not installed yet" "install/notecast start"
  fi
}

# UDP, TCP, NAT, tunnels, clock, GPU and the one change to make; ten seconds at most.
check_network() { # OPTIONS...
  dist=$state/dist/$(source_hash)
  if ! find_jdk || [ ! -f "$dist/complete" ]; then
    optional "the network was not looked at" "install/notecast start builds what does it"
    return 0
  fi
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.awt.headless=true \
    -cp "$dist/*" dev.notecast.magics.DoctorMain "$@" || doctor_failed=$?
}

command_doctor() {
  prepare_state
  ok "$(uname -s) on $(uname -m)"
  check_source
  check_jdk
  check_maven
  check_python
  check_disk
  check_memory
  check_port tcp 8889 "%sfu start --port"
  check_port udp 8189 "%sfu start --udp-port"
  check_kernel
  check_tool chromium chromium "the tests"
  check_tool firefox-esr firefox-esr "the tests"
  check_tool ffmpeg ffmpeg "the tests"
  check_network "$@"
  exit $doctor_failed
}
