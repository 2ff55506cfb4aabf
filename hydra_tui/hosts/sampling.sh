# The sampling loop; what it prints, and how it ends, is told in script.py. Comment lines are not sent.
# script.py fills in the blanks @ (how a line of ours begins), FULL, SHORT and VIRTUAL.
# Arguments: the pause between two frames in seconds, how many frames make a slow tick, the pause in
# whole seconds for a sleep that knows no others, nvidia-smi's pause in ms, the pause after frame one.

LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/lib/wsl/lib
exec 2>/dev/null
pause=$1 every=$2 whole=$3 ms=$4 rest=$5 nl='
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
  for fields in FULL SHORT; do
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
      ?*) say "@gpu $line";;
    esac
  done
}

slow() {
  cores=0
  while read -r key line; do
    case $key in cpu) ;; cpu*) cores=$((cores + 1));; *) break;; esac
  done </proc/stat
  say "@cores $cores"
  read -r line </proc/sys/kernel/osrelease && say "@kernel $line"
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

df= gpu= nap= tick=0
trap 'kill $gpu $nap' EXIT; trap exit HUP INT TERM PIPE
# Ends a prompt or a greeting that lacks its newline.
say
while :; do
  kill -0 $df || df=
  kill -0 $gpu || gpu=
  [ $((tick % every)) -eq 0 ] && slow
  tick=$((tick + 1))
  look
  rest $rest || rest $whole || exit 1
  rest=$pause
done
