; SPDX-License-Identifier: GPL-3.0-or-later
; readme-classify-2.10.scm: the README's example of a head for GIMP 2.10
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "photo.jpg" "photo.jpg")))
       (layer (car (gimp-image-get-active-drawable image)))
       (label (car (plug-in-pastiche-classify RUN-NONINTERACTIVE image layer
                                              "head.safetensors"))))
  (plug-in-pastiche RUN-NONINTERACTIVE image layer -1
                    (string-append "styles/" label ".jpg")
                    50 50 0 1 0 1 0 0 "" 0 20 0 0 0 0)
  (gimp-file-save RUN-NONINTERACTIVE image (car (gimp-image-flatten image))
                  "painting.png" "painting.png"))
