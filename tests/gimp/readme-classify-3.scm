; SPDX-License-Identifier: GPL-3.0-or-later
; readme-classify-3.scm: the README's example of a head for GIMP 3
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "photo.jpg")))
       (layers (car (gimp-image-get-layers image)))
       (label (car (plug-in-pastiche-classify
                     #:drawable (vector-ref layers 0)
                     #:head "head.safetensors"))))
  (plug-in-pastiche #:run-mode RUN-NONINTERACTIVE #:image image
                    #:drawables layers
                    #:style-file (string-append "styles/" label ".jpg"))
  (gimp-image-flatten image)
  (gimp-file-save RUN-NONINTERACTIVE image "painting.png"))
