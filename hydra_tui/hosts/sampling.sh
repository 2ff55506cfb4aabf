# The sampling loop; what it prints, and how it ends, is told in script.py. Comment lines are not sent.
# script.py fills in the blanks @ (how a line of ours begins), QUERIES, APPS and VIRTUAL.
# Arguments: the pause between two frames in seconds, how many frames make a slow tick, the pause in
# whole seconds for a sleep that knows no others, nvidia-smi's pause in ms, the pause after frame one,
# and how many frames lie between two looks at processes.

LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/lib/wsl/lib
exec 2>/dev/null
pause=$1 every=$2 whole=$3 ms=$4 rest=$5 often=$6 nl='
'

# One write, so that lines of the loop and of its helpers never mix; who cannot write has no reader.
say() { printf '%s\n' "$*" || exit 1; }

# KILL: a df that waits for a dead mount is deaf to TERM. The second try leaves such mounts out.
limit=; timeout -s KILL 5 true && limit='timeout -s KILL 5'
disks() {
  { $limit df -P -B1 || $limit df -P -l -B1 || $limit df -P -k; } </dev/null |
  while IFS= read -r line; do say "@df $line"; done
  say @df-end
}

# Code 2 is a refused argument: an unknown field fails the whole query.
gpus() {
  $limit nvidia-smi -q -d COMPUTE </dev/null |
  while IFS= read -r line; do
    case $line in CUDA*:*) say "cuda $line";; Attached*) break;; esac
  done &
  for fields in QUERIES; do
    nvidia-smi --query-gpu=$fields --format=csv,noheader,nounits -lms $ms </dev/null 2>&1 &
    tool=$!; say "pid $tool"; wait $tool; code=$?
    [ $code -eq 2 ] || break
  done
  say "${nl}exit $code"
}

# Takes the tool with it when the loop ends, or is found gone: $$ is the loop, here too.
mark() {
  tool=
  trap 'kill $tool' EXIT; trap exit HUP INT TERM PIPE
  while IFS= read -r line && kill -0 $$; do
    case $line in
      'pid '*) tool=${line#pid };;
      'exit '*) tool=; say "@gpu-end ${line#exit }";;
      'cuda '*) say "@$line";;
      ?*) say "@gpu $line";;
    esac
  done
}

# What a process that hides from us tells is nothing: then none of these lines comes.
owner() {
  uid=
  while read -r key line; do
    case $key in Uid:) uid=${line%%[!0-9]*}; break;; esac
  done <"/proc/$1/status"
  [ "$uid" ] || return 0
  user=$(getent passwd "$uid" </dev/null)
  user=${user%%:*}
  say "@app-user $1 ${user:-$uid}"
  while IFS= read -r line; do
    case $line in 0::*|*:name=systemd:*|*:memory:*) say "@app-cgroup $1 $line";; esac
  done <"/proc/$1/cgroup"
  say "@app-cmd $1 $(head -c 480 "/proc/$1/cmdline" | tr '\0\n\r' '   ')"
}

apps() {
  { $limit nvidia-smi --query-compute-apps=APPS --format=csv,noheader,nounits </dev/null 2>&1
    printf '\nexit %s\n' $?; } |
  while IFS= read -r line; do
    pid=${line#*, }; pid=${pid%%,*}
    case $line in
      'exit '*) say "@app-end ${line#exit }"; break;;
      ?*) say "@app $line"; case $pid in ''|*[!0-9]*) ;; *) owner "$pid";; esac;;
    esac
  done
}

heat() {
  for chip in /sys/class/hwmon/hwmon*; do
    read -r key <"$chip/name" || continue
    case $key in
      coretemp|k10temp|zenpower|cpu_thermal)
        read -r line <"$chip/temp1_input" && { say "@temp $line"; return 0; };;
    esac
  done
  for zone in /sys/class/thermal/thermal_zone*; do
    read -r key <"$zone/type" || continue
    case $key in
      x86_pkg_temp|cpu*|CPU*|soc*) read -r line <"$zone/temp" && { say "@temp $line"; return 0; };;
    esac
  done
}

arc() {
  while read -r key line size; do
    case $key in c_min|size) say "@arc $key $size";; esac
  done </proc/spl/kstat/zfs/arcstats
}

now_and_then() {
  heat
  [ -r /proc/spl/kstat/zfs/arcstats ] && arc
  [ "$gpu" ] && [ -z "$app" ] && command -v nvidia-smi >/dev/null && { apps & app=$!; }
}

slow() {
  cores=0
  while read -r key line; do
    case $key in cpu) ;; cpu*) cores=$((cores + 1));; *) break;; esac
  done </proc/stat
  say "@cores $cores"
  read -r line </proc/sys/kernel/osrelease && say "@kernel $line"
  while IFS='=' read -r key line; do
    [ "$key" = PRETTY_NAME ] && say "@os $line"
  done </etc/os-release
  [ "$df" ] || { disks & df=$!; }
  [ "$gpu" ] || if command -v nvidia-smi >/dev/null; then gpus | mark & gpu=$!; else say '@gpu-end 127'; fi
}

look() {
  frame="@tick $tick"
  read -r line </proc/stat && frame="$frame$nl@stat $line"
  while read -r key line; do
    case $key in
      MemTotal:|MemAvailable:|SwapTotal:) frame="$frame$nl@mem $key $line";;
      SwapFree:) frame="$frame$nl@mem $key $line"; break;;
    esac
  done </proc/meminfo
  read -r line </proc/loadavg && frame="$frame$nl@load $line"
  read -r line </proc/uptime && frame="$frame$nl@up $line"
  while read -r line; do
    case $line in VIRTUAL) ;; *:*) frame="$frame$nl@net $line";; esac
  done </proc/net/dev
  say "$frame$nl@end $tick"
}

# In the background, because a shell hears a signal while it waits, but not while a command runs.
rest() { sleep "$1" >/dev/null & nap=$!; wait $nap; }

df= gpu= app= nap= tick=0
trap 'kill $gpu $nap' EXIT; trap exit HUP INT TERM PIPE
# Ends a prompt or a greeting that lacks its newline.
say
while :; do
  kill -0 $df || df=
  kill -0 $gpu || gpu=
  kill -0 $app || app=
  [ $((tick % every)) -eq 0 ] && slow
  [ $((tick % often)) -eq 0 ] && now_and_then
  tick=$((tick + 1))
  look
  rest $rest || rest $whole || exit 1
  rest=$pause
done
