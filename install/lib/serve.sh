# The media server without a notebook.

need_server_parts() {
  need_jdk
  need_build
}

command_serve() {
  prepare_state
  with_lock need_server_parts
  exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true \
    "-Dnotecast.addons=$addons" -cp "$addons/*:$dist/*" dev.notecast.magics.ServeMain "$@"
}
