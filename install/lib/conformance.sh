# Asks a WHIP and WHEP server, ours or another, whether it keeps to the specifications.

command_conformance() {
  prepare_state
  with_lock need_server_parts
  exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true \
    -cp "$dist/*" dev.notecast.magics.ConformanceMain "$@"
}
