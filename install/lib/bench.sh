# Benchmarks: main classes of the tests module, run from its class path.

command_bench() {
  prepare_state
  with_lock need_bench_parts
  cd "$repo"
  exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(cat "$state/bench.classpath")" \
    dev.notecast.bench.Bench "$@"
}

need_bench_parts() {
  need_jdk
  need_maven
  step "Building the benchmarks" bench "read the log, mend what it names, run this again" build_bench
}

build_bench() {
  maven -q -pl tests -am -Dspotless.check.skip=true -DskipTests test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    "-Dmdep.outputFile=$state/bench.classpath" -Dmdep.includeScope=test
  printf ':%s' "$repo/tests/target/test-classes" >>"$state/bench.classpath"
}
