; SPDX-License-Identifier: GPL-3.0-or-later
; paint-3.scm: what in-root.sh does in GIMP 3

(define (save image file)
  (gimp-image-flatten image)
  (gimp-file-save RUN-NONINTERACTIVE image file))

(define (paint file style painting)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE file))))
    (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                      #:drawables (car (gimp-image-get-layers image))
                      #:style-file style)
    (save image painting)))
