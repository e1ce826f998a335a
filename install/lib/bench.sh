# Benchmarks: main classes of the tests module, run from its class path.

command_bench() {
  prepare_state
  with_lock need_bench_parts
  if [ "${1:-}" = pipeline ]; then
    (need_peers && need_networks) || true # what it is compared with
  fi
  cd "$repo"
  export NOTECAST_STUN=none # nobody on the internet is asked
  local main=dev.notecast.bench.Bench
  if [ "${1-}" = models ]; then # as large as the real ones, for "bench pipeline --model .."
    main=dev.notecast.vision.onnx.SizedModels
    shift
  fi
  exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(cat "$state/bench.classpath")" "$main" "$@"
}

need_networks() {
  local wanted=$install_dir/requirements-bench.txt stamp=$state/peers/bench.sha256
  sha256sum --status -c "$stamp" 2>/dev/null && return 0
  step "Fetching ONNX Runtime for Python" networks "check the network; without it networks are not compared" \
    "$state/peers/bin/python" -m pip install --disable-pip-version-check --no-input --only-binary :all: -r "$wanted"
  sha256sum "$wanted" >"$stamp"
}

need_bench_parts() {
  local sources
  need_jdk
  sources=$(bench_hash)
  if [ -d "$repo/tests/target/test-classes" ] && [ "$(cat "$state/bench.hash" 2>/dev/null)" = "$sources" ]; then
    return 0
  fi
  need_maven
  rm -f -- "$state/bench.hash"
  step "Building the benchmarks" bench "read the log, mend what it names, run this again" build_bench
  printf '%s\n' "$sources" >"$state/bench.hash"
}

# Of all sources, and of the folder, which is in the class path.
bench_hash() {
  printf '%s %s\n' "$repo" "$(
    cd "$repo" && find pom.xml kernel-ext magics tests -name target -prune -o \
      -type f \( -name pom.xml -o -path '*/src/*' \) -print0 | hash_of_files
  )"
}

build_bench() {
  maven -q -pl tests -am -Dspotless.check.skip=true -DskipTests test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    "-Dmdep.outputFile=$state/bench.classpath" -Dmdep.includeScope=test
  printf ':%s' "$repo/tests/target/test-classes" "$repo/kernel-ext/vision/target/test-classes" >>"$state/bench.classpath"
}
