#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# blas.sh PASTICHE HELPER TEST-BLAS: each of Debian's OpenBLAS gives the same
# bits for any number of our threads, with threads of its own, OpenMP or none
. "$(dirname -- "$0")/common.sh"
products=$3

multiply ()
{
  LD_LIBRARY_PATH=$1 "$products" >../out 2>../err
}

# restyle LIBRARY THREADS OUTPUT: with the libopenblas of a folder
restyle ()
{
  LD_LIBRARY_PATH=$1 "$pastiche" --content content.png --style style.png \
    --quality draft --size 64 --threads "$2" --output "$3" >../out 2>../err
}

for variant in pthread openmp serial; do
  library=$(echo "${QEMU_LD_PREFIX:-}"/usr/lib/*/openblas-$variant)
  if [ ! -e "$library/libopenblas.so.0" ]; then
    skip "$variant" "it is not installed"
    continue
  fi
  check "$variant, products" multiply "$library"
  for threads in 1 3 8; do
    check "$variant, $threads threads" restyle "$library" $threads $threads.png
    check "$variant, $threads threads: same" cmp -s 1.png $threads.png
  done
done

finish
