; SPDX-License-Identifier: GPL-3.0-or-later
; paint-2.scm: what in-root.sh does in GIMP 2.10

(define (save image file)
  (gimp-file-save RUN-NONINTERACTIVE image (car (gimp-image-flatten image))
                  file file))

(define (paint file style painting)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file file))))
    (plug-in-pastiche RUN-NONINTERACTIVE image
                      (car (gimp-image-get-active-drawable image)) -1 style
                      50 50 0 1 0 1 0 0 "" 0 20 0 0 0 0)
    (save image painting)))
