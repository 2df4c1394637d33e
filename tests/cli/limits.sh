#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# limits.sh PASTICHE HELPER CORPUS PASTICHE-MODEL: too little memory, no room on
# a disk
. "$(dirname -- "$0")/common.sh"
weights=$3   # the folder of fuzz/corpus/weights.tar
model_program=$4

# ---- addresses: ulimit -v ---------------------------------------------------

# within KILOBYTES: a short run; its exit code is in $code.  Libraries take
# addresses for each processor otherwise.
within ()
{
  (ulimit -v "$1"
   export OPENBLAS_NUM_THREADS=1 GEGL_THREADS=2
   exec timeout -k 5 100 "$pastiche" --content content.png --style style.png \
     --quality draft --size 48 --threads 2 --output o.png) >../out 2>../err
  code=$?
}

# refused: whether a run that has too little says so, and leaves nothing.
refused ()
{
  is $code 1 && says "Not enough memory" && only
}

# Between what is enough and what is not.  Where one ends is not the same in
# each run, thus each run is judged by itself.
enough=2400000 too_little=200000
within $enough
sanitized=no
if [ $code -ne 0 ] && ! says "Not enough memory"; then
  sanitized=yes
  skip "ulimit -v" "a sanitizer takes more"
else
  check "enough memory" is $code 0
  while [ $((enough - too_little)) -gt 60000 ]; do
    rm -f o.png
    limit=$(((enough + too_little) / 2))
    within $limit
    if [ $code -eq 0 ]; then
      enough=$limit
    else
      too_little=$limit
      check "too little memory, $limit KiB: said, and nothing is left" refused
    fi
  done
  check "some memory is too little" [ $too_little -gt 200000 ]
  rm -f o.png

  # Far too little, with as many threads of OpenBLAS as there are: one message,
  # of the system's loader if not even the libraries fit, and no waiting.
  # Libheif names the decoders that do not fit.
  for megabytes in 50 100 150 200 250 300 350 400 450; do
    (ulimit -v $((megabytes * 1024))
     unset OPENBLAS_NUM_THREADS
     exec timeout -k 5 30 "$pastiche" --content content.png --style style.png \
       --quality draft --size 48 --output o.png) >../out 2>../err
    code=$?
    [ $code -ne 127 ] || code=1
    check "$megabytes MB of addresses" is $code 1
    check "$megabytes MB of addresses: one message" \
      is "$(grep -vc "^dlopen: " ../err)" 1
  done
  check "few addresses: nothing is left" only

  # ---- memory: --memory-limit counts all that the process has

  "$helper" draw ../medium.png 512 384 "R'G'B' u8" sRGB
  limited ()
  {
    run --content ../medium.png --style style.png --quality draft \
      --iterations 8 --threads 2 --output o.png --memory-limit "$@"
  }

  # keeps_limit LABEL ARGUMENT...: with no more than the estimate says
  keeps_limit ()
  {
    label=$1
    shift
    limited 3000 "$@" --estimate
    need=$(sed -n 's/^Memory: *\([0-9]*\) MB$/\1/p' ../out)
    limited "$need" "$@" --report ../report.json
    check "$label: as much memory as the estimate says" is $? 0
    peak=$("$helper" members ../report.json | sed -n 's/^peak_bytes //p')
    check "$label: no more than the limit, $need MB" \
      [ "${peak:-0}" -gt 50000000 -a "${peak:-0}" -le "${need}000000" ]
    rm -f o.png ../report.json
  }
  keeps_limit "a picture"
  "$helper" draw ../large.png 3200 2400 "R'G'B' u8" sRGB
  keeps_limit "from a large one" --size 256 --start ../large.png
  rm ../large.png
  limited 50
  check "less than the program itself" is $? 1
  check "less than the program itself: said" says "only 50 MB are allowed"
fi

# ---- processors -------------------------------------------------------------

# threads_of COMMAND...: how many threads a run that COMMAND starts reports
threads_of ()
{
  "$@" "$pastiche" --content content.png --style style.png --quality draft \
    --size 48 --output o.png --report ../report.json >../out 2>../err \
    </dev/null && "$helper" members ../report.json | sed -n 's/^threads //p'
  rm -f o.png
}

# The threads of a run are as many as the processors that it may use.
first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
check "one processor" is "$(threads_of taskset -c "$first")" 1
check "all processors" is "$(threads_of env)" "$(nproc)"

# The same by a quota: half a processor's time.
if [ -e /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]; then
  group=/sys/fs/cgroup/cpu/pastiche-test-$$
  quota="50000 cpu.cfs_quota_us"
else
  group=/sys/fs/cgroup/pastiche-test-$$
  quota="50000 100000 cpu.max"
fi
if ! { mkdir "$group" &&
       echo "${quota% *}" >"$group/${quota##* }"; } 2>/dev/null; then
  skip "half a processor" "there is no control group to be had"
else
  check "half a processor" is 1 "$(threads_of sh -c '
    echo 0 >"$0/cgroup.procs"
    exec "$@"' "$group")"
fi
[ ! -d "$group" ] || rmdir "$group"

# ---- memory: a control group ------------------------------------------------

if [ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ]; then
  group=/sys/fs/cgroup/memory/pastiche-test-$$
  limit_file=memory.limit_in_bytes
else
  group=/sys/fs/cgroup/pastiche-test-$$
  limit_file=memory.max
fi

# grouped ARGUMENT...: a run in the group
grouped ()
{
  (echo 0 >"$group/cgroup.procs"
   exec "$pastiche" --content big.png --style style.png --quality draft \
     --threads 2 --output o.png "$@") >../out 2>../err </dev/null
}

"$helper" draw big.png 1600 1200 "R'G'B' u8" sRGB
if [ -n "${QEMU_LD_PREFIX:-}" ]; then
  skip "a control group" "aarch64.sh has a network that needs little"
elif [ $sanitized = yes ]; then
  skip "a control group" "a sanitizer takes more"
elif ! { mkdir "$group" &&
         echo 250000000 >"$group/$limit_file"; } 2>/dev/null; then
  skip "a control group" "there is none to be had"
else
  grouped
  check "a group with little memory" is $? 1
  check "a group with little memory: said" says "MB are free"
  size=$(sed -n 's/.*Set the size to \([0-9]*\) or less.*/\1/p' ../err)
  # what is free may be less by now, and not all grows with the size
  grouped --size $((${size:-0} / 3))
  check "a group with little memory: a size as it said" is $? 0
fi
[ ! -d "$group" ] || rmdir "$group"
rm -f o.png big.png

# ---- memory: another run has reserved it ------------------------------------

# beside_another COMMAND...: runs it with a /dev/shm of its own, and so with a
# table of reservations, in which another run, $other, needs all memory.
beside_another ()
{
  helper=$helper pastiche=$pastiche \
  unshare --mount --propagation private sh -c '
    mount -t tmpfs tmpfs /dev/shm || exit 97
    "$helper" reserve >../other &
    other=$!
    trap "kill -KILL $other 2>/dev/null" EXIT
    while ! grep -q reserved ../other; do
      kill -0 $other 2>/dev/null || exit 96
      sleep 0.05
    done
    eval "$1"' beside_another "$1"
}

# Starts a run, and waits until it says that it waits.
started=': >../err
  "$pastiche" --content content.png --style style.png --quality draft \
  --size 48 --output o.png >../out 2>../err </dev/null &
  run=$!
  until grep -q "waits for memory" ../err; do
    kill -0 $run 2>/dev/null || exit 95
    sleep 0.05
  done'

if ! beside_another true 2>/dev/null; then
  skip "memory of another run" "nothing can be mounted here"
else
  beside_another "$started; kill -KILL \$other; wait \$run"
  check "memory of another run: painted when that has ended" is $? 0
  check "memory of another run: said once" \
    says '"content.png" waits for memory that other runs are using.'
  check "memory of another run: the result" [ -s o.png ]
  rm -f o.png
  beside_another "$started; kill -TERM \$run; wait \$run"
  check "memory of another run: interrupted while it waits" is $? 130
  check "memory of another run: nothing is left" only
  beside_another '"$pastiche" --content content.png --style style.png --output \
    o.png --memory-limit 1 >../out 2>../err </dev/null'
  check "memory of another run: it would not help" is $? 1
  check "memory of another run: no waiting" says "MB are allowed"
fi

# ---- a disk -----------------------------------------------------------------

# on_disk STATE COMMAND...: COMMAND in a small folder that is full or readonly
# and has old.png.  Fails if old.png has changed, or there is anything else.
on_disk ()
{
  folder=$folder unshare --mount --propagation private sh -c '
    state=$1
    shift
    mkdir -p "$folder/disk"
    mount -t tmpfs -o size=96k tmpfs "$folder/disk"
    cp content.png "$folder/disk/old.png"
    case $state in
      full)     head -c 1000000 /dev/zero >"$folder/disk/much" 2>/dev/null ;;
      readonly) mount -o remount,ro "$folder/disk" ;;
    esac
    "$@" >../out 2>../err </dev/null
    code=$?
    rm -f "$folder/disk/much"
    cmp -s content.png "$folder/disk/old.png" || exit 99
    [ "$(ls -A "$folder/disk")" = old.png ] || exit 98
    exit $code' on_disk "$@"
}

if ! on_disk empty true 2>/dev/null; then
  skip "disks" "nothing can be mounted here"
else
  for state in full readonly; do
    on_disk $state "$pastiche" --content content.png --style style.png \
      --quality draft --size 48 --output ../disk/old.png
    check "$state disk" is $? 1
    check "$state disk: said" says 'old.png" cannot be written'
    on_disk $state "$pastiche" --content content.png --style style.png \
      --quality draft --size 48 --output o.png --report ../disk/report.json
    check "$state disk, a report" is $? 1
    check "$state disk, a report: said" says report.json
    on_disk $state "$model_program" import \
      "$weights/good-vgg16-archive" --output ../disk/network.safetensors
    check "$state disk, a network" is $? 1
    check "$state disk, a network: said" says network.safetensors
  done
  rm -f o.png
fi

finish
