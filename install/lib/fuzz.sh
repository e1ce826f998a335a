# Fuzzing: each @FuzzTest in a JVM of its own, fed with what the fuzzer makes of its seeds and of earlier runs.

fuzz_modules=kernel-ext/rtc,kernel-ext/media,kernel-ext/vision,kernel-ext/server

command_fuzz() { # [SECONDS [NAME]]
  local seconds=${1:-60} name=${2:-} failed=0 module class method
  case $seconds in *[!0-9]* | '') die "fuzz takes a number of seconds, not '$seconds'" "install/notecast fuzz 60 Offer" ;; esac
  prepare_state
  with_lock need_fuzz_parts
  while read -r module class method; do
    case $class.$method in *"$name"*) ;; *) continue ;; esac
    fuzz "$seconds" "$module" "$class" "$method" || failed=$((failed + 1))
  done < <(fuzz_targets)
  [ $failed -eq 0 ] || die "$failed targets failed" "read the logs in $state/fuzz, mend the cause, keep the input as a seed"
}

need_fuzz_parts() {
  need_jdk
  need_maven
  step "Building the fuzz tests" fuzz "read the log, mend what it names, run this again" build_fuzz
}

build_fuzz() {
  maven -q -pl $fuzz_modules -Dspotless.check.skip=true -DskipTests test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test
}

# MODULE CLASS METHOD, a line for each
fuzz_targets() {
  local module file class
  for module in ${fuzz_modules//,/ }; do
    while IFS= read -r file; do
      class=${file#"$repo/$module/src/test/java/"}
      class=${class%.java}
      grep -A1 '@FuzzTest' "$file" | sed -n "s|.*void \([A-Za-z0-9]*\)(.*|$module ${class//\//.} \1|p"
    done < <(grep -rl '@FuzzTest' "$repo/$module/src/test/java" | sort)
  done
}

fuzz() { # SECONDS MODULE CLASS METHOD
  local seconds=$1 module=$repo/$2 class=$3 method=$4 work=$state/fuzz/$3.$4 seeds rc=0
  seeds=$module/src/test/resources/${class//.//}Inputs/$method
  mkdir -p "$work/corpus"
  printf '%s.%s ... ' "$class" "$method" >&2
  (
    cd "$work"
    "$java_home/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED \
      -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz.classpath")" \
      com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method="$method" \
      '--instrumentation_includes=dev.notecast.**' --reproducer_path="$work" -artifact_prefix="$work/" \
      -max_total_time="$seconds" -timeout=5 -rss_limit_mb=4096 corpus $([ ! -d "$seeds" ] || printf '%s' "$seeds")
  ) >"$work/log" 2>&1 </dev/null || rc=$?
  if [ $rc -eq 0 ]; then
    sed -n 's/^Done \([0-9]*\) runs.*/\1 runs/p' "$work/log" >&2
  else
    printf 'failed: %s\n' "$work/log" >&2
  fi
  return $rc
}
