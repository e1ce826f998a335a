# Finds or installs a JDK; sets java_home.

readonly jdk_minimum=21
readonly temurin=https://github.com/adoptium/temurin21-binaries/releases/download/jdk-21.0.12%2B8

jdk_version() { # HOME -> its feature release, nothing when it is no JDK
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1
}

jdk_candidates() {
  local java
  java=$(command -v java 2>/dev/null) && java=$(readlink -f -- "$java") && printf '%s\n' "${java%/bin/java}"
  printf '%s\n' "$state"/jdk/* /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
}

# JAVA_HOME when it is new enough, because somebody chose it; else the newest that is found.
find_jdk() {
  local home version best=0
  java_home=
  if [ -n "${JAVA_HOME:-}" ]; then
    version=$(jdk_version "$JAVA_HOME")
    if [ "${version:-0}" -ge $jdk_minimum ]; then
      java_home=$JAVA_HOME
      return 0
    fi
  fi
  while IFS= read -r home; do
    version=$(jdk_version "$home")
    if [ "${version:-0}" -ge $jdk_minimum ] && [ "$version" -gt "$best" ]; then
      best=$version
      java_home=$home
    fi
  done < <(jdk_candidates | sort -u)
  [ -n "$java_home" ]
}

need_jdk() {
  if ! find_jdk; then
    if can_apt && apt-cache show openjdk-21-jdk-headless >/dev/null 2>&1; then
      step "Installing OpenJDK 21" apt-jdk "sudo apt-get install openjdk-21-jdk-headless" \
        apt_install openjdk-21-jdk-headless
    else
      need_command curl curl
      step "Downloading Temurin 21" temurin "install any JDK 21 or newer and set JAVA_HOME" install_temurin
    fi
    find_jdk || die "no JDK $jdk_minimum or newer was found" "install one and set JAVA_HOME to its folder"
  fi
  export JAVA_HOME=$java_home
}

install_temurin() {
  local arch sha archive=$state/temurin.tar.gz
  case $(uname -m) in
    x86_64) arch=x64 sha=e4446ff06a276155697597cc0f1b15da004ff083f4964a35271ecee567177370 ;;
    aarch64) arch=aarch64 sha=eba38e871b02d407897bfe017ea35352dfc1420ef6d2112425b0c67325ca509d ;;
  esac
  curl -fsSL --retry 3 -o "$archive" "$temurin/OpenJDK21U-jdk_${arch}_linux_hotspot_21.0.12_8.tar.gz"
  printf '%s  %s\n' "$sha" "$archive" | sha256sum -c -
  mkdir -p "$state/jdk"
  tar -xzf "$archive" -C "$state/jdk"
  rm -f -- "$archive"
}
