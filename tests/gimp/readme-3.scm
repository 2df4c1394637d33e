; SPDX-License-Identifier: GPL-3.0-or-later
; readme-3.scm: the README's example for GIMP 3
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "photo.jpg")))
       (layers (car (gimp-image-get-layers image))))
  (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                    #:drawables layers #:style-file "style.jpg")
  (gimp-image-flatten image)
  (gimp-file-save RUN-NONINTERACTIVE image "painting.png"))
