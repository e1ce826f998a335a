# Builds the jars, only when a source changed; sets dist, the folder that holds them.

# Jars that a user has added stand before ours on the class path.
addons=$state/addons

need_maven() { need_command mvn maven; }

# A Maven repository that can be written. Java takes the home of the password file, not $HOME.
maven() {
  local options=(-B -ntp -Dstyle.color=never) home
  home=$(getent passwd "$(id -u)" | cut -d: -f6)
  if [ ! -w "${home:-/nonexistent}" ]; then options+=("-Dmaven.repo.local=$state/m2"); fi
  (cd "$repo" && mvn "${options[@]}" "$@")
}

hash_of_files() { # paths on stdin, separated by NUL, relative to the repository
  (cd "$repo" && LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

source_hash() {
  (cd "$repo" && find pom.xml kernel-ext magics \( -name target -o -path '*/src/test' \) -prune -o \
    -type f \( -name pom.xml -o -path '*/src/main/*' \) -print0) | hash_of_files
}

need_build() {
  dist=$state/dist/$(source_hash)
  [ -f "$dist/complete" ] && return 0
  need_maven
  step "Building (the first time downloads about 260 MB)" build "read the log, mend what it names, run this again" build
  refresh_kernelspecs
  prune_dists
}

# Offline first: what was resolved once needs no network again.
build() {
  if ls "$state"/dist/*/complete >/dev/null 2>&1; then
    package -o || package
  else
    package
  fi
  rm -rf -- "$dist"
  mkdir -p "$dist"
  cp -- "$repo"/kernel-ext/jupyter/target/dist/*.jar "$dist/"
  touch "$dist/complete"
}

package() { # [MAVEN OPTION]
  maven -q "$@" -pl kernel-ext/jupyter -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
}

# Keeps the two newest: a kernel that runs may still load classes from the older one.
prune_dists() {
  local old
  while IFS= read -r old; do rm -rf -- "$old"; done < <(
    find "$state/dist" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d' ' -f2-
  )
}
