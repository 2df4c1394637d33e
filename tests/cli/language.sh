#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# language.sh PASTICHE HELPER README PASTICHE-MODEL: the engine's messages in
# the user's language
model_program=$4
. "$(dirname -- "$0")/common.sh"

# In the locales C and C.UTF-8 newer glibc translates nothing, whatever
# $LANGUAGE says: a real locale is made here.
mkdir locales
localedef -i en_US -f UTF-8 "$PWD/locales/en_US.UTF-8"
export LOCPATH="$PWD/locales" LC_ALL=en_US.UTF-8

# speaks LANGUAGE TEXT ARGUMENT...: whether an error is told so.
speaks ()
{
  LANGUAGE=$1
  text=$2
  shift 2
  export LANGUAGE
  filled 1 --output o.png "$@" && says "$text"
}

"$helper" draw large.png 2304 1728 "R'G'B' u8" sRGB
echo "no model" >net.safetensors

check "German: no such model" speaks de 'Es gibt kein Modell „nowhere“' \
  --model nowhere
check "German: a part in a part" speaks de \
  'Das Modell „net.safetensors“ ist nicht verwendbar: dies ist ein' \
  --model net.safetensors
check "German: memory" speaks de 'Speicher, aber nur 300 MB sind erlaubt. V' \
  --content large.png --memory-limit 300
check "French: no such model" speaks fr 'Il n’y a pas de modèle « nowhere »' \
  --model nowhere
check "Korean: memory" speaks ko '메모리 ' --content large.png \
  --memory-limit 300
check "another language: English" speaks eo 'There is no model "nowhere"' \
  --model nowhere

# ---- what the command line itself says

LANGUAGE=de run --strength 101
check "German: wrong usage" grep -q \
  '^pastiche: --strength erwartet eine Zahl von 0 bis 100, nicht „101“' ../err
LANGUAGE=de filled 0 --estimate
check "German: an estimate" grep -q '^Ergebnis:    64 x 48 Pixel' ../out

# ---- and pastiche-model

mkdir -p ../images/a ../images/b
for size in 30 34 38; do
  "$helper" draw ../images/a/$size.png $size 32 "R'G'B' u8" sRGB
  "$helper" draw ../images/b/$size.png 32 $size "Y' u8" sRGB
done
echo "no picture" >../images/a/notes.txt
LANGUAGE=de "$model_program" train-head --images ../images \
  -o ../h.safetensors >../out 2>../err
check "German: train-head" is $? 0
check "German: train-head: its table" grep -qx 'Bezeichnung . erkannt  .*' \
  ../out
check "German: train-head: its result" grep -q \
  '^[0-9]* Epochen; der Kopf der Epoche ' ../out
check "German: train-head: no English" \
  sh -c '! grep -q -e label -e epoch -e Skipped ../out ../err'
check "German: what is skipped" grep -q '^Übersprungen: ' ../err
for language in de fr es ko; do
  export LANGUAGE=$language
  "$model_program" show compact >../out
  check "$language: a network" \
    sh -c '! grep -q -e parameters -e channels -e "^input" -e content ../out'
  check "$language: a network: all of it" [ "$(wc -l <../out)" -gt 20 ]
  run --help
  check "$language: the help" sh -c '! grep -q "Repaints pictures" ../out'
  check "$language: what a parameter is for" \
    sh -c '! grep -q "How strongly" ../out'
  check "$language: lines of the help are short" [ "$(wc -L <../out)" -lt 80 ]
  "$model_program" --help >../out
  check "$language: the help of pastiche-model" \
    sh -c '! grep -q -e "trains a head" -e "a mean" ../out'
  check "$language: its lines are short" [ "$(wc -L <../out)" -lt 80 ]
done

finish
