# What a host lets its user see and do; what it prints is told in capabilities.py. Comment lines are not sent.
# capabilities.py fills in the blank @ (how a line of ours begins). It reads, and asks tools that only read.
# Arguments: seconds that one tool may take, and a little more after which it is left behind.

LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/usr/lib/wsl/lib
exec </dev/null 2>/dev/null

say() { printf '%s\n' "$*"; }

# Ends a prompt or a greeting that lacks its newline.
say
say "@now $(date +%s)"
say "@uid $(id -u)"
say "@user $(id -un)"
say "@groups $(id -nG)"
say "@system $(uname -s)"
say "@shell $SHELL"
say "@sh $(readlink -f /bin/sh)"
while IFS== read -r key value; do
  case $key in ID|ID_LIKE) say "@os $value";; esac
done </etc/os-release

for file in stat meminfo loadavg uptime; do
  read -r line </proc/$file && say "@proc $file"
done
read -r line </proc/1/comm && say "@init $line"

cards=0
for device in /sys/bus/pci/devices/*; do
  read -r vendor <"$device/vendor" && read -r class <"$device/class" &&
    case "$vendor $class" in '0x10de 0x03'*) cards=$((cards + 1));; esac
done
say "@nvidia-cards $cards"

for tool in timeout nvidia-smi docker systemctl journalctl sudo; do
  place=$(command -v $tool) && say "@tool $tool $place"
done
[ -d /run/systemd/system ] && say "@booted systemd"

# Readable is what access(2) says, which knows of access control lists too.
journal=
for file in /var/log/journal/*/system.journal /run/log/journal/*/system.journal; do
  [ -e "$file" ] && journal=${journal:-hidden}
  [ -r "$file" ] && journal=readable
done
[ "$journal" ] && say "@journal $journal"

# In the order in which Debian's and Red Hat's main file includes the others: the first value counts.
words='match|maxsessions|allowstreamlocalforwarding|disableforwarding'
for file in /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config; do
  [ -r "$file" ] || continue
  say "@sshd file $file"
  grep -iE "^[[:space:]]*($words)[[:space:]=]" "$file" | head -n 40 | cut -c 1-200 |
    while IFS= read -r line; do say "@sshd $line"; done
done

# KILL: a df that waits for a dead mount is deaf to TERM.
limit=; timeout -s KILL "$1" true && limit="timeout -s KILL $1"
late=$2

# A tool that not even KILL ends (a driver that hangs in the kernel) is left behind: what waits for it is
# killed instead, and its pipe is not our output.
ask() {
  key=$1; shift
  (
    text=$($limit "$@" 2>&1); code=$?
    printf '%s\n' "$text" | head -n 60 | cut -c 1-2000 | while IFS= read -r line; do say "@$key $line"; done
    say "@$key-end $code"
  ) & job=$!
  (
    trap 'kill $nap; exit' TERM
    sleep "$late" & nap=$!
    wait $nap; kill -KILL $job
  ) >/dev/null & guard=$!
  wait $job; kill $guard
}

there() { command -v "$1" >/dev/null; }

ask df df -P
there nvidia-smi && ask nvidia nvidia-smi --query-gpu=driver_version --format=csv,noheader
there docker && ask docker docker version --format '{{.Server.Version}}'
there systemctl && ask systemd systemctl --version && ask running systemctl is-system-running
there sudo && ask sudo sudo -n -l
say "@done $(date +%s)"
